// SPDX-License-Identifier: MIT
#include "practice/data/valuerules.h"
#include "practice/routes/routes.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

Outcome<QJsonObject> groupArgument(PortalState &state, const ApiCall &call)
{
    const auto type = typeArgument(call);
    if (!type)
        return refuse(type.error());
    const auto group = state.catalogue(*type).group(call.args[1]);
    if (!group)
        return refuse(notFound());
    return *group;
}

QJsonObject ruleJson(const QString &type, const QJsonArray &arguments)
{
    return {{u"ruleType"_s, type},
            {u"ruleArguments"_s, arguments},
            {u"shouldApplyNormalization"_s, false}};
}

QJsonArray rulesJson(const Property &property)
{
    QJsonArray rules;
    for (auto it = property.rules.begin(); it != property.rules.end(); ++it)
        rules.append(ruleJson(it.key(), it.value()));
    return rules;
}

} // namespace

Reply listGroups(PortalState &state, const ApiCall &call)
{
    const auto type = typeArgument(call);
    if (!type)
        return type.error();
    QJsonArray results;
    for (const QJsonObject &group : state.catalogue(*type).groups())
        results.append(group);
    return jsonReply({{u"results"_s, results}});
}

Reply readGroup(PortalState &state, const ApiCall &call)
{
    const auto group = groupArgument(state, call);
    return group ? jsonReply(*group) : group.error();
}

Reply createGroup(PortalState &state, const ApiCall &call)
{
    const auto type = typeArgument(call);
    if (!type)
        return type.error();
    const QString name = call.body().value("name"_L1).toString();
    const QString label = call.body().value("label"_L1).toString();
    if (name.isEmpty() || label.isEmpty())
        return invalid(u"Some required fields were not set: [name, label]"_s);
    if (state.catalogue(*type).group(name))
        return errorReply(409, u"OBJECT_ALREADY_EXISTS"_s,
                          u"A property group named '%1' already exists."_s.arg(name));
    const QJsonObject group {{u"name"_s, name},
                             {u"label"_s, label},
                             {u"displayOrder"_s, call.body().value("displayOrder"_L1).toInt(-1)},
                             {u"archived"_s, false}};
    state.catalogue(*type).putGroup(group);
    return jsonReply(group, 201);
}

Reply updateGroup(PortalState &state, const ApiCall &call)
{
    auto group = groupArgument(state, call);
    if (!group)
        return group.error();
    for (const QString &member : {u"label"_s, u"displayOrder"_s}) {
        if (call.body().contains(member))
            group->insert(member, call.body().value(member));
    }
    state.catalogue(*typeArgument(call)).putGroup(*group);
    return jsonReply(*group);
}

Reply archiveGroup(PortalState &state, const ApiCall &call)
{
    const auto group = groupArgument(state, call);
    if (!group)
        return group.error();
    Catalogue &catalogue = state.catalogue(*typeArgument(call));
    if (catalogue.groupIsUsed(call.args[1]))
        return invalid(u"The property group '%1' still has properties."_s.arg(call.args[1]),
                       {{u"subCategory"_s, u"PropertyGroupError.GROUP_WITH_ACTIVE_PROPERTIES"_s}});
    catalogue.removeGroup(call.args[1]);
    return emptyReply(204);
}

Reply listRules(PortalState &state, const ApiCall &call)
{
    const auto type = typeArgument(call);
    if (!type)
        return type.error();
    QJsonArray results;
    for (const auto &[name, property] : state.catalogue(*type).all()) {
        if (!property.rules.isEmpty() && !property.archived)
            results.append(QJsonObject {{u"propertyName"_s, property.name},
                                        {u"propertyValidationRules"_s, rulesJson(property)}});
    }
    return jsonReply({{u"results"_s, results}});
}

Reply readRules(PortalState &state, const ApiCall &call)
{
    const auto type = typeArgument(call);
    if (!type)
        return type.error();
    const Property *property = state.catalogue(*type).live(call.args[1]);
    return property ? jsonReply({{u"results"_s, rulesJson(*property)}}) : notFound();
}

Reply readRule(PortalState &state, const ApiCall &call)
{
    const auto type = typeArgument(call);
    if (!type)
        return type.error();
    const Property *property = state.catalogue(*type).live(call.args[1]);
    if (!property || !property->rules.contains(call.args[2]))
        return notFound();
    return jsonReply(ruleJson(call.args[2], property->rules.value(call.args[2])));
}

Reply setRule(PortalState &state, const ApiCall &call)
{
    const auto type = typeArgument(call);
    if (!type)
        return type.error();
    if (!state.catalogue(*type).live(call.args[1]))
        return notFound();
    if (!isRuleType(call.args[2]))
        return invalid(u"'%1' is not a rule type"_s.arg(call.args[2]));
    state.catalogue(*type).setRule(call.args[1], call.args[2],
                                   call.body().value("ruleArguments"_L1).toArray());
    return emptyReply(204);
}

} // namespace hubkeeper::practice
