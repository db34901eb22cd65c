// SPDX-License-Identifier: MIT
#include "chosenids.h"
#include "commands.h"
#include "idmserver.h"
#include "livepreview.h"
#include "options.h"
#include "previewlimits.h"
#include "previewtext.h"
#include "session/idm/previewjson.h"
#include "waiting.h"

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

constexpr qsizetype writtenAtOnce = 64 << 10; // Bytes.

struct PreviewArguments
{
    ServerOptions server;
    std::string from;
    std::string save;
    std::string mapping;
    std::string mappingFile;
    int run = 0;
    ChosenIds ids;
    std::string parameters;
    PreviewLimits limits;
};

Result<PreviewOrder> orderOf(const PreviewArguments &arguments)
{
    PreviewOrder order;
    order.mapping = QString::fromStdString(arguments.mapping);
    order.run = arguments.run;
    order.ids = arguments.ids.ids();
    if (!arguments.mappingFile.empty()) {
        const auto edited = readMappingFile(QString::fromStdString(arguments.mappingFile));
        if (!edited)
            return tl::unexpected(edited.error());
        order.edited = *edited;
    }
    return runParametersIn(arguments.parameters).map([&](const QJsonObject &parameters) {
        order.parameters = parameters;
        return order;
    });
}

/// What the options want together, and what does not go together.
Result<void> checkTogether(const PreviewArguments &arguments)
{
    if (!arguments.from.empty() && !arguments.server.server.empty())
        return fail(ErrorKind::InvalidInput, u"--from and --server exclude each other."_s);
    if (!arguments.from.empty() && !arguments.save.empty())
        return fail(ErrorKind::InvalidInput,
                    u"--save keeps what is read from a server; it does not go with --from."_s);
    if (arguments.from.empty() && arguments.run != 0)
        return fail(ErrorKind::InvalidInput, u"--run needs a JSON file with runs (--from)."_s);
    return {};
}

/// Reads from the server, and saves it before anything is computed.
Result<PreviewInput> readServer(const PreviewArguments &arguments, const PreviewOrder &order,
                                Services &services)
{
    const auto session = openFor(arguments.server, services);
    if (!session)
        return tl::unexpected(session.error());
    const auto input = readLivePreview(**session, order, services);
    if (!input)
        return input;
    if (!arguments.save.empty()) {
        const auto saved = input->store->saveAs(QString::fromStdString(arguments.save));
        if (!saved)
            return tl::unexpected(saved.error());
        services.output.message(
            u"Saved what was read in %1."_s.arg(QString::fromStdString(arguments.save)));
    }
    return input;
}

Result<void> printPreviewOutcome(const PreviewOutcome &outcome, Output &output)
{
    if (!output.json)
        return printPreview(outcome, output);
    QByteArray waiting;
    const auto flush = [&] { output.raw(safeJson(std::exchange(waiting, {}))); };
    const auto written = writePreviewJson(outcome, [&](const QByteArray &piece) {
        waiting += piece;
        if (waiting.size() > writtenAtOnce)
            flush();
    });
    flush();
    return written;
}

int previewExitCode(const PreviewOutcome &outcome, const QStringList &over)
{
    if (outcome.result.state == ReconResult::State::Canceled)
        return Interrupted;
    const bool isGood = over.isEmpty() && outcome.result.complete
        && outcome.result.state == ReconResult::State::Success;
    return isGood ? Done : Findings;
}

int runPreview(const PreviewArguments &arguments, Services &services)
{
    Output &output = services.output;
    const auto thresholds = arguments.limits.thresholds();
    if (!thresholds)
        return output.failure(thresholds.error());
    const auto order = checkTogether(arguments).and_then([&] { return orderOf(arguments); });
    if (!order)
        return output.failure(order.error());
    const auto input = arguments.from.empty()
        ? readServer(arguments, *order, services)
        : openPreviewFile(QString::fromStdString(arguments.from));
    if (!input)
        return output.failure(input.error());
    const auto outcome = computedPreview(*input, *order, output);
    if (!outcome)
        return output.failure(outcome.error());
    if (const auto printed = printPreviewOutcome(*outcome, output); !printed) {
        output.complain(printed.error());
        return exitCodeFor(printed.error().kind);
    }
    const QStringList over = outcome->overThresholds(*thresholds);
    for (const QString &sentence : over)
        output.complain(fail(ErrorKind::Refused, sentence).value());
    return previewExitCode(*outcome, over);
}

void addInput(CLI::App &verb, PreviewArguments &arguments)
{
    arguments.server.addTo(verb);
    verb.add_option("--from", arguments.from,
                    "Compute from a file instead: a set that --save wrote, or JSON with mappings, "
                    "objectsBefore and linksBefore")
        ->type_name(fileArgument);
    verb.add_option("--save", arguments.save,
                    "Keep what is read from the server in this file, for --from")
        ->type_name(fileArgument);
    verb.add_option("--mapping", arguments.mapping, "The mapping; the first one without it")
        ->check(&refusalOfEmpty);
    verb.add_option("--mapping-file", arguments.mappingFile,
                    "A JSON file with a mapping that takes the place of the one with its name")
        ->type_name(fileArgument);
    verb.add_option("--run", arguments.run,
                    "Start from the state that run N-1 of a JSON file left; from 0");
}

} // namespace

void addIdmPreviewCommand(CLI::App &idm, Run &chosen)
{
    addVerb(idm, "preview", "What a reconciliation would do, computed without doing it", chosen,
            [](CLI::App &verb) {
                auto arguments = std::make_shared<PreviewArguments>();
                addInput(verb, *arguments);
                arguments->ids.addTo(verb,
                                     "Only these source objects, one by one, with commas between");
                verb.add_option("--parameters", arguments->parameters,
                                "A JSON file with what the body of the run has")
                    ->type_name(fileArgument);
                arguments->limits.addTo(verb,
                                        "Exit with 1 if more targets would be deleted: 5, or 5%");
                return Run(
                    [arguments](Services &services) { return runPreview(*arguments, services); });
            });
}

} // namespace hubkeeper::cli
