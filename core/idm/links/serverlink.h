// SPDX-License-Identifier: MIT
#pragma once

#include "idm/reading/pagedread.h"

#include <QJsonObject>

namespace hubkeeper {

/// A link of a server's repository: this source object belongs to that target object.
struct ServerLink
{
    QString id;
    QString revision; ///< A delete needs exactly this one (idm-rest 9.1).
    QString type; ///< The mapping that owns the links.
    QString qualifier;
    std::optional<QString> firstId; ///< Of the owner's source; nothing: null.
    std::optional<QString> secondId;

    bool operator==(const ServerLink &) const = default;
    /// "m1 - 102 (default)".
    [[nodiscard]] QString text() const;
};

/// BadReply for what has no `_id`.
[[nodiscard]] Result<ServerLink> serverLinkFrom(const QJsonObject &json);
/// As the repository keeps it, `_id` and `_rev` included.
[[nodiscard]] QJsonObject serverLinkJson(const ServerLink &link);

/// Which way round a mapping reads links, and whose they are.
struct LinkUse
{
    QString mapping;
    QString type; ///< Its own name, or that of `links`.
    bool isReversed = false; ///< firstId is the id of the mapping's target.
    QString source; ///< Collections of the mapping.
    QString target;

    [[nodiscard]] std::optional<QString> sourceId(const ServerLink &link) const;
    [[nodiscard]] std::optional<QString> targetId(const ServerLink &link) const;
};

/// All links of a type, read page by page. Forbidden or NotFound where the repository cannot be
/// asked, as in the cloud; its remedy says so.
[[nodiscard]] Call<QList<ServerLink>> *readLinks(IdmClient &client, const QString &type,
                                                 QObject *parent);

enum class LinkEnd { First, Second };

/// The links of a type that have this id at one end. Fails as readLinks().
[[nodiscard]] Call<QList<ServerLink>> *readLinksOf(IdmClient &client, const QString &type,
                                                   LinkEnd end, const QString &id, QObject *parent);

/// One link; NotFound if it is not there.
[[nodiscard]] Call<ServerLink> *readLink(IdmClient &client, const QString &id, QObject *parent);

} // namespace hubkeeper
