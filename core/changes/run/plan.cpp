// SPDX-License-Identifier: MIT
#include "changes/run/plan.h"

#include "changes/changestext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QString oneWay()
{
    return ChangesText::tr("HubSpot moves lifecyclestage only forward by a plain write.");
}

QString clearFirst()
{
    return ChangesText::tr("Clear lifecyclestage first and apply that, then set it.");
}

constexpr size_t mergePlace = 3;
constexpr size_t placesInRun = 5;

/// Updates, creates, associations, merges, archives.
size_t placeInRun(const RowIndex::Slot &slot)
{
    if (slot.subject == RowSubject::Association)
        return 2;
    if (slot.subject == RowSubject::Merge)
        return mergePlace;
    switch (slot.kind) {
    case ChangeKind::Update:
        return 0;
    case ChangeKind::Create:
        return 1;
    case ChangeKind::Archive:
        break;
    }
    return 4;
}

std::optional<Error> refusalOfSubjects(const ChangeSet &changes, const std::vector<qint64> &sent)
{
    std::optional<qint64> other;
    changes.index().forEach([&](const RowIndex::Slot &slot) {
        if (slot.subject == RowSubject::Definition
            && std::binary_search(sent.begin(), sent.end(), slot.sequence))
            other = slot.sequence;
        return !other;
    });
    if (!other)
        return {};
    const std::vector<RowChange> rows = changes.rowsOf({*other});
    const QString label = rows.empty() ? QString() : rows.front().label;
    const QString kind = rows.empty() ? QString() : nameOf(rows.front().subject);
    return errorOf(
        ErrorKind::Refused,
        ChangesText::tr("This version does not send row %1: it is of the kind \"%2\".")
            .arg(label, kind),
        ChangesText::tr("Take the row back, or apply the changes with a newer version."));
}

} // namespace

Error errorOf(ErrorKind kind, const QString &what, const QString &remedy)
{
    return fail(kind, what, remedy).value();
}

std::vector<qint64> rowsToSend(const RowIndex &index, const RunOptions &options)
{
    std::vector<qint64> chosen;
    index.forEach([&](const RowIndex::Slot &slot) {
        const bool isMeant = !options.only
            || std::binary_search(options.only->begin(), options.only->end(), slot.sequence);
        if (isToBeSent(slot) && isMeant)
            chosen.push_back(slot.sequence);
        return options.firstRows <= 0 || chosen.size() < size_t(options.firstRows);
    });
    return chosen;
}

std::optional<Error> refusalOf(const ChangeSet &changes, WritePolicy policy,
                               const RunOptions &options)
{
    policy.mostPercent = 0;
    const std::vector<qint64> sent = rowsToSend(changes.index(), options);
    WriteGuard guard([policy] { return policy; }, options.consent());
    guard.setSignedAs(changes.signedAs());
    if (auto refusal = guard.refusalOf(guardedWrites(changes, sent, policy)))
        return refusal;
    if (sent.empty())
        return errorOf(ErrorKind::Refused, ChangesText::tr("There is nothing to apply."),
                       ChangesText::tr("Edit a record first."));
    return refusalOfSubjects(changes, sent);
}

int stageOf(const RowIndex::Slot &slot)
{
    return int(placeInRun(slot));
}

std::vector<std::vector<qint64>> batchesOf(const RowIndex &index, const std::vector<qint64> &rows)
{
    std::array<std::vector<std::vector<qint64>>, placesInRun * allObjectTypes.size()> sorted;
    auto row = rows.begin();
    index.forEach([&](const RowIndex::Slot &slot) {
        if (row == rows.end())
            return false;
        if (slot.sequence != *row)
            return true;
        ++row;
        const size_t place = placeInRun(slot);
        const size_t most = place == mergePlace ? 1 : size_t(mostBatchInputs);
        auto &batches = sorted[place * allObjectTypes.size() + size_t(slot.type)];
        if (batches.empty() || batches.back().size() == most)
            batches.emplace_back();
        batches.back().push_back(slot.sequence);
        return true;
    });
    std::vector<std::vector<qint64>> all;
    for (auto &batches : sorted)
        std::move(batches.begin(), batches.end(), std::back_inserter(all));
    return all;
}

Comparison compared(const RowChange &row, const Record &now, const DefinitionsByName &definitions)
{
    Comparison result;
    if (row.kind == ChangeKind::Archive) {
        if (row.basedOn.isValid() && now.updatedAt.isValid() && row.basedOn != now.updatedAt)
            result.standing = Comparison::Conflict;
        for (auto cell = row.cells.cbegin(); cell != row.cells.cend(); ++cell) {
            const QString present = now.text(cell.key());
            if (sameValue(definitions, cell.key(), present, cell->before))
                continue;
            result.theirs.insert(cell.key(), present);
            result.standing = Comparison::Conflict;
        }
        return result;
    }
    bool allThere = true;
    for (auto cell = row.cells.cbegin(); cell != row.cells.cend(); ++cell) {
        const QString present = now.text(cell.key());
        result.theirs.insert(cell.key(), present);
        if (sameValue(definitions, cell.key(), present, cell->after))
            continue;
        allThere = false;
        if (!sameValue(definitions, cell.key(), present, cell->before))
            result.standing = Comparison::Conflict;
    }
    if (allThere)
        result.standing = Comparison::Done;
    if (result.standing != Comparison::Conflict)
        result.theirs.clear();
    return result;
}

std::optional<Error> refusalOfStage(const RowChange &row, const Record &now,
                                    const DefinitionsByName &definitions)
{
    const auto cell = row.cells.constFind(stageProperty);
    const auto definition = definitions.constFind(stageProperty);
    if (cell == row.cells.cend() || definition == definitions.cend() || !row.revertOf.isEmpty())
        return {};
    const auto placeOf = [&](const QString &stage) {
        const auto &options = definition->options;
        const auto found =
            std::find_if(options.begin(), options.end(),
                         [&](const PropertyOption &option) { return option.value == stage; });
        return found == options.end() ? -1 : int(found - options.begin());
    };
    const QString present = now.text(stageProperty);
    if (present.isEmpty() || cell->after.isEmpty() || placeOf(cell->after) < 0
        || placeOf(cell->after) >= placeOf(present))
        return {};
    return errorOf(ErrorKind::Refused,
                   ChangesText::tr("%1 lies before %2.").arg(cell->after, present) + u' '
                       + oneWay(),
                   clearFirst());
}

Proof proofOf(const RowChange &row, const Record &now, const DefinitionsByName &definitions)
{
    bool differs = false;
    bool written = false;
    for (auto cell = row.cells.cbegin(); cell != row.cells.cend(); ++cell) {
        const QString present = now.text(cell.key());
        if (sameValue(definitions, cell.key(), present, cell->after)) {
            written = true;
            continue;
        }
        differs = true;
        written = written || !sameValue(definitions, cell.key(), present, cell->before);
    }
    if (!differs)
        return Proof::AsWanted;
    return written ? Proof::Differently : Proof::NotWritten;
}

Outcome outcomeOf(const RowChange &row, const std::optional<Error> &doubt,
                  const Result<std::optional<Record>> &now, const DefinitionsByName &definitions)
{
    if (!now)
        return outcomeOfUnread(doubt, now.error());
    const std::optional<Record> &record = *now;
    if (row.kind == ChangeKind::Archive && !record)
        return {};
    if (row.kind == ChangeKind::Archive)
        return {RowState::Failed, notWritten(doubt, ChangesText::tr("the record is still there"))};
    if (!record) {
        return {RowState::Failed,
                errorOf(ErrorKind::NotFound,
                        ChangesText::tr("The record %1 was gone after it had been sent.")
                            .arg(row.portalId()))};
    }
    const Proof proof = proofOf(row, *record, definitions);
    if (proof == Proof::NotWritten && !row.cells.isEmpty() && row.kind == ChangeKind::Update) {
        if (!doubt && row.cells.size() == 1 && row.cells.contains(stageProperty))
            return {RowState::Failed, errorOf(ErrorKind::Rejected, oneWay(), clearFirst())};
        return {RowState::Failed, notWritten(doubt, ChangesText::tr("it still has the old value"))};
    }
    if (proof == Proof::AsWanted)
        return {};
    // Written in steps, of which a later one was refused.
    if (doubt && failureOf(*doubt) == Failure::Refused) {
        Error error = *doubt;
        error.what += ChangesText::tr(" Only a part of it was written.");
        error.remedy = ChangesText::tr("Apply again.");
        return {RowState::Unknown, asDoubt(std::move(error)), true};
    }
    return {RowState::Applied,
            errorOf(ErrorKind::BadReply,
                    ChangesText::tr("The portal stored another text than the one sent.")),
            true};
}

Error notWritten(const std::optional<Error> &doubt, const QString &finding)
{
    if (!doubt)
        return errorOf(ErrorKind::BadReply,
                       ChangesText::tr("The portal took the change, but %1.").arg(finding),
                       ChangesText::tr("Apply again."));
    Error error = *doubt;
    error.what += ChangesText::tr(" It was not carried out: %1.").arg(finding);
    error.remedy = ChangesText::tr("Apply again.");
    return error;
}

Outcome outcomeOfUnread(const std::optional<Error> &doubt, const Error &whyUnread)
{
    if (doubt)
        return {RowState::Unknown, asDoubt(*doubt)};
    Error note = whyUnread;
    note.what = ChangesText::tr("Written, but it could not be read again: %1").arg(note.what);
    return {RowState::Applied, note};
}

Error asDoubt(Error cause)
{
    cause.kind = ErrorKind::OutcomeUnknown;
    return cause;
}

Error notMentioned()
{
    return fail(ErrorKind::OutcomeUnknown,
                ChangesText::tr("The portal's answer does not mention the record."))
        .value();
}

Error stoppedBefore()
{
    return fail(ErrorKind::Cancelled,
                ChangesText::tr("The run was stopped before the record was sent."),
                ChangesText::tr("Apply again to send it."))
        .value();
}

Failure failureOf(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::Rejected:
    case ErrorKind::Conflict:
    case ErrorKind::NotFound:
        return error.httpStatus >= 400 && error.httpStatus < 500 ? Failure::Refused
                                                                 : Failure::Unclear;
    case ErrorKind::Offline:
    case ErrorKind::Untrusted:
    case ErrorKind::Unauthorized:
    case ErrorKind::Forbidden:
    case ErrorKind::RateLimited:
    case ErrorKind::Refused:
    case ErrorKind::InvalidInput:
    case ErrorKind::Storage:
    case ErrorKind::NotSaved:
    case ErrorKind::NoKeychain:
        return Failure::NeverHappened;
    case ErrorKind::Cancelled:
    case ErrorKind::TimedOut:
    case ErrorKind::ConnectionLost:
    case ErrorKind::OutcomeUnknown:
    case ErrorKind::BadReply:
        break;
    case ErrorKind::ServerFault: // 423 and 477 are said before anything is done (hubspot-api 11).
        return error.httpStatus == 423 || error.httpStatus == 477 ? Failure::NeverHappened
                                                                  : Failure::Unclear;
    }
    return Failure::Unclear;
}

} // namespace hubkeeper
