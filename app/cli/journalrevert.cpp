// SPDX-License-Identifier: MIT
#include "journalrevert.h"

#include "changes/journal.h"
#include "rowjson.h"
#include "session/writing/definitionwrites.h"
#include "waiting.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

/// What a run can be taken back by, and what became of it.
struct Revert
{
    QJsonArray rows; ///< Staged: records.
    QList<DefinitionInverse> inverses;
    QStringList left; ///< Cannot go back.
    RunSummary records;
    QList<RevertedDefinition> definitions;

    [[nodiscard]] int count(RowState state, int ofRecords) const
    {
        const auto is = [state](const RevertedDefinition &one) { return one.state == state; };
        return ofRecords + int(std::count_if(definitions.begin(), definitions.end(), is));
    }
    [[nodiscard]] int applied() const { return count(RowState::Applied, records.applied); }
    [[nodiscard]] int failed() const { return count(RowState::Failed, records.failed); }
    [[nodiscard]] int unknown() const { return count(RowState::Unknown, records.unknown); }
    [[nodiscard]] int conflicting() const
    {
        return count(RowState::Conflicting, records.conflicting);
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
    for (qsizetype i = 0; i < revert.inverses.size(); ++i) {
        const DefinitionInverse &inverse = revert.inverses[i];
        QJsonObject cells;
        for (auto cell = inverse.cells.begin(); cell != inverse.cells.end(); ++cell)
            cells.insert(cell.key(),
                         QJsonObject {{u"old"_s, cell->before}, {u"new"_s, cell->after}});
        QJsonObject json {{u"label"_s, inverse.label},
                          {u"operation"_s, verbText(inverse.write.verb)},
                          {u"cells"_s, cells},
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
    return {{u"rows"_s, revert.rows},
            {u"definitions"_s, definitionsJson(revert)},
            {u"left"_s, QJsonArray::fromStringList(revert.left)},
            {u"applied"_s, revert.applied()},
            {u"failed"_s, revert.failed()},
            {u"conflicting"_s, revert.conflicting()},
            {u"unknown"_s, revert.unknown()}};
}

void tellCells(const QString &label, const QMap<QString, CellChange> &cells, Output &output)
{
    for (auto cell = cells.begin(); cell != cells.end(); ++cell)
        output.message(
            u"%1 %2: \"%3\" -> \"%4\""_s.arg(label, cell.key(), cell->before, cell->after));
}

void tellPlan(Session &session, const Revert &revert, Output &output)
{
    for (const QString &label : revert.left)
        output.message(u"Cannot be reverted: %1"_s.arg(label));
    for (const DefinitionInverse &inverse : revert.inverses) {
        if (!inverse.impossible.isEmpty()) {
            output.message(u"Cannot be reverted: %1. %2"_s.arg(inverse.label, inverse.impossible));
            continue;
        }
        output.message(u"%1 %2"_s.arg(verbText(inverse.write.verb), inverse.label));
        tellCells(inverse.label, inverse.cells, output);
    }
    for (const RowChange &row : session.changes().rows())
        tellCells(row.label, row.cells, output);
}

/// Stages the records of the run and finds the inverse of its definitions.
Result<Revert> planOf(Session &session, const QString &runId)
{
    const auto rows = session.journal().rows(runId);
    if (!rows)
        return tl::unexpected(rows.error());
    const auto left = session.stageRevert(runId);
    if (!left)
        return tl::unexpected(left.error());
    Revert revert;
    revert.left = *left;
    revert.inverses = inverseDefinitions(*rows);
    for (const DefinitionInverse &inverse : std::as_const(revert.inverses))
        revert.left.removeAll(inverse.label); // They go back beside the change set.
    revert.rows = rowsJson(session.changes().rows());
    return revert;
}

Result<void> revertRecords(Session &session, Revert &revert, const RunOptions &options,
                           Services &services)
{
    if (session.changes().isEmpty())
        return {};
    const auto summary = waitFor(session.apply(options, &services.calls), services.interrupt);
    return summary.map([&](const RunSummary &done) { revert.records = done; });
}

Result<void> revertAllDefinitions(Session &session, const QString &runId, Revert &revert,
                                  const RunOptions &options, Services &services)
{
    if (revert.inverses.isEmpty())
        return {};
    const auto done =
        waitFor(revertDefinitions(session, runId, revert.inverses, options, &services.calls),
                services.interrupt);
    return done.map([&](const QList<RevertedDefinition> &all) { revert.definitions = all; });
}

/// The values of a property that the run made go first; they need one that it archived.
Result<void> carryOut(Session &session, const QString &runId, Revert &revert,
                      const RunOptions &options, Services &services)
{
    const bool recordsFirst = std::any_of(revert.inverses.begin(), revert.inverses.end(),
                                          [](const DefinitionInverse &inverse) {
                                              return inverse.write.verb == CollectedWrite::Delete;
                                          });
    const auto records = [&] { return revertRecords(session, revert, options, services); };
    const auto definitions = [&] {
        return revertAllDefinitions(session, runId, revert, options, services);
    };
    return recordsFirst ? records().and_then(definitions) : definitions().and_then(records);
}

int tellOutcome(const Revert &revert, Output &output)
{
    for (const RevertedDefinition &one : revert.definitions) {
        if (one.state != RowState::Applied && one.state != RowState::Skipped)
            output.message(u"%1: %2"_s.arg(one.label, one.message));
    }
    if (output.json)
        output.result(revertJson(revert));
    output.message(u"%1 reverted, %2 failed, %3 changed meanwhile."_s.arg(revert.applied())
                       .arg(revert.failed())
                       .arg(revert.conflicting()));
    if (revert.conflicting() > 0 && revert.applied() == 0)
        return Conflicting;
    return revert.failed() + revert.conflicting() + revert.unknown() > 0 ? AppliedInPart : Done;
}

} // namespace

RunOptions RevertArguments::consent() const
{
    RunOptions options;
    options.reviewed = yes;
    options.confirmed = yes;
    options.note = u"Reverts %1"_s.arg(QString::fromStdString(runId));
    return options;
}

int runRevert(const RevertArguments &arguments, Services &services)
{
    const auto session = openFor(arguments.connect, services);
    if (!session)
        return services.output.failure(session.error());
    const QString runId = QString::fromStdString(arguments.runId);
    auto revert = planOf(**session, runId);
    if (!revert)
        return services.output.failure(revert.error());
    tellPlan(**session, *revert, services.output);
    const bool nothing = (*session)->changes().isEmpty() && revert->inverses.isEmpty();
    if (arguments.dryRun || nothing) {
        if (services.output.json)
            services.output.result(revertJson(*revert));
        return Done;
    }
    const auto done = carryOut(**session, runId, *revert, arguments.consent(), services);
    if (!done)
        return services.output.failure(done.error());
    return tellOutcome(*revert, services.output);
}

} // namespace hubkeeper::cli
