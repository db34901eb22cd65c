// SPDX-License-Identifier: MIT
#pragma once

#include "net/http.h"
#include "portal/apipaths.h"
#include "portal/association.h"

namespace hubkeeper {

// Writing associations many at a time (hubspot-api 9.2): requests and replies as values, pure. All
// of them set fixed values, so that they may be repeated.

inline constexpr int mostAssociationCreates = 2'000;
/// Records of the first type in one removal.
inline constexpr int mostAssociationRemovals = 100;

/// Two records, and the kinds of link that a request adds between them or takes away. A removal of
/// the whole link has no kinds.
struct AssociationInput
{
    QString fromId;
    QString toId;
    QList<AssociationKind> kinds;
};

/// What the portal says against one pair of a batch; the others of it were carried out.
struct AssociationFault
{
    QString fromId; ///< Empty if the reply names no record.
    QString toId; ///< Empty likewise.
    Error error;

    [[nodiscard]] bool names(const QString &from, const QString &to) const
    {
        return !fromId.isEmpty() && fromId == from && (toId.isEmpty() || toId == to);
    }
};

/// Adds kinds to links and makes those that are missing. The kinds that are there already stay;
/// another primary company takes the place of the one before.
[[nodiscard]] HttpRequest associationCreateRequest(const ApiPaths &paths, ObjectType from,
                                                   ObjectType to,
                                                   const QList<AssociationInput> &inputs);
/// Removes whole links, with all their labels.
[[nodiscard]] HttpRequest associationArchiveRequest(const ApiPaths &paths, ObjectType from,
                                                    ObjectType to,
                                                    const QList<AssociationInput> &inputs);
/// Takes labels off links, which stay.
[[nodiscard]] HttpRequest labelArchiveRequest(const ApiPaths &paths, ObjectType from, ObjectType to,
                                              const QList<AssociationInput> &inputs);

/// The errors of such a reply. None for an empty body, which v4 sends after removals; BadReply for
/// one that is not an object.
[[nodiscard]] Result<QList<AssociationFault>> parseAssociationFaults(const QByteArray &json);

} // namespace hubkeeper
