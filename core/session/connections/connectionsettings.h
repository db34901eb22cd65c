// SPDX-License-Identifier: MIT
#pragma once

#include "session/connections/connection.h"

#include <QJsonObject>

namespace hubkeeper {

/// One setting of a connection, as it is kept, compared and merged.
enum class ConnectionSetting {
    Label,
    Provisioner,
    Kind,
    Colour,
    ApiVersion,
    BaseUrl,
    AllowRemoteBaseUrl,
    Server,
    Reserve,
    Mode,
    MostRows,
    MostArchives,
    MostPercent,
    ArchiveAllowed,
    ProtectedProperties,
};

/// Every setting and the id, as an entry of `connections.json`.
[[nodiscard]] QJsonObject entryOf(const Connection &connection);

/// Reads an entry. What is missing has its default. A safety setting of a wrong type, an unknown
/// word or a value that cannot be reads as the strictest one, never as the default: mode read-only,
/// one row, no archiving, no other host; an address that is not text is one that nothing is sent
/// to; a list of protected properties that cannot be read makes the connection read-only.
[[nodiscard]] Connection connectionFrom(const QJsonObject &entry);

/// `entry` with the settings in which `after` differs from `before`; all its other members stay,
/// those of a newer version too.
[[nodiscard]] QJsonObject entryWith(QJsonObject entry, const Connection &before,
                                    const Connection &after);

/// The settings in which two connections differ; the id is not one.
[[nodiscard]] QList<ConnectionSetting> differences(const Connection &one, const Connection &other);

/// What two editors made of one connection.
struct ConnectionMerge
{
    Connection merged; ///< `theirs` with what `mine` changed.
    /// Changed by both, to different values; `merged` has mine.
    QList<ConnectionSetting> contested;
};
[[nodiscard]] ConnectionMerge merged(const Connection &base, const Connection &mine,
                                     const Connection &theirs);

/// A connection that becomes a production one becomes read-only with it: nothing that was allowed
/// of a sandbox is meant for production.
void setKind(Connection &connection, ConnectionKind kind);

/// Whether a change lifts a guard of a production portal, so that its label has to be typed: a
/// higher write mode, a lower kind, a higher or no limit, archiving allowed, a property no longer
/// protected, another host allowed.
[[nodiscard]] bool liftsGuard(const Connection &before, const Connection &after);

} // namespace hubkeeper
