// SPDX-License-Identifier: MIT
#include "runwatch.h"

#include "options.h"
#include "session/idm/reconrun.h"
#include "waiting.h"

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

void RunOptionsOfVerb::addTo(CLI::App &verb, bool previewMayBeLive)
{
    verb.add_option("--patience", patience,
                    "Give up when nothing has happened in the run for this many seconds; after a "
                    "fault in the server it may stay active for ever")
        ->check(CLI::PositiveNumber);
    m_preview =
        verb.add_option("--preview", preview,
                        previewMayBeLive
                            ? "Compare the run with a preview: what `idm preview --json` printed, "
                              "or, without a file, one that is computed now and shown before"
                            : "What `idm preview --json` printed: compare the run with it")
            ->type_name(fileArgument);
    if (previewMayBeLive)
        m_preview->expected(0, 1);
    verb.add_option("--output", output, "Write all entries of the run to a file")
        ->type_name(fileArgument);
    addWords(verb, "--format", format, {"csv", "jsonl"},
             "The format of that file; by default, the ending of its name says it");
}

bool RunOptionsOfVerb::wantsLivePreview() const
{
    return m_preview && m_preview->count() > 0 && preview.empty();
}

Result<std::optional<PredictedRun>> RunOptionsOfVerb::predicted() const
{
    if (preview.empty())
        return std::nullopt;
    return readPredictedRun(QString::fromStdString(preview)).map([](const PredictedRun &run) {
        return std::optional(run);
    });
}

Result<std::unique_ptr<EntryExport>> RunOptionsOfVerb::entries() const
{
    if (output.empty())
        return nullptr;
    const QString path = QString::fromStdString(output);
    return entryFormatFrom(QString::fromStdString(format), path)
        .and_then([&path](EntryFormat form) { return EntryExport::begin(path, form); })
        .map([](EntryExport &&begun) { return std::make_unique<EntryExport>(std::move(begun)); });
}

Result<ServerRun> watched(ServerSession &session, const QString &id, double patience,
                          Services &services)
{
    Output &output = services.output;
    QString stage;
    WatchOptions options;
    options.patience = std::chrono::milliseconds(qint64(patience * 1000));
    options.onLook = [&](const ServerRun &run) {
        if (output.showsProgress)
            return output.progress(run.stageDescription + u": "_s + run.progressText());
        if (run.stage != stage && !run.isOver())
            output.message(run.stageDescription + u": "_s + run.progressText());
        stage = run.stage;
    };
    const auto run = waitFor(watchRun(session, services.session(), id, options, &services.calls),
                             services.interrupt);
    const bool wasLeft = !run
        && (run.error().kind == ErrorKind::Cancelled || run.error().kind == ErrorKind::TimedOut);
    if (wasLeft)
        output.message(u"The run goes on on the server. `hubkeeper-cli idm watch %1` watches it "
                       "again, with --cancel it ends it."_s.arg(id));
    return run;
}

Result<RunResult> resultOf(ServerSession &session, const QString &id,
                           const std::optional<PredictedRun> &predicted, EntryExport *entries,
                           Services &services)
{
    RunQuestion question {id, predicted, {}};
    if (entries)
        question.sink = [entries](const AuditEntry &entry) { entries->add(entry); };
    Call<RunResult> *reading = readRunResult(session, question, &services.calls);
    QObject::connect(reading, &CallBase::progressed, reading, [&services](qint64 done, qint64) {
        services.output.progress(u"%1 entries read"_s.arg(done));
    });
    return waitFor(reading, services.interrupt);
}

Result<void> finishEntries(const RunOptionsOfVerb &options, EntryExport *entries,
                           Services &services)
{
    if (!entries)
        return {};
    return entries->commit().map([&] {
        services.output.message(
            u"The entries are in %1."_s.arg(QString::fromStdString(options.output)));
    });
}

} // namespace hubkeeper::cli
