// SPDX-License-Identifier: MIT
#include "commands.h"
#include "options.h"
#include "previewtext.h"
#include "session/idm/previewfile.h"
#include "session/idm/previewjson.h"

#include <QFile>
#include <QJsonDocument>

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

struct PreviewArguments
{
    std::string from;
    std::string mapping;
    int run = 0;
    std::string ids;
    std::string parameters;
    std::string mostDeletes;
    std::string mostCreates;
    std::string mostUpdates;
    std::string mostUnlinks;
};

Result<QJsonObject> parametersOf(const std::string &path)
{
    if (path.empty())
        return QJsonObject();
    QFile file(QString::fromStdString(path));
    if (!file.open(QFile::ReadOnly))
        return fail(ErrorKind::InvalidInput, u"%1 cannot be read."_s.arg(file.fileName()));
    const auto json = QJsonDocument::fromJson(file.readAll());
    if (!json.isObject())
        return fail(ErrorKind::InvalidInput, u"%1 is not a JSON object."_s.arg(file.fileName()),
                    uR"(It has what the body of a run has, such as {"runTargetPhase": false}.)"_s);
    return json.object();
}

Result<QList<PreviewThreshold>> thresholdsOf(const PreviewArguments &arguments)
{
    const std::pair<SyncAction, const std::string &> given[] = {
        {SyncAction::Delete, arguments.mostDeletes},
        {SyncAction::Create, arguments.mostCreates},
        {SyncAction::Update, arguments.mostUpdates},
        {SyncAction::Unlink, arguments.mostUnlinks}};
    QList<PreviewThreshold> thresholds;
    for (const auto &[action, text] : given) {
        if (text.empty())
            continue;
        const auto threshold = PreviewThreshold::parse(action, QString::fromStdString(text));
        if (!threshold)
            return tl::unexpected(threshold.error());
        thresholds.append(*threshold);
    }
    return thresholds;
}

/// With progress on a terminal, and an end on Ctrl+C.
Result<PreviewOutcome> computed(const QJsonObject &file, const PreviewOrder &order, Output &output)
{
    std::stop_source stop;
    qint64 looks = 0;
    const auto observe = [&](const ReconProgress &progress) {
        if (Interrupt::wasRequested())
            stop.request_stop();
        if (++looks % 1000 != 0)
            return;
        output.progress(
            progress.inTargetPhase
                ? u"%1 of %2 target objects"_s.arg(progress.targetsDone).arg(progress.targets)
                : u"%1 of %2 source objects"_s.arg(progress.sourcesDone).arg(progress.sources));
    };
    return computePreview(file, order, stop.get_token(), observe);
}

int codeOf(const PreviewOutcome &outcome, const QStringList &over)
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
    const auto thresholds = thresholdsOf(arguments);
    if (!thresholds)
        return output.failure(thresholds.error());
    const auto parameters = parametersOf(arguments.parameters);
    if (!parameters)
        return output.failure(parameters.error());
    const auto file = readPreviewFile(QString::fromStdString(arguments.from));
    if (!file)
        return output.failure(file.error());
    PreviewOrder order;
    order.mapping = QString::fromStdString(arguments.mapping);
    order.run = arguments.run;
    order.ids = QString::fromStdString(arguments.ids).split(u',', Qt::SkipEmptyParts);
    order.parameters = *parameters;
    const auto outcome = computed(*file, order, output);
    if (!outcome)
        return output.failure(outcome.error());
    if (output.json)
        output.result(previewJson(*outcome));
    else
        printPreview(*outcome, output);
    const QStringList over = outcome->overThresholds(*thresholds);
    for (const QString &sentence : over)
        output.complain(fail(ErrorKind::Refused, sentence).value());
    return codeOf(*outcome, over);
}

} // namespace

void addIdmPreviewCommand(CLI::App &idm, Run &chosen)
{
    addVerb(idm, "preview", "What a reconciliation would do, computed without doing it", chosen,
            [](CLI::App &verb) {
                auto arguments = std::make_shared<PreviewArguments>();
                verb.add_option("--from", arguments->from,
                                "A JSON file with mappings, objectsBefore and linksBefore")
                    ->required()
                    ->type_name(fileArgument);
                verb.add_option("--mapping", arguments->mapping,
                                "The mapping; the first one of the file without it");
                verb.add_option("--run", arguments->run,
                                "Start from the state that run N-1 of the file left; from 0");
                verb.add_option("--ids", arguments->ids,
                                "Only these source objects, one by one, with commas between");
                verb.add_option("--parameters", arguments->parameters,
                                "A JSON file with what the body of the run has")
                    ->type_name(fileArgument);
                verb.add_option("--max-delete", arguments->mostDeletes,
                                "Exit with 1 if more targets would be deleted: 5, or 5%");
                verb.add_option("--max-create", arguments->mostCreates,
                                "The same for targets that would be created");
                verb.add_option("--max-update", arguments->mostUpdates,
                                "The same for targets that would be changed");
                verb.add_option("--max-unlink", arguments->mostUnlinks,
                                "The same for objects that would be unlinked");
                return Run(
                    [arguments](Services &services) { return runPreview(*arguments, services); });
            });
}

} // namespace hubkeeper::cli
