// SPDX-License-Identifier: MIT
#include "recordsetrig.h"
#include "store/sets/visitrows.h"
#include "testkit/testprogram.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QLoggingCategory>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

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
    void loadsRowsFarApart();
    void loadsNothingOlderThanAWrite();
    void loadsHugeRows();
    void visitsRowsInTheirOrder();
    void reportsThatItCannotRead();
    void hidesItsFileFromOthersAndDeletesIt();
    void removesWhatADeadProgramLeft();
    void refusesAFolderThatCannotBe();
    void goesWhileWorkIsUnderWay();

private:
    static Record contact(const QString &id, const QHash<QString, QString> &properties)
    {
        return RecordSetRig::contact(id, properties);
    }
    void make(const QStringList &properties);
    void add(const QList<Record> &records) { m_rig->add(records); }

    std::unique_ptr<RecordSetRig> m_rig;
    RecordSet *m_set = nullptr;
};

void TestRecordSet::init()
{
    m_rig = std::make_unique<RecordSetRig>();
}

void TestRecordSet::cleanup()
{
    m_rig.reset();
}

void TestRecordSet::make(const QStringList &properties)
{
    m_rig->make(properties);
    m_set = m_rig->set.get();
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
    // And from the disk.
    const auto read = outcomeOf(m_set->read({0}, this));
    QVERIFY(read && *read && (*read)->size() == 1);
    QCOMPARE((*read)->first().text(u"odd"_s), text);
    QCOMPARE((*read)->first().text(u"odd"_s).isNull(), text.isNull());
    QCOMPARE((*read)->first().text(u"last"_s), u"z"_s);
}

void TestRecordSet::keepsRowsWhereTheyAre()
{
    make({u"name"_s});
    QSignalSpy appended(m_set, &RecordSet::rowsAppended);
    QSignalSpy changed(m_set, &RecordSet::rowChanged);

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

    const std::pair<QString, qint64> places[] = {
        {u"9007199254740993"_s, 0}, {u"9007199254740992"_s, 1}, {u"odd id"_s, 2}, {u"12"_s, -1}};
    for (const auto &[id, row] : places) {
        const auto found = outcomeOf(m_set->find(id, this));
        QVERIFY(found && *found);
        QCOMPARE(**found, row);
        QCOMPARE(m_set->loadedRowOf(id), row); // What was just written is loaded.
    }

    QSignalSpy changed(m_set, &RecordSet::rowChanged);
    m_set->markArchived(u"9007199254740992"_s);
    QTRY_COMPARE(changed.size(), 1);
    QVERIFY(m_set->isArchived(1));
    QVERIFY(!m_set->isArchived(0));
}

void TestRecordSet::mergesWhatARecordDoesNotTell()
{
    make({u"name"_s, u"phone"_s});
    add({contact(u"1"_s, {{u"name"_s, u"Ada"_s}, {u"phone"_s, u"123"_s}})});
    QSignalSpy changed(m_set, &RecordSet::rowChanged);

    m_set->replace(contact(u"1"_s, {{u"name"_s, QString()}}));
    QTRY_COMPARE(changed.size(), 1);

    QVERIFY(m_set->textAt(0, u"name"_s).isNull());
    QCOMPARE(m_set->textAt(0, u"phone"_s), u"123"_s);
}

/// More than the cache holds: cells are empty first, and rowsLoaded() reports when they are there.
void TestRecordSet::loadsRowsFarApart()
{
    make({u"name"_s, u"note"_s});
    const QString note(1600, u'n');
    for (int page = 0; page < 12; ++page) {
        QList<Record> many;
        for (int i = page * 1000; i < (page + 1) * 1000; ++i)
            many.append(contact(QString::number(i + 1),
                                {{u"name"_s, u"name %1"_s.arg(i)}, {u"note"_s, note}}));
        add(many);
    }
    QVERIFY(!m_set->isLoaded(0));
    QVERIFY(m_set->isLoaded(11'999));
    QCOMPARE(m_set->loadedRowOf(u"1"_s), -1);
    QSignalSpy loaded(m_set, &RecordSet::rowsLoaded);

    QCOMPARE(m_set->idAt(300), QString());
    QTRY_COMPARE(loaded, (QList<QVariantList> {{256LL, 128LL}}));
    QCOMPARE(m_set->idAt(300), u"301"_s);
    QCOMPARE(m_set->loadedRowOf(u"301"_s), 300);
    for (const int row : {0, 2500, 127, 128, 4000, 4001, 1, 11'999}) {
        (void)m_set->idAt(row);
        QTRY_COMPARE(m_set->textAt(row, u"name"_s), u"name %1"_s.arg(row));
    }
    QCOMPARE(m_set->textAt(12'000, u"name"_s), QString());
    QCOMPARE(m_set->textAt(-1, u"name"_s), QString());
}

/// A block that was read before a write must not bring back what the write replaced.
void TestRecordSet::loadsNothingOlderThanAWrite()
{
    make({u"name"_s, u"note"_s});
    QList<Record> many;
    for (int i = 0; i < 12'000; ++i)
        many.append(contact(QString::number(i + 1), {{u"note"_s, QString(1600, u'n')}}));
    add(many);
    for (int i = 0; i < 20; ++i) {
        const int row = i * 200;
        const QString name = u"name %1"_s.arg(i);
        (void)m_set->idAt(row);
        m_set->replace(contact(QString::number(row + 1), {{u"name"_s, name}}));
        (void)m_set->idAt(row + 1);
        QTRY_COMPARE(m_set->textAt(row, u"name"_s), name);
    }
}

void TestRecordSet::loadsHugeRows()
{
    make({u"note"_s});
    for (int i = 0; i < 140; ++i)
        add({contact(QString::number(i + 1), {{u"note"_s, QString(1 << 18, QChar('a' + i))}})});
    for (const int row : {139, 0, 20})
        QTRY_COMPARE(m_set->textAt(row, u"note"_s), QString(1 << 18, QChar('a' + row)));
    // A screen full of them can be shown at once.
    const auto isLoaded = [this](int first, int last) {
        bool all = true;
        for (int row = first; row < last; ++row)
            all = !m_set->textAt(row, u"note"_s).isEmpty() && all;
        return all;
    };
    QTRY_VERIFY(isLoaded(0, 100));
}

void TestRecordSet::visitsRowsInTheirOrder()
{
    make({u"name"_s});
    QList<Record> many;
    for (int i = 0; i < 1000; ++i)
        many.append(contact(QString::number(i), {{u"name"_s, QString::number(i)}}));
    add(many);
    std::vector<qint64> rows;
    QStringList wanted;
    for (int i = 999; i >= 0; --i) {
        rows.push_back(i);
        wanted.append(QString::number(i));
    }
    QStringList names;
    auto *call = new VisitRows(
        *m_set, rows,
        [&](size_t at, const Record &record) {
            QCOMPARE(qsizetype(at), names.size());
            names.append(record.text(u"name"_s));
        },
        this);
    QSignalSpy progressed(call, &CallBase::progressed);
    const auto done = outcomeOf<void>(call);

    QVERIFY(done && *done);
    QCOMPARE(names, wanted);
    QCOMPARE(progressed.last(), (QVariantList {1000LL, 1000LL}));
}

/// A file that is broken under the set: reported once, and no row is read for ever.
void TestRecordSet::reportsThatItCannotRead()
{
    make({u"note"_s});
    QList<Record> many;
    for (int i = 0; i < 12'000; ++i)
        many.append(contact(QString::number(i + 1), {{u"note"_s, QString(1600, u'n')}}));
    add(many);
    QSignalSpy failed(m_set, &RecordSet::failed);
    const QDir folder(m_rig->folder());
    const auto files = folder.entryInfoList({u"records-*.sqlite*"_s}, QDir::Files);
    for (const QFileInfo &info : files) {
        if (info.suffix() == "lock"_L1 || info.fileName().endsWith("-shm"_L1))
            continue;
        QFile file(info.filePath());
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.resize(8192));
        QCOMPARE(file.write(QByteArray(8192, 'x')), 8192);
    }
    QLoggingCategory::setFilterRules(u"hubkeeper.store.warning=false"_s); // Warnings are fatal.

    (void)m_set->idAt(10);

    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed.first().first().value<Error>().kind, ErrorKind::Storage);
    (void)m_set->idAt(500);
    QTest::qWait(50);
    QCOMPARE(failed.size(), 1);
    QLoggingCategory::setFilterRules({});
}

void TestRecordSet::hidesItsFileFromOthersAndDeletesIt()
{
    make({u"name"_s});
    add({contact(u"1"_s, {{u"name"_s, u"Ada"_s}})});
    const QDir folder(m_rig->folder());

    const QFile::Permissions others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup
        | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
    QCOMPARE(QFileInfo(folder.path()).permissions() & others, QFile::Permissions());
    const auto files = folder.entryInfoList({u"records-*.sqlite*"_s}, QDir::Files);
    QVERIFY(files.size() >= 2);
    for (const QFileInfo &file : files) {
        if (!file.fileName().endsWith(u".lock"_s))
            QCOMPARE(file.permissions() & others, QFile::Permissions());
    }

    m_rig->set.reset();
    QCOMPARE(folder.entryList(QDir::Files), QStringList());
}

void TestRecordSet::removesWhatADeadProgramLeft()
{
    const QString folder = m_rig->folder();
    QVERIFY(QDir().mkpath(folder));
    QFile left(folder + u"/records-0.sqlite"_s);
    QVERIFY(left.open(QIODevice::WriteOnly));
    QFile log(folder + u"/records-1.sqlite-wal"_s); // Of a set whose file is gone already.
    QVERIFY(log.open(QIODevice::WriteOnly));
    make({u"name"_s});
    const auto other = RecordSet::create(folder, ObjectType::Companies, {});

    QVERIFY(other);
    QVERIFY(!left.exists());
    QVERIFY(!log.exists());
    add({contact(u"1"_s, {{u"name"_s, u"still here"_s}})});
    QCOMPARE(m_set->textAt(0, u"name"_s), u"still here"_s);
}

void TestRecordSet::refusesAFolderThatCannotBe()
{
    const auto made = RecordSet::create(u"/dev/null/sets"_s, ObjectType::Contacts, {});

    QVERIFY(!made);
    QCOMPARE(made.error().kind, ErrorKind::NotSaved);
}

void TestRecordSet::goesWhileWorkIsUnderWay()
{
    make({u"name"_s});
    QList<Record> many;
    for (int i = 0; i < 20'000; ++i)
        many.append(contact(QString::number(i), {{u"name"_s, QString::number(i)}}));
    add(many);

    Call<void> *append = m_set->append(many, this);
    RowQuery query;
    query.sortProperty = u"name"_s;
    query.descending = true;
    Call<RowOrder> *order = m_set->order(query, this);
    m_rig->set.reset();

    QSignalSpy appended(append, &CallBase::finished);
    QSignalSpy ordered(order, &CallBase::finished);
    QTRY_COMPARE(appended.size(), 1);
    QTRY_COMPARE(ordered.size(), 1);
}

HUBKEEPER_TEST(TestRecordSet)
#include "tst_recordset.moc"
