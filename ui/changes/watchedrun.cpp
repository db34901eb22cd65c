// SPDX-License-Identifier: MIT
#include "changes/watchedrun.h"

using namespace std::chrono_literals;

namespace hubkeeper {

namespace {

constexpr auto patience = 5s; // For the batches on their way.

} // namespace

WatchedRun::WatchedRun(ApplyChanges *run, qint64 rows, QObject *parent)
    : Call(parent)
    , m_run(run)
    , m_total(rows)
{
    connect(run, &CallBase::progressed, this, [this](qint64 done, qint64 total) {
        m_done = done;
        m_total = total;
        report();
    });
    always(run, [this](const Result<RunSummary> &outcome) { complete(outcome); });
}

void WatchedRun::report()
{
    emit progressed(m_done, m_total);
}

void WatchedRun::abortWork()
{
    if (!m_run)
        return;
    m_run->finishEarly();
    QTimer::singleShot(patience, m_run.data(), &CallBase::cancel);
}

} // namespace hubkeeper
