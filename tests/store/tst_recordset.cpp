// SPDX-License-Identifier: MIT
#include "store/sets/recordset.h"
#include "testkit/outcomeof.h"
#include "testkit/testprogram.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

Record contact(const QString &id, const QHash<QString, QString> &properties)
{
    Record record;
    record.id = id;
    record.properties = properties;
    record.updatedAt = QDateTime::fromString(u"2026-11-23T10:00:00.120Z"_s, Qt::ISODateWithMs);
    return record;
}

QString manyCharacters()
{
    return QString(65'536, u'x') + u"\U0001F600"_s;
}

} // namespace

/// The local copy of many records that a grid shows.
class TestRecordSet : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void keepsTexts_data();
    void keepsTexts();
    void keepsRowsWhereTheyAre();
    void knowsRecordsById();
    void mergesWhatARecordDoesNotTell();
    void readsRowsFarApart();
    void readsHugeRows();
    void orders_data();
    void orders();
    void ordersIdsAsNumbers();
    void orderCanBeStopped();
    void hidesItsFileFromOthersAndDeletesIt();
    void removesWhatADeadProgramLeft();
    void refusesAFolderThatCannotBe();
    void goesWhileWorkIsUnderWay();

private:
    void make(const QStringList &properties);
    void add(const QList<Record> &records);
    [[nodiscard]] QStringList idsIn(const RowQuery &query);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<RecordSet> m_set;
};

void TestRecordSet::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestRecordSet::cleanup()
{
    m_set.reset();
    m_folder.reset();
}

void TestRecordSet::make(const QStringList &properties)
{
    auto made = RecordSet::create(m_folder->filePath(u"sets"_s), ObjectType::Contacts, properties);
    QVERIFY2(made, made ? "" : qPrintable(made.error().what));
    m_set = std::move(*made);
}

void TestRecordSet::add(const QList<Record> &records)
{
    const auto stored = outcomeOf(m_set->append(records, this));
    QVERIFY(stored);
    QVERIFY2(*stored, *stored ? "" : qPrintable(stored->error().what));
}

QStringList TestRecordSet::idsIn(const RowQuery &query)
{
    const auto order = outcomeOf(m_set->order(query, this));
    if (!order || !*order)
        return {u"failed"_s};
    QStringList ids;
    for (const qint64 row : **order)
        ids.append(m_set->idAt(row));
    return ids;
}

void TestRecordSet::keepsTexts_data()
{
    QTest::addColumn<QString>("text");

    QTest::newRow("plain") << u"Ada"_s;
    QTest::newRow("without a value") << QString();
    QTest::newRow("empty") << u""_s;
    QTest::newRow("long") << manyCharacters();
    QTest::newRow("right to left") << u"\u05E9\u05DC\u05D5\u05DD"_s;
    QTest::newRow("beyond the basic plane") << u"\U0001F469\U0001F3FD\u200D\U0001F680"_s;
    QTest::newRow("with a NUL") << QString::fromUtf16(u"a\0b", 3);
    QTest::newRow("half a surrogate pair") << QString(QChar(0xD83D)) + u"x"_s;
    QTest::newRow("quotes and lines") << u"';DROP TABLE rows;--\n\r\t\""_s;
    QTest::newRow("byte order mark") << u"\uFEFFx"_s;
}

void TestRecordSet::keepsTexts()
{
    QFETCH(QString, text);
    make({u"first"_s, u"odd"_s, u"last"_s});

    add({contact(u"1"_s, {{u"first"_s, u"a"_s}, {u"odd"_s, text}, {u"last"_s, u"z"_s}})});

    QCOMPARE(m_set->textAt(0, u"odd"_s), text);
    QCOMPARE(m_set->textAt(0, u"odd"_s).isNull(), text.isNull());
    QCOMPARE(m_set->textAt(0, u"first"_s), u"a"_s);
    QCOMPARE(m_set->textAt(0, u"last"_s), u"z"_s);
    QCOMPARE(m_set->textAt(0, u"unknown"_s), QString());
}

void TestRecordSet::keepsRowsWhereTheyAre()
{
    make({u"name"_s});
    QSignalSpy appended(m_set.get(), &RecordSet::rowsAppended);
    QSignalSpy changed(m_set.get(), &RecordSet::rowChanged);

    add({contact(u"7"_s, {{u"name"_s, u"a"_s}}), contact(u"8"_s, {{u"name"_s, u"b"_s}})});
    add({contact(u"7"_s, {{u"name"_s, u"c"_s}}), contact(u"9"_s, {{u"name"_s, u"d"_s}})});

    QCOMPARE(m_set->rowCount(), 3);
    QCOMPARE(m_set->textAt(0, u"name"_s), u"c"_s);
    QCOMPARE(m_set->idAt(2), u"9"_s);
    QCOMPARE(m_set->updatedAt(1).toString(Qt::ISODateWithMs), u"2026-11-23T10:00:00.120Z"_s);
    QCOMPARE(appended, (QList<QVariantList> {{0LL, 2LL}, {2LL, 1LL}}));
    QCOMPARE(changed, (QList<QVariantList> {{0LL}}));
}

void TestRecordSet::knowsRecordsById()
{
    make({u"name"_s});
    add({contact(u"9007199254740993"_s, {}), contact(u"9007199254740992"_s, {}),
         contact(u"odd id"_s, {})});

    QCOMPARE(m_set->rowOf(u"9007199254740993"_s), 0);
    QCOMPARE(m_set->rowOf(u"9007199254740992"_s), 1);
    QCOMPARE(m_set->rowOf(u"odd id"_s), 2);
    QCOMPARE(m_set->rowOf(u"12"_s), -1);

    QSignalSpy changed(m_set.get(), &RecordSet::rowChanged);
    m_set->markArchived(u"9007199254740992"_s);
    QTRY_COMPARE(changed.size(), 1);
    QVERIFY(m_set->isArchived(1));
    QVERIFY(!m_set->isArchived(0));
}

void TestRecordSet::mergesWhatARecordDoesNotTell()
{
    make({u"name"_s, u"phone"_s});
    add({contact(u"1"_s, {{u"name"_s, u"Ada"_s}, {u"phone"_s, u"123"_s}})});
    QSignalSpy changed(m_set.get(), &RecordSet::rowChanged);

    m_set->replace(contact(u"1"_s, {{u"name"_s, QString()}}));
    QTRY_COMPARE(changed.size(), 1);

    QVERIFY(m_set->textAt(0, u"name"_s).isNull());
    QCOMPARE(m_set->textAt(0, u"phone"_s), u"123"_s);
}

void TestRecordSet::readsRowsFarApart()
{
    make({u"name"_s});
    QList<Record> many;
    for (int i = 0; i < 5000; ++i)
        many.append(contact(QString::number(i + 1), {{u"name"_s, u"name %1"_s.arg(i)}}));
    add(many);

    for (const int row : {4999, 0, 2500, 127, 128, 4000, 4001, 1})
        QCOMPARE(m_set->textAt(row, u"name"_s), u"name %1"_s.arg(row));
    QCOMPARE(m_set->textAt(5000, u"name"_s), QString());
    QCOMPARE(m_set->textAt(-1, u"name"_s), QString());
}

void TestRecordSet::readsHugeRows()
{
    make({u"note"_s});
    QList<Record> large;
    for (int i = 0; i < 40; ++i)
        large.append(
            contact(QString::number(i + 1), {{u"note"_s, QString(1 << 20, QChar('a' + i))}}));
    add(large);

    for (const int row : {39, 0, 20})
        QCOMPARE(m_set->textAt(row, u"note"_s), QString(1 << 20, QChar('a' + row)));
}

void TestRecordSet::orders_data()
{
    QTest::addColumn<QString>("contains");
    QTest::addColumn<QString>("property");
    QTest::addColumn<bool>("descending");
    QTest::addColumn<QStringList>("ids");

    const QString name = u"name"_s;
    const QString size = u"size"_s;
    QTest::newRow("as they come, by id")
        << u""_s << QString() << false << QStringList {u"2"_s, u"3"_s, u"10"_s, u"11"_s};
    QTest::newRow("by id, down") << u""_s << QString() << true
                                 << QStringList {u"11"_s, u"10"_s, u"3"_s, u"2"_s};
    QTest::newRow("letters, without case and accents")
        << u""_s << name << false << QStringList {u"11"_s, u"3"_s, u"10"_s, u"2"_s};
    QTest::newRow("empty ones stay last")
        << u""_s << name << true << QStringList {u"10"_s, u"3"_s, u"11"_s, u"2"_s};
    QTest::newRow("numbers") << u""_s << size << false
                             << QStringList {u"3"_s, u"2"_s, u"10"_s, u"11"_s};
    QTest::newRow("numbers, down")
        << u""_s << size << true << QStringList {u"10"_s, u"2"_s, u"3"_s, u"11"_s};
    QTest::newRow("part of a text, any case")
        << u"\u00C9RIC"_s << QString() << false << QStringList {u"3"_s};
    QTest::newRow("part, in order") << u"a"_s << name << false << QStringList {u"11"_s, u"10"_s};
    QTest::newRow("in another column") << u"1e3"_s << QString() << false << QStringList {u"10"_s};
    QTest::newRow("not across columns") << u"zadie\n1e3"_s << QString() << true << QStringList();
    QTest::newRow("nowhere") << u"qqq"_s << name << false << QStringList();
    QTest::newRow("unknown column")
        << u""_s << u"other"_s << false << QStringList {u"2"_s, u"3"_s, u"10"_s, u"11"_s};
}

void TestRecordSet::orders()
{
    QFETCH(QString, contains);
    QFETCH(QString, property);
    QFETCH(bool, descending);
    QFETCH(QStringList, ids);
    make({u"name"_s, u"size"_s});
    add({contact(u"10"_s, {{u"name"_s, u"zadie"_s}, {u"size"_s, u"1e3"_s}}),
         contact(u"3"_s, {{u"name"_s, u"\u00E9ric"_s}, {u"size"_s, u"-2.5"_s}}),
         contact(u"11"_s, {{u"name"_s, u"Ada"_s}}), contact(u"2"_s, {{u"size"_s, u"20"_s}})});

    QCOMPARE(idsIn({contains, property, descending, {u"size"_s}}), ids);
}

void TestRecordSet::ordersIdsAsNumbers()
{
    make({u"n"_s});
    add({contact(u"9007199254740993"_s, {}), contact(u"9007199254740992"_s, {}),
         contact(u"99"_s, {})});

    QCOMPARE(idsIn({}), (QStringList {u"99"_s, u"9007199254740992"_s, u"9007199254740993"_s}));
}

void TestRecordSet::orderCanBeStopped()
{
    make({u"name"_s});
    add({contact(u"1"_s, {})});

    Call<RowOrder> *call = m_set->order({u"a"_s, u"name"_s, false, {}}, this);
    call->cancel();
    const auto outcome = outcomeOf(call);

    QVERIFY(outcome && !*outcome);
    QCOMPARE(outcome->error().kind, ErrorKind::Cancelled);
}

void TestRecordSet::hidesItsFileFromOthersAndDeletesIt()
{
    make({u"name"_s});
    add({contact(u"1"_s, {{u"name"_s, u"Ada"_s}})});
    const QDir folder(m_folder->filePath(u"sets"_s));

    const QFile::Permissions others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup
        | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
    QCOMPARE(QFileInfo(folder.path()).permissions() & others, QFile::Permissions());
    const auto files = folder.entryInfoList({u"records-*.sqlite*"_s}, QDir::Files);
    QVERIFY(files.size() >= 2);
    for (const QFileInfo &file : files) {
        if (!file.fileName().endsWith(u".lock"_s))
            QCOMPARE(file.permissions() & others, QFile::Permissions());
    }

    m_set.reset();
    QCOMPARE(folder.entryList(QDir::Files), QStringList());
}

void TestRecordSet::removesWhatADeadProgramLeft()
{
    const QString folder = m_folder->filePath(u"sets"_s);
    QVERIFY(QDir().mkpath(folder));
    QFile left(folder + u"/records-0.sqlite"_s);
    QVERIFY(left.open(QIODevice::WriteOnly));
    make({u"name"_s});
    const auto other = RecordSet::create(folder, ObjectType::Companies, {});

    QVERIFY(other);
    QVERIFY(!left.exists());
    add({contact(u"1"_s, {{u"name"_s, u"still here"_s}})});
    QCOMPARE(m_set->textAt(0, u"name"_s), u"still here"_s);
}

void TestRecordSet::refusesAFolderThatCannotBe()
{
    const auto made = RecordSet::create(u"/dev/null/sets"_s, ObjectType::Contacts, {});

    QVERIFY(!made);
    QCOMPARE(made.error().kind, ErrorKind::Storage);
}

void TestRecordSet::goesWhileWorkIsUnderWay()
{
    make({u"name"_s});
    QList<Record> many;
    for (int i = 0; i < 20'000; ++i)
        many.append(contact(QString::number(i), {{u"name"_s, QString::number(i)}}));
    add(many);

    Call<void> *append = m_set->append(many, this);
    Call<RowOrder> *order = m_set->order({{}, u"name"_s, true, {}}, this);
    m_set.reset();

    QSignalSpy appended(append, &CallBase::finished);
    QSignalSpy ordered(order, &CallBase::finished);
    QTRY_COMPARE(appended.size(), 1);
    QTRY_COMPARE(ordered.size(), 1);
}

HUBKEEPER_TEST(TestRecordSet)
#include "tst_recordset.moc"
