// SPDX-License-Identifier: MIT
#pragma once

#include "journal/change.h"
#include "portal/association.h"
#include "portal/objecttype.h"

#include <QDateTime>
#include <QHash>

#include <array>

namespace hubkeeper {

/// What a row of a change set is about. Definitions are kept and exchanged, and refused by the run;
/// the others are sent.
enum class RowSubject {
    Record,
    Definition, ///< A property definition, by its name; its cells are the definition's members.
    Association, ///< The link between RowChange::id and RowChange::to; associationcells.h.
    /// RowChange::to is merged into RowChange::id, which stays, if under a new id. Its cells: what
    /// HubSpot would keep, and what shall stay instead.
    Merge,
};
inline constexpr std::array allRowSubjects {RowSubject::Record, RowSubject::Definition,
                                            RowSubject::Association, RowSubject::Merge};

inline constexpr std::array allChangeKinds {ChangeKind::Update, ChangeKind::Create,
                                            ChangeKind::Archive};

/// What state a row is in.
enum class RowState {
    Staged, ///< Not sent yet.
    Sending, ///< Claimed by a run (RowChange::run), which may have sent it.
    Applied, ///< Written, and proven by re-reading.
    Failed, ///< Refused; see RowChange::error. Stays for editing and another try.
    Conflicting, ///< Changed by somebody else since it was read; see RowChange::theirs.
    Unknown, ///< It may have been written: the answer was lost, or the program ended meanwhile.
    Skipped, ///< The run was stopped before it.
};
inline constexpr std::array allRowStates {
    RowState::Staged,      RowState::Sending, RowState::Applied, RowState::Failed,
    RowState::Conflicting, RowState::Unknown, RowState::Skipped};

/// A record, which may not exist yet: then its id is the local one of a create ("new-3").
struct RecordReference
{
    ObjectType type = ObjectType::Contacts;
    QString id;

    bool operator==(const RecordReference &) const = default;
};

/// All edits of one record (or definition, association, merge).
struct RowChange
{
    ObjectType type = ObjectType::Contacts;
    ChangeKind kind = ChangeKind::Update;
    QString id; ///< Record id; for Create a local id ("new-1"), which stays. Definition: its name.
    QString writtenId; ///< Create, merge: the portal's id, once there is one.
    QString label; ///< What people call the record: e-mail, name, or the id.
    /// updatedAt of the record the baselines come from; invalid: unknown. Create: when it was sent.
    /// Merge: of the record that is merged into the other.
    QDateTime basedOn;
    /// By property. Archive: what the record is expected to hold, with empty new texts; it is a
    /// conflict if it does not. May be empty.
    CellChanges cells;
    RowState state = RowState::Staged;
    /// Why it failed or is unknown. Staged: why it failed before it was edited.
    std::optional<Error> error;
    QHash<QString, QString> theirs; ///< Conflict: the portal's present texts of the edited cells.
    QString revertOf; ///< Id of the run whose row it takes back, or empty.
    QString rebuilds; ///< Create: the record that was merged away and that it makes again.
    RowSubject subject = RowSubject::Record;
    std::optional<RecordReference> to; ///< Association and Merge: the other record.
    /// Sending: the journal's id of the run that claimed it; Failed, Skipped, Unknown: of the run
    /// that left it so, which may be resumed.
    QString run;
    bool excluded = false; ///< A reviewer left it out: it is kept, and no run takes it along.

    /// Written as far as the portal said, but not as it should be: it could not be read again, or
    /// holds another value than the one sent; `error` says which.
    [[nodiscard]] bool isUnproven() const { return state == RowState::Applied && error; }
    /// The id the portal knows it by; empty for a create that is not known to be written.
    [[nodiscard]] QString portalId() const { return isCreate() ? writtenId : id; }
    /// Whether it makes a record (or a definition) that is not there before.
    [[nodiscard]] bool isCreate() const
    {
        return kind == ChangeKind::Create && subject != RowSubject::Association;
    }
};

/// What a row is found by: a change set has one row for each.
struct RowKey
{
    ObjectType type = ObjectType::Contacts;
    QString id; ///< Of an association or merge: both ends.
    RowSubject subject = RowSubject::Record;

    bool operator==(const RowKey &) const = default;
    friend size_t qHash(const RowKey &key, size_t seed = 0) noexcept
    {
        return qHash(key.id, seed) ^ (size_t(key.type) << 1) ^ (size_t(key.subject) << 2);
    }
};

[[nodiscard]] RowKey keyOf(const RowChange &row);

/// The words of the file and of the journal: "staged", "sending", "applied", ...
[[nodiscard]] QString nameOf(RowState state);
[[nodiscard]] QString nameOf(RowSubject subject);

/// Whether a run takes a row of that state along: all but what is applied or on its way.
[[nodiscard]] constexpr bool isToBeSent(RowState state)
{
    return state != RowState::Applied && state != RowState::Sending;
}

/// Whether a row in that state goes on belonging to the run that had it (RowChange::run).
[[nodiscard]] constexpr bool keepsRun(RowState state)
{
    return state != RowState::Staged && state != RowState::Applied
        && state != RowState::Conflicting;
}

/// The number of a local id: 3 of "new-3"; 0 for any other id.
[[nodiscard]] qint64 localNumber(const QString &id);

} // namespace hubkeeper
