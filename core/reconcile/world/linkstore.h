// SPDX-License-Identifier: MIT
#pragma once

#include "reconcile/world/objectaccess.h"

#include <QList>
#include <QString>

#include <optional>

namespace hubkeeper {

/// One link as repo/link keeps it.
struct SyncLink
{
    QString id;
    QString type; ///< The name of the mapping that owns it.
    QString qualifier;
    QString firstId; ///< Null: OpenIDM 6.3.0 leaves such links behind (facts, 2).
    QString secondId;

    bool operator==(const SyncLink &) const = default;
};

/// The links of a server. Called in the thread of the run, one call at a time.
///
/// Create and update refuse a second link with the same type, qualifier and first id, or with the
/// same type, qualifier and second id; null ids are not compared (facts 40).
class LinkStore
{
public:
    virtual ~LinkStore() = default;

    [[nodiscard]] virtual std::optional<SyncLink>
    findByFirst(const QString &type, const QString &qualifier, const QString &id) = 0;
    [[nodiscard]] virtual std::optional<SyncLink>
    findBySecond(const QString &type, const QString &qualifier, const QString &id) = 0;
    /// All links of a type and a qualifier.
    [[nodiscard]] virtual QList<SyncLink> links(const QString &type, const QString &qualifier) = 0;

    /// One of them that has no first, or no second, id.
    [[nodiscard]] virtual std::optional<SyncLink>
    findHalf(const QString &type, const QString &qualifier, bool withoutFirst);

    /// `link.id` is given by the store.
    [[nodiscard]] virtual Answer<SyncLink> create(const SyncLink &link) = 0;
    [[nodiscard]] virtual Answer<SyncLink> update(const SyncLink &link) = 0;
    [[nodiscard]] virtual Answer<void> remove(const SyncLink &link) = 0;
};

} // namespace hubkeeper
