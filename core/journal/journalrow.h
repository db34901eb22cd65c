// SPDX-License-Identifier: MIT
#pragma once

#include "journal/change.h"
#include "journal/writingprocess.h"

#include <QDateTime>
#include <QJsonObject>
#include <QList>

namespace hubkeeper {

/// The words of JournalRow::outcome.
namespace outcome {
inline constexpr QLatin1StringView intended("intended"); ///< Never written down: unknown.
inline constexpr QLatin1StringView applied("applied");
inline constexpr QLatin1StringView failed("failed"); ///< Refused: nothing was written.
inline constexpr QLatin1StringView conflict("conflict"); ///< Not sent.
inline constexpr QLatin1StringView unknown("unknown"); ///< May have been written.
inline constexpr QLatin1StringView skipped("skipped"); ///< Not sent.
} // namespace outcome

/// Where and why a run writes: its first entry.
struct RunStart
{
    QString id; ///< Empty: a new one is made.
    QString connectionId; ///< Names the connection for good.
    QString connection; ///< Its label at that time.
    qint64 portalId = 0; ///< The HubSpot account; 0: the run writes elsewhere.
    QString note;
    QString revertOf; ///< Id of the run this one reverts, or empty.
    int planned = 0; ///< Rows it sets out to write; 0: not known beforehand.
};

/// How far a run is.
enum class RunState {
    Ended,
    Stopped, ///< Ended before all of its rows.
    UnderWay, ///< Its process is there and has not ended it.
    Interrupted, ///< Its process is gone and has not ended it.
    Open, ///< It has no end, and nobody here can say whether it goes on.
};
/// "ended", "stopped", "underWay", "interrupted", "open".
[[nodiscard]] QString nameOf(RunState state);

/// A run as the journal lists it. The counts are of rows by their last outcome.
struct JournalRun
{
    QString id; ///< UUID.
    QDateTime startedAt; ///< UTC.
    QDateTime endedAt; ///< Invalid: it goes on, or was interrupted.
    QString connectionId; ///< Empty in runs of old versions.
    QString connection; ///< Its label.
    qint64 portalId = 0;
    QString user; ///< Login name on that machine.
    WritingProcess process; ///< Not known of old versions.
    QString note;
    QString revertOf; ///< Id of the run this one reverts, or empty.
    int rows = 0; ///< Planned or noted, whichever is more.
    int applied = 0;
    int unproven = 0; ///< Those of `applied` that re-reading did not prove; their messages say why.
    int failed = 0;
    int conflicting = 0;
    int unknown = 0; ///< Also rows whose outcome was never written down.

    bool operator==(const JournalRun &) const = default;
    [[nodiscard]] bool hasEnded() const { return endedAt.isValid(); }
    [[nodiscard]] RunState state() const;
    /// Rows that were not sent: the run was stopped before them, or still goes on.
    [[nodiscard]] int waiting() const
    {
        return qMax(0, rows - applied - failed - conflicting - unknown);
    }
};

/// What a row of a run is about.
enum class WrittenThing {
    Record,
    Definition, ///< Of a property, by its name.
    Configuration, ///< A configuration object of an IDM server, by its id.
    Link, ///< A link between two objects of an IDM server, by its id.
    Reconciliation, ///< A run of an IDM server that was started or cancelled, by its id there.
    Association, ///< The link between two records of HubSpot: recordId and toId.
    Merge, ///< toId was merged into another record; recordId is the one that remains.
};
/// "record", "definition", "configuration", "link", "reconciliation", "association", "merge".
[[nodiscard]] QString nameOf(WrittenThing thing);

/// One written object of a run with old and new texts.
struct JournalRow
{
    /// Joins intent and outcome within its run, e.g. "contacts/512".
    QString subject;
    QString type; ///< "contacts", "companies"; of an IDM server "config", "link", "recon".
    ChangeKind kind = ChangeKind::Update;
    WrittenThing thing = WrittenThing::Record;
    QString recordId;
    QString toType; ///< Association, merge: of the other record, "contacts" or "companies".
    QString toId; ///< Association, merge: the other record.
    QString label;
    /// Of an archive: all values the record had, each with an empty new text.
    CellChanges cells;
    /// Merge: "primary" and "merged", each all that the portal had of the record before. In
    /// the intent only.
    QJsonObject details;
    /// Create: the record that was merged away and that it makes again, or empty.
    QString rebuilds;
    /// When the portal says the record was modified by this write; invalid: not known. UTC.
    QDateTime writtenAt;
    QString revertOf; ///< Id of the run whose row this one takes back, or empty.
    QString outcome; ///< One of the constants above.
    QString message;

    /// Whether the write is known not to have happened.
    [[nodiscard]] bool wroteNothing() const;
    [[nodiscard]] bool isApplied() const;
    [[nodiscard]] bool isRecord() const { return thing == WrittenThing::Record; }
    [[nodiscard]] bool isAssociation() const { return thing == WrittenThing::Association; }
    [[nodiscard]] bool isMerge() const { return thing == WrittenThing::Merge; }
    [[nodiscard]] bool isDefinition() const { return thing == WrittenThing::Definition; }
};

/// As the journal stores it, without subject and outcome.
[[nodiscard]] QJsonObject bodyOf(const JournalRow &row);
[[nodiscard]] JournalRow rowFrom(const QJsonObject &body);

} // namespace hubkeeper
