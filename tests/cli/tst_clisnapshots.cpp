// SPDX-License-Identifier: MIT
#include "program.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

const QString thirdContact = u"150000000003"_s;
const QString firstCompany = u"30000000001"_s;

} // namespace

/// `snapshot …`, `practice --snapshot` and `rehearse`, as processes.
class TestCliSnapshots : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void takesAWholePortal();
    void showsRecordsOffline();
    void exportsOffline();
    void readsOnlyWhatChanged();
    void aQuickOneIsPartial();
    void takesSomeRecords();
    void saysWhatDiffers();
    void comparesWithLive();
    void putsValuesBack();
    void listsWhatCannotBePutBack();
    void editsOnASnapshot();
    void refusesAnotherPortal();
    void refusesDamagedFiles_data();
    void refusesDamagedFiles();
    void listsAndDeletes();

private:
    Ended run(const QStringList &words) { return m_program.run(words); }
    Ended json(QStringList words) { return m_program.run(words << u"--json"_s); }
    Ended take(const QString &name, const QStringList &more = {})
    {
        return json(QStringList {u"snapshot"_s, u"take"_s, u"p.json"_s, u"-o"_s, name} + more);
    }
    /// Sets a property of a contact in the portal.
    void change(const QString &id, const QString &property, const QString &value)
    {
        const Ended ended = run({u"update"_s, u"p.json"_s, u"contact"_s, id, u"--set"_s,
                                 property + u'=' + value, u"--yes"_s});
        QVERIFY2(ended.code == 0, ended.err + ended.out);
    }
    static QJsonObject part(const QJsonObject &snapshot, const QString &type)
    {
        for (const QJsonValue &one : snapshot.value(u"parts"_s).toArray()) {
            if (one[u"type"_s].toString() == type)
                return one.toObject();
        }
        return {};
    }
    /// subject/id/property of each.
    static QStringList differences(const Ended &ended)
    {
        QStringList all;
        for (const QJsonValue &one : ended.json().value(u"differences"_s).toArray())
            all.append(one[u"kind"_s].toString() + u' ' + one[u"subject"_s].toString() + u' '
                       + one[u"id"_s].toString() + u' ' + one[u"property"_s].toString());
        return all;
    }

    Program m_program;
    std::unique_ptr<Practice> m_practice;
    qint64 m_portal = 0;
};

void TestCliSnapshots::initTestCase()
{
    m_program.withoutKeychain();
    m_practice =
        Practice::with(m_program,
                       {u"--contacts"_s, u"250"_s, u"--companies"_s, u"30"_s, u"--control"_s,
                        u"--index-delay-ms"_s, u"0"_s, u"--limit"_s, u"oauthPerWindow=0"_s,
                        u"--limit"_s, u"searchPerSecond=0"_s, u"--limit"_s,
                        u"associationsPerWindow=0"_s, u"--write-provisioner"_s, u"p.json"_s});
    QVERIFY(m_practice->isServing());
    m_portal = m_practice->announced().value(u"portalId"_s).toInteger();
    QCOMPARE(run({u"connections"_s, u"set"_s, u"p.json"_s, u"--mode"_s, u"free"_s}).code, 0);
    QVERIFY(take(u"first"_s).code == 0);
}

void TestCliSnapshots::takesAWholePortal()
{
    const QJsonObject shown = json({u"snapshot"_s, u"show"_s, u"first"_s}).json();
    QCOMPARE(shown.value(u"state"_s).toString(), u"complete"_s);
    QCOMPARE(shown.value(u"portalId"_s).toInteger(), m_portal);
    QCOMPARE(part(shown, u"contacts"_s).value(u"records"_s).toInt(), 250);
    QCOMPARE(part(shown, u"companies"_s).value(u"records"_s).toInt(), 30);
    QVERIFY(part(shown, u"contacts"_s).value(u"properties"_s).toInt() > 200);
    const QFileInfo file(m_program.path(u"first"_s));
    QCOMPARE(file.permissions() & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup),
             QFile::Permissions());
    QVERIFY(!QFile::exists(m_program.path(u"first.taking"_s)));
}

void TestCliSnapshots::showsRecordsOffline()
{
    const int before = m_practice->requests().value(u"total"_s).toInt();
    const Ended live =
        run({u"search"_s, u"p.json"_s, u"contact"_s, u"--filter"_s, u"email co \"7@\""_s,
             u"--fields"_s, u"email"_s, u"--format"_s, u"csv"_s});
    const int after = m_practice->requests().value(u"total"_s).toInt();
    const Ended offline =
        run({u"snapshot"_s, u"show"_s, u"first"_s, u"--class"_s, u"contact"_s, u"--filter"_s,
             u"email co \"7@\""_s, u"--fields"_s, u"email"_s, u"--format"_s, u"csv"_s});
    QCOMPARE(offline.code, 0);
    QCOMPARE(offline.out, live.out);
    QVERIFY(offline.out.count('\n') > 10);
    QVERIFY(after > before);
    QCOMPARE(m_practice->requests().value(u"total"_s).toInt(), after);
    const Ended one = run({u"snapshot"_s, u"show"_s, u"first"_s, u"--class"_s, u"contact"_s,
                           u"--ids"_s, secondContact, u"--format"_s, u"jsonl"_s});
    QCOMPARE(one.out.count('\n'), 1);
    QVERIFY(one.out.contains(secondContact.toLatin1()));
}

void TestCliSnapshots::exportsOffline()
{
    const QStringList table {u"--columns"_s, u"email,firstname,hubspot_owner_id"_s,
                             u"--associations"_s, u"companies"_s, u"--labels"_s};
    const Ended live =
        run(QStringList {u"search"_s, u"p.json"_s, u"contact"_s, u"-o"_s, u"live.csv"_s} + table);
    const Ended offline = run(QStringList {u"snapshot"_s, u"show"_s, u"first"_s, u"--class"_s,
                                           u"contact"_s, u"-o"_s, u"offline.csv"_s}
                              + table);
    QVERIFY2(live.code == 0, live.err);
    QVERIFY2(offline.code == 0, offline.err);
    QCOMPARE(m_program.content(u"offline.csv"_s), m_program.content(u"live.csv"_s));
    const QStringList turned {u"--columns"_s, u"domain"_s, u"--associations"_s, u"contacts"_s};
    QCOMPARE(
        run(QStringList {u"search"_s, u"p.json"_s, u"company"_s, u"-o"_s, u"live2.csv"_s} + turned)
            .code,
        0);
    QCOMPARE(run(QStringList {u"snapshot"_s, u"show"_s, u"first"_s, u"--class"_s, u"company"_s,
                              u"-o"_s, u"offline2.csv"_s}
                 + turned)
                 .code,
             0);
    QCOMPARE(m_program.content(u"offline2.csv"_s), m_program.content(u"live2.csv"_s));
}

void TestCliSnapshots::readsOnlyWhatChanged()
{
    change(firstContact, u"city"_s, u"Basel"_s);
    m_practice->control({{u"clearRequests"_s, true}});
    const Ended second = take(u"second"_s, {u"--since"_s, u"first"_s});
    QVERIFY2(second.code == 0, second.err + second.out);
    QVERIFY(second.json().value(u"basedOn"_s).isString());
    const int calls = m_practice->requests().value(u"total"_s).toInt();
    m_practice->control({{u"clearRequests"_s, true}});
    QCOMPARE(take(u"whole"_s).code, 0);
    QVERIFY2(calls < m_practice->requests().value(u"total"_s).toInt(), QByteArray::number(calls));
    QCOMPARE(json({u"snapshot"_s, u"diff"_s, u"second"_s, u"whole"_s, u"--all-properties"_s}).code,
             0);
    QCOMPARE(differences(json({u"snapshot"_s, u"diff"_s, u"first"_s, u"second"_s})),
             (QStringList {u"changed record %1 city"_s.arg(firstContact)}));
}

void TestCliSnapshots::aQuickOneIsPartial()
{
    const Ended quick = take(u"quick"_s, {u"--since"_s, u"first"_s, u"--quick"_s});
    QCOMPARE(quick.code, 1);
    QCOMPARE(quick.json().value(u"state"_s).toString(), u"partial"_s);
    QCOMPARE(quick.json().value(u"gaps"_s).toArray().size(), 2);
    QVERIFY(differences(json({u"snapshot"_s, u"diff"_s, u"first"_s, u"quick"_s}))
                .contains(u"changed record %1 city"_s.arg(firstContact)));
}

void TestCliSnapshots::takesSomeRecords()
{
    const Ended some =
        take(u"some"_s, {u"--class"_s, u"contact"_s, u"--filter"_s, u"city eq \"Basel\""_s});
    QVERIFY2(some.code == 0, some.err + some.out);
    QCOMPARE(part(some.json(), u"contacts"_s).value(u"records"_s).toInt(), 1);
    QVERIFY(some.json().value(u"condition"_s).toString().contains(u"Basel"_s));
    QCOMPARE(
        take(u"wrong"_s, {u"--class"_s, u"contact"_s, u"--filter"_s, u"ciyt eq \"Basel\""_s}).code,
        2);
    QCOMPARE(take(u"wrong"_s, {u"--since"_s, u"some"_s}).code, 2);
}

void TestCliSnapshots::saysWhatDiffers()
{
    const Ended csv =
        run({u"snapshot"_s, u"diff"_s, u"first"_s, u"second"_s, u"--format"_s, u"csv"_s});
    QCOMPARE(csv.code, 1);
    QVERIFY(csv.out.contains("record,contacts,changed," + firstContact.toLatin1()));
    QVERIFY(csv.out.trimmed().endsWith("Basel"));
    QCOMPARE(
        run({u"snapshot"_s, u"diff"_s, u"first"_s, u"second"_s, u"--property"_s, u"firstname"_s})
            .code,
        0);
    QCOMPARE(run({u"snapshot"_s, u"diff"_s, u"first"_s, u"first"_s}).code, 0);
    const QJsonObject summary =
        json({u"snapshot"_s, u"diff"_s, u"first"_s, u"second"_s, u"--all-properties"_s})
            .json()
            .value(u"summary"_s)
            .toObject();
    const QJsonObject contacts = summary[u"records"_s][u"contacts"_s].toObject();
    QCOMPARE(contacts.value(u"changed"_s).toInt(), 1);
    QVERIFY(contacts.value(u"byProperty"_s).toObject().contains(u"lastmodifieddate"_s));
}

void TestCliSnapshots::comparesWithLive()
{
    QCOMPARE(run({u"delete"_s, u"p.json"_s, u"contact"_s, thirdContact, u"--yes"_s}).code, 0);
    const Ended live = json({u"snapshot"_s, u"diff"_s, u"second"_s, u"--live"_s, u"p.json"_s});
    QCOMPARE(live.code, 1);
    QVERIFY2(differences(live).contains(u"removed record %1 "_s.arg(thirdContact)), live.out);
    QVERIFY(QDir(m_program.path(u"cache/hubkeeper/records"_s))
                .entryList({u"*.hubsnapshot*"_s})
                .isEmpty()); // The copy is gone.
}

void TestCliSnapshots::putsValuesBack()
{
    const Ended staged = json({u"snapshot"_s, u"stage"_s, u"first"_s, u"p.json"_s, u"--class"_s,
                               u"contact"_s, u"--ids"_s, firstContact + u',' + secondContact,
                               u"--save-changes"_s, u"back.jsonl"_s});
    QVERIFY2(staged.code == 0, staged.err + staged.out);
    QCOMPARE(staged.json().value(u"staged"_s).toInt(), 1);
    QCOMPARE(staged.json().value(u"unchanged"_s).toInt(), 1);
    const QByteArray file = m_program.content(u"back.jsonl"_s);
    QVERIFY2(file.contains("\"before\":\"Basel\""), file);
    QCOMPARE(run({u"changes"_s, u"apply"_s, u"p.json"_s, u"back.jsonl"_s, u"--yes"_s}).code, 0);
    QCOMPARE(take(u"third"_s, {u"--since"_s, u"second"_s}).code, 0);
    QCOMPARE(differences(json({u"snapshot"_s, u"diff"_s, u"first"_s, u"third"_s})).first(),
             u"removed record %1 "_s.arg(thirdContact)); // All else is as it was.
}

void TestCliSnapshots::listsWhatCannotBePutBack()
{
    const QStringList words {u"snapshot"_s,       u"stage"_s,     u"first"_s, u"p.json"_s,
                             u"--class"_s,        u"contact"_s,   u"--ids"_s, thirdContact,
                             u"--save-changes"_s, u"gone.jsonl"_s};
    const Ended gone = json(words);
    QCOMPARE(gone.code, 1);
    QCOMPARE(gone.json().value(u"staged"_s).toInt(), 0);
    QCOMPARE(gone.json()[u"left"_s][0][u"id"_s].toString(), thirdContact);
    const Ended anew = json(words + QStringList {u"--make-anew"_s});
    QCOMPARE(anew.code, 0);
    QCOMPARE(anew.json().value(u"created"_s).toInt(), 1);
    QVERIFY(m_program.content(u"gone.jsonl"_s).contains("\"kind\":\"create\""));
    QCOMPARE(json({u"snapshot"_s, u"stage"_s, u"first"_s, u"p.json"_s, u"--class"_s, u"contact"_s,
                   u"--ids"_s, firstContact, u"--property"_s, u"createdate"_s})
                 .code,
             2);
}

void TestCliSnapshots::editsOnASnapshot()
{
    const Ended edited =
        json({u"snapshot"_s, u"stage"_s, u"first"_s, u"--class"_s, u"contact"_s, u"--ids"_s,
              secondContact, u"--set"_s, u"city=Bern"_s, u"--save-changes"_s, u"edits.jsonl"_s});
    QVERIFY2(edited.code == 0, edited.err + edited.out);
    QCOMPARE(edited.json().value(u"staged"_s).toInt(), 1);
    QVERIFY(m_program.content(u"edits.jsonl"_s).contains(QByteArray::number(m_portal)));
    const Ended all =
        json({u"snapshot"_s, u"stage"_s, u"first"_s, u"--class"_s, u"company"_s, u"--all"_s,
              u"--set"_s, u"city=Nowhere"_s, u"--save-changes"_s, u"all.jsonl"_s});
    QVERIFY2(all.code == 0, all.err + all.out);
    QCOMPARE(all.json().value(u"staged"_s).toInt(), 30);
    const auto refused = [this](const QString &value) {
        return json({u"snapshot"_s, u"stage"_s, u"first"_s, u"--class"_s, u"contact"_s, u"--ids"_s,
                     secondContact, u"--set"_s, value, u"--save-changes"_s, u"no.jsonl"_s});
    };
    QCOMPARE(refused(u"lifecyclestage=nosuch"_s).code, 2);
    QCOMPARE(refused(u"nosuch=1"_s).code, 2);
    QVERIFY(!QFile::exists(m_program.path(u"no.jsonl"_s)));
}

void TestCliSnapshots::refusesAnotherPortal()
{
    const auto other = Practice::with(m_program,
                                      {u"--contacts"_s, u"3"_s, u"--companies"_s, u"1"_s,
                                       u"--write-provisioner"_s, u"other.json"_s});
    QVERIFY(other->isServing());
    const Ended staged = json({u"snapshot"_s, u"stage"_s, u"first"_s, u"other.json"_s, u"--class"_s,
                               u"contact"_s, u"--all"_s});
    QCOMPARE(staged.code, 7);
    QVERIFY(staged.error().value(u"message"_s).toString().contains(QString::number(m_portal)));
    QCOMPARE(
        json({u"snapshot"_s, u"take"_s, u"other.json"_s, u"-o"_s, u"x"_s, u"--since"_s, u"first"_s})
            .code,
        7);
    QCOMPARE(json({u"snapshot"_s, u"take"_s, u"other.json"_s, u"-o"_s, u"theirs"_s}).code, 0);
    QCOMPARE(json({u"snapshot"_s, u"diff"_s, u"first"_s, u"theirs"_s}).code, 7);
}

void TestCliSnapshots::refusesDamagedFiles_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<int>("code");
    const QByteArray whole = m_program.content(u"first"_s);
    QTest::newRow("cut") << whole.first(whole.size() / 2) << 8;
    QTest::newRow("text") << QByteArray("id,name\n") << 2;
    QByteArray other = whole; // A letter of a value.
    const qsizetype at = other.lastIndexOf("@example");
    other[at + 1] = 'X';
    QTest::newRow("changed by hand") << other << 8;
    QByteArray newer = whole;
    newer[63] = 9; // user_version of SQLite's header.
    QTest::newRow("newer") << newer << 2;
}

void TestCliSnapshots::refusesDamagedFiles()
{
    QFETCH(QByteArray, content);
    QFETCH(int, code);
    m_program.write(u"damaged"_s, content);
    for (const QStringList &words :
         {QStringList {u"snapshot"_s, u"show"_s, u"damaged"_s},
          QStringList {u"snapshot"_s, u"diff"_s, u"first"_s, u"damaged"_s},
          QStringList {u"snapshot"_s, u"stage"_s, u"damaged"_s, u"p.json"_s, u"--class"_s,
                       u"contact"_s, u"--all"_s},
          QStringList {u"rehearse"_s, u"edits.jsonl"_s, u"--snapshot"_s, u"damaged"_s},
          QStringList {u"practice"_s, u"--snapshot"_s, u"damaged"_s}}) {
        const Ended ended = json(words);
        QVERIFY2(ended.code == code, words.join(u' ').toUtf8() + ended.out + ended.err);
        QVERIFY(!ended.error().value(u"message"_s).toString().isEmpty());
    }
}

void TestCliSnapshots::listsAndDeletes()
{
    const Ended taken = json({u"snapshot"_s, u"take"_s, u"p.json"_s});
    QCOMPARE(taken.code, 0);
    const QString file = taken.json().value(u"file"_s).toString();
    QCOMPARE(json({u"snapshot"_s, u"list"_s, u"p.json"_s}).list().first()[u"file"_s].toString(),
             file);
    const Ended next = json({u"snapshot"_s, u"take"_s, u"p.json"_s, u"--since"_s, u"latest"_s});
    QVERIFY2(next.code == 0, next.err + next.out);
    QCOMPARE(json({u"snapshot"_s, u"list"_s}).list().size(), 2);
    QCOMPARE(json({u"snapshot"_s, u"delete"_s, file}).code, 7);
    QCOMPARE(json({u"snapshot"_s, u"delete"_s, file, u"--yes"_s}).code, 0);
    QVERIFY(!QFile::exists(file));
    QCOMPARE(json({u"snapshot"_s, u"list"_s}).list().size(), 1);
    QCOMPARE(json({u"snapshot"_s, u"delete"_s, u"p.json"_s, u"--yes"_s}).code, 2);
    QVERIFY(QFile::exists(m_program.path(u"p.json"_s)));
}

HUBKEEPER_TEST(TestCliSnapshots)
#include "tst_clisnapshots.moc"
