// SPDX-License-Identifier: MIT
#include "program.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// Associations on the command line, against the practice portal.
class TestCliAssociations : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void addsLabelsAndRemoves();
    void movesThePrimaryCompany();
    void itCanBeNamedFromEitherEnd();
    void theSameTwiceChangesNothing();
    void dryRunAndChangeSet();
    void twoCompanies();
    void refusals_data();
    void refusals();
    void asksBeforeItSends();
    void listsSoMany();

private:
    Ended run(const QStringList &arguments) { return m_program.run(arguments); }
    /// `associations VERB FILE contact ID company ID ...`.
    Ended link(const QString &verb, const QString &company, const QStringList &more = {})
    {
        return run(QStringList {u"associations"_s, verb, m_file, u"contact"_s, m_contact,
                                u"company"_s, company}
                   + more);
    }
    void setMode(const QString &mode)
    {
        QCOMPARE(run({u"connections"_s, u"set"_s, m_file, u"--mode"_s, mode}).code, 0);
    }
    /// Type ids of the link, ascending; empty: there is none.
    [[nodiscard]] QList<int> types(const QString &company)
    {
        const QJsonArray all =
            run({u"associations"_s, u"list"_s, m_file, u"contact"_s, m_contact, u"--json"_s})
                .json()["associations"_L1]
                .toArray();
        QList<int> ids;
        for (const QJsonValue &one : all) {
            if (one["id"_L1].toString() != company)
                continue;
            const QJsonArray list = one["types"_L1].toArray();
            for (const QJsonValue &type : list)
                ids.append(type["typeId"_L1].toInt());
        }
        std::sort(ids.begin(), ids.end());
        return ids;
    }
    [[nodiscard]] QString made(const QString &objectClass, const QString &value)
    {
        return QString::fromUtf8(
            run({u"create"_s, m_file, objectClass, u"--set"_s, value}).out.trimmed());
    }

    Program m_program;
    std::unique_ptr<Practice> m_practice;
    QString m_file;
    QString m_contact; // Without any company at first.
    QString m_acme;
    QString m_beta;
};

void TestCliAssociations::initTestCase()
{
    m_program.withoutKeychain();
    m_practice = std::make_unique<Practice>(m_program);
    QVERIFY(m_practice->isServing());
    m_file = m_program.path(u"p.json"_s);
    setMode(u"free"_s);
    m_acme = made(u"company"_s, u"name=Acme"_s);
    m_beta = made(u"company"_s, u"name=Beta"_s);
    QVERIFY(!m_acme.isEmpty() && !m_beta.isEmpty());
}

void TestCliAssociations::init()
{
    static int number = 0;
    setMode(u"free"_s);
    m_contact = made(u"contact"_s, u"email=linked%1@example.org"_s.arg(++number));
    QVERIFY(!m_contact.isEmpty());
}

void TestCliAssociations::addsLabelsAndRemoves()
{
    const Ended labels =
        run({u"associations"_s, u"labels"_s, m_file, u"contact"_s, u"company"_s, u"--json"_s});
    QCOMPARE(labels.code, 0);
    QVERIFY2(labels.out.contains("Billing contact"), labels.out);
    const Ended none = run({u"associations"_s, u"list"_s, m_file, u"contact"_s, m_contact});
    QCOMPARE(none.code, 0);
    QVERIFY2(none.err.contains("Nothing is associated"), none.err);

    const Ended added = link(u"add"_s, m_acme, {u"--label"_s, u"billing CONTACT"_s, u"--json"_s});
    QVERIFY2(added.code == 0, added.err);
    QCOMPARE(added.json()["outcome"_L1].toString(), u"applied"_s);
    QCOMPARE(types(m_acme), (QList {1, 279, 930})); // The first company is primary on its own.
    const QString runId = added.json()["run"_L1].toString();

    QCOMPARE(link(u"label"_s, m_acme, {u"--remove"_s, u"930"_s}).code, 0);
    QCOMPARE(types(m_acme), (QList {1, 279}));
    QCOMPARE(link(u"label"_s, m_acme, {u"--set"_s, u"HUBSPOT_DEFINED/930"_s}).code, 0);
    QCOMPARE(types(m_acme), (QList {279, 930}));
    QCOMPARE(link(u"label"_s, m_acme, {u"--none"_s}).code, 0);
    QCOMPARE(types(m_acme), QList {279});

    const Ended list = run({u"associations"_s, u"list"_s, m_file, u"contact"_s, m_contact});
    QVERIFY2(list.out.contains("Acme") && list.out.contains("No label"), list.out);
    const Ended removed = link(u"remove"_s, m_acme, {u"--yes"_s});
    QVERIFY2(removed.code == 0, removed.err);
    QVERIFY2(removed.err.contains("archive association"), removed.err);
    QCOMPARE(types(m_acme), QList<int>());

    const QByteArray shown = run({u"journal"_s, u"show"_s, m_file, runId, u"--json"_s}).out;
    QVERIFY2(shown.contains("\"association\"") && shown.contains(m_acme.toUtf8()), shown);
}

void TestCliAssociations::movesThePrimaryCompany()
{
    QCOMPARE(link(u"add"_s, m_acme).code, 0);
    const Ended added = link(u"add"_s, m_beta, {u"--primary"_s, u"--json"_s});
    QVERIFY2(added.code == 0, added.err);
    QCOMPARE(types(m_acme), QList {279});
    QCOMPARE(types(m_beta), (QList {1, 279}));

    const QString runId = added.json()["run"_L1].toString();
    const Ended back = run({u"journal"_s, u"revert"_s, m_file, runId, u"--yes"_s});
    QVERIFY2(back.code == 0, back.err);
    QCOMPARE(types(m_acme), (QList {1, 279}));
    QCOMPARE(types(m_beta), QList<int>());
    QCOMPARE(link(u"label"_s, m_acme, {u"--no-primary"_s}).code, 0);
    QCOMPARE(types(m_acme), QList {279});
}

void TestCliAssociations::itCanBeNamedFromEitherEnd()
{
    const QStringList turned {m_file, u"company"_s, m_acme, u"contact"_s, m_contact};
    QCOMPARE(run(QStringList {u"associations"_s, u"add"_s} + turned).code, 0);
    QCOMPARE(types(m_acme), (QList {1, 279}));
    const Ended list =
        run({u"associations"_s, u"list"_s, m_file, u"company"_s, m_acme, u"--json"_s});
    const QJsonArray all = list.json()["associations"_L1].toArray();
    const auto mine = std::find_if(all.begin(), all.end(), [this](const QJsonValue &one) {
        return one["id"_L1].toString() == m_contact;
    });
    QVERIFY(mine != all.end());
    QVERIFY((*mine)["primary"_L1].toBool()); // Seen from the contact.
    QCOMPARE(
        run(QStringList {u"associations"_s, u"remove"_s} + turned + QStringList {u"--yes"_s}).code,
        0);
    QCOMPARE(types(m_acme), QList<int>());
}

void TestCliAssociations::theSameTwiceChangesNothing()
{
    QCOMPARE(link(u"add"_s, m_acme).code, 0);
    const Ended again = link(u"add"_s, m_acme, {u"--json"_s});
    QCOMPARE(again.code, 0);
    QCOMPARE(again.json()["outcome"_L1].toString(), u"unchanged"_s);
    QCOMPARE(link(u"remove"_s, m_acme, {u"--yes"_s}).code, 0);
    QCOMPARE(link(u"remove"_s, m_acme, {u"--yes"_s}).code, 0);
    QCOMPARE(link(u"label"_s, m_beta, {u"--remove"_s, u"930"_s}).code, 0);
    QCOMPARE(types(m_beta), QList<int>());
}

void TestCliAssociations::dryRunAndChangeSet()
{
    const Ended dry = link(u"add"_s, m_acme, {u"--dry-run"_s, u"--json"_s});
    QVERIFY2(dry.code == 0, dry.err);
    const QJsonObject change = dry.json()["changes"_L1].toArray().first().toObject();
    QCOMPARE(change["subject"_L1].toString(), u"association"_s);
    QCOMPARE(change["to"_L1]["id"_L1].toString(), m_acme);
    QCOMPARE(types(m_acme), QList<int>());

    const QString set = m_program.path(u"links.jsonl"_s);
    QCOMPARE(link(u"add"_s, m_acme, {u"--save-changes"_s, set}).code, 0);
    QCOMPARE(types(m_acme), QList<int>());
    const Ended shown = run({u"changes"_s, u"show"_s, set});
    QVERIFY2(shown.out.contains("create association") && shown.out.contains("No label"), shown.out);
    const Ended sent = run({u"changes"_s, u"apply"_s, m_file, set, u"--yes"_s});
    QVERIFY2(sent.code == 0, sent.err);
    QCOMPARE(types(m_acme), (QList {1, 279}));

    // Somebody else labels it before the next set is sent.
    QFile::remove(set);
    QCOMPARE(link(u"remove"_s, m_acme, {u"--save-changes"_s, set}).code, 0);
    QCOMPARE(link(u"label"_s, m_acme, {u"--add"_s, u"930"_s}).code, 0);
    const Ended conflict = run({u"changes"_s, u"apply"_s, m_file, set, u"--yes"_s});
    QCOMPARE(conflict.code, 6);
    QCOMPARE(types(m_acme), (QList {1, 279, 930}));
}

void TestCliAssociations::twoCompanies()
{
    const QStringList pair {m_file, u"company"_s, m_acme, u"company"_s, m_beta};
    const Ended added = run(QStringList {u"associations"_s, u"add"_s} + pair
                            + QStringList {u"--label"_s, u"Parent company"_s, u"--json"_s});
    QVERIFY2(added.code == 0, added.err);
    const Ended list =
        run({u"associations"_s, u"list"_s, m_file, u"company"_s, m_beta, u"--to"_s, u"company"_s});
    QVERIFY2(list.out.contains("Child Company"), list.out);
    QCOMPARE(
        run(QStringList {u"associations"_s, u"remove"_s} + pair + QStringList {u"--yes"_s}).code,
        0);
}

void TestCliAssociations::refusals_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("says");

    const auto row = [](const char *name, const QString &arguments, int code, const QString &says) {
        QTest::newRow(name) << arguments.split(u' ') << code << says;
    };
    row("label that is not there", u"add FILE contact CONTACT company ACME --label boss"_s, 2,
        u"These are there: Primary (1)"_s);
    row("nothing to do", u"label FILE contact CONTACT company ACME"_s, 2, u"--no-primary"_s);
    row("primary of two companies", u"add FILE company ACME company BETA --primary"_s, 2,
        u"Only a contact and a company"_s);
    row("with itself", u"add FILE company ACME company ACME"_s, 2, u"with itself"_s);
    row("company that is not there", u"add FILE contact CONTACT company 999"_s, 1,
        u"The record 999 is not there"_s);
    row("unknown class", u"add FILE deal 1 company 2"_s, 2, u"deal"_s);
    row("no verb", u"--json"_s, 2, u"list"_s);
}

void TestCliAssociations::refusals()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, code);
    QFETCH(QString, says);
    arguments.replaceInStrings(u"FILE"_s, m_file);
    arguments.replaceInStrings(u"CONTACT"_s, m_contact);
    arguments.replaceInStrings(u"ACME"_s, m_acme);
    arguments.replaceInStrings(u"BETA"_s, m_beta);

    const Ended ended = run(QStringList {u"associations"_s} + arguments);

    QVERIFY2(ended.code == code, ended.err + ended.out);
    QVERIFY2((ended.err + ended.out).contains(says.toUtf8()), ended.err + ended.out);
    QCOMPARE(types(m_acme), QList<int>());
}

void TestCliAssociations::asksBeforeItSends()
{
    QCOMPARE(link(u"add"_s, m_acme).code, 0);
    QCOMPARE(link(u"remove"_s, m_acme).code, 7); // Removing is asked for in every mode.
    setMode(u"review"_s);
    QCOMPARE(link(u"add"_s, m_beta).code, 7);
    setMode(u"read-only"_s);
    QCOMPARE(link(u"add"_s, m_beta, {u"--yes"_s}).code, 7);
    QCOMPARE(types(m_beta), QList<int>());
    setMode(u"free"_s);
    QCOMPARE(run({u"connections"_s, u"set"_s, m_file, u"--protect"_s, u"associations"_s}).code, 0);
    const Ended kept = link(u"add"_s, m_beta, {u"--yes"_s});
    QCOMPARE(kept.code, 7);
    QVERIFY2(kept.err.contains("associations is protected"), kept.err);
    QCOMPARE(run({u"connections"_s, u"set"_s, m_file, u"--unprotect"_s, u"associations"_s}).code,
             0);
}

void TestCliAssociations::listsSoMany()
{
    QCOMPARE(link(u"add"_s, m_acme).code, 0);
    QCOMPARE(link(u"add"_s, m_beta).code, 0);
    const Ended one = run({u"associations"_s, u"list"_s, m_file, u"contact"_s, m_contact,
                           u"--most"_s, u"1"_s, u"--json"_s});
    QCOMPARE(one.code, 0);
    QCOMPARE(one.json()["associations"_L1].toArray().size(), 1);
    QCOMPARE(one.json()["total"_L1].toInt(), 2);
    QVERIFY2(one.err.contains("1 of 2"), one.err);
}

HUBKEEPER_TEST(TestCliAssociations)
#include "tst_cliassociations.moc"
