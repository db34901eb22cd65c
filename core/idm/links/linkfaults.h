// SPDX-License-Identifier: MIT
#pragma once

#include "idm/links/serverlink.h"
#include "idm/reconciliation/auditentry.h"

#include <QSet>

namespace hubkeeper {

/// What is wrong with a link.
enum class LinkFault {
    NoSource, ///< Its source id is null: every later run of the mapping breaks (fact table 2).
    NoTarget, ///< Its target id is null.
    SourceGone, ///< There is no such source object.
    TargetGone, ///< There is no such target object.
    BothGone,
    Occupies, ///< It keeps the target of a source that was FOUND_ALREADY_LINKED.
};

/// "noSource", "noTarget", "sourceGone", "targetGone", "bothGone", "occupies".
[[nodiscard]] QString nameOf(LinkFault fault);
/// One sentence for people.
[[nodiscard]] QString textOf(LinkFault fault);

/// A link with what is wrong with it.
struct FaultyLink
{
    ServerLink link;
    LinkFault fault = LinkFault::SourceGone;
    QString other; ///< Of Occupies: the source object that wants the target.

    bool operator==(const FaultyLink &) const = default;
};

/// The ids both sides have; nothing: not known, so that nothing is said about that side.
struct SideIds
{
    std::optional<QSet<QString>> sources;
    std::optional<QSet<QString>> targets;
};

/// The links that are at fault, each once, in their order. `entries` are those of a run; of them
/// only FOUND_ALREADY_LINKED counts. An occupying link whose own source is there is not at fault by
/// itself: it is named so that somebody can decide. Pure.
[[nodiscard]] QList<FaultyLink> faultyLinks(const QList<ServerLink> &links, const LinkUse &use,
                                            const SideIds &sides,
                                            const QList<AuditEntry> &entries = {});

/// Reads the ids of all objects of a collection.
[[nodiscard]] Call<QSet<QString>> *readIds(IdmClient &client, const QString &collection,
                                           QObject *parent);

/// Whether an object is there, asked for by its id. Ids may hold anything.
[[nodiscard]] Call<bool> *isThere(IdmClient &client, const QString &collection, const QString &id,
                                  QObject *parent);

} // namespace hubkeeper
