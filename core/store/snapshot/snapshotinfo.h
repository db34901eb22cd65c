// SPDX-License-Identifier: MIT
#pragma once

#include "portal/account.h"
#include "portal/association.h"
#include "portal/packedrecord.h"
#include "portal/property.h"

#include <QJsonObject>

namespace hubkeeper {

/// How much of what it should hold a snapshot holds.
enum class SnapshotState {
    Unfinished, ///< Being taken, or the program that took it ended meanwhile: it can go on.
    Complete,
    Partial, ///< Finished, and something is not in it: SnapshotInfo::gaps.
};

/// "unfinished", "complete", "partial".
[[nodiscard]] QString nameOf(SnapshotState state);

/// The links that a snapshot holds: of contacts with companies in that direction only, which is
/// the other one turned round.
struct SnapshotPair
{
    ObjectType from = ObjectType::Contacts;
    ObjectType to = ObjectType::Companies;

    bool operator==(const SnapshotPair &) const = default;
};
inline constexpr std::array<SnapshotPair, 3> snapshotPairs {
    SnapshotPair {ObjectType::Contacts, ObjectType::Companies},
    SnapshotPair {ObjectType::Contacts, ObjectType::Contacts},
    SnapshotPair {ObjectType::Companies, ObjectType::Companies}};

/// The records of one type in a snapshot.
struct SnapshotPart
{
    ObjectType type = ObjectType::Contacts;
    QStringList properties; ///< Columns, sorted as PackedColumns sorts them.
    QDateTime begun; ///< UTC, by the portal's clock: from then on it was read.
    QDateTime ended; ///< Invalid: not all of it was read.
    QDateTime linksRead; ///< When the associations were, likewise.
    /// Ids that have not been read yet, as JSON; empty once all were. Written with the records, so
    /// that another program can go on.
    QByteArray rest;
    qint64 records = -1; ///< Once it has ended.
};

/// What a snapshot is of.
struct SnapshotInfo
{
    qint64 portalId = 0;
    QString portalName;
    QString connection; ///< Label of the connection it was taken over.
    QString connectionId; ///< Its id, which no other has; empty in files of old versions.
    QString apiVersion;
    QString program; ///< That took it: "Hubkeeper 1.0".
    QDateTime begun; ///< UTC, by the portal's clock.
    QDateTime ended; ///< Invalid while it is unfinished.
    QDateTime basedOn; ///< Of an incremental one: when the one before was begun.
    QString condition; ///< Which records, for people; empty: all.
    SnapshotState state = SnapshotState::Unfinished;
    QStringList gaps; ///< Sentences: what is not in it.
    QStringList notes; ///< Sentences: what happened while it was taken.
    QList<SnapshotPart> parts;

    [[nodiscard]] const SnapshotPart *part(ObjectType type) const;
    /// "Acme (4711)", or the id alone.
    [[nodiscard]] QString portalText() const;
};

/// The associations of one record, as a snapshot keeps them.
struct SnapshotLinks
{
    qint64 fromId = 0;
    QList<Association> links; ///< By id of the other record; labels are in SnapshotSchema.
};

/// What a portal had besides records.
struct SnapshotSchema
{
    QList<PropertyDefinition> definitions;
    QList<QJsonObject> groups; ///< Of properties (hubspot-api 7.4), as the portal sent them.
};

/// The kinds of link between two types.
struct SnapshotLabels
{
    SnapshotPair pair;
    QList<AssociationLabel> labels;
};

} // namespace hubkeeper
