// SPDX-License-Identifier: MIT
#include "chosenids.h"
#include "commands.h"
#include "livepreview.h"
#include "options.h"
#include "previewlimits.h"
#include "previewtext.h"
#include "runtext.h"
#include "runwatch.h"
#include "session/idm/deploy.h"
#include "session/idm/reconrun.h"
#include "waiting.h"

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

struct ReconArguments
{
    ServerOptions server;
    RunOptionsOfVerb run;
    PreviewLimits limits;
    std::string mapping;
    ChosenIds ids;
    std::string parameters;
    std::string note;
    WriteConsent consent;
    bool leave = false; ///< --no-wait.
    bool anyway = false; ///< Although the preview is not complete.

    [[nodiscard]] DoubtfulRun doubtful() const
    {
        return anyway ? DoubtfulRun::IsAllowed : DoubtfulRun::IsRefused;
    }
};

/// What is to be started, and held against what.
struct ReconIntent
{
    QList<ReconOrder> orders;
    QList<PreviewThreshold> thresholds;
    std::optional<PredictedRun> predicted;
};

/// Read from the arguments alone.
Result<ReconIntent> intentOf(const ReconArguments &arguments)
{
    ReconIntent intent;
    const auto thresholds = arguments.limits.thresholds();
    if (!thresholds)
        return tl::unexpected(thresholds.error());
    const auto parameters = runParametersIn(arguments.parameters);
    if (!parameters)
        return tl::unexpected(parameters.error());
    const auto predicted = arguments.run.predicted();
    if (!predicted)
        return tl::unexpected(predicted.error());
    intent.predicted = *predicted;
    intent.thresholds = *thresholds;
    const QString mapping = QString::fromStdString(arguments.mapping);
    if (!intent.predicted && !arguments.run.wantsLivePreview() && !thresholds->isEmpty())
        return fail(ErrorKind::InvalidInput, u"A threshold needs a preview to be held against."_s,
                    u"--preview computes one; --preview FILE takes what `idm preview --json` "
                    u"printed."_s);
    if (intent.predicted) {
        const auto good =
            checkPrediction(*intent.predicted, mapping, *thresholds, arguments.doubtful());
        if (!good)
            return tl::unexpected(good.error());
    }
    const QStringList ids = arguments.ids.ids();
    for (const QString &id : ids)
        intent.orders.append({mapping, id, *parameters, false});
    if (ids.isEmpty())
        intent.orders.append({mapping, {}, *parameters, false});
    return intent;
}

/// Computes a preview from what the server has now, shows it, and holds it against the thresholds.
Result<void> predictNow(ServerSession &session, const ReconArguments &arguments,
                        ReconIntent &intent, Services &services)
{
    PreviewOrder order;
    order.mapping = intent.orders.first().mapping;
    order.ids = arguments.ids.ids();
    order.parameters = intent.orders.first().parameters;
    const auto input = readLivePreview(session, order, services);
    if (!input)
        return tl::unexpected(input.error());
    const auto outcome = computedPreview(*input, order, services.output);
    if (!outcome)
        return tl::unexpected(outcome.error());
    if (outcome->result.state == ReconResult::State::Canceled)
        return fail(ErrorKind::Cancelled, u"The preview was stopped; nothing was started."_s);
    if (!services.output.json) {
        if (const auto printed = printPreview(*outcome, services.output); !printed)
            return printed;
    }
    return predictedRunOf(*outcome).and_then([&](const PredictedRun &predicted) {
        intent.predicted = predicted;
        return checkPrediction(predicted, order.mapping, intent.thresholds, arguments.doubtful());
    });
}

QString reconQuestion(const ReconIntent &intent, const Server &server)
{
    const QString mapping = intent.orders.first().mapping;
    if (!intent.predicted)
        return u"Start %1 on %2, without a preview?"_s.arg(mapping, server.label);
    const auto &counts = intent.predicted->counts;
    return u"Start %1 on %2? Expected: %3 deleted, %4 created, %5 changed."_s
        .arg(mapping, server.label)
        .arg(counts.value(SyncAction::Delete))
        .arg(counts.value(SyncAction::Create))
        .arg(counts.value(SyncAction::Update));
}

/// Everything that is asked before anything is sent.
Result<void> agreeToRun(const ReconIntent &intent, const ReconArguments &arguments,
                        const Server &server, Services &services)
{
    return agreeToWrite(server, reconQuestion(intent, server), arguments.consent, u"idm preview"_s,
                        services);
}

/// Of one id: what was predicted for others does not count.
std::optional<PredictedRun> predictedFor(const ReconIntent &intent, const ReconOrder &order)
{
    return intent.predicted && !order.id.isEmpty() ? intent.predicted->ofSource(order.id)
                                                   : intent.predicted;
}

/// The runs of one call of the verb, one after the other.
class Reconciling
{
public:
    Reconciling(ServerSession &session, std::shared_ptr<Journal> journal,
                const ReconArguments &arguments, Services &services)
        : m_session(session)
        , m_journal(std::move(journal))
        , m_arguments(arguments)
        , m_services(services)
    {
    }

    [[nodiscard]] Result<void> run(const ReconIntent &intent)
    {
        auto entries = m_arguments.run.entries();
        if (!entries)
            return tl::unexpected(entries.error());
        for (const ReconOrder &order : intent.orders) {
            if (const auto done = runOne(intent, order, entries->get()); !done)
                return done;
        }
        return m_arguments.leave ? Result<void>()
                                 : finishEntries(m_arguments.run, entries->get(), m_services);
    }

    [[nodiscard]] const QList<RunResult> &results() const { return m_results; }
    [[nodiscard]] QJsonObject json() const
    {
        QJsonArray results;
        for (const RunResult &result : m_results)
            results.append(runResultJson(result));
        return {{u"mapping"_s, QString::fromStdString(m_arguments.mapping)},
                {u"started"_s, m_started},
                {u"results"_s, results}};
    }

private:
    [[nodiscard]] Result<void> runOne(const ReconIntent &intent, const ReconOrder &order,
                                      EntryExport *entries)
    {
        const auto started =
            outcomeOf(startRun(m_session, m_services.session(), m_journal, order,
                               QString::fromStdString(m_arguments.note), &m_services.calls),
                      m_services.interrupt);
        if (!started)
            return tl::unexpected(started.error());
        m_started.append(QJsonObject {
            {u"run"_s, started->id}, {u"journalRun"_s, started->journalRun}, {u"id"_s, order.id}});
        m_services.output.message(
            u"Started as %1 (journal: %2)."_s.arg(started->id, started->journalRun));
        if (m_arguments.leave)
            return {};
        const auto over = watched(m_session, started->id, m_arguments.run.patience, m_services);
        if (!over)
            return tl::unexpected(over.error());
        const auto result =
            resultOf(m_session, started->id, predictedFor(intent, order), entries, m_services);
        if (!result)
            return tl::unexpected(result.error());
        m_results.append(*result);
        return outcomeOf(noteResult(m_journal, *started, *result, &m_services.calls),
                         m_services.interrupt);
    }

    ServerSession &m_session;
    const std::shared_ptr<Journal> m_journal;
    const ReconArguments &m_arguments;
    Services &m_services;
    QJsonArray m_started;
    QList<RunResult> m_results;
};

int runRecon(const ReconArguments &arguments, Services &services)
{
    Output &output = services.output;
    if (arguments.mapping.empty()) // `recon list` has none.
        return output.failure(fail(ErrorKind::InvalidInput, u"MAPPING is required."_s,
                                   u"`hubkeeper-cli idm recon --help` shows how it is used."_s)
                                  .value());
    auto intent = intentOf(arguments);
    if (!intent)
        return output.failure(intent.error());
    const auto session = openFor(arguments.server, services);
    if (!session)
        return output.failure(session.error());
    if (arguments.run.wantsLivePreview()) {
        if (const auto good = predictNow(**session, arguments, *intent, services); !good)
            return output.failure(good.error());
    }
    if (const auto agreed = agreeToRun(*intent, arguments, (*session)->server(), services); !agreed)
        return output.failure(agreed.error());
    const auto journal =
        waitFor(openJournal(services.session(), &services.calls), services.interrupt);
    if (!journal)
        return output.failure(journal.error());
    Reconciling work(**session, *journal, arguments, services);
    const auto done = work.run(*intent);
    if (!output.json) {
        for (const RunResult &result : work.results())
            printResult(result, output);
    }
    if (!done)
        return output.failure(done.error(), exitCodeFor(done.error().kind), work.json());
    if (output.json)
        output.result(work.json());
    const bool isGood = std::all_of(work.results().begin(), work.results().end(),
                                    [](const RunResult &result) { return result.isGood(); });
    return isGood ? Done : Findings;
}

int runListRecons(const ServerOptions &options, Services &services)
{
    const auto session = openFor(options, services);
    if (!session)
        return services.output.failure(session.error());
    const auto runs =
        waitFor(readServerRuns((*session)->client(), &services.calls), services.interrupt);
    if (!runs)
        return services.output.failure(runs.error());
    QJsonArray list;
    for (const ServerRun &run : *runs)
        list.append(serverRunJson(run));
    if (services.output.json)
        services.output.result(list);
    else if (runs->isEmpty())
        services.output.message(
            u"The server remembers no run; it forgets them when it is restarted."_s);
    else
        printRuns(*runs, services.output);
    return Done;
}

struct ShowArguments
{
    ServerOptions server;
    RunOptionsOfVerb run;
    std::string id;
    bool cancel = false;
};

/// What a run came to, as one result.
int showRun(ServerSession &session, const QString &id, const RunOptionsOfVerb &options,
            Services &services)
{
    Output &output = services.output;
    const auto predicted = options.predicted();
    if (!predicted)
        return output.failure(predicted.error());
    const auto entries = options.entries();
    if (!entries)
        return output.failure(entries.error());
    const auto result = resultOf(session, id, *predicted, entries->get(), services);
    if (!result)
        return output.failure(result.error());
    if (const auto saved = finishEntries(options, entries->get(), services); !saved)
        return output.failure(saved.error());
    if (output.json)
        output.result(runResultJson(*result));
    else
        printResult(*result, output);
    return codeOf(*result);
}

int runShowRecon(const ShowArguments &arguments, Services &services)
{
    const auto session = openFor(arguments.server, services);
    if (!session)
        return services.output.failure(session.error());
    return showRun(**session, QString::fromStdString(arguments.id), arguments.run, services);
}

/// The run that was named, or the only one that works.
Result<QString> runToWatch(ServerSession &session, const std::string &id, Services &services)
{
    if (!id.empty())
        return QString::fromStdString(id);
    const auto runs =
        waitFor(readServerRuns(session.client(), &services.calls), services.interrupt);
    if (!runs)
        return tl::unexpected(runs.error());
    QStringList active;
    for (const ServerRun &run : *runs) {
        if (!run.isOver())
            active.append(run.id);
    }
    if (active.size() == 1)
        return active.first();
    if (active.isEmpty())
        return fail(ErrorKind::NotFound, u"No reconciliation is under way."_s,
                    u"`hubkeeper-cli idm recon list` shows those that are over."_s);
    return fail(ErrorKind::InvalidInput,
                u"Several reconciliations are under way: %1."_s.arg(active.join(u", "_s)),
                u"Say which one."_s);
}

int runWatch(const ShowArguments &arguments, Services &services)
{
    Output &output = services.output;
    const auto session = openFor(arguments.server, services);
    if (!session)
        return output.failure(session.error());
    const auto id = runToWatch(**session, arguments.id, services);
    if (!id)
        return output.failure(id.error());
    if (arguments.cancel) {
        const auto journal =
            waitFor(openJournal(services.session(), &services.calls), services.interrupt);
        if (!journal)
            return output.failure(journal.error());
        const auto cancelled =
            outcomeOf(cancelRun(**session, services.session(), *journal, *id, &services.calls),
                      services.interrupt);
        if (!cancelled)
            return output.failure(cancelled.error());
        output.message(u"The server ends the run %1."_s.arg(*id));
    }
    const auto over = watched(**session, *id, arguments.run.patience, services);
    if (!over)
        return output.failure(over.error());
    return showRun(**session, *id, arguments.run, services);
}

void addReconOptions(CLI::App &verb, ReconArguments &arguments)
{
    verb.add_option("MAPPING", arguments.mapping, "The mapping to run");
    arguments.ids.addTo(
        verb, "Only these source objects, with commas between; a server runs one at a time");
    verb.add_option("--parameters", arguments.parameters,
                    "A JSON file with the body of the run, which wins over the mapping")
        ->type_name(fileArgument);
    arguments.limits.addTo(verb,
                           "Do not start if the preview says that more targets would be "
                           "deleted: 5, or 5%");
    arguments.run.addTo(verb, true);
    verb.add_flag("--anyway", arguments.anyway,
                  "Start although the preview is not complete, or says that the server would break "
                  "the run off; not where there is a threshold");
    verb.add_flag("--no-wait", arguments.leave, "Start it and do not wait for its end");
    verb.add_option("--note", arguments.note, "Why, for the journal");
    arguments.consent.addTo(verb);
    arguments.server.addTo(verb);
}

void addReconBelow(CLI::App &recon, Run &chosen)
{
    addVerb(recon, "list", "The runs that the server remembers", chosen, [](CLI::App &verb) {
        auto options = std::make_shared<ServerOptions>();
        options->addTo(verb);
        return Run([options](Services &services) { return runListRecons(*options, services); });
    });
    addVerb(recon, "show", "What a run found and did, and what failed", chosen, [](CLI::App &verb) {
        auto arguments = std::make_shared<ShowArguments>();
        verb.add_option("RUN", arguments->id, "The run, as `idm recon list` names it")->required();
        arguments->run.addTo(verb);
        arguments->server.addTo(verb);
        return Run([arguments](Services &services) { return runShowRecon(*arguments, services); });
    });
}

} // namespace

void addIdmReconCommands(CLI::App &idm, Run &chosen)
{
    CLI::App *verb = idm.add_subcommand("recon", "Run a reconciliation on the server");
    auto arguments = std::make_shared<ReconArguments>();
    verb->fallthrough();
    verb->require_subcommand(0, 1);
    addReconOptions(*verb, *arguments);
    addReconBelow(*verb, chosen);
    verb->callback([&chosen, verb, arguments] {
        if (!verb->get_subcommands().empty())
            return;
        chosen = [arguments](Services &services) { return runRecon(*arguments, services); };
    });
    addVerb(idm, "watch", "Watch a run until it is over, or cancel it", chosen,
            [](CLI::App &watch) {
                auto shown = std::make_shared<ShowArguments>();
                watch.add_option("RUN", shown->id,
                                 "The run; the only one that is under way if none is given");
                watch.add_flag("--cancel", shown->cancel,
                               "Have the server cancel it, and watch it end");
                shown->run.addTo(watch);
                shown->server.addTo(watch);
                return Run([shown](Services &services) { return runWatch(*shown, services); });
            });
}

} // namespace hubkeeper::cli
