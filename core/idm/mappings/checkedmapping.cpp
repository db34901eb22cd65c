// SPDX-License-Identifier: MIT
#include "idm/mappings/checkedmapping.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QString firstStep(const QString &pointer)
{
    const QStringList steps = PropertyPointer(pointer).steps();
    return steps.isEmpty() ? QString() : steps.first();
}

std::vector<CheckedProperty> propertiesOf(const JsonText &text, int mapping)
{
    std::vector<CheckedProperty> properties;
    for (const int node : Children(text, text.member(mapping, "properties"_L1))) {
        if (properties.size() == size_t(CheckedMapping::mostEntries))
            break;
        const QJsonObject json = text.valueOf(node).toObject();
        if (!json["target"_L1].isString())
            continue;
        CheckedProperty property;
        property.node = node;
        property.target = json["target"_L1].toString();
        if (json["source"_L1].isString())
            property.source = json["source"_L1].toString();
        property.fallback = json["default"_L1];
        property.condition = json["condition"_L1];
        property.transform = json["transform"_L1];
        properties.push_back(std::move(property));
    }
    return properties;
}

std::vector<CheckedPolicy> policiesOf(const JsonText &text, int mapping)
{
    std::vector<CheckedPolicy> policies;
    for (const int node : Children(text, text.member(mapping, "policies"_L1))) {
        if (policies.size() == size_t(CheckedMapping::mostEntries))
            break;
        const QJsonObject json = text.valueOf(node).toObject();
        CheckedPolicy policy;
        policy.node = node;
        policy.situation = situationOf(json["situation"_L1].toString());
        policy.action = actionOf(json["action"_L1].toString().toUpper());
        policy.hasCondition = CheckedProperty::isThere(json["condition"_L1]);
        policy.hasPostAction = CheckedProperty::isThere(json["postAction"_L1]);
        policies.push_back(policy);
    }
    return policies;
}

std::optional<SyncMapping> readOne(const QJsonValue &value)
{
    auto read = readMappings(QJsonArray {value});
    if (!read)
        return std::nullopt;
    return std::move(read->mappings.front());
}

} // namespace

QString CheckedProperty::sourceAttribute() const
{
    return source ? firstStep(*source) : QString();
}

QString CheckedProperty::targetAttribute() const
{
    return firstStep(target);
}

std::set<SyncAction> CheckedMapping::actions(SyncSituation situation) const
{
    std::set<SyncAction> found;
    for (const CheckedPolicy &policy : policies) {
        if (policy.situation != situation)
            continue;
        if (policy.action)
            found.insert(*policy.action);
        if (!policy.hasCondition)
            return found;
    }
    found.insert(defaultAction(situation));
    return found;
}

const CheckedProperty *CheckedMapping::writerOf(const QString &target) const
{
    const auto it =
        std::find_if(properties.rbegin(), properties.rend(), [&](const CheckedProperty &property) {
            return property.targetAttribute() == target;
        });
    return it == properties.rend() ? nullptr : &*it;
}

bool CheckedMapping::hasQualification() const
{
    return mapping.validSource || mapping.validTarget
        || !std::holds_alternative<std::monostate>(mapping.sourceCondition);
}

MappingCheck::MappingCheck(RuleCheck &reports, const MappingFile &found, const MappingOptions &how)
    : check(reports)
    , text(reports.text)
    , file(found)
    , options(how)
{
    for (const int node : file.mappings) {
        if (auto mapping = readOne(text.valueOf(node)))
            mappings.push_back(
                {node, *std::move(mapping), propertiesOf(text, node), policiesOf(text, node)});
    }
    m_own = qsizetype(mappings.size());
    for (const QJsonValue &other : how.others) {
        if (auto mapping = readOne(other))
            mappings.push_back({JsonText::none, *std::move(mapping), {}, {}});
    }
    for (size_t i = 0; i < mappings.size(); ++i) {
        if (!m_byName.contains(mappings[i].mapping.name))
            m_byName.insert(mappings[i].mapping.name, i);
    }
}

const CheckedMapping *MappingCheck::find(const QString &name) const
{
    const auto it = m_byName.constFind(name);
    return it == m_byName.cend() ? nullptr : &mappings[*it];
}

int MappingCheck::placeOf(const CheckedMapping &mapping, QLatin1StringView key) const
{
    const int member = text.member(mapping.node, key);
    return member != JsonText::none ? member : text.member(mapping.node, "name"_L1);
}

void MappingCheck::reportAt(const Rule &rule, const CheckedMapping &mapping, QLatin1StringView key,
                            const QString &message, std::optional<Fix> fix)
{
    check.report(rule, placeOf(mapping, key), message, std::move(fix));
}

bool isCorrelationTree(const QJsonValue &script)
{
    return script["file"_L1].toString().endsWith("ui/correlateTreeToQueryFilter.js"_L1);
}

bool isJavaScript(const QString &type)
{
    return type.contains("javascript"_L1, Qt::CaseInsensitive);
}

QString listed(const QStringList &names)
{
    return names.join(u", "_s);
}

} // namespace hubkeeper
