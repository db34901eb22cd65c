// SPDX-License-Identifier: MIT
#include "program.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// The journal of two connections, and taking runs back, with the real program.
class TestCliJournal final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void practicePortalsDiffer();
    void listsTheRunsOfAConnection();
    void refusesARunOfAnotherPortal();
    void aSecondRevertSaysSo();
    void namesWhatItArchives();
    void comparesACreateBeforeArchivingIt();
    void revertsRowByRow();
    void everyFailedRowHasItsReason();
    void aStageGoesBack();
    void unknownRunsAreErrors();
    void archivesKeepTheirValues();
    void aContactWithACompanyIsMadeAnew();
    void saysThatThereIsNothingToTakeBack();
    void saysWhoAndHowItEnded();

private:
    Ended json(const QStringList &verb, const QStringList &rest = {})
    {
        return m_program.run(verb + QStringList {m_file} + rest + QStringList {u"--json"_s});
    }
    [[nodiscard]] QJsonObject lastRun()
    {
        return json({u"journal"_s, u"list"_s}).list().at(0).toObject();
    }
    [[nodiscard]] QString text(const QString &id, const QString &property)
    {
        return json({u"get"_s}, {u"contact"_s, id, u"--fields"_s, property})
            .json()
            .value(property)
            .toString();
    }
    QString created(const QString &email);
    Ended revert(const QString &run, const QStringList &options = {})
    {
        return json({u"journal"_s, u"revert"_s}, QStringList {run} + options);
    }

    Program m_program;
    std::unique_ptr<Practice> m_practice;
    std::unique_ptr<Practice> m_other;
    QString m_file;
    QString m_otherFile;
};

void TestCliJournal::initTestCase()
{
    m_program.withoutKeychain();
    m_practice = std::make_unique<Practice>(m_program);
    m_otherFile = m_program.path(u"other.json"_s);
    m_other =
        Practice::with(m_program,
                       {u"--contacts"_s, u"12"_s, u"--companies"_s, u"5"_s, u"--seed"_s, u"9"_s,
                        u"--name"_s, u"Big Corp"_s, u"--write-provisioner"_s, m_otherFile});
    QVERIFY(m_practice->isServing() && m_other->isServing());
    m_file = m_program.path(u"p.json"_s);
}

/// Gives the id of the new contact.
QString TestCliJournal::created(const QString &email)
{
    return json({u"create"_s}, {u"contact"_s, u"--set"_s, u"email="_s + email})
        .json()["_id"_L1]
        .toString();
}

void TestCliJournal::practicePortalsDiffer()
{
    QVERIFY(m_practice->announced()["portalId"_L1] != m_other->announced()["portalId"_L1]);
    QCOMPARE(m_other->announced()["name"_L1].toString(), u"Big Corp"_s);
    const Ended fixed = m_program.run({u"practice"_s, u"--list"_s, u"--portal-id"_s, u"77"_s});
    QCOMPARE(fixed.code, 0);
}

void TestCliJournal::listsTheRunsOfAConnection()
{
    QCOMPARE(json({u"update"_s}, {u"contact"_s, secondContact, u"--set"_s, u"city=Chur"_s}).code,
             0);
    QCOMPARE(m_program
                 .run({u"update"_s, m_otherFile, u"contact"_s, secondContact, u"--set"_s,
                       u"city=Bern"_s})
                 .code,
             0);
    const QJsonArray mine = json({u"journal"_s, u"list"_s}).list();
    QCOMPARE(mine.size(), 1);
    QCOMPARE(mine.at(0)["portalId"_L1], m_practice->announced()["portalId"_L1]);
    const Ended all = m_program.run({u"journal"_s, u"list"_s, u"--all"_s, u"--json"_s});
    QCOMPARE(all.code, 0);
    QCOMPARE(all.list().size(), 2);
    const Ended text = m_program.run({u"journal"_s, u"list"_s, u"--all"_s});
    QVERIFY2(text.out.contains("PORTAL") && text.out.contains("Big Corp"), text.out);
    QCOMPARE(m_program.run({u"journal"_s, u"list"_s}).code, 2); // Whose?
}

void TestCliJournal::refusesARunOfAnotherPortal()
{
    const QString run = m_program.run({u"journal"_s, u"list"_s, m_otherFile, u"--json"_s})
                            .list()
                            .at(0)["id"_L1]
                            .toString();
    const Ended refused = revert(run, {u"--yes"_s});
    QCOMPARE(refused.code, 7);
    const QByteArray said = refused.err;
    const QJsonValue portals[] = {m_practice->announced()["portalId"_L1],
                                  m_other->announced()["portalId"_L1]};
    for (const QJsonValue &id : portals)
        QVERIFY2(said.contains(QByteArray::number(id.toInteger())), said);
    QVERIFY2(said.contains("Big Corp"), said);
    QCOMPARE(text(secondContact, u"city"_s), u"Chur"_s);
    QCOMPARE(m_program.run({u"journal"_s, u"revert"_s, m_otherFile, run}).code, 0);
}

void TestCliJournal::aSecondRevertSaysSo()
{
    QCOMPARE(json({u"update"_s}, {u"contact"_s, secondContact, u"--set"_s, u"city=Thun"_s}).code,
             0);
    const QString run = lastRun()["id"_L1].toString();
    QCOMPARE(revert(run).code, 0);
    QCOMPARE(text(secondContact, u"city"_s), u"Chur"_s);
    const QString by = lastRun()["id"_L1].toString();
    QCOMPARE(lastRun()["revertOf"_L1].toString(), run);
    const Ended again = revert(run);
    QCOMPARE(again.code, 7);
    QVERIFY2(again.err.contains(by.toUtf8()), again.err);
    QCOMPARE(revert(by).code, 0); // A revert can be reverted,
    QCOMPARE(text(secondContact, u"city"_s), u"Thun"_s);
    QCOMPARE(revert(run).code, 0); // and then the first one again.
    QCOMPARE(text(secondContact, u"city"_s), u"Chur"_s);
}

void TestCliJournal::namesWhatItArchives()
{
    const QString id = created(u"archive.me@example.com"_s);
    const QString run = lastRun()["id"_L1].toString();
    const Ended dry = revert(run, {u"--dry-run"_s});
    QCOMPARE(dry.code, 0);
    QVERIFY2(dry.err.contains("archive archive.me@example.com"), dry.err);
    QCOMPARE(dry.json()["rows"_L1][0]["operation"_L1].toString(), u"archive"_s);
    const Ended unasked = revert(run);
    QCOMPARE(unasked.code, 7);
    QVERIFY2(unasked.err.contains("--yes"), unasked.err);
    QCOMPARE(text(id, u"email"_s), u"archive.me@example.com"_s);
    QCOMPARE(revert(run, {u"--yes"_s}).code, 0);
    QCOMPARE(json({u"get"_s}, {u"contact"_s, id}).code, 1);
}

void TestCliJournal::comparesACreateBeforeArchivingIt()
{
    const QString id = created(u"once@example.com"_s);
    const QString run = lastRun()["id"_L1].toString();
    QCOMPARE(json({u"update"_s}, {u"contact"_s, id, u"--set"_s, u"email=other@example.com"_s}).code,
             0);
    const Ended refused = revert(run, {u"--yes"_s});
    QCOMPARE(refused.code, 6);
    const QJsonValue row = refused.json()["rows"_L1][0];
    QCOMPARE(row["state"_L1].toString(), u"conflict"_s);
    QCOMPARE(row["theirs"_L1]["email"_L1].toString(), u"other@example.com"_s);
    QCOMPARE(text(id, u"email"_s), u"other@example.com"_s);

    // What the run did not write counts, too: it would be archived with the record.
    const QString second = created(u"twice@example.com"_s);
    const QString secondRun = lastRun()["id"_L1].toString();
    QCOMPARE(json({u"update"_s}, {u"contact"_s, second, u"--set"_s, u"city=Genf"_s}).code, 0);
    QCOMPARE(revert(secondRun, {u"--yes"_s}).code, 6);
    QCOMPARE(text(second, u"city"_s), u"Genf"_s);
}

void TestCliJournal::revertsRowByRow()
{
    const QString script = u"connector.update('contact', '150000000003', {city: 'Aarau'});"
                           "connector.update('contact', '150000000004', {city: 'Baden'}); 1"_s;
    const QString before = text(u"150000000004"_s, u"city"_s);
    const Ended ended = json({u"script"_s}, {u"--source"_s, script});
    QCOMPARE(ended.code, 0);
    const QString run = ended.json()["journalRun"_L1].toString();
    QCOMPARE(revert(run, {u"--record"_s, u"150000000004"_s}).code, 0);
    QCOMPARE(text(u"150000000003"_s, u"city"_s), u"Aarau"_s);
    QCOMPARE(text(u"150000000004"_s, u"city"_s), before);
    QCOMPARE(revert(run, {u"--row"_s, u"no/such"_s}).code, 2);
    const Ended rest = revert(run);
    QCOMPARE(rest.code, 5); // One row was taken back before.
    QCOMPARE(rest.json()["applied"_L1].toInt(), 1);
    QVERIFY2(rest.err.contains("reverted already"), rest.err);
}

/// Of a refused row, in the text and in the JSON.
void TestCliJournal::everyFailedRowHasItsReason()
{
    const Ended written =
        json({u"update"_s}, {u"contact"_s, secondContact, u"--set"_s, u"city=Olten"_s});
    QCOMPARE(written.code, 0);
    const QString run = lastRun()["id"_L1].toString();
    m_practice->setFault(QJsonObject {{u"kind"_s, u"status"_s},
                                      {u"status"_s, 400},
                                      {u"method"_s, u"POST"_s},
                                      {u"path"_s, u"/contacts/batch/update"_s},
                                      {u"times"_s, -1}});
    const Ended failed = revert(run);
    m_practice->control({{u"faults"_s, QJsonArray()}});
    QCOMPARE(failed.code, 5);
    const QJsonValue row = failed.json()["rows"_L1][0];
    QCOMPARE(row["state"_L1].toString(), u"failed"_s);
    const QString reason = row["error"_L1]["what"_L1].toString();
    QVERIFY(!reason.isEmpty());
    QVERIFY2(failed.err.contains(reason.toUtf8()), failed.err);
    QCOMPARE(revert(run).code, 0);
}

/// Cleared, then set: a plain write only moves it forward.
void TestCliJournal::aStageGoesBack()
{
    const QString lead = u"lifecyclestage=lead"_s;
    QCOMPARE(
        json({u"update"_s}, {u"contact"_s, secondContact, u"--set"_s, u"lifecyclestage="_s}).code,
        0);
    QCOMPARE(json({u"update"_s}, {u"contact"_s, secondContact, u"--set"_s, lead}).code, 0);
    QCOMPARE(
        json({u"update"_s}, {u"contact"_s, secondContact, u"--set"_s, u"lifecyclestage=customer"_s})
            .code,
        0);
    const Ended back = revert(lastRun()["id"_L1].toString());
    QVERIFY2(back.code == 0, back.err);
    const Ended same = json({u"update"_s}, {u"contact"_s, secondContact, u"--set"_s, lead});
    QVERIFY2(same.err.contains("has these values already"), same.err);
}

void TestCliJournal::unknownRunsAreErrors()
{
    for (const QString &verb : {u"show"_s, u"revert"_s}) {
        const Ended ended = json({u"journal"_s, verb}, {u"no-such-run"_s});
        QCOMPARE(ended.code, 1);
        QVERIFY2(ended.err.contains("no run no-such-run"), ended.err);
    }
}

void TestCliJournal::archivesKeepTheirValues()
{
    const QString id = created(u"keep.me@example.com"_s);
    QCOMPARE(json({u"update"_s}, {u"contact"_s, id, u"--set"_s, u"city=Zug"_s}).code, 0);
    QCOMPARE(json({u"delete"_s}, {u"contact"_s, id, u"--yes"_s}).code, 0);
    const QString run = lastRun()["id"_L1].toString();
    const QJsonValue row = json({u"journal"_s, u"show"_s}, {run}).list().at(0);
    QCOMPARE(row["cells"_L1]["city"_L1]["old"_L1].toString(), u"Zug"_s);
    QCOMPARE(row["cells"_L1]["email"_L1]["old"_L1].toString(), u"keep.me@example.com"_s);

    const Ended impossible = revert(run);
    QCOMPARE(impossible.code, 5);
    QVERIFY2(impossible.err.contains("anew"), impossible.err);
    const Ended anew = revert(run, {u"--make-anew"_s});
    QCOMPARE(anew.code, 0);
    QVERIFY2(anew.err.contains("createdate"), anew.err); // Left out, and said so.
    const Ended found =
        json({u"search"_s}, {u"contact"_s, u"--filter"_s, u"email eq \"keep.me@example.com\""_s});
    const QString made = found.json()["result"_L1].toArray().at(0)["_id"_L1].toString();
    QVERIFY(!made.isEmpty() && made != id);
    QCOMPARE(text(made, u"city"_s), u"Zug"_s);
}

/// Its definition says that associatedcompanyid can be written, which HubSpot refuses.
void TestCliJournal::aContactWithACompanyIsMadeAnew()
{
    QString run;
    for (int i = 5; i <= 12 && run.isEmpty(); ++i) {
        const QString id = u"1500000000%1"_s.arg(i, 2, 10, QLatin1Char('0'));
        QCOMPARE(json({u"delete"_s}, {u"contact"_s, id, u"--yes"_s}).code, 0);
        const QString deleted = lastRun()["id"_L1].toString();
        const QJsonValue row = json({u"journal"_s, u"show"_s}, {deleted}).list().at(0);
        if (!row["cells"_L1]["associatedcompanyid"_L1]["old"_L1].toString().isEmpty())
            run = deleted;
    }
    QVERIFY(!run.isEmpty());
    const Ended anew = revert(run, {u"--make-anew"_s});
    QVERIFY2(anew.code == 0, anew.err);
    QCOMPARE(anew.json()["applied"_L1].toInt(), 1);
    const QJsonArray left = anew.json()["skippedProperties"_L1].toArray();
    QVERIFY2(left.contains(u"associatedcompanyid"_s), anew.err);
}

/// A run of which nothing was applied.
void TestCliJournal::saysThatThereIsNothingToTakeBack()
{
    m_practice->setFault(QJsonObject {{u"kind"_s, u"status"_s},
                                      {u"status"_s, 400},
                                      {u"method"_s, u"POST"_s},
                                      {u"path"_s, u"/contacts/batch/update"_s},
                                      {u"times"_s, -1}});
    const Ended failed =
        json({u"update"_s}, {u"contact"_s, secondContact, u"--set"_s, u"city=Visp"_s});
    m_practice->control({{u"faults"_s, QJsonArray()}});
    QVERIFY(failed.code != 0);
    const QString run = lastRun()["id"_L1].toString();
    for (const QStringList &more : {QStringList(), QStringList {u"--dry-run"_s}}) {
        const Ended nothing = revert(run, more);
        QCOMPARE(nothing.code, 0);
        QVERIFY2(nothing.err.contains("nothing to take back"), nothing.err);
    }
}

void TestCliJournal::saysWhoAndHowItEnded()
{
    const QJsonObject run = lastRun();
    QVERIFY(!run["user"_L1].toString().isEmpty());
    QCOMPARE(run["ended"_L1].toBool(), true);
    QCOMPARE(run["waiting"_L1].toInt(-1), 0);
    const Ended text = m_program.run({u"journal"_s, u"list"_s, m_file});
    QVERIFY2(text.out.contains("STATE") && text.out.contains("WAITING") && text.out.contains("WHO"),
             text.out);
}

HUBKEEPER_TEST(TestCliJournal)
#include "tst_clijournal.moc"
