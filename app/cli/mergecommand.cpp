// SPDX-License-Identifier: MIT
#include "mergecommand.h"

#include "consent.h"
#include "journalrevert.h"
#include "nextsteps.h"
#include "options.h"
#include "rowtext.h"
#include "session/connections/provisionerfacts.h"
#include "session/idm/correlatedproperties.h"
#include "session/reading/grouppreview.h"
#include "session/writing/applychanges.h"
#include "session/writing/mergegroup.h"
#include "stagedset.h"
#include "viewoptions.h"
#include "waiting.h"

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

struct MergeArguments
{
    ConnectOptions connect;
    std::string objectClass;
    std::string primary;
    std::vector<std::string> merged;
    std::vector<std::string> taken; ///< "name", or "name=id".
    std::vector<std::string> values; ///< "name=value".
    std::vector<std::string> correlated;
    std::string undo;
    bool yes = false;
    bool dryRun = false;
    bool stage = false;
    std::string note;
    std::string saveChanges;
};

/// A property, and the record that gives it its value.
using TakenValue = std::pair<QString, QString>;

Result<QList<TakenValue>> takenValues(const MergeArguments &arguments, const GroupWish &wish)
{
    QList<TakenValue> taken;
    for (const QString &text : listOf(arguments.taken)) {
        const qsizetype sign = text.indexOf(u'=');
        const QString id = sign < 0 ? wish.otherIds.first() : text.mid(sign + 1).trimmed();
        if (sign < 0 && wish.otherIds.size() > 1)
            return fail(ErrorKind::InvalidInput, u"--take %1: of which record?"_s.arg(text),
                        u"Several records go; write --take %1=ID."_s.arg(text));
        if (id != wish.keptId && !wish.otherIds.contains(id))
            return fail(ErrorKind::InvalidInput,
                        u"--take: the record %1 is not among those to merge."_s.arg(id));
        taken.append({text.left(sign), id});
    }
    return taken;
}

Result<GroupWish> wishOf(const MergeArguments &arguments)
{
    if (arguments.objectClass.empty() || arguments.primary.empty() || arguments.merged.empty())
        return fail(ErrorKind::InvalidInput, u"Which records?"_s,
                    u"Name their class, the one that stays with --primary and the one that goes "
                    "with --merged; or a run to take back with --undo."_s);
    const auto type = recordClassFrom(arguments.objectClass);
    if (!type)
        return tl::unexpected(type.error());
    GroupWish wish;
    wish.type = *type;
    wish.keptId = QString::fromStdString(arguments.primary).trimmed();
    for (const QString &id : listOf(arguments.merged))
        wish.otherIds.append(id.trimmed());
    wish.correlated = listOf(arguments.correlated);
    for (const QString &text : listOf(arguments.values)) {
        const qsizetype sign = text.indexOf(u'=');
        if (sign <= 0)
            return fail(ErrorKind::InvalidInput,
                        u"--set: \"%1\" is not NAME=VALUE."_s.arg(text.left(80)));
        wish.wanted.insert(text.left(sign), text.mid(sign + 1));
    }
    return wish;
}

/// By what IDM finds the records, unless somebody has said it.
Result<void> addCorrelated(GroupWish &wish, Session &session, Services &services)
{
    if (!wish.correlated.isEmpty())
        return {};
    services.output.progress(u"Looking for what IDM correlates by"_s);
    return waitFor(findCorrelated(session.connection(), session.provisioner().name, wish.type,
                                  services.session(), &services.calls),
                   services.interrupt)
        .map([&wish](const CorrelatedProperties &found) {
            wish.correlated = found.properties;
            wish.correlatedFrom = found.from;
        });
}

/// Reads the records and computes what is left of them.
Result<QList<MergePreview>> previewsFor(const MergeArguments &arguments, GroupWish wish,
                                        Session &session, Services &services)
{
    const auto taken = takenValues(arguments, wish);
    if (!taken)
        return tl::unexpected(taken.error());
    for (const TakenValue &one : *taken)
        wish.wanted.insert(one.first, {});
    if (const auto added = addCorrelated(wish, session, services); !added)
        return tl::unexpected(added.error());
    const auto found = waitFor(readGroup(session, wish, &services.calls), services.interrupt);
    if (!found)
        return tl::unexpected(found.error());
    for (const auto &[property, id] : *taken) {
        for (const RecordImage &image : found->images) {
            if (image.record.id == id)
                wish.wanted.insert(property, image.record.text(property));
        }
    }
    return previewsOf(wish, *found);
}

QJsonArray linksJson(const QList<ImageLink> &links)
{
    QJsonArray list;
    for (const ImageLink &link : links) {
        QJsonArray labels;
        for (const AssociationKind &kind : link.kinds)
            labels.append(kind.label);
        list.append(QJsonObject {
            {u"type"_s, nameOf(link.type)}, {u"id"_s, link.id}, {u"labels"_s, labels}});
    }
    return list;
}

QJsonObject previewJson(const MergePreview &preview)
{
    QJsonArray lines;
    for (const MergeLine &line : preview.lines)
        lines.append(QJsonObject {{u"property"_s, line.property},
                                  {u"primary"_s, line.primary},
                                  {u"merged"_s, line.merged},
                                  {u"result"_s, line.result},
                                  {u"from"_s, nameOf(line.source)},
                                  {u"chosen"_s, line.isChosen}});
    return {{u"type"_s, nameOf(preview.type)},
            {u"primary"_s, preview.primary.record.id},
            {u"merged"_s, preview.merged.record.id},
            {u"properties"_s, lines},
            {u"moving"_s, linksJson(preview.moving)},
            {u"computed"_s, QJsonArray::fromStringList(preview.computed)},
            {u"correlated"_s, QJsonArray::fromStringList(preview.correlated)},
            {u"correlatedFrom"_s, preview.correlatedFrom},
            {u"warnings"_s, QJsonArray::fromStringList(preview.warnings)}};
}

void printMergePreview(const MergePreview &preview, Output &output)
{
    QList<QStringList> table {{u"PROPERTY"_s, u"STAYS"_s, u"GOES"_s, u"RESULT"_s, u"FROM"_s}};
    for (const MergeLine &line : preview.lines) {
        const QString from = line.isChosen ? u"chosen"_s : nameOf(line.source);
        table.append({line.property, line.primary, line.merged, line.result, from});
    }
    output.table(table);
    output.message(u"%1 associations move from %2 to the merged record."_s.arg(
        QString::number(preview.moving.size()), preview.merged.record.id));
    if (!preview.correlatedFrom.isEmpty())
        output.message(preview.correlatedFrom);
    for (const QString &warning : preview.warnings)
        output.message(u"Warning: "_s + warning);
    output.message(u"Both records go into the journal whole, with their associations, before "
                   "anything is sent; `merge --undo` rebuilds the second one."_s);
}

/// Of a group: what each of its merges does, and what became of it once it was sent.
QJsonObject groupJson(const QList<MergePreview> &previews, const MergedGroup &group)
{
    QJsonArray merges;
    for (const MergePreview &preview : previews) {
        QJsonObject merge = previewJson(preview);
        for (const MergedRecord &record : group.records) {
            if (record.id != preview.merged.record.id)
                continue;
            merge.insert(u"outcome"_s, nameOf(record.state));
            merge.insert(u"message"_s, record.error ? record.error->sentence() : QString());
        }
        merges.append(merge);
    }
    return {{u"type"_s, nameOf(previews.first().type)},
            {u"primary"_s, previews.first().primary.record.id},
            {u"merges"_s, merges},
            {u"survivor"_s, group.survivor},
            {u"run"_s, group.runId}};
}

/// Stages them, or saves them as a file, and sends nothing.
int keepMerges(const MergeArguments &arguments, const QList<MergePreview> &previews,
               Session &session, Services &services)
{
    const StagedSet set {arguments.saveChanges};
    if (const auto opened = set.open(session, services); !opened)
        return services.output.failure(opened.error());
    std::vector<RowChange> rows;
    for (const MergePreview &preview : previews)
        rows.push_back(preview.row);
    const QString name = rows.size() > 1 ? u"Merge"_s : rows.front().label;
    const auto added =
        waitFor(session.changes().addRows(std::move(rows), Adding::Merge, name, &services.calls),
                services.interrupt);
    if (!added)
        return services.output.failure(added.error());
    if (const auto kept = set.keep(session, services); !kept)
        return services.output.failure(kept.error());
    if (services.output.json)
        services.output.result(previews.size() > 1 ? groupJson(previews, {})
                                                   : previewJson(previews.first()));
    services.output.message(nextSteps(arguments.connect.file, arguments.saveChanges));
    return Done;
}

int mergeExitCode(RowState state, const std::optional<Error> &error,
                  const std::optional<Error> &stopped)
{
    switch (state) {
    case RowState::Applied:
        return error ? AppliedInPart : Done;
    case RowState::Conflicting:
        return Conflicting;
    case RowState::Unknown:
        return Unknown;
    default:
        break;
    }
    if (stopped)
        return exitCodeFor(stopped->kind);
    return error ? exitCodeFor(error->kind) : int(Rejected);
}

void printMerge(const RowChange &row, const RunSummary &summary, const std::string &file,
                Output &output)
{
    if (row.state == RowState::Applied)
        output.message(
            u"Merged into %1. Journal run %2. Take it back: `hubkeeper-cli merge %3 "
            "--undo %2`."_s.arg(row.writtenId, summary.runId, QString::fromStdString(file)));
    else
        output.message(u"Not merged: %1."_s.arg(nameOf(row.state)));
    if (row.error)
        output.message(row.error->sentence());
    for (auto text = row.theirs.cbegin(); text != row.theirs.cend(); ++text)
        output.message(u"  %1 is now \"%2\""_s.arg(text.key(), text.value()));
}

int sendMerge(const MergeArguments &arguments, const MergePreview &preview, Session &session,
              Services &services)
{
    RunOptions options;
    options.reviewed = true; // It was shown, and whoever had to agree has.
    options.confirmed = true;
    options.dryRun = arguments.dryRun;
    options.note = QString::fromStdString(arguments.note);
    const auto summary =
        waitForWrites(applyChanges(session, options, &services.calls), session, services.interrupt);
    if (!summary)
        return services.output.failure(reasonOfRun(summary.error(), session.changes()));
    const RowChange row = session.changes().at(0);
    QJsonObject json = previewJson(preview);
    json.insert(u"outcome"_s, nameOf(row.state));
    json.insert(u"survivor"_s, row.writtenId);
    json.insert(u"run"_s, summary->runId);
    json.insert(u"message"_s, row.error ? row.error->sentence() : QString());
    if (services.output.json)
        services.output.result(json);
    if (arguments.dryRun && summary->sendable > 0) {
        services.output.message(u"Dry run: nothing was sent."_s);
        return Done;
    }
    printMerge(row, *summary, arguments.connect.file, services.output);
    return mergeExitCode(row.state, row.error, summary->stopped);
}

/// A line for each, and where it stopped.
void printGroup(const MergedGroup &group, const std::string &file, Output &output)
{
    for (const MergedRecord &record : group.records)
        output.message(u"%1: %2%3"_s.arg(
            record.id, record.state == RowState::Applied ? u"merged"_s : nameOf(record.state),
            record.error ? u". "_s + record.error->sentence() : QString()));
    if (group.survivor.isEmpty())
        return;
    output.message(u"The record that stays is %1. Journal run %2. Take the last merge back: "
                   "`hubkeeper-cli merge %3 --undo %2`."_s.arg(group.survivor, group.runId,
                                                               QString::fromStdString(file)));
}

int sendGroup(const MergeArguments &arguments, const QList<MergePreview> &previews,
              Session &session, Services &services)
{
    RunOptions options;
    options.reviewed = true; // It was shown, and whoever had to agree has.
    options.confirmed = true;
    options.dryRun = arguments.dryRun;
    options.note = QString::fromStdString(arguments.note);
    const auto group = waitForWrites(static_cast<Call<MergedGroup> *>(new MergeGroup(
                                         session, previews, options, &services.calls)),
                                     session, services.interrupt);
    if (!group)
        return services.output.failure(reasonOfRun(group.error(), session.changes()));
    if (services.output.json)
        services.output.result(groupJson(previews, *group));
    if (arguments.dryRun && group->sendable == previews.size()) {
        services.output.message(u"Dry run: nothing was sent."_s);
        return Done;
    }
    printGroup(*group, arguments.connect.file, services.output);
    for (const MergedRecord &record : group->records) {
        if (!record.isGood() && record.state != RowState::Staged)
            return mergeExitCode(record.state, record.error, group->stopped);
    }
    return group->isComplete() ? Done : Rejected;
}

/// One merge on its own, or all of a group.
int sendMerges(const MergeArguments &arguments, const QList<MergePreview> &previews,
               Session &session, Services &services)
{
    QStringList going;
    for (const MergePreview &preview : previews)
        going.append(preview.merged.record.id);
    const QString question = u"Merge %1 into %2 in %3? HubSpot cannot separate them again."_s.arg(
        going.join(u", "_s), previews.first().primary.record.id, session.connection().label);
    const Intention intention {question, true, arguments.yes, arguments.dryRun,
                               arguments.connect.file};
    if (const auto agreed = agreeTo(intention, session, services); !agreed)
        return services.output.failure(agreed.error());
    if (!arguments.dryRun)
        warnOfJournal(session, services.output);
    if (previews.size() > 1)
        return sendGroup(arguments, previews, session, services);
    const RowChange &row = previews.first().row;
    (void)session.changes().addRows({row}, Adding::Merge, row.label, &services.calls);
    return sendMerge(arguments, previews.first(), session, services);
}

int runMerge(const MergeArguments &arguments, Services &services)
{
    if (!arguments.undo.empty()) {
        RevertArguments revert;
        revert.connect = arguments.connect;
        revert.runId = arguments.undo;
        revert.yes = arguments.yes;
        revert.dryRun = arguments.dryRun;
        return runRevert(revert, services);
    }
    const auto wish = wishOf(arguments);
    if (!wish)
        return services.output.failure(wish.error());
    const auto session = openFor(arguments.connect, services);
    if (!session)
        return services.output.failure(session.error());
    const auto previews = previewsFor(arguments, *wish, **session, services);
    if (!previews)
        return services.output.failure(previews.error());
    for (const MergePreview &preview : *previews) {
        if (!services.output.json)
            printMergePreview(preview, services.output);
    }
    if (arguments.stage || !arguments.saveChanges.empty())
        return keepMerges(arguments, *previews, **session, services);
    return sendMerges(arguments, *previews, **session, services);
}

} // namespace

void addMergeCommand(CLI::App &app, Run &chosen)
{
    addVerb(
        app, "merge", "Merge records into one, and take a merge back", chosen, [](CLI::App &verb) {
            auto arguments = std::make_shared<MergeArguments>();
            arguments->connect.addTo(verb);
            addWords(verb, "CLASS", arguments->objectClass, {"contact", "company"},
                     "What the records are");
            verb.add_option("--primary", arguments->primary, "The record that stays");
            verb.add_option("--merged", arguments->merged,
                            "The record that goes into it; may be repeated: they go one after "
                            "the other, until one is refused")
                ->allow_extra_args(false);
            verb.add_option("--take", arguments->taken,
                            "A property that gets the second record's value; NAME=ID: that of "
                            "this record; may be repeated")
                ->allow_extra_args(false);
            verb.add_option("--set", arguments->values,
                            "NAME=VALUE: a property that gets this value; may be repeated")
                ->allow_extra_args(false);
            verb.add_option(
                    "--correlated", arguments->correlated,
                    "A property by which IDM finds the record; without it, what the mappings "
                    "of the server, or those beside the provisioner, say, else e-mail or "
                    "domain; may be repeated")
                ->allow_extra_args(false);
            verb.add_option("--undo", arguments->undo,
                            "Take the merges of this journal run back instead: rebuild the "
                            "second record")
                ->type_name("RUN");
            verb.add_flag("--dry-run", arguments->dryRun,
                          "Show what is left of both and send nothing");
            verb.add_flag("--yes", arguments->yes, "Agree beforehand");
            verb.add_option("--note", arguments->note, "A note for the journal");
            auto *stage =
                verb.add_flag("--stage", arguments->stage, "Stage it instead of sending it");
            verb.add_option("--save-changes", arguments->saveChanges,
                            "Write a change set to this file instead of sending it")
                ->type_name(fileArgument)
                ->excludes(stage);
            return Run([arguments](Services &services) { return runMerge(*arguments, services); });
        });
}

} // namespace hubkeeper::cli
