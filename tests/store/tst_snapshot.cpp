// SPDX-License-Identifier: MIT
#include "base/qtcompat.h"
#include "portal/packedrecord.h"
#include "store/snapshot/snapshotreader.h"
#include "store/snapshot/snapshotwriter.h"
#include "testkit/testprogram.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <SQLiteCpp/SQLiteCpp.h>

using namespace hubkeeper;
using namespace Qt::StringLiterals;

namespace {

PackedRecord packedOf(qint64 id, const QHash<QString, QString> &texts, const PackedColumns &columns)
{
    Record record;
    record.id = QString::number(id);
    record.properties = texts;
    record.updatedAt = QDateTime::fromMSecsSinceEpoch(1'790'000'000'000 + id, utc);
    return packed(record, columns).value_or(PackedRecord());
}

QByteArray json(QByteArray text)
{
    return text.replace('\'', '"');
}

} // namespace

/// The file of a snapshot: what it keeps, and what is said of one that is not as it was.
class TestSnapshot : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    const QStringList m_columns {u"city"_s, u"email"_s, u"firstname"_s};

    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }

    [[nodiscard]] SnapshotInfo info() const
    {
        SnapshotInfo info;
        info.portalId = 4711;
        info.portalName = u"Acme"_s;
        info.begun = QDateTime::fromMSecsSinceEpoch(1'790'000'000'000, utc);
        SnapshotPart part;
        part.properties = PackedColumns(m_columns).names();
        info.parts.append(part);
        return info;
    }

    /// Three contacts, one with a company.
    void make(const QString &file)
    {
        auto writer = SnapshotWriter::create(file, info());
        QVERIFY2(writer, writer ? "" : qPrintable(writer.error().what));
        const PackedColumns columns(m_columns);
        QVERIFY(
            (*writer)->add(ObjectType::Contacts,
                           {packedOf(3, {{u"email"_s, u"c@example.com"_s}}, columns),
                            packedOf(1, {{u"city"_s, u"Zürich"_s}, {u"email"_s, u""_s}}, columns),
                            packedOf(2, {}, columns)},
                           "[]"));
        QVERIFY((*writer)->putLinks(
            snapshotPairs[0],
            {{1, {{u"90"_s, {{u"HUBSPOT_DEFINED"_s, 1, {}}, {u"USER_DEFINED"_s, 101, {}}}}}},
             {2, {}}}));
        QVERIFY((*writer)->putOwners({{u"7"_s,
                                       u"ada@example.com"_s,
                                       u"Ada"_s,
                                       u"Lovelace"_s,
                                       u"PERSON"_s,
                                       u"70"_s,
                                       {},
                                       {},
                                       false}}));
        QVERIFY((*writer)->finish());
    }

    /// What open() and then verify() say.
    [[nodiscard]] static Error faultOf(const QString &file)
    {
        const auto reader = SnapshotReader::open(file);
        if (!reader)
            return reader.error();
        const auto whole = (*reader)->verify();
        return whole ? Error() : whole.error();
    }

private slots:
    void initTestCase() { make(path(u"whole"_s)); }

    void keepsWhatItWasGiven()
    {
        const auto reader = SnapshotReader::open(path(u"whole"_s));
        QVERIFY(reader);
        QVERIFY((*reader)->verify());
        QCOMPARE((*reader)->info().portalText(), u"Acme (4711)"_s);
        QCOMPARE((*reader)->info().state, SnapshotState::Complete);
        QCOMPARE((*reader)->columns(ObjectType::Contacts).names(), m_columns);
        const auto records = (*reader)->after(ObjectType::Contacts, 0, 10);
        QVERIFY(records);
        QCOMPARE(records->size(), size_t(3));
        const Record first = unpacked(records->front(), (*reader)->columns(ObjectType::Contacts));
        QCOMPARE(first.id, u"1"_s);
        QCOMPARE(first.text(u"city"_s), u"Zürich"_s);
        QVERIFY(!first.properties.value(u"email"_s).isNull()); // Empty, not missing.
        QVERIFY(first.properties.value(u"firstname"_s).isNull());
        QCOMPARE(first.updatedAt.toMSecsSinceEpoch(), 1'790'000'000'001);
        const auto links = (*reader)->linksOf(snapshotPairs[0], 1);
        QVERIFY(links);
        QCOMPARE(links->size(), 1);
        QCOMPARE(links->first().toId, u"90"_s);
        QCOMPARE(links->first().kinds.value(1).typeId, 101);
        QVERIFY((*reader)->linksOf(snapshotPairs[0], 2)->isEmpty());
        QCOMPARE((*reader)->owners()->first().displayName(), u"Ada Lovelace"_s);
    }

    void isPrivateAndOneFile()
    {
        QCOMPARE(QFileInfo(path(u"whole"_s)).permissions() & (QFile::ReadGroup | QFile::ReadOther),
                 QFile::Permissions());
        QVERIFY(!QFile::exists(path(u"whole-wal"_s)));
    }

    void theSameContentHasTheSameSeal()
    {
        make(path(u"again"_s));
        QCOMPARE((*SnapshotReader::open(path(u"again"_s)))->seal(),
                 (*SnapshotReader::open(path(u"whole"_s)))->seal());
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<QString>("change");
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<QString>("word");
        for (const char *sql :
             {"UPDATE contacts SET cells = x'' WHERE id = 1", "DELETE FROM contacts WHERE id = 2",
              "INSERT INTO companies VALUES (5, 0, 0, 0, x'')", "UPDATE contacts SET updated = 1",
              "DELETE FROM links", "UPDATE schemas SET json = '[]'",
              "UPDATE about SET value = replace(value, 'Acme', 'Acne') WHERE name = 'info'"})
            QTest::newRow(sql) << QString::fromLatin1(sql) << ErrorKind::Storage << u"changed"_s;
        QTest::newRow("another portal")
            << u"UPDATE about SET value = replace(value, '4711', '') WHERE name = 'info'"_s
            << ErrorKind::Storage << u"which portal"_s;
        QTest::newRow("newer") << u"PRAGMA user_version = 2"_s << ErrorKind::InvalidInput
                               << u"newer"_s;
        QTest::newRow("another application")
            << u"PRAGMA application_id = 7"_s << ErrorKind::InvalidInput << u"not a snapshot"_s;
        QTest::newRow("a table is gone") << u"DROP TABLE links"_s << ErrorKind::Storage << u""_s;
        QTest::newRow("no seal") << u"DELETE FROM about WHERE name = 'seal'"_s << ErrorKind::Refused
                                 << u"not finished"_s;
    }
    void saysWhatIsWrong()
    {
        QFETCH(QString, change);
        const QString file = path(u"altered"_s);
        QFile::remove(file);
        QVERIFY(QFile::copy(path(u"whole"_s), file));
        SQLite::Database(file.toStdString(), SQLite::OPEN_READWRITE).exec(change.toStdString());
        const Error fault = faultOf(file);
        QTEST(fault.kind, "kind");
        QFETCH(QString, word);
        QVERIFY2(fault.what.contains(word), qPrintable(fault.what));
        QVERIFY(!fault.what.isEmpty());
    }

    void saysWhatIsNoSnapshot_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("word");
        QFile whole(path(u"whole"_s));
        QVERIFY(whole.open(QIODevice::ReadOnly));
        const QByteArray bytes = whole.readAll();
        QTest::newRow("empty") << QByteArray() << u"not a snapshot"_s;
        QTest::newRow("text") << QByteArray("a,b\n1,2\n") << u"not a snapshot"_s;
        QTest::newRow("cut in the header") << bytes.first(60) << u"cut off"_s;
        QTest::newRow("cut in the middle") << bytes.first(bytes.size() / 2) << u"cut off"_s;
        QTest::newRow("cut at its end") << bytes.chopped(1) << u"cut off"_s;
    }
    void saysWhatIsNoSnapshot()
    {
        QFETCH(QByteArray, content);
        QFile file(path(u"foreign"_s));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
        file.close();
        const Error fault = faultOf(file.fileName());
        QFETCH(QString, word);
        QVERIFY2(fault.what.contains(word), qPrintable(fault.what));
        QVERIFY(!faultOf(path(u"missing"_s)).what.isEmpty());
        QVERIFY(!faultOf(m_folder.path()).what.isEmpty());
    }

    /// What was committed is there although nobody said goodbye, and another writer goes on.
    void anUnfinishedOneGoesOn()
    {
        const QString file = path(u"unfinished"_s);
        const PackedColumns columns(m_columns);
        {
            auto writer = SnapshotWriter::create(file, info());
            QVERIFY((*writer)->add(ObjectType::Contacts, {packedOf(1, {}, columns)},
                                   "[[\"2\",\"9\"]]"));
        }
        QCOMPARE(faultOf(file).kind, ErrorKind::Refused);
        auto writer = SnapshotWriter::resume(file);
        QVERIFY2(writer, writer ? "" : qPrintable(writer.error().what));
        QCOMPARE((*writer)->info().parts.first().rest, QByteArray("[[\"2\",\"9\"]]"));
        QVERIFY((*writer)->add(ObjectType::Contacts, {packedOf(2, {}, columns)}, "[]"));
        QVERIFY((*writer)->finish());
        QCOMPARE(*(*SnapshotReader::open(file))->count(ObjectType::Contacts), 2);
        QVERIFY(faultOf(file).what.isEmpty());
        QVERIFY(!SnapshotWriter::resume(file)); // Finished: nothing is added.
    }

    void aSweepFindsWhatDiffers()
    {
        auto writer = SnapshotWriter::create(path(u"swept"_s), info());
        const PackedColumns columns(m_columns);
        QVERIFY((*writer)->add(
            ObjectType::Contacts,
            {packedOf(1, {}, columns), packedOf(2, {}, columns), packedOf(3, {}, columns)}, {}));
        PackedRecord changed = packedOf(2, {}, columns);
        ++changed.updated;
        const PackedColumns none {QStringList()};
        const auto swept = (*writer)->sweep(
            ObjectType::Contacts, {packedOf(1, {}, none), changed, packedOf(4, {}, none)}, none);
        QVERIFY(swept);
        QCOMPARE(swept->wanted, (std::vector<qint64> {2, 4}));
        QCOMPARE(swept->refreshed, 0);
        const auto gone = (*writer)->unseen(ObjectType::Contacts, 10);
        QCOMPARE(*gone, (std::vector<qint64> {3}));
        QVERIFY((*writer)->remove(ObjectType::Contacts, *gone));
        QCOMPARE(*(*writer)->count(ObjectType::Contacts), 2);
    }

    /// Values that the list shows take the place of those of the base, where the time of change is
    /// the same; all others stay.
    void aSweepTakesDerivedValuesOver()
    {
        const QString file = path(u"derived"_s);
        auto writer = SnapshotWriter::create(file, info());
        const PackedColumns columns(m_columns);
        const QHash<QString, QString> before {
            {u"city"_s, u"Bern"_s}, {u"email"_s, u"old"_s}, {u"firstname"_s, u"Ada"_s}};
        QVERIFY((*writer)->add(ObjectType::Contacts,
                               {packedOf(1, before, columns), packedOf(2, before, columns),
                                packedOf(3, before, columns), packedOf(4, before, columns)},
                               {}));
        const PackedColumns listed({u"email"_s, u"zzz"_s}); // One of them is not in the file.
        PackedRecord changed = packedOf(4, {{u"email"_s, u"new"_s}}, listed);
        ++changed.updated;
        const auto swept = (*writer)->sweep(
            ObjectType::Contacts,
            {packedOf(1, {{u"email"_s, u"new"_s}, {u"zzz"_s, u"x"_s}}, listed),
             packedOf(2, {}, listed), packedOf(3, {{u"email"_s, u"old"_s}}, listed), changed},
            listed);
        QVERIFY(swept);
        QCOMPARE(swept->refreshed, 2);
        QCOMPARE(swept->wanted, (std::vector<qint64> {4}));
        QVERIFY((*writer)->finish());
        const auto reader = SnapshotReader::open(file);
        QVERIFY((*reader)->verify());
        QStringList texts;
        QVERIFY((*reader)->forEach(ObjectType::Contacts, [&](const PackedRecord &record) {
            const Record whole = unpacked(record, columns);
            texts.append(whole.text(u"city"_s) + whole.text(u"email"_s)
                         + whole.text(u"firstname"_s));
            return true;
        }));
        QCOMPARE(texts,
                 (QStringList {u"BernnewAda"_s, u"BernAda"_s, u"BernoldAda"_s, u"BernoldAda"_s}));
    }

    /// Both ends of a link that differs; those that the file lacks are left out.
    void findsRecordsWhoseLinksDiffer()
    {
        SnapshotInfo both = info();
        both.parts.append(both.parts.first());
        both.parts.last().type = ObjectType::Companies;
        const auto make = [&](const QString &name, const QList<SnapshotLinks> &links) {
            auto writer = SnapshotWriter::create(path(name), both);
            const PackedColumns columns(m_columns);
            for (const qint64 id : {1, 2, 3, 4})
                (void)(*writer)->add(ObjectType::Contacts, {packedOf(id, {}, columns)}, "[]");
            for (const qint64 id : {90, 91, 92, 93})
                (void)(*writer)->add(ObjectType::Companies, {packedOf(id, {}, columns)}, "[]");
            (void)(*writer)->putLinks(snapshotPairs[0], links);
            return writer;
        };
        const auto to = [](const QString &id, int kind) {
            return Association {id, {{u"HUBSPOT_DEFINED"_s, kind, {}}}};
        };
        const auto base =
            make(u"base"_s,
                 {{1, {to(u"90"_s, 1)}}, {2, {to(u"93"_s, 1)}}, {3, {to(u"91"_s, 1)}}, {4, {}}});
        QVERIFY((*base)->finish());
        const auto later = make(u"later"_s,
                                {{1, {to(u"90"_s, 279)}},
                                 {2, {to(u"93"_s, 1)}},
                                 {3, {}},
                                 {4, {to(u"92"_s, 1), to(u"95"_s, 1)}}});
        QVERIFY((*later)->findRelinked(path(u"base"_s)));
        const auto found = [&](ObjectType type, qint64 after, int most) {
            return (*later)->relinkedAfter(type, after, most).value_or(std::vector<qint64>());
        };
        QCOMPARE(found(ObjectType::Contacts, 0, 9), (std::vector<qint64> {1, 3, 4}));
        QCOMPARE(found(ObjectType::Contacts, 1, 1), (std::vector<qint64> {3}));
        QCOMPARE(found(ObjectType::Companies, 0, 9), (std::vector<qint64> {90, 91, 92}));
    }

    void takesRecordsOverIntoOtherColumns()
    {
        SnapshotInfo other = info();
        other.parts.first().properties = {u"aaa"_s, u"city"_s, u"zip"_s};
        auto writer = SnapshotWriter::create(path(u"copy"_s), other);
        QVERIFY((*writer)->copyFrom(path(u"whole"_s)));
        QVERIFY((*writer)->finish());
        const auto reader = SnapshotReader::open(path(u"copy"_s));
        const auto first = (*reader)->find(ObjectType::Contacts, {1});
        const Record record = unpacked(first->front(), (*reader)->columns(ObjectType::Contacts));
        QCOMPARE(record.text(u"city"_s), u"Zürich"_s);
        QVERIFY(record.properties.value(u"aaa"_s).isNull());
    }

    void readsPages_data()
    {
        QTest::addColumn<QByteArray>("page");
        QTest::addColumn<QString>("email"); // Null: an error.
        QTest::newRow("plain") << json("{'results':[{'id':'12','properties':{'email':'a@b.c','city'"
                                       ":null},'updatedAt':'2026-11-23T10:00:00.120Z'}]}")
                               << u"a@b.c"_s;
        QTest::newRow("number as id")
            << json("{'results':[{'id':12,'properties':{'email':7}}]}") << u"7"_s;
        QTest::newRow("columns out of order, doubled")
            << json("{'results':[{'id':'12','properties':{'firstname':'x','email':'1','city':'y','"
                    "email':'2'}}]}")
            << u"1"_s;
        QTest::newRow("foreign properties")
            << json("{'results':[{'id':'12','properties':{'zzz':'x','email':'e'}}]}") << u"e"_s;
        QTest::newRow("half a surrogate pair")
            << json("{'results':[{'id':'12','properties':{'email':'a\\ud83d'}}]}") << u"a\uFFFD"_s;
        QTest::newRow("no id") << json("{'results':[{'properties':{}}]}") << QString();
        QTest::newRow("id is no number") << json("{'results':[{'id':'x'}]}") << QString();
        QTest::newRow("no results") << json("{'status':'error'}") << QString();
        QTest::newRow("html") << QByteArray("<html>") << QString();
        QTest::newRow("cut") << json("{'results':[{'id':'1") << QString();
    }
    void readsPages()
    {
        QFETCH(QByteArray, page);
        QFETCH(QString, email);
        const PackedColumns columns(m_columns);
        const auto read = PackedPageReader(columns).read(page);
        QCOMPARE(bool(read), !email.isNull());
        if (!read)
            return;
        QCOMPARE(read->records.size(), size_t(1));
        QCOMPARE(read->records.front().id, 12);
        QCOMPARE(unpacked(read->records.front(), columns).text(u"email"_s), email);
    }

    void readsInstants_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("usual") << QByteArray("2026-11-23T10:00:00.120Z");
        QTest::newRow("leap day") << QByteArray("2024-02-29T23:59:59.999Z");
        QTest::newRow("before 1970") << QByteArray("1969-07-20T20:17:40.000Z");
        QTest::newRow("without milliseconds") << QByteArray("2026-11-23T10:00:00Z");
        QTest::newRow("milliseconds") << QByteArray("1790000000000");
    }
    void readsInstants()
    {
        QFETCH(QByteArray, text);
        const QByteArray page = json("{'results':[{'id':'1','updatedAt':'" + text + "'}]}");
        const PackedColumns columns(m_columns);
        const auto fast = PackedPageReader(columns).read(page);
        const auto usual = parseRecordPage(page);
        QVERIFY(fast && usual);
        QCOMPARE(fast->records.front().updated,
                 usual->records.first().updatedAt.toMSecsSinceEpoch());
    }

    void cellsAreSafeOnAnyBytes()
    {
        for (int length = 0; length < 64; ++length) {
            QByteArray bytes;
            for (int i = 0; i < length; ++i)
                bytes.append(char(i * 37 + length * 11));
            PackedValues values(bytes);
            int steps = 0;
            while (values.next().column >= 0)
                QVERIFY(++steps < 100);
        }
    }
};

HUBKEEPER_TEST(TestSnapshot)
#include "tst_snapshot.moc"
