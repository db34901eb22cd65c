// SPDX-License-Identifier: MIT
#include "connector/connector.h"
#include "practicesession.h"
#include "session/writing/definitionrevert.h"
#include "session/writing/definitionwrites.h"
#include "testkit/testprogram.h"

#include <QJsonArray>
#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

const QString contactDefinitions = u"contactProperties"_s;

QJsonObject shoeSize()
{
    return {{u"name"_s, u"shoe_size"_s},
            {u"label"_s, u"Shoe size"_s},
            {u"groupName"_s, u"contactinformation"_s},
            {u"type"_s, u"enumeration"_s},
            {u"fieldType"_s, u"select"_s},
            {u"description"_s, u"\"In\" Paris points"_s},
            {u"displayOrder"_s, 7},
            {u"options"_s,
             QJsonArray {QJsonObject {{u"label"_s, u"Forty"_s}, {u"value"_s, u"40"_s}},
                         QJsonObject {{u"label"_s, u"Forty-one"_s}, {u"value"_s, u"41"_s}}}}};
}

CollectedWrite creation()
{
    return {CollectedWrite::Create, contactDefinitions, {}, shoeSize()};
}

CollectedWrite relabelling(const QString &label)
{
    return {CollectedWrite::Update, contactDefinitions, u"shoe_size"_s, {{u"label"_s, label}}};
}

CollectedWrite removal()
{
    return {CollectedWrite::Delete, contactDefinitions, u"shoe_size"_s, {}};
}

} // namespace

/// Writes of property definitions over sockets: the policy, the journal, and taking them back.
class TestDefinitionWrites : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_rig.reset(); }
    void createIsTakenBack();
    void updateIsTakenBack();
    void archiveIsTakenBack();
    void companiesHaveTheirOwn();
    void changedMeanwhileIsAConflict();
    void whatIsInUseStaysWithTheReason();
    void revertIsARunThatCanBeReverted();
    void lostAnswerIsLookedUp();
    void inverseOf_data();
    void inverseOf();
    void guards_data();
    void guards();
    void guardsOfARevert();

private:
    Result<ConnectorObject> write(const CollectedWrite &write, const RunOptions &options = {});
    QList<RevertedDefinition> revert(const QString &runId);
    /// An attribute as the portal has it; "not there" if the property is archived.
    [[nodiscard]] QJsonValue now(const QString &attribute);
    [[nodiscard]] QList<JournalRow> rows(const QString &runId)
    {
        return *m_rig->session->journal().rows(runId);
    }
    [[nodiscard]] QList<JournalRun> runs() { return *m_rig->session->journal().runs(); }
    [[nodiscard]] int sent(const QByteArray &method)
    {
        int count = 0;
        for (const practice::LoggedRequest &request : m_rig->server.log().requests())
            count += request.method == method && request.path.contains("/properties/") ? 1 : 0;
        return count;
    }

    std::unique_ptr<PracticeSession> m_rig;
    QString m_runId; // Of the last write.
};

void TestDefinitionWrites::init()
{
    m_rig = std::make_unique<PracticeSession>();
    m_runId.clear();
}

Result<ConnectorObject> TestDefinitionWrites::write(const CollectedWrite &write,
                                                    const RunOptions &options)
{
    const auto recorded = [this](const QString &runId) { m_runId = runId; };
    return *outcomeOf(
        writeDefinition(*m_rig->session, write, options, recorded, m_rig->session.get()), 30'000);
}

QList<RevertedDefinition> TestDefinitionWrites::revert(const QString &runId)
{
    const auto done =
        *outcomeOf(revertDefinitions(*m_rig->session, runId, inverseDefinitions(rows(runId)), {},
                                     m_rig->session.get()),
                   30'000);
    return done ? *done : QList<RevertedDefinition> {{done.error().sentence(), {}, {}}};
}

QJsonValue TestDefinitionWrites::now(const QString &attribute)
{
    const auto object = *outcomeOf(m_rig->session->connector().get(
        contactDefinitions, u"shoe_size"_s, {}, m_rig->session.get()));
    return object ? object->attributes[attribute] : QJsonValue(u"not there"_s);
}

void TestDefinitionWrites::createIsTakenBack()
{
    RunOptions options;
    options.note = u"for the shop"_s;
    QVERIFY(write(creation(), options));
    QCOMPARE(runs().constFirst().note, u"for the shop"_s);
    QCOMPARE(runs().constFirst().applied, 1);
    const JournalRow row = rows(m_runId).constFirst();
    QVERIFY(row.isDefinition());
    QCOMPARE(row.kind, ChangeKind::Create);
    QCOMPARE(row.recordId, u"shoe_size"_s);
    QCOMPARE(row.outcome, u"applied"_s);
    QCOMPARE(row.cells.value(u"label"_s), (CellChange {{}, u"Shoe size"_s}));
    QVERIFY(row.cells.value(u"options"_s).after.contains("\"Forty-one\""_L1));

    const auto back = revert(m_runId);
    QCOMPARE(back.size(), 1);
    QCOMPARE(back.constFirst().state, RowState::Applied);
    QCOMPARE(now(u"label"_s).toString(), u"not there"_s);
}

void TestDefinitionWrites::updateIsTakenBack()
{
    QVERIFY(write(creation()));
    QVERIFY(write(relabelling(u"Größe"_s)));
    QCOMPARE(rows(m_runId).constFirst().cells.value(u"label"_s),
             (CellChange {u"Shoe size"_s, u"Größe"_s}));
    QCOMPARE(now(u"label"_s).toString(), u"Größe"_s);

    QCOMPARE(revert(m_runId).constFirst().state, RowState::Applied);
    QCOMPARE(now(u"label"_s).toString(), u"Shoe size"_s);
    QCOMPARE(definitionText(now(u"displayOrder"_s)), u"7"_s); // Left alone.
}

void TestDefinitionWrites::archiveIsTakenBack()
{
    QVERIFY(write(creation()));
    const QJsonValue options = now(u"options"_s);
    QCOMPARE(options.toArray().size(), 2);
    QVERIFY(write(removal()));
    QCOMPARE(now(u"label"_s).toString(), u"not there"_s);
    const JournalRow row = rows(m_runId).constFirst();
    QCOMPARE(row.kind, ChangeKind::Archive);
    QCOMPARE(row.cells.value(u"label"_s), (CellChange {u"Shoe size"_s, {}}));

    QCOMPARE(revert(m_runId).constFirst().state, RowState::Applied);
    const QJsonObject wanted = shoeSize();
    for (const QString &attribute : {u"label"_s, u"groupName"_s, u"type"_s, u"fieldType"_s,
                                     u"description"_s, u"displayOrder"_s})
        QCOMPARE(definitionText(now(attribute)), definitionText(wanted[attribute]));
    QCOMPARE(now(u"options"_s), options);
}

void TestDefinitionWrites::companiesHaveTheirOwn()
{
    CollectedWrite company = creation();
    company.objectClass = u"companyProperties"_s;
    company.attributes.insert(u"groupName"_s, u"companyinformation"_s);
    QVERIFY(write(company));
    QCOMPARE(rows(m_runId).constFirst().type, u"companies"_s);
    QCOMPARE(now(u"label"_s).toString(), u"not there"_s); // Of contacts.
    QCOMPARE(revert(m_runId).constFirst().state, RowState::Applied);
    QVERIFY(!*outcomeOf(m_rig->session->connector().get(u"companyProperties"_s, u"shoe_size"_s, {},
                                                        m_rig->session.get())));
}

void TestDefinitionWrites::changedMeanwhileIsAConflict()
{
    QVERIFY(write(creation()));
    const QString creationRun = m_runId;
    QVERIFY(write(relabelling(u"Mine"_s)));
    const QString mine = m_runId;
    QVERIFY(write(relabelling(u"Somebody else's"_s)));

    const int patches = sent("PATCH");
    const auto back = revert(mine);
    QCOMPARE(back.constFirst().state, RowState::Conflicting);
    QVERIFY(back.constFirst().message.contains("label was changed meanwhile"_L1));
    QCOMPARE(sent("PATCH"), patches);
    // Nor is a property archived that is not the one that was made.
    QCOMPARE(revert(creationRun).constFirst().state, RowState::Conflicting);
    QCOMPARE(sent("DELETE"), 0);
    QCOMPARE(now(u"label"_s).toString(), u"Somebody else's"_s);
}

void TestDefinitionWrites::whatIsInUseStaysWithTheReason()
{
    QVERIFY(write(creation()));
    m_rig->server.markInUse(practice::ObjectType::Contact, u"shoe_size"_s);
    const auto back = revert(m_runId);
    QCOMPARE(back.constFirst().state, RowState::Failed);
    QVERIFY(!back.constFirst().message.isEmpty());
    QCOMPARE(runs().constFirst().failed, 1);
    QCOMPARE(now(u"label"_s).toString(), u"Shoe size"_s);
}

void TestDefinitionWrites::revertIsARunThatCanBeReverted()
{
    QVERIFY(write(creation()));
    const QString made = m_runId;
    QCOMPARE(revert(made).constFirst().state, RowState::Applied);
    const JournalRun second = runs().constFirst();
    QCOMPARE(second.revertOf, made);
    QCOMPARE(revert(second.id).constFirst().state, RowState::Applied);
    QCOMPARE(now(u"label"_s).toString(), u"Shoe size"_s);
    QVERIFY(m_rig->session->journal().verify()->state != JournalState::Altered);
}

void TestDefinitionWrites::lostAnswerIsLookedUp()
{
    QVERIFY(write(creation()));
    practice::Fault fault;
    fault.kind = practice::FaultKind::CloseAfterWork;
    fault.method = "DELETE";
    fault.times = -1;
    m_rig->server.addFault(fault);
    const auto outcome = write(removal());
    QVERIFY(!outcome);
    // It is read again, and is gone.
    QCOMPARE(rows(m_runId).constFirst().outcome, u"applied"_s);
    const auto back = revert(m_runId);
    QCOMPARE(back.constFirst().state, RowState::Applied);
}

void TestDefinitionWrites::inverseOf_data()
{
    QTest::addColumn<ChangeKind>("kind");
    QTest::addColumn<QString>("outcome");
    QTest::addColumn<QString>("attribute");
    QTest::addColumn<QString>("before");
    QTest::addColumn<int>("count");
    QTest::addColumn<QString>("impossible");
    const auto row = [](const char *name, ChangeKind kind, const QString &outcome,
                        const QString &attribute, const QString &before, int count,
                        const QString &impossible = {}) {
        QTest::newRow(name) << kind << outcome << attribute << before << count << impossible;
    };
    row("update", ChangeKind::Update, u"applied"_s, u"label"_s, u"Old"_s, 1);
    row("text cleared", ChangeKind::Update, u"applied"_s, u"description"_s, {}, 1);
    row("number", ChangeKind::Update, u"applied"_s, u"displayOrder"_s, u"3"_s, 1);
    row("number that was not there", ChangeKind::Update, u"applied"_s, u"displayOrder"_s, {}, 1,
        u"set what was there"_s);
    row("what no caller sets", ChangeKind::Update, u"applied"_s, u"createdAt"_s, u"x"_s, 1,
        u"set what was there"_s);
    row("create", ChangeKind::Create, u"applied"_s, u"name"_s, {}, 1);
    row("archive", ChangeKind::Archive, u"applied"_s, u"name"_s, u"shoe_size"_s, 1);
    row("archive without definition", ChangeKind::Archive, u"applied"_s, u"label"_s, u"x"_s, 1,
        u"does not hold the definition"_s);
    row("unknown", ChangeKind::Update, u"unknown"_s, u"label"_s, u"Old"_s, 1,
        u"outcome is unknown"_s);
    row("crashed", ChangeKind::Create, u"intended"_s, u"label"_s, {}, 1, u"outcome is unknown"_s);
    for (const char *outcome : {"failed", "conflict", "skipped"})
        row(outcome, ChangeKind::Update, QString::fromLatin1(outcome), u"label"_s, u"Old"_s, 0);
}

void TestDefinitionWrites::inverseOf()
{
    QFETCH(ChangeKind, kind);
    QFETCH(QString, outcome);
    QFETCH(QString, attribute);
    QFETCH(QString, before);
    QFETCH(int, count);
    QFETCH(QString, impossible);
    JournalRow row;
    row.thing = WrittenThing::Definition;
    row.kind = kind;
    row.recordId = u"shoe_size"_s;
    row.label = u"contactProperties shoe_size"_s;
    row.outcome = outcome;
    row.cells.insert(attribute, {before, u"new"_s});
    JournalRow record = row;
    record.thing = WrittenThing::Record;

    const QList<DefinitionInverse> inverses = inverseDefinitions({record, row});
    QCOMPARE(inverses.size(), count);
    if (count == 0)
        return;
    QCOMPARE(inverses.constFirst().impossible.isEmpty(), impossible.isEmpty());
    QVERIFY2(inverses.constFirst().impossible.contains(impossible),
             qPrintable(inverses.constFirst().impossible));
    if (impossible.isEmpty() && kind != ChangeKind::Create)
        QCOMPARE(definitionText(inverses.constFirst().write.attributes[attribute]), before);
}

void TestDefinitionWrites::guards_data()
{
    QTest::addColumn<WritePolicy>("policy");
    QTest::addColumn<bool>("consent");
    QTest::addColumn<QString>("refusal"); // Empty: it is written.
    const auto row = [](const char *name, const WritePolicy &policy, bool consent,
                        const QString &refusal) {
        QTest::newRow(name) << policy << consent << refusal;
    };
    WritePolicy policy;
    for (const bool consent : {false, true}) {
        policy.mode = WriteMode::ReadOnly;
        row(consent ? "read-only, yes" : "read-only", policy, consent, u"read-only"_s);
        policy.mode = WriteMode::ReviewRequired;
        row(consent ? "review, yes" : "review", policy, consent, consent ? QString() : u"review"_s);
        policy.mode = WriteMode::Confirm;
        row(consent ? "confirm, yes" : "confirm", policy, consent,
            consent ? QString() : u"confirmation"_s);
        policy.mode = WriteMode::Free;
        row(consent ? "free, yes" : "free", policy, consent, {});
    }
    policy.protectedProperties = {u"Shoe_Size"_s};
    row("protected", policy, true, u"shoe_size is protected"_s);
    policy.protectedProperties = {u"label"_s}; // An attribute of it is not a property.
    row("another protected", policy, true, {});
    policy.archiveAllowed = false;
    row("no archiving", policy, true, u"archiving"_s);
}

/// Every row tries to archive; the policy is set when the property is there.
void TestDefinitionWrites::guards()
{
    QFETCH(WritePolicy, policy);
    QFETCH(bool, consent);
    QFETCH(QString, refusal);
    QVERIFY(write(creation()));
    m_rig->session->setPolicy(policy);
    RunOptions options;
    options.reviewed = consent;
    options.confirmed = consent;

    const auto outcome = write(removal(), options);
    QCOMPARE(outcome.has_value(), refusal.isEmpty());
    QCOMPARE(sent("DELETE"), refusal.isEmpty() ? 1 : 0);
    QCOMPARE(runs().size(), refusal.isEmpty() ? 2 : 1);
    if (outcome)
        return;
    QCOMPARE(outcome.error().kind, ErrorKind::Refused);
    QVERIFY2(outcome.error().what.contains(refusal), qPrintable(outcome.error().what));
}

void TestDefinitionWrites::guardsOfARevert()
{
    QVERIFY(write(creation()));
    WritePolicy policy;
    policy.mode = WriteMode::Free;
    policy.archiveAllowed = false;
    m_rig->session->setPolicy(policy);
    const auto back = revert(m_runId);
    QVERIFY(back.constFirst().label.contains("archiving"_L1)); // The refusal.
    QCOMPARE(sent("DELETE"), 0);
    QCOMPARE(runs().size(), 1);
}

HUBKEEPER_TEST(TestDefinitionWrites)
#include "tst_definitionwrites.moc"
