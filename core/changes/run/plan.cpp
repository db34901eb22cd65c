// SPDX-License-Identifier: MIT
#include "changes/run/plan.h"

#include "portal/samevalue.h"

namespace hubkeeper {

bool sameText(const DefinitionsByName &definitions, const QString &property, const QString &a,
              const QString &b)
{
    if (a == b)
        return true;
    const auto definition = definitions.constFind(property);
    return definition != definitions.cend() && sameValue(*definition, a, b);
}

std::vector<std::vector<RowChange>> batchesOf(std::vector<RowChange> rows)
{
    std::vector<std::vector<RowChange>> batches;
    for (const ChangeKind kind : {ChangeKind::Create, ChangeKind::Update, ChangeKind::Archive}) {
        for (const ObjectType type : allObjectTypes) {
            size_t room = 0;
            for (RowChange &row : rows) {
                if (row.kind != kind || row.type != type)
                    continue;
                if (room == 0) {
                    batches.emplace_back();
                    room = mostBatchInputs;
                }
                batches.back().push_back(std::move(row));
                --room;
            }
        }
    }
    return batches;
}

Comparison compared(const RowChange &row, const Record &now, const DefinitionsByName &definitions)
{
    Comparison result;
    if (row.kind == ChangeKind::Archive) {
        if (row.basedOn.isValid() && now.updatedAt.isValid() && row.basedOn != now.updatedAt)
            result.standing = Comparison::Conflict;
        return result;
    }
    bool allThere = true;
    for (auto cell = row.cells.cbegin(); cell != row.cells.cend(); ++cell) {
        const QString present = now.text(cell.key());
        result.theirs.insert(cell.key(), present);
        if (sameText(definitions, cell.key(), present, cell->after))
            continue;
        allThere = false;
        if (!sameText(definitions, cell.key(), present, cell->before))
            result.standing = Comparison::Conflict;
    }
    if (allThere)
        result.standing = Comparison::Done;
    if (result.standing != Comparison::Conflict)
        result.theirs.clear();
    return result;
}

Proof proofOf(const RowChange &row, const Record &now, const DefinitionsByName &definitions)
{
    bool differs = false;
    bool written = false;
    for (auto cell = row.cells.cbegin(); cell != row.cells.cend(); ++cell) {
        const QString present = now.text(cell.key());
        if (sameText(definitions, cell.key(), present, cell->after)) {
            written = true;
            continue;
        }
        differs = true;
        written = written || !sameText(definitions, cell.key(), present, cell->before);
    }
    if (!differs)
        return Proof::AsWanted;
    return written ? Proof::Differently : Proof::NotWritten;
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
    case ErrorKind::ServerFault:
    case ErrorKind::BadReply:
        break;
    }
    return Failure::Unclear;
}

} // namespace hubkeeper
