// SPDX-License-Identifier: MIT
#include "base/savefile.h"
#include "changes/set/changesfile.h"
#include "changesets.h"
#include "counttext.h"
#include "nextsteps.h"
#include "options.h"
#include "rowjson.h"
#include "rowtext.h"
#include "session/snapshots/stagesnapshot.h"
#include "session/writing/keepchanges.h"
#include "snapshotfiles.h"
#include "snapshotverbs.h"
#include "waiting.h"

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

struct SnapshotStageArguments
{
    std::string snapshot;
    ConnectOptions connect;
    std::string objectClass;
    std::vector<std::string> ids;
    std::string filter;
    bool all = false;
    std::vector<std::string> properties;
    std::vector<std::string> values;
    bool makeAnew = false;
    bool followMerges = false;
    std::string save;
    std::string note;
};

Error stageUsage(const QString &what, const QString &remedy)
{
    return fail(ErrorKind::InvalidInput, what, remedy).value();
}

/// The ids that are meant; a filter is looked at here.
Result<std::vector<qint64>> chosenRecords(const SnapshotStageArguments &arguments,
                                          SnapshotReader &snapshot, ObjectType type)
{
    const auto choice = snapshotChoice(snapshot, type, listOf(arguments.ids), arguments.filter);
    if (!choice)
        return tl::unexpected(choice.error());
    const bool isAll = arguments.all && !arguments.values.empty(); // Edits are made row by row.
    if (!choice->keeps && !isAll)
        return choice->ids;
    std::vector<qint64> ids;
    const auto take = [&ids](const Record &record) -> Result<bool> {
        ids.push_back(record.id.toLongLong());
        return true;
    };
    const InterruptWatch watch;
    if (const auto found = visitSnapshot(snapshot, *choice, take, watch.token()); !found)
        return tl::unexpected(found.error());
    if (ids.empty())
        return fail(ErrorKind::NotFound, u"No record of the snapshot matches the filter."_s);
    return ids;
}

Result<QHash<QString, QString>> valuesFrom(const std::vector<std::string> &texts)
{
    QHash<QString, QString> values;
    for (const std::string &text : texts) {
        const QString setting = QString::fromStdString(text);
        const qsizetype equals = setting.indexOf(u'=');
        if (equals <= 0)
            return tl::unexpected(stageUsage(u"\"%1\" is not PROPERTY=VALUE."_s.arg(setting),
                                             u"As in --set city=Bern."_s));
        values.insert(setting.first(equals), setting.sliced(equals + 1));
    }
    return values;
}

/// Edits that somebody names, on the values of the snapshot, into a change set file.
int stageOffline(const SnapshotStageArguments &arguments, SnapshotReader &snapshot, ObjectType type,
                 const std::vector<qint64> &ids, Services &services)
{
    const auto values = valuesFrom(arguments.values);
    if (!values)
        return services.output.failure(values.error());
    if (arguments.save.empty())
        return services.output.failure(
            stageUsage(u"Edits on a snapshot go into a change set file."_s,
                       u"Name it with --save-changes FILE."_s));
    const auto rows = editsOnSnapshot(snapshot, type, ids, *values);
    if (!rows)
        return services.output.failure(rows.error());
    const QString path = QString::fromStdString(arguments.save);
    const QByteArray lines = changesToLines(
        headerFor(bindingOf(snapshot.info()), QString::fromStdString(arguments.note)), *rows);
    if (const auto saved = saveFile(path, lines, FileMode::KeepOrPrivate); !saved)
        return services.output.failure(saved.error());
    if (services.output.json)
        services.output.result(QJsonObject {{u"staged"_s, qint64(rows->size())},
                                            {u"created"_s, 0},
                                            {u"unchanged"_s, qint64(ids.size() - rows->size())},
                                            {u"left"_s, QJsonArray()},
                                            {u"followed"_s, QJsonArray()},
                                            {u"readOnly"_s, QJsonObject()},
                                            {u"changes"_s, path}});
    else
        showRows(*rows, services.output);
    services.output.message(
        u"%1 in %2, based on the values of the snapshot. Nothing was sent."_s.arg(
            rowCount(qsizetype(rows->size())), path));
    return Done;
}

/// The set that the rows go into: what is staged for the connection, or only a file.
Result<void> prepareChanges(const SnapshotStageArguments &arguments, Session &session,
                            const SnapshotInfo &info, Services &services)
{
    if (arguments.save.empty()) {
        ChangesArguments kept;
        kept.connect = arguments.connect;
        return load(session, kept, services);
    }
    ChangeBinding binding = bindingOf(info);
    binding.connectionId = session.connection().id;
    binding.connectionLabel = session.connection().label;
    session.changes().setBinding(binding);
    return {};
}

QJsonObject putBackJson(const PutBack &outcome, const std::string &save)
{
    QJsonArray left;
    for (const NotPutBack &one : outcome.left)
        left.append(
            QJsonObject {{u"id"_s, one.id}, {u"label"_s, one.label}, {u"message"_s, one.why}});
    QJsonArray followed;
    for (const FollowedMerge &one : outcome.followed)
        followed.append(QJsonObject {{u"id"_s, one.id},
                                     {u"actedOn"_s, one.actedOn},
                                     {u"label"_s, one.label},
                                     {u"rebuilt"_s, one.isRebuilt}});
    QJsonObject readOnly;
    for (const auto &[property, values] : outcome.readOnly)
        readOnly.insert(property, values);
    return {{u"staged"_s, outcome.staged},
            {u"created"_s, outcome.created},
            {u"unchanged"_s, outcome.same},
            {u"left"_s, left},
            {u"followed"_s, followed},
            {u"readOnly"_s, readOnly},
            {u"changes"_s, save.empty() ? QJsonValue() : QJsonValue(QString::fromStdString(save))}};
}

/// What does not go where somebody who named an id or a moment may think.
void sayWhatDiffers(const PutBack &outcome, bool followsMerges, Output &output)
{
    for (const NotPutBack &one : outcome.left)
        output.message(u"%1 %2: %3"_s.arg(one.id, one.label, one.why).trimmed());
    for (const FollowedMerge &one : outcome.followed)
        output.message((one.isRebuilt ? u"%1 %2: it was merged, and made again as record %3: its "
                                        "values are staged for %3."_s
                                      : u"%1 %2: it was merged into record %3: its values are "
                                        "staged for %3."_s)
                           .arg(one.id, one.label, one.actedOn));
    if (outcome.hasMerged && !followsMerges)
        output.message(u"To stage their values for the records that their IDs lead to now, say "
                       "--follow-merges."_s);
    if (outcome.readOnly.empty())
        return;
    qint64 values = 0;
    QStringList properties;
    for (const auto &[property, count] : outcome.readOnly) {
        values += count;
        properties.append(u"%1 (%2)"_s.arg(property).arg(count));
    }
    output.message(u"%1 that HubSpot sets itself, now different, cannot be put back: %2."_s.arg(
        countText(values, "value"_L1, "values"_L1), properties.join(u", "_s)));
}

int putBack(const SnapshotStageArguments &arguments, std::shared_ptr<SnapshotReader> snapshot,
            ObjectType type, const std::vector<qint64> &ids, Services &services)
{
    Output &output = services.output;
    const auto session = openFor(arguments.connect, services);
    if (!session)
        return output.failure(session.error());
    if (const auto ready = prepareChanges(arguments, **session, snapshot->info(), services); !ready)
        return output.failure(ready.error());
    PutBackOrder order;
    order.snapshot = snapshot;
    order.type = type;
    order.ids = ids;
    order.properties = listOf(arguments.properties);
    order.makeAnew = arguments.makeAnew;
    order.followMerges = arguments.followMerges;
    auto *call = new StageSnapshot(**session, order, &services.calls);
    QObject::connect(call, &CallBase::progressed, call, [&output](qint64 done, qint64) {
        output.progress(u"%1 records compared"_s.arg(done));
    });
    const auto outcome = waitFor(static_cast<Call<PutBack> *>(call), services.interrupt);
    if (!outcome)
        return output.failure(outcome.error());
    ChangeSet &changes = (*session)->changes();
    const auto saved = arguments.save.empty()
        ? waitFor(changes.flush(&services.calls), services.interrupt)
        : waitFor(changes.saveAs(QString::fromStdString(arguments.save), &services.calls,
                                 QString::fromStdString(arguments.note)),
                  services.interrupt);
    if (!saved)
        return output.failure(saved.error());
    sayWhatDiffers(*outcome, arguments.followMerges, output);
    if (output.json)
        output.result(putBackJson(*outcome, arguments.save));
    else
        output.line(u"%1 staged (%2 of them new records), %3 unchanged, %4 cannot be put back."_s
                        .arg(outcome->staged)
                        .arg(outcome->created)
                        .arg(outcome->same)
                        .arg(outcome->left.size()));
    if (outcome->staged > 0)
        output.message(nextSteps(arguments.connect.file, arguments.save));
    return outcome->left.isEmpty() ? Done : Findings;
}

int runSnapshotStage(const SnapshotStageArguments &arguments, Services &services)
{
    const bool isOffline = !arguments.values.empty();
    if (arguments.ids.empty() && arguments.filter.empty() && !arguments.all)
        return services.output.failure(stageUsage(u"Which records?"_s,
                                                  u"Name them with --ids or --filter, or take "
                                                  "--all."_s));
    if (isOffline == !arguments.connect.file.empty())
        return services.output.failure(
            isOffline
                ? stageUsage(u"Edits with --set need no portal."_s, u"Leave the provisioner out."_s)
                : stageUsage(u"Values are put back into a portal."_s,
                             u"Name its provisioner after the snapshot."_s));
    auto opened = openWhole(arguments.snapshot, services);
    if (!opened)
        return services.output.failure(opened.error());
    const std::shared_ptr<SnapshotReader> snapshot = std::move(*opened);
    const ObjectType type = typesFrom(arguments.objectClass).first();
    const auto ids = chosenRecords(arguments, *snapshot, type);
    if (!ids)
        return services.output.failure(ids.error());
    if (isOffline)
        return stageOffline(arguments, *snapshot, type, *ids, services);
    return putBack(arguments, snapshot, type, *ids, services);
}

} // namespace

void addSnapshotStage(CLI::App &group, Run &chosen)
{
    addVerb(
        group, "stage", "Stage values of a snapshot: put back as of then", chosen,
        [](CLI::App &verb) {
            auto arguments = std::make_shared<SnapshotStageArguments>();
            verb.add_option("SNAPSHOT", arguments->snapshot, "The snapshot")
                ->required()
                ->type_name(fileArgument);
            verb.add_option("FILE", arguments->connect.file,
                            "The provisioner of its portal, whose present values are the base; "
                            "not with --set")
                ->type_name(fileArgument);
            arguments->connect.addPortalTo(verb);
            addWords(verb, "--class", arguments->objectClass, {"contact", "company"},
                     "What kind of records")
                ->required();
            auto *ids =
                verb.add_option("--ids", arguments->ids, "These records, separated by commas")
                    ->delimiter(',')
                    ->type_name("ID");
            auto *filter = verb.add_option("--filter", arguments->filter,
                                           "Records that a filter over HubSpot's properties takes, "
                                           "by their values in the snapshot");
            verb.add_flag("--all", arguments->all, "All records of the class")
                ->excludes(ids)
                ->excludes(filter);
            auto *properties =
                verb.add_option("--property", arguments->properties,
                                "Only these properties, separated by commas; without it, all that "
                                "can be written")
                    ->delimiter(',')
                    ->type_name("PROPERTY");
            verb.add_flag("--make-anew", arguments->makeAnew,
                          "Stage records that are gone as new ones, under new IDs");
            verb.add_flag("--follow-merges", arguments->followMerges,
                          "Stage values of records that were merged away for the records that "
                          "their IDs lead to now");
            verb.add_option("--set", arguments->values,
                            "PROPERTY=VALUE: another value, on the base of the snapshot's, "
                            "without the portal; may be repeated")
                ->excludes(properties);
            verb.add_option("--save-changes", arguments->save,
                            "Put the rows into this change set file instead")
                ->type_name(fileArgument);
            verb.add_option("--note", arguments->note, "A note in the change set file");
            return Run(
                [arguments](Services &services) { return runSnapshotStage(*arguments, services); });
        });
}

} // namespace hubkeeper::cli
