// SPDX-License-Identifier: MIT
// Of RunTab: the start of runs, watching and cancelling them.
#include "idm/currentserver.h"
#include "idm/limitfields.h"
#include "idm/run/runresultview.h"
#include "idm/run/runtab.h"
#include "idm/run/runtables.h"
#include "idm/servers/writequestion.h"
#include "widgets/callbar.h"
#include "widgets/messagebar.h"

#include <QComboBox>
#include <QLineEdit>
#include <QSpinBox>
#include <QTreeWidget>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

/// An incomplete preview may be used without a limit: the question before the run says so.
Result<void> RunTab::checkLimits() const
{
    const auto limits = m_most->thresholds();
    if (!limits)
        return tl::unexpected(limits.error());
    if (m_predicted)
        return checkPrediction(*m_predicted, m_mapping->currentText(), *limits,
                               DoubtfulRun::IsAllowed);
    if (limits->isEmpty())
        return {};
    return hubkeeper::fail(ErrorKind::InvalidInput,
                           tr("A limit needs a preview to be held against."),
                           tr("Compute one in the tab Preview, or choose one that was exported."));
}

void RunTab::ask()
{
    const auto &server = m_server.server();
    if (!whyNot().isEmpty() || !server)
        return;
    const QString mapping = m_mapping->currentText();
    if (const auto good = checkLimits(); !good)
        return fail(good.error(), Situation::WritingServer);
    WriteQuestion question;
    question.title = tr("Start a Run");
    const int count = int(ids().size());
    //: %1 is a mapping, %2 the label of a server.
    question.text =
        (count == 0 ? tr("Run %1 on %2 for all objects?")
                    : tr("Run %1 on %2 for %Ln object(s), one after the other?", nullptr, count))
            .arg(mapping, server->label);
    QStringList sentences {m_predicted ? expectation()
                                       : tr("It is compared with no preview: what it will delete "
                                            "is not known.")};
    if (m_predicted && count > 0)
        sentences.append(tr("That is of all objects together."));
    sentences.append(tr("What a run does cannot be taken back from here."));
    question.consequences = sentences.join(u'\n');
    question.verb = tr("&Start Run");
    askToWrite(*server, question, this, m_shown.get(), [this] { start(); });
}

void RunTab::start()
{
    if (!whyNot().isEmpty())
        return;
    m_messages->dismiss();
    RunPlan plan;
    const QString mapping = m_mapping->currentText();
    const QStringList only = ids();
    for (const QString &id : only)
        plan.orders.append({mapping, id, {}, false});
    if (only.isEmpty())
        plan.orders.append({mapping, {}, {}, false});
    plan.predicted = m_predicted;
    plan.note = m_note->text().simplified();
    plan.patience = std::chrono::minutes(m_patience->value());
    auto *call = runAll(m_session, m_server.services(), plan, listener(), this);
    m_running = call;
    m_runningId.clear();
    //: %1 is a mapping, %2 the label of a server.
    m_progress->watch(call, tr("Running %1 on %2").arg(mapping, m_server.server()->label));
    call->onDone(m_shown.get(),
                 [this](const Result<QList<RunResult>> &results) { onRunsOver(results); });
    updateButtons();
}

/// Silent once another server is shown.
RunListener RunTab::listener()
{
    const QPointer<QObject> shown(m_shown.get());
    RunListener listener;
    listener.onStarted = [this, shown](const StartedRun &run) {
        if (shown)
            onStarted(run);
    };
    listener.onLook = [this, shown](const ServerRun &run) {
        if (shown)
            onLook(run);
    };
    listener.onEntries = [this, shown](const QList<AuditEntry> &page) {
        if (shown && m_isLive)
            m_result->append(page);
    };
    return listener;
}

void RunTab::onStarted(const StartedRun &run)
{
    m_runningId = run.id;
    m_isLive = true;
    m_note->clear(); // The journal has it.
}

void RunTab::onLook(const ServerRun &run)
{
    m_runs.insert(run.id, run);
    showRunIn(*m_list, run, m_failed);
    if (m_isLive && runIn(*m_list) != run.id) { // The first look.
        selectRun(*m_list, run.id);
        m_reading = std::make_unique<QObject>();
        m_result->clear(tr("The run is under way."));
    }
    //: %1 is what a server does, in its words; %2 how far it is.
    showLive(tr("%1: %2").arg(run.stageDescription, run.progressText()));
    updateButtons();
}

void RunTab::endWatching()
{
    m_running.clear();
    m_runningId.clear();
    showLive({});
}

/// What the first of several runs that are not good suffers from, said of all.
QString RunTab::faultOf(const RunResult &bad, int count)
{
    if (bad.comparison && !bad.comparison->differences().isEmpty())
        return tr("%Ln run(s) did not do what the preview said.", nullptr, count);
    if (bad.failed > 0 || bad.run.state != ServerRunState::Success)
        return tr("%Ln run(s) had failures.", nullptr, count);
    return tr("What %Ln run(s) did is not known.", nullptr, count);
}

void RunTab::onRunsOver(const Result<QList<RunResult>> &results)
{
    if (!results)
        return onWatchingFailed(results.error());
    endWatching();
    for (const RunResult &result : *results) {
        m_failed.insert(result.run.id, result.failed);
        m_runs.insert(result.run.id, result.run);
        showRunIn(*m_list, result.run, m_failed);
    }
    if (std::exchange(m_isLive, false))
        m_result->show(results->last());
    const auto bad = std::find_if(results->begin(), results->end(),
                                  [](const RunResult &result) { return !result.isGood(); });
    const auto count = std::count_if(bad, results->end(),
                                     [](const RunResult &result) { return !result.isGood(); });
    if (bad == results->end())
        m_messages->showMessage(
            MessageBar::Good,
            tr("%Ln run(s) came to the end, and nothing failed.", nullptr, int(results->size())));
    else if (results->last().run.state == ServerRunState::Canceled)
        m_messages->showMessage(MessageBar::Warning, tr("The run was cancelled."),
                                tr("What it had done by then stays done."));
    else
        m_messages->showMessage(MessageBar::Failure, faultOf(*bad, int(count)),
                                results->size() > 1 ? summaryOf(*bad) : QString());
    updateButtons();
}

void RunTab::watch()
{
    const QString id = runIn(*m_list);
    if (m_running || !m_session || id.isEmpty())
        return;
    m_messages->dismiss();
    WatchOptions options;
    options.patience = std::chrono::minutes(m_patience->value());
    options.onLook = listener().onLook;
    auto *call = watchRun(*m_session, m_server.services(), id, options, m_shown.get());
    m_running = call;
    m_runningId = id;
    m_progress->watch(call, tr("Watching the run"));
    call->onDone(m_shown.get(), [this, id](const Result<ServerRun> &run) {
        if (!run)
            return onWatchingFailed(run.error());
        endWatching();
        if (runIn(*m_list) == id)
            showRun();
        updateButtons();
    });
    updateButtons();
}

void RunTab::onWatchingFailed(const Error &error)
{
    const bool wasStarted = !m_runningId.isEmpty();
    endWatching();
    m_isLive = false;
    if (error.kind == ErrorKind::Cancelled && wasStarted)
        m_messages->showMessage(MessageBar::Information, tr("The run goes on on the server."),
                                tr("It can be watched again, or cancelled."));
    else if (error.kind == ErrorKind::Cancelled)
        m_messages->showMessage(MessageBar::Warning, tr("Stopped while the run was being started."),
                                tr("If the server has started it, it is in the list."));
    else if (error.kind == ErrorKind::TimedOut && wasStarted)
        m_messages->showMessage(MessageBar::Warning,
                                tr("The run is not watched any more; it may go on on the server."),
                                error.sentence());
    else if (error.kind == ErrorKind::Conflict)
        m_messages->showMessage(MessageBar::Warning,
                                tr("Nothing was started: a run of this mapping is under way."),
                                error.what);
    else
        m_messages->showError(error, Situation::WritingServer, Offer::Nothing);
    readRuns();
    updateButtons();
}

/// Asks nothing: it ends what does harm, and there may be no time.
void RunTab::cancelRun()
{
    const QString id = runIn(*m_list);
    auto *call = cancelOnServer(m_session, m_server.services(), id, m_shown.get());
    m_loading->watch(call, tr("Cancelling the run"));
    call->onDone(m_shown.get(), [this](const Result<void> &cancelled) {
        if (!cancelled && cancelled.error().kind == ErrorKind::Conflict)
            return readRuns(); // It is over.
        if (!cancelled)
            return fail(cancelled.error(), Situation::WritingServer);
        emit statusMessage(tr("The server ends the run."));
        if (!m_running)
            watch();
    });
}

} // namespace hubkeeper
