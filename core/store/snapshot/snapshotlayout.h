// SPDX-License-Identifier: MIT
#pragma once

#include "store/snapshot/snapshotinfo.h"

#include <QCryptographicHash>

#include <stop_token>

namespace SQLite {
class Database;
class Statement;
} // namespace SQLite

namespace hubkeeper {

// How a snapshot lies in its file; for the sources of this room.

inline constexpr int snapshotApplication = 0x48756253; ///< "HubS".
inline constexpr int snapshotVersion = 1;

/// Makes the tables of an empty file.
void makeSnapshotTables(SQLite::Database &database);

/// All that is said of it but the seal, as one JSON object, and back.
[[nodiscard]] QByteArray snapshotInfoJson(const SnapshotInfo &info);
[[nodiscard]] SnapshotInfo snapshotInfoFrom(const QByteArray &json);
[[nodiscard]] QByteArray ownersJson(const QList<Owner> &owners);
[[nodiscard]] QList<Owner> ownersFrom(const QByteArray &json);

/// The links of a record in few bytes: for each "id", then for each kind " category number", and a
/// line feed.
[[nodiscard]] QByteArray linkBytes(const QList<Association> &links);
[[nodiscard]] QList<Association> linksFrom(QByteArrayView bytes);

[[nodiscard]] int pairNumber(SnapshotPair pair);

/// id, created, updated, archived and cells are the columns of the statement.
[[nodiscard]] PackedRecord packedRecordFrom(SQLite::Statement &statement);

/// BLAKE2b over everything that the file holds, in an order of its own, whatever that of the
/// writing was. Throws SQLite::Exception; gives an empty text once `stop` says so.
[[nodiscard]] QByteArray snapshotDigest(SQLite::Database &database, const std::stop_token &stop);

} // namespace hubkeeper
