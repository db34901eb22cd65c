// SPDX-License-Identifier: MIT
#include "session/idm/deploy.h"

#include "idm/system/systemactions.h"
#include "session/idm/rollbackfile.h"
#include "session/idm/serverregistry.h"
#include "session/open/journalkey.h"
#include "session/open/session.h"
#include "session/sessiontext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr auto testName = "hubkeeperTest"_L1; // Letters only, as every server takes it.

bool hasEncrypted(const QJsonObject &value)
{
    const QJsonObject properties = value["configurationProperties"_L1].toObject();
    return std::any_of(properties.begin(), properties.end(), &isEncrypted);
}

class Deploying final : public Call<DeployReport>
{
public:
    Deploying(ServerSession &session, const SessionServices &services,
              std::shared_ptr<Journal> journal, DeployPlan plan, DeployOptions options,
              QObject *parent)
        : Call(parent)
        , m_session(session)
        , m_services(services)
        , m_journal(std::move(journal))
        , m_plan(std::move(plan))
        , m_options(std::move(options))
    {
        const auto mode = modeToWrite(m_session.server(), m_services.paths);
        if (const auto refusal = m_plan.refusal())
            complete(tl::unexpected(*refusal));
        else if (!mode)
            complete(tl::unexpected(mode.error()));
        else
            test();
    }

private:
    void test()
    {
        if (!m_options.testsFirst)
            return skipTest(SessionText::tr("It was not asked for."));
        if (hasEncrypted(m_plan.wanted.value))
            return skipTest(
                SessionText::tr("Its secrets stay encrypted on the server, where a test "
                                "of another configuration cannot use them."));
        QJsonObject tested = m_plan.wanted.value;
        tested.insert(u"name"_s, m_plan.seen ? QString(testName) : m_plan.name);
        always(
            testConfig(m_session.client(), tested, this), [this](const Result<TestAnswer> &answer) {
                if (!answer)
                    return complete(tl::unexpected(answer.error()));
                m_report.tested = *answer;
                if (!answer->isGood())
                    return complete(
                        fail(ErrorKind::Rejected,
                             SessionText::tr("The server's test of the new configuration fails: %1")
                                 .arg(answer->explanation()),
                             SessionText::tr(
                                 "Nothing was written. Correct it, or deploy without the test.")));
                save();
            });
    }

    void skipTest(const QString &why)
    {
        m_report.whyNotTested = why;
        save();
    }

    void save()
    {
        if (m_plan.seen) {
            const auto path = saveRollbackFile(m_plan.seen->id, textOf(*m_plan.seen),
                                               m_session.server(), m_services);
            if (!path)
                return complete(tl::unexpected(path.error()));
            m_report.rollbackFile = *path;
        }
        write();
    }

    void write()
    {
        then(writeConfig(writeContextOf(m_session, m_services, *m_journal, m_options.note),
                         {m_plan.wanted, m_plan.seen}, this),
             [this](const ConfigWriteOutcome &outcome) {
                 m_report.written = outcome;
                 prove();
             });
    }

    void prove()
    {
        then(waitUntilActive(m_session, m_services, m_plan.name, m_plan.wanted.value,
                             m_options.wait, this),
             [this](const Activation &activation) {
                 m_report.activation = activation;
                 complete(m_report);
             });
    }

    ServerSession &m_session;
    SessionServices m_services;
    const std::shared_ptr<Journal> m_journal;
    const DeployPlan m_plan;
    const DeployOptions m_options;
    DeployReport m_report;
};

class OpeningJournal final : public Call<std::shared_ptr<Journal>>
{
public:
    OpeningJournal(const SessionServices &services, QObject *parent)
        : Call(parent)
        , m_services(services)
    {
        then(findJournalKey(m_services.secrets, m_services.paths, this),
             [this](const std::shared_ptr<const JournalKey> &found) {
                 then(Journal::opened(journalPath(m_services.paths), m_services.clock, found->key,
                                      found->keeper, this),
                      [this](const std::shared_ptr<Journal> &journal) { complete(journal); });
             });
    }

private:
    SessionServices m_services;
};

} // namespace

Call<DeployReport> *deploy(ServerSession &session, const SessionServices &services,
                           std::shared_ptr<Journal> journal, const DeployPlan &plan,
                           const DeployOptions &options, QObject *parent)
{
    return new Deploying(session, services, std::move(journal), plan, options, parent);
}

Call<std::shared_ptr<Journal>> *openJournal(const SessionServices &services, QObject *parent)
{
    return new OpeningJournal(services, parent);
}

ServerWriteContext writeContextOf(ServerSession &session, const SessionServices &services,
                                  Journal &journal, const QString &note)
{
    RunStart start;
    start.connectionId = session.server().id;
    start.connection = session.server().label;
    start.note = note;
    const auto guard = [server = session.server(), paths = services.paths] {
        return modeToWrite(server, paths).map([](WriteMode) {});
    };
    return {session.client(), journal, start, guard};
}

} // namespace hubkeeper
