// SPDX-License-Identifier: MIT
#pragma once

#include "idm/mappings/mappingfile.h"
#include "idm/mappings/mappingvalidation.h"
#include "provisioner/rules/mappingrules.h"
#include "provisioner/rules/rulecheck.h"
#include "reconcile/mapping/mappingreader.h"

#include <set>

namespace hubkeeper {

/// One entry of `properties` with its place.
struct CheckedProperty
{
    int node = JsonText::none;
    std::optional<QString> source; ///< As it is written; none where it has none.
    QString target; ///< As it is written.
    QJsonValue fallback = QJsonValue::Undefined;
    QJsonValue condition = QJsonValue::Undefined;
    QJsonValue transform = QJsonValue::Undefined;

    /// The attribute at the top that is read or written; empty for none and for the whole object.
    [[nodiscard]] QString sourceAttribute() const;
    [[nodiscard]] QString targetAttribute() const;
    [[nodiscard]] bool hasCondition() const { return isThere(condition); }
    [[nodiscard]] bool hasTransform() const { return isThere(transform); }
    [[nodiscard]] bool hasDefault() const { return isThere(fallback); }
    [[nodiscard]] static bool isThere(const QJsonValue &value)
    {
        return !value.isUndefined() && !value.isNull();
    }
};

/// One entry of `policies` with its place.
struct CheckedPolicy
{
    int node = JsonText::none;
    std::optional<SyncSituation> situation; ///< As IDM finds it.
    std::optional<SyncAction> action; ///< None for a script, and for what is not an action.
    bool hasCondition = false;
    bool hasPostAction = false;
};

/// One mapping of the text, or beside it.
struct CheckedMapping
{
    int node = JsonText::none; ///< None: it is in another file.
    SyncMapping mapping;
    std::vector<CheckedProperty> properties; ///< mostEntries at most.
    std::vector<CheckedPolicy> policies; ///< Likewise.

    /// More is in no mapping that people work with, and what is compared with each other is to end
    /// soon, whatever the file.
    static constexpr qsizetype mostEntries = 1'000;

    /// What may be done: the actions of the policies that are asked, and the default where none of
    /// them is without condition.
    [[nodiscard]] std::set<SyncAction> actions(SyncSituation situation) const;
    [[nodiscard]] bool may(SyncSituation situation, SyncAction action) const
    {
        return actions(situation).contains(action);
    }
    /// The last property with this target: the one that wins.
    [[nodiscard]] const CheckedProperty *writerOf(const QString &target) const;
    [[nodiscard]] bool hasQualification() const;
};

/// What the checks of mappings share.
class MappingCheck
{
public:
    MappingCheck(RuleCheck &reports, const MappingFile &found, const MappingOptions &how);

    RuleCheck &check;
    const JsonText &text;
    const MappingFile &file;
    const MappingOptions &options;
    /// Those that have name, source and target; the ones of the text first.
    std::vector<CheckedMapping> mappings;
    /// With more mappings than this they are not compared with each other.
    static constexpr size_t mostCompared = 200;
    [[nodiscard]] bool compares() const { return mappings.size() <= mostCompared; }

    /// The mappings of the text.
    [[nodiscard]] std::span<const CheckedMapping> own() const
    {
        return std::span(mappings).first(size_t(m_own));
    }
    [[nodiscard]] bool knowsAll() const { return file.isWhole() || options.knowsAllOthers; }
    [[nodiscard]] const CheckedMapping *find(const QString &name) const;
    /// At a member of the mapping, or at its name where that member is missing.
    void reportAt(const Rule &rule, const CheckedMapping &mapping, QLatin1StringView key,
                  const QString &message, std::optional<Fix> fix = {});
    /// At a node, or at the mapping's name if there is none.
    [[nodiscard]] int placeOf(const CheckedMapping &mapping, QLatin1StringView key) const;

private:
    qsizetype m_own = 0;
    QHash<QString, size_t> m_byName; ///< The first of each name.
};

/// Whether a value is a script of the server's own that is built in here.
[[nodiscard]] bool isCorrelationTree(const QJsonValue &script);
[[nodiscard]] bool isJavaScript(const QString &type);
/// "a, b and c" would need grammar; "a, b, c" does not.
[[nodiscard]] QString listed(const QStringList &names);

// The stages, each in the file of its name.
void checkList(MappingCheck &check);
void checkProperties(MappingCheck &check);
void checkScripts(MappingCheck &check);
void checkCorrelations(MappingCheck &check);
void checkPolicies(MappingCheck &check);
void checkRuns(MappingCheck &check);
void checkCircles(MappingCheck &check);

} // namespace hubkeeper
