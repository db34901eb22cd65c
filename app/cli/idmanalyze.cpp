// SPDX-License-Identifier: MIT
#include "commands.h"
#include "options.h"
#include "runtext.h"
#include "runwatch.h"
#include "session/idm/deploy.h"
#include "session/idm/serveranalysis.h"
#include "waiting.h"

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

struct AnalyzeArguments
{
    ServerOptions server;
    RunOptionsOfVerb run;
    std::string mapping;
    bool withReportMapping = false;
    WriteConsent consent;
};

/// As a run's result, so that both are shown alike. Nothing has failed: nothing was done.
RunResult resultFrom(const AnalysisResult &analysis, const std::optional<PredictedRun> &predicted)
{
    RunResult result;
    result.run = analysis.run;
    result.hasEntries = true;
    result.entries = analysis.entries.size();
    if (predicted)
        result.comparison.emplace(*predicted, RunComparison::Compares::Situations);
    for (const AuditEntry &entry : analysis.entries) {
        ++result.tally[{entry.ofTargetPhase, entry.situation, entry.action, false}];
        if (result.comparison)
            result.comparison->add(entry);
    }
    return result;
}

Result<AnalysisResult> analysed(ServerSession &session, const AnalyzeArguments &arguments,
                                Services &services)
{
    const auto journal =
        waitFor(openJournal(services.session(), &services.calls), services.interrupt);
    if (!journal)
        return tl::unexpected(journal.error());
    WatchOptions options;
    options.patience = std::chrono::milliseconds(qint64(arguments.run.patience * 1000));
    options.onLook = [&services](const ServerRun &run) {
        services.output.progress(run.stageDescription + u": "_s + run.progressText());
    };
    // Not cancelled by Ctrl+C: a mapping that was written has to go again.
    return outcomeOf(analyseOnServer(session, services.session(), *journal,
                                     QString::fromStdString(arguments.mapping),
                                     arguments.withReportMapping, options, &services.calls),
                     services.interrupt);
}

int runAnalyze(const AnalyzeArguments &arguments, Services &services)
{
    Output &output = services.output;
    const auto predicted = arguments.run.predicted();
    if (!predicted)
        return output.failure(predicted.error());
    const auto session = openFor(arguments.server, services);
    if (!session)
        return output.failure(session.error());
    const auto entries = arguments.run.entries();
    if (!entries)
        return output.failure(entries.error());
    const Server &server = (*session)->server();
    const QString question =
        (arguments.withReportMapping
             ? u"Have %1 analyze %2, with a temporary REPORT mapping if needed?"_s
             : u"Have %1 analyze %2?"_s)
            .arg(server.label, QString::fromStdString(arguments.mapping));
    const auto agreed =
        agreeToWrite(server, question, arguments.consent, u"idm preview"_s, services);
    if (!agreed)
        return output.failure(agreed.error());
    const auto analysis = analysed(**session, arguments, services);
    if (!analysis)
        return output.failure(analysis.error());
    if (analysis->notRemoved) {
        output.complain(*analysis->notRemoved);
        output.message(
            u"The REPORT mapping is still on %1; the next command there removes it."_s.arg(
                server.label));
    }
    for (const AuditEntry &entry : analysis->entries) {
        if (*entries)
            (*entries)->add(entry);
    }
    if (const auto saved = finishEntries(arguments.run, entries->get(), services); !saved)
        return output.failure(saved.error());
    const RunResult result = resultFrom(*analysis, *predicted);
    if (output.json)
        output.result(runResultJson(result));
    else
        printResult(result, output);
    return result.isGood() && !analysis->notRemoved ? Done : Findings;
}

} // namespace

void addIdmAnalyzeCommand(CLI::App &idm, Run &chosen)
{
    addVerb(idm, "analyze", "Have the server itself say what a run would find", chosen,
            [](CLI::App &verb) {
                auto arguments = std::make_shared<AnalyzeArguments>();
                verb.add_option("MAPPING", arguments->mapping, "The mapping")->required();
                verb.add_flag("--with-report-mapping", arguments->withReportMapping,
                              "Allow a temporary mapping that only reports to be written, where "
                              "the server cannot analyze by itself");
                arguments->run.addTo(verb);
                arguments->consent.addTo(verb);
                arguments->server.addTo(verb);
                return Run(
                    [arguments](Services &services) { return runAnalyze(*arguments, services); });
            });
}

} // namespace hubkeeper::cli
