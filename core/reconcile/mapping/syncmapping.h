// SPDX-License-Identifier: MIT
#pragma once

#include "filter/crestfilter.h"
#include "reconcile/mapping/situation.h"
#include "reconcile/values/propertypointer.h"

#include <QHash>
#include <QJsonObject>
#include <QJsonValue>
#include <QStringList>

#include <optional>
#include <variant>
#include <vector>

namespace hubkeeper {

/// A script of a mapping, as it is written there.
struct MappingScript
{
    QString type; ///< "text/javascript", "groovy", ...
    QString text; ///< Empty where it is a file of the server.
    QString file; ///< Such as "ui/correlateTreeToQueryFilter.js"; empty for inline scripts.
    QJsonObject globals; ///< Its other keys: each is a global of that name.

    bool operator==(const MappingScript &) const = default;
};

/// When something applies: always, where a filter matches, or where a script says so.
using SyncCondition = std::variant<std::monostate, CrestFilter, MappingScript>;

/// One entry of `properties`.
struct MappedProperty
{
    std::optional<PropertyPointer> source; ///< None: there is no source. Empty: the whole object.
    PropertyPointer target;
    SyncCondition condition;
    std::optional<MappingScript> transform;
    QJsonValue fallback = QJsonValue::Undefined; ///< `default`; undefined where there is none.
    QString sourceText; ///< As it is written: correlation takes it as a plain key.
    QString targetText; ///< As it is written.
};

/// One entry of `policies`.
struct SyncPolicy
{
    SyncSituation situation = SyncSituation::Absent;
    std::variant<SyncAction, MappingScript> action = SyncAction::Report;
    SyncCondition condition;
    std::optional<MappingScript> postAction;
};

/// How targets are looked for under one link qualifier.
struct Correlation
{
    MappingScript script;
    QJsonValue tree = QJsonValue::Undefined; ///< expressionTree.
    QString treeMapping; ///< The mapping whose properties the tree uses.
    bool isQuery = true; ///< Gives a query; else a list of objects (correlationScript).
};

/// A mapping of config/sync as a value. Whatever is wrong in it is kept as a reason, because
/// OpenIDM 6.3.0 takes nearly everything and breaks the run off instead (recon-vectors, facts 38 to
/// 41).
struct SyncMapping
{
    QString name;
    QString source; ///< "managed/user".
    QString target;
    QString links; ///< The mapping whose links are used; its own name where it names none.
    bool linksReversed = false; ///< That mapping has the ends the other way round.

    std::vector<MappedProperty> properties; ///< In their order: later ones win.
    std::vector<SyncPolicy> policies; ///< In their order: the first that fits wins.
    std::optional<MappingScript> validSource;
    std::optional<MappingScript> validTarget;
    SyncCondition sourceCondition;
    QHash<QString, Correlation> correlations; ///< By link qualifier.
    std::optional<MappingScript> linkQualifierScript;
    QStringList linkQualifiers; ///< Where there is no script; "default" at least.

    /// onCreate, onUpdate, onDelete, onLink, onUnlink, onRecon, result, postMapping.
    QHash<QString, MappingScript> hooks;

    bool enableSync = true;
    bool enableLinking = true;
    bool allowEmptySourceSet = false;
    std::optional<bool> runTargetPhase; ///< None: true for recon, false for reconById.
    bool correlateEmptyTargetSet = false;
    bool prefetchLinks = true;
    bool sourceIdsCaseSensitive = true;
    bool targetIdsCaseSensitive = true;
    int taskThreads = 10; ///< 0: one thread, in the order of the query.
    QJsonObject sourceQuery; ///< Empty: all ids.
    QJsonObject targetQuery;
    std::optional<bool> sourceQueryFullEntry;
    std::optional<bool> targetQueryFullEntry;

    /// Not empty: the first object of a run breaks it off, for this reason.
    QString breaks;

    QJsonObject asWritten;
};

/// All mappings of a server.
struct SyncMappings
{
    std::vector<SyncMapping> mappings;
    /// Not empty: the server knows no mapping at all, for this reason (fact 41).
    QString unknown;

    /// Null if there is none of this name, or `unknown` says that there are none.
    [[nodiscard]] const SyncMapping *find(const QString &name) const;
};

} // namespace hubkeeper
