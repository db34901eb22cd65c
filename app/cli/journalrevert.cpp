// SPDX-License-Identifier: MIT
#include "journalrevert.h"

#include "consent.h"
#include "counttext.h"
#include "journal/journaljson.h"
#include "rowjson.h"
#include "rowtext.h"
#include "session/writing/applychanges.h"
#include "session/writing/definitionrevert.h"
#include "session/writing/stagerevert.h"
#include "waiting.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

/// What a run is taken back by, and what became of it.
struct Revert
{
    StagedRevert plan;
    std::vector<RowChange> rows; ///< Of records: staged, later with their outcomes.
    QList<RevertedDefinition> definitions;

    [[nodiscard]] int count(RowState state) const
    {
        const auto is = [state](const auto &one) { return one.state == state; };
        return int(std::count_if(definitions.begin(), definitions.end(), is)
                   + std::count_if(rows.begin(), rows.end(), is));
    }
};

QString verbText(CollectedWrite::Verb verb)
{
    return verb == CollectedWrite::Create ? u"create"_s
        : verb == CollectedWrite::Update  ? u"update"_s
                                          : u"archive"_s;
}

/// Before the sending: each with what is planned; after it: with its outcome.
QJsonArray definitionsJson(const Revert &revert)
{
    QJsonArray list;
    for (qsizetype i = 0; i < revert.plan.definitions.size(); ++i) {
        const DefinitionInverse &inverse = revert.plan.definitions[i];
        QJsonObject json {{u"label"_s, inverse.label},
                          {u"operation"_s, verbText(inverse.write.verb)},
                          {u"cells"_s, cellsJson(inverse.cells)},
                          {u"message"_s, inverse.impossible}};
        if (i < revert.definitions.size()) {
            json.insert(u"outcome"_s, nameOf(revert.definitions[i].state));
            json.insert(u"message"_s, revert.definitions[i].message);
        }
        list.append(json);
    }
    return list;
}

/// The answer of --json: what was staged, what cannot go back, what became of it.
QJsonObject revertJson(const Revert &revert)
{
    QJsonArray left;
    for (const LeftRow &row : revert.plan.left)
        left.append(QJsonObject {{u"label"_s, row.label}, {u"reason"_s, row.reason}});
    QJsonArray lost;
    for (const LeftRow &row : revert.plan.lost)
        lost.append(QJsonObject {{u"label"_s, row.label}, {u"reason"_s, row.reason}});
    return {{u"rows"_s, rowsJson(revert.rows)},
            {u"definitions"_s, definitionsJson(revert)},
            {u"left"_s, left},
            {u"lost"_s, lost},
            {u"skippedProperties"_s, QJsonArray::fromStringList(revert.plan.skipped)},
            {u"applied"_s, revert.count(RowState::Applied)},
            {u"failed"_s, revert.count(RowState::Failed)},
            {u"conflicting"_s, revert.count(RowState::Conflicting)},
            {u"unknown"_s, revert.count(RowState::Unknown)},
            {u"notSent"_s, revert.count(RowState::Skipped) + revert.count(RowState::Staged)}};
}

void printCells(const QString &label, const CellChanges &cells, Output &output)
{
    for (auto cell = cells.begin(); cell != cells.end(); ++cell)
        output.message(
            u"%1 %2: \"%3\" -> \"%4\""_s.arg(label, cell.key(), cell->before, cell->after));
}

void printPlan(const Revert &revert, Output &output)
{
    for (const LeftRow &row : revert.plan.left)
        output.message(u"Cannot be reverted: %1. %2"_s.arg(row.label, row.reason));
    for (const LeftRow &row : revert.plan.lost)
        output.message(u"Does not return: %1. %2"_s.arg(row.label, row.reason));
    for (const DefinitionInverse &inverse : revert.plan.definitions) {
        if (!inverse.impossible.isEmpty()) {
            output.message(u"Cannot be reverted: %1. %2"_s.arg(inverse.label, inverse.impossible));
            continue;
        }
        output.message(u"%1 %2"_s.arg(verbText(inverse.write.verb), inverse.label));
        printCells(inverse.label, inverse.cells, output);
    }
    for (const RowChange &row : revert.rows) {
        if (row.kind == ChangeKind::Archive) {
            output.message(u"archive %1 (%2 %3)"_s.arg(row.label, nameOf(row.type), row.id));
            continue;
        }
        if (row.kind == ChangeKind::Create)
            output.message(u"create %1"_s.arg(row.label));
        printCells(row.label, row.cells, output);
    }
    if (!revert.plan.skipped.isEmpty())
        output.message(
            u"Made without what HubSpot sets itself: %1"_s.arg(revert.plan.skipped.join(u", "_s)));
}

/// Archiving needs the same consent as `delete`.
Intention revertIntention(const Revert &revert, const Session &session,
                          const RevertArguments &arguments)
{
    const auto records =
        std::count_if(revert.rows.begin(), revert.rows.end(),
                      [](const RowChange &row) { return row.kind == ChangeKind::Archive; });
    const auto definitions = std::count_if(
        revert.plan.definitions.begin(), revert.plan.definitions.end(),
        [](const DefinitionInverse &inverse) {
            return inverse.impossible.isEmpty() && inverse.write.verb == CollectedWrite::Delete;
        });
    QString question = u"Write this to %1?"_s.arg(session.connection().label);
    if (records + definitions > 0)
        question +=
            u" It archives %1 and %2, which can be undone for 90 days, in HubSpot only."_s.arg(
                countText(records, "record"_L1, "records"_L1),
                countText(definitions, "property definition"_L1, "property definitions"_L1));
    return {question, records + definitions > 0, arguments.yes, arguments.dryRun,
            arguments.connect.file};
}

Result<Revert> revertPlan(Session &session, const RevertArguments &arguments, Services &services)
{
    RevertChoice choice;
    choice.runId = QString::fromStdString(arguments.runId);
    for (const std::string &row : arguments.rows)
        choice.rows.append(QString::fromStdString(row));
    choice.makeAnew = arguments.makeAnew;
    auto plan = waitFor(stageRevert(session, choice, &services.calls), services.interrupt);
    return plan.map([&](const StagedRevert &staged) {
        return Revert {staged, session.changes().rows(), {}};
    });
}

Result<void> revertRecords(Session &session, Revert &revert, const RunOptions &options,
                           Services &services)
{
    if (revert.rows.empty())
        return {};
    const auto summary =
        waitForWrites(applyChanges(session, options, &services.calls), session, services.interrupt);
    revert.rows = session.changes().rows();
    return summary.map([](const RunSummary &) {});
}

Result<void> revertAllDefinitions(Session &session, Revert &revert, const RunOptions &options,
                                  Services &services)
{
    if (revert.plan.definitions.isEmpty())
        return {};
    const auto done =
        waitForWrites(revertDefinitions(session, revert.plan.run.id, revert.plan.definitions,
                                        options, &services.calls),
                      session, services.interrupt);
    return done.map([&](const QList<RevertedDefinition> &all) { revert.definitions = all; });
}

/// The values of a property that the run made go first; they need one that it archived.
Result<void> carryOut(Session &session, Revert &revert, const RunOptions &options,
                      Services &services)
{
    const bool recordsFirst =
        std::any_of(revert.plan.definitions.begin(), revert.plan.definitions.end(),
                    [](const DefinitionInverse &inverse) {
                        return inverse.write.verb == CollectedWrite::Delete;
                    });
    const auto records = [&] { return revertRecords(session, revert, options, services); };
    const auto definitions = [&] {
        return revertAllDefinitions(session, revert, options, services);
    };
    return recordsFirst ? records().and_then(definitions) : definitions().and_then(records);
}

void printRevertReasons(const Revert &revert, Output &output)
{
    for (const RevertedDefinition &one : revert.definitions) {
        if (one.state != RowState::Applied && one.state != RowState::Skipped)
            output.message(u"%1: %2"_s.arg(one.label, one.message));
    }
    for (const RowChange &row : revert.rows) {
        if (row.state == RowState::Applied)
            continue;
        output.message(u"%1: %2. %3"_s.arg(row.label, nameOf(row.state),
                                           row.error ? row.error->sentence() : QString()));
        for (auto text = row.theirs.cbegin(); text != row.theirs.cend(); ++text)
            output.message(u"  %1 is now \"%2\""_s.arg(text.key(), text.value()));
    }
}

/// Everything that the run wrote and that is not taken back counts.
int revertExitCode(const Revert &revert)
{
    const int applied = revert.count(RowState::Applied);
    const int conflicting = revert.count(RowState::Conflicting);
    const int open = conflicting + revert.count(RowState::Failed) + revert.count(RowState::Unknown)
        + revert.count(RowState::Skipped) + revert.count(RowState::Staged)
        + int(revert.plan.left.size());
    if (conflicting > 0 && conflicting == open && applied == 0)
        return Conflicting;
    return open > 0 ? AppliedInPart : Done;
}

int printOutcome(const Revert &revert, Output &output)
{
    printRevertReasons(revert, output);
    if (output.json)
        output.result(revertJson(revert));
    output.message(u"%1 reverted, %2 failed, %3 changed meanwhile, %4 unknown."_s
                       .arg(revert.count(RowState::Applied))
                       .arg(revert.count(RowState::Failed))
                       .arg(revert.count(RowState::Conflicting))
                       .arg(revert.count(RowState::Unknown)));
    return revertExitCode(revert);
}

} // namespace

RunOptions RevertArguments::consent() const
{
    RunOptions options;
    options.reviewed = true; // agreeTo() asked.
    options.confirmed = true;
    options.note = (makeAnew ? u"Makes anew what %1 archived"_s : u"Reverts %1"_s)
                       .arg(QString::fromStdString(runId));
    return options;
}

int runRevert(const RevertArguments &arguments, Services &services)
{
    const auto session = openFor(arguments.connect, services);
    if (!session)
        return services.output.failure(session.error());
    auto revert = revertPlan(**session, arguments, services);
    if (!revert)
        return services.output.failure(revert.error());
    printPlan(*revert, services.output);
    if (revert->plan.isEmpty() && revert->plan.left.isEmpty())
        services.output.message(
            u"There is nothing to take back: run %1 changed nothing."_s.arg(revert->plan.run.id));
    if (arguments.dryRun || revert->plan.isEmpty()) {
        if (services.output.json)
            services.output.result(revertJson(*revert));
        return arguments.dryRun || revert->plan.left.isEmpty() ? Done : AppliedInPart;
    }
    const auto agreed =
        agreeTo(revertIntention(*revert, **session, arguments), **session, services);
    if (!agreed)
        return services.output.failure(agreed.error());
    warnOfJournal(**session, services.output);
    const auto done = carryOut(**session, *revert, arguments.consent(), services);
    if (!done) {
        printRevertReasons(*revert, services.output);
        return services.output.failure(reasonOfRun(done.error(), (*session)->changes()));
    }
    return printOutcome(*revert, services.output);
}

} // namespace hubkeeper::cli
