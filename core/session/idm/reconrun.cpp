// SPDX-License-Identifier: MIT
#include "session/idm/reconrun.h"

#include "session/idm/deploy.h"
#include "session/sessiontext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// The error of the only write of a report, or nothing.
std::optional<Error> failureOf(const ServerWriteReport &report)
{
    return report.stopped ? report.stopped : report.writes.front().failure;
}

class StartingRun final : public Call<StartedRun>
{
public:
    StartingRun(ServerSession &session, const SessionServices &services,
                std::shared_ptr<Journal> journal, const ReconOrder &order, const QString &note,
                QObject *parent)
        : Call(parent)
        , m_journal(std::move(journal))
    {
        then(writeToServer(writeContextOf(session, services, *m_journal, note),
                           {serverWriteOf(order)}, this),
             [this](const ServerWriteReport &report) {
                 if (const auto failure = failureOf(report))
                     return complete(tl::unexpected(*failure));
                 const JournalRow &row = report.writes.front().row;
                 complete(StartedRun {row.recordId, report.run, row});
             });
    }

private:
    const std::shared_ptr<Journal> m_journal;
};

class CancellingRun final : public Call<void>
{
public:
    CancellingRun(ServerSession &session, const SessionServices &services,
                  std::shared_ptr<Journal> journal, const QString &id, QObject *parent)
        : Call(parent)
        , m_session(session)
        , m_services(services)
        , m_journal(std::move(journal))
    {
        then(readServerRun(session.client(), id, this), [this](const ServerRun &run) {
            then(writeToServer(writeContextOf(m_session, m_services, *m_journal, {}),
                               {serverWriteOf(ReconCancel {run.id, run.mapping})}, this),
                 [this](const ServerWriteReport &report) {
                     if (const auto failure = failureOf(report))
                         return complete(tl::unexpected(*failure));
                     complete({});
                 });
        });
    }

private:
    ServerSession &m_session;
    SessionServices m_services;
    const std::shared_ptr<Journal> m_journal;
};

bool mayPass(const Error &error)
{
    return error.kind == ErrorKind::Offline || error.kind == ErrorKind::TimedOut
        || error.kind == ErrorKind::ConnectionLost || error.kind == ErrorKind::ServerFault;
}

class WatchingRun final : public Call<ServerRun>
{
public:
    WatchingRun(ServerSession &session, const SessionServices &services, QString id,
                WatchOptions options, QObject *parent)
        : Call(parent)
        , m_session(session)
        , m_services(services)
        , m_id(std::move(id))
        , m_options(std::move(options))
        , m_pause(m_options.firstPause)
    {
        waitAnew();
        look();
    }

private:
    void look()
    {
        always(readServerRun(m_session.client(), m_id, this), [this](const Result<ServerRun> &run) {
            if (run)
                return onRun(*run);
            if (!mayPass(run.error()) || isOverdue())
                return complete(tl::unexpected(run.error()));
            lookLater();
        });
    }

    void onRun(const ServerRun &run)
    {
        if (!m_last || run.hasMovedSince(*m_last))
            waitAnew();
        m_last = run;
        if (m_options.onLook)
            m_options.onLook(run);
        if (isFinished()) // By who looked.
            return;
        if (run.isOver())
            return complete(run);
        if (isOverdue())
            return complete(fail(
                ErrorKind::TimedOut,
                SessionText::tr("Nothing has happened in the run %1 for too long: %2, %3.")
                    .arg(m_id, run.stage, run.progressText()),
                SessionText::tr(
                    "After a fault in the server a run can stay like this for ever. Look at the "
                    "server's log; cancel the run with `hubkeeper-cli idm watch %1 --cancel`.")
                    .arg(m_id)));
        lookLater();
    }

    void lookLater()
    {
        m_services.clock.after(m_pause, this, unlessOver([this] { look(); }));
        m_pause = std::min(m_pause + m_options.firstPause, 5 * m_options.firstPause);
    }

    void waitAnew() { m_deadline = m_services.clock.now() + m_options.patience; }
    [[nodiscard]] bool isOverdue() const { return m_services.clock.now() >= m_deadline; }

    ServerSession &m_session;
    SessionServices m_services;
    const QString m_id;
    const WatchOptions m_options;
    std::chrono::milliseconds m_pause;
    Clock::Instant m_deadline {};
    std::optional<ServerRun> m_last;
};

class NotingResult final : public Call<void>
{
public:
    NotingResult(std::shared_ptr<Journal> journal, const StartedRun &started,
                 const RunResult &result, QObject *parent)
        : Call(parent)
        , m_journal(std::move(journal))
    {
        const JournalRow row = withResult(started.row, result.run, result.failed);
        then(m_journal->noteOutcomes(started.journalRun, {row}, this),
             [this, run = started.journalRun] {
                 then(m_journal->end(run, this), [this] { complete({}); });
             });
    }

private:
    const std::shared_ptr<Journal> m_journal;
};

} // namespace

Call<StartedRun> *startRun(ServerSession &session, const SessionServices &services,
                           std::shared_ptr<Journal> journal, const ReconOrder &order,
                           const QString &note, QObject *parent)
{
    return new StartingRun(session, services, std::move(journal), order, note, parent);
}

Call<void> *cancelRun(ServerSession &session, const SessionServices &services,
                      std::shared_ptr<Journal> journal, const QString &id, QObject *parent)
{
    return new CancellingRun(session, services, std::move(journal), id, parent);
}

Call<ServerRun> *watchRun(ServerSession &session, const SessionServices &services,
                          const QString &id, const WatchOptions &options, QObject *parent)
{
    return new WatchingRun(session, services, id, options, parent);
}

Call<void> *noteResult(std::shared_ptr<Journal> journal, const StartedRun &started,
                       const RunResult &result, QObject *parent)
{
    return new NotingResult(std::move(journal), started, result, parent);
}

} // namespace hubkeeper
