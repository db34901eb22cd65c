// SPDX-License-Identifier: MIT
#include "mergecommand.h"

#include "consent.h"
#include "journalrevert.h"
#include "options.h"
#include "rowtext.h"
#include "session/reading/mergepreview.h"
#include "session/writing/applychanges.h"
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
    std::string merged;
    std::vector<std::string> fromMerged;
    std::vector<std::string> values; ///< "name=value".
    std::vector<std::string> correlated;
    std::string undo;
    bool yes = false;
    bool dryRun = false;
    bool stage = false;
    std::string note;
    std::string saveChanges;
};

Result<MergeWish> wishOf(const MergeArguments &arguments)
{
    if (arguments.objectClass.empty() || arguments.primary.empty() || arguments.merged.empty())
        return fail(ErrorKind::InvalidInput, u"Which records?"_s,
                    u"Name their class, the one that stays with --primary and the one that goes "
                    "with --merged; or a run to take back with --undo."_s);
    const auto type = recordClassFrom(arguments.objectClass);
    if (!type)
        return tl::unexpected(type.error());
    MergeWish wish;
    wish.type = *type;
    wish.primaryId = QString::fromStdString(arguments.primary).trimmed();
    wish.mergedId = QString::fromStdString(arguments.merged).trimmed();
    wish.fromMerged = listOf(arguments.fromMerged);
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
    for (const QString &warning : preview.warnings)
        output.message(u"Warning: "_s + warning);
    output.message(u"Both records go into the journal whole, with their associations, before "
                   "anything is sent; `merge --undo` rebuilds the second one."_s);
}

/// Stages it, or saves it as a file, and sends nothing.
int keepMerge(const MergeArguments &arguments, const MergePreview &preview, Session &session,
              Services &services)
{
    const StagedSet set {arguments.saveChanges};
    if (const auto opened = set.open(session, services); !opened)
        return services.output.failure(opened.error());
    const auto added = waitFor(
        session.changes().addRows({preview.row}, Adding::Merge, preview.row.label, &services.calls),
        services.interrupt);
    if (!added)
        return services.output.failure(added.error());
    if (const auto kept = set.keep(session, services); !kept)
        return services.output.failure(kept.error());
    if (services.output.json)
        services.output.result(previewJson(preview));
    services.output.message(u"Nothing was sent. Send it with `hubkeeper-cli changes apply`."_s);
    return Done;
}

int mergeExitCode(const RowChange &row, const RunSummary &summary)
{
    switch (row.state) {
    case RowState::Applied:
        return row.error ? AppliedInPart : Done;
    case RowState::Conflicting:
        return Conflicting;
    case RowState::Unknown:
        return Unknown;
    default:
        break;
    }
    if (summary.stopped)
        return exitCodeFor(summary.stopped->kind);
    return row.error ? exitCodeFor(row.error->kind) : int(Rejected);
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
    return mergeExitCode(row, *summary);
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
    const auto preview =
        waitFor(previewMerge(**session, *wish, &services.calls), services.interrupt);
    if (!preview)
        return services.output.failure(preview.error());
    if (!services.output.json)
        printMergePreview(*preview, services.output);
    if (arguments.stage || !arguments.saveChanges.empty())
        return keepMerge(arguments, *preview, **session, services);
    (void)(*session)->changes().addRows({preview->row}, Adding::Merge, preview->row.label,
                                        &services.calls);
    const QString question = u"Merge %1 into %2 in %3? HubSpot cannot separate them again."_s.arg(
        preview->merged.record.id, preview->primary.record.id, (*session)->connection().label);
    const Intention intention {question, true, arguments.yes, arguments.dryRun,
                               arguments.connect.file};
    if (const auto agreed = agreeTo(intention, **session, services); !agreed)
        return services.output.failure(agreed.error());
    if (!arguments.dryRun)
        warnOfJournal(**session, services.output);
    return sendMerge(arguments, *preview, **session, services);
}

} // namespace

void addMergeCommand(CLI::App &app, Run &chosen)
{
    addVerb(app, "merge", "Merge two records into one, and take a merge back", chosen,
            [](CLI::App &verb) {
                auto arguments = std::make_shared<MergeArguments>();
                arguments->connect.addTo(verb);
                addWords(verb, "CLASS", arguments->objectClass, {"contact", "company"},
                         "What the records are");
                verb.add_option("--primary", arguments->primary, "The record that stays");
                verb.add_option("--merged", arguments->merged, "The record that goes into it");
                verb.add_option("--take", arguments->fromMerged,
                                "A property that gets the second record's value; may be repeated")
                    ->allow_extra_args(false);
                verb.add_option("--set", arguments->values,
                                "NAME=VALUE: a property that gets this value; may be repeated")
                    ->allow_extra_args(false);
                verb.add_option("--correlated", arguments->correlated,
                                "A property by which IDM finds the record; e-mail of contacts "
                                "without it; may be repeated")
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
                return Run(
                    [arguments](Services &services) { return runMerge(*arguments, services); });
            });
}

} // namespace hubkeeper::cli
