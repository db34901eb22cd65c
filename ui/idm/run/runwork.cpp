// SPDX-License-Identifier: MIT
#include "idm/run/runwork.h"

#include "session/idm/deploy.h"

namespace hubkeeper {

namespace {

class ReadingInPages final : public Call<RunResult>
{
public:
    ReadingInPages(std::shared_ptr<ServerSession> session, const QString &id,
                   const std::optional<PredictedRun> &predicted, EntryPages pages, QObject *parent)
        : Call(parent)
        , m_session(std::move(session))
        , m_pages(std::move(pages))
    {
        RunQuestion question {id, predicted, {}};
        if (m_pages)
            question.sink = [this](const AuditEntry &entry) { m_page.append(entry); };
        Call<RunResult> *reading = readRunResult(*m_session, question, this);
        connect(reading, &CallBase::progressed, this, [this](qint64 done, qint64 total) {
            pass();
            emit progressed(done, total);
        });
        always(reading, [this](const Result<RunResult> &result) {
            pass();
            complete(result);
        });
    }

private:
    void pass()
    {
        if (!m_page.isEmpty() && !isFinished())
            m_pages(std::exchange(m_page, {}));
    }

    const std::shared_ptr<ServerSession> m_session;
    const EntryPages m_pages;
    QList<AuditEntry> m_page;
};

class RunningAll final : public Call<QList<RunResult>>
{
public:
    RunningAll(std::shared_ptr<ServerSession> session, const SessionServices &services,
               RunPlan plan, RunListener listener, QObject *parent)
        : Call(parent)
        , m_session(std::move(session))
        , m_services(services)
        , m_plan(std::move(plan))
        , m_listener(std::move(listener))
    {
        then(openJournal(m_services, this), [this](const std::shared_ptr<Journal> &journal) {
            m_journal = journal;
            next();
        });
    }

private:
    void next()
    {
        const bool isCancelled =
            !m_results.isEmpty() && m_results.last().run.state == ServerRunState::Canceled;
        if (isCancelled || m_results.size() == m_plan.orders.size())
            return complete(m_results);
        const ReconOrder order = m_plan.orders[m_results.size()];
        then(startRun(*m_session, m_services, m_journal, order, m_plan.note, this),
             [this, order](const StartedRun &started) {
                 m_listener.onStarted(started);
                 watch(order, started);
             });
    }

    void watch(const ReconOrder &order, const StartedRun &started)
    {
        WatchOptions options;
        options.patience = m_plan.patience;
        options.onLook = m_listener.onLook;
        then(watchRun(*m_session, m_services, started.id, options, this),
             [this, order, started](const ServerRun &) { read(order, started); });
    }

    void read(const ReconOrder &order, const StartedRun &started)
    {
        std::optional<PredictedRun> predicted = m_plan.predicted;
        if (predicted && !order.id.isEmpty())
            predicted = predicted->ofSource(order.id);
        auto *reading =
            readResultInPages(m_session, started.id, predicted, m_listener.onEntries, this);
        connect(reading, &CallBase::progressed, this, &CallBase::progressed);
        then(reading, [this, started](const RunResult &result) {
            m_results.append(result);
            then(noteResult(m_journal, started, result, this), [this] { next(); });
        });
    }

    const std::shared_ptr<ServerSession> m_session;
    const SessionServices m_services;
    const RunPlan m_plan;
    const RunListener m_listener;
    std::shared_ptr<Journal> m_journal;
    QList<RunResult> m_results;
};

class CancellingOnServer final : public Call<void>
{
public:
    CancellingOnServer(std::shared_ptr<ServerSession> session, const SessionServices &services,
                       const QString &id, QObject *parent)
        : Call(parent)
        , m_session(std::move(session))
        , m_services(services)
    {
        then(openJournal(services, this), [this, id](const std::shared_ptr<Journal> &journal) {
            then(cancelRun(*m_session, m_services, journal, id, this), [this] { complete({}); });
        });
    }

private:
    const std::shared_ptr<ServerSession> m_session;
    const SessionServices m_services;
};

class Exporting final : public Call<qint64>
{
public:
    Exporting(std::shared_ptr<ServerSession> session, const QString &id, const QString &path,
              EntryFormat format, QObject *parent)
        : Call(parent)
        , m_session(std::move(session))
    {
        auto begun = EntryExport::begin(path, format);
        if (!begun) {
            complete(tl::unexpected(begun.error()));
            return;
        }
        m_file = std::make_unique<EntryExport>(std::move(*begun));
        Call<qint64> *reading = readAudit(
            m_session->client(), {id, {}}, [this](const AuditEntry &entry) { m_file->add(entry); },
            this);
        connect(reading, &CallBase::progressed, this, &CallBase::progressed);
        then(reading,
             [this](qint64 count) { complete(m_file->commit().map([count] { return count; })); });
    }

private:
    const std::shared_ptr<ServerSession> m_session;
    std::unique_ptr<EntryExport> m_file;
};

} // namespace

Call<QList<RunResult>> *runAll(std::shared_ptr<ServerSession> session,
                               const SessionServices &services, RunPlan plan, RunListener listener,
                               QObject *parent)
{
    return new RunningAll(std::move(session), services, std::move(plan), std::move(listener),
                          parent);
}

Call<RunResult> *readResultInPages(std::shared_ptr<ServerSession> session, const QString &id,
                                   const std::optional<PredictedRun> &predicted, EntryPages pages,
                                   QObject *parent)
{
    return new ReadingInPages(std::move(session), id, predicted, std::move(pages), parent);
}

Call<void> *cancelOnServer(std::shared_ptr<ServerSession> session, const SessionServices &services,
                           const QString &id, QObject *parent)
{
    return new CancellingOnServer(std::move(session), services, id, parent);
}

Call<qint64> *exportEntries(std::shared_ptr<ServerSession> session, const QString &id,
                            const QString &path, EntryFormat format, QObject *parent)
{
    return new Exporting(std::move(session), id, path, format, parent);
}

} // namespace hubkeeper
