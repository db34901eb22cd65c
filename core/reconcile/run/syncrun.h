// SPDX-License-Identifier: MIT
#pragma once

#include "reconcile/run/keptrows.h"
#include "reconcile/run/reconciliation.h"
#include "reconcile/run/synctrouble.h"

#include <QHash>
#include <QSet>

#include <optional>

namespace hubkeeper {

/// What the objects of one run share: the mapping, what was read at the start, and how scripts,
/// conditions and links are asked.
class SyncRun
{
public:
    SyncRun(const SyncMappings &all, const SyncMapping &mapping, const SyncWorld &world);

    using Words = std::function<QString()>;
    using Values = std::function<QJsonObject()>;

    const SyncMappings &all;
    const SyncMapping &mapping;
    const SyncWorld &world;

    /// The list of targets at the start; none where the run has no target phase.
    std::optional<QSet<QString>> targets;
    /// Rows of that list, where they count as whole objects.
    KeptRows targetRows;
    QStringList serverScripts; ///< What only the server can run, each once.

    /// What a script gives: undefined where it gives nothing. `after` gets the globals in
    /// `changed`.
    [[nodiscard]] Found<QJsonValue> evaluate(const MappingScript &script, const QString &where,
                                             const QJsonObject &globals,
                                             const QStringList &changed = {},
                                             QJsonObject *after = nullptr);

    /// Whether a condition holds; a script that gives no boolean does not (fact 20).
    /// Most properties have none: its name and what it sees are made only if it is asked.
    [[nodiscard]] Found<bool> holds(const SyncCondition &condition, const Words &where,
                                    const Values &values);

    /// The link qualifiers of an object, or all there are.
    [[nodiscard]] Found<QStringList> qualifiersOf(const QJsonValue &object);
    [[nodiscard]] Found<QStringList> allQualifiers();

    [[nodiscard]] QString normalSource(const QString &id) const;
    [[nodiscard]] QString normalTarget(const QString &id) const;

    [[nodiscard]] std::optional<SyncLink> linkOfSource(const QString &qualifier, const QString &id);
    [[nodiscard]] std::optional<SyncLink> linkOfTarget(const QString &qualifier, const QString &id);
    /// Null where the link has none.
    [[nodiscard]] QString sourceIdOf(const SyncLink &link) const;
    [[nodiscard]] QString targetIdOf(const SyncLink &link) const;
    [[nodiscard]] SyncLink linkBetween(const QString &qualifier, const QString &sourceId,
                                       const QString &targetId) const;

    /// Reads the links where the mapping does so first. A link without source breaks the run off.
    [[nodiscard]] Step prefetchLinks();
    /// Links were read first, for these qualifiers.
    [[nodiscard]] bool isPrefetched() const { return m_prefetched.has_value(); }
    [[nodiscard]] bool knows(const QString &qualifier) const;

private:
    [[nodiscard]] std::optional<SyncLink> linkOf(const QString &qualifier, const QString &id,
                                                 bool first, bool caseSensitive);
    [[nodiscard]] Found<QStringList> qualifiers(const QJsonValue &object, bool returnAll);

    /// The links of a qualifier at the start of the run, by an id in lower case.
    [[nodiscard]] const QHash<QString, SyncLink> &lowered(const QString &qualifier, bool first);

    std::optional<QStringList> m_prefetched;
    QHash<QString, QHash<QString, SyncLink>> m_lowered;
};

} // namespace hubkeeper
