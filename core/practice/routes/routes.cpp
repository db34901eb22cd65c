// SPDX-License-Identifier: MIT
#include "practice/routes/routes.h"

#include <span>

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

QStringList readScopes()
{
    return {u"crm.objects.{0}.read"_s};
}

QStringList writeScopes()
{
    return {u"crm.objects.{0}.write"_s};
}

/// The records path (hubspot-api 4.1).
QList<Route> recordRoutes()
{
    const QString base = u"crm/objects/*"_s;
    const auto general = Budget::General;
    return {
        {"GET", base, readScopes(), general, listRecords},
        {"POST", base, writeScopes(), general, createOne, true},
        {"POST", base + u"/search"_s, readScopes(), Budget::Search, searchRecords},
        {"POST", base + u"/merge"_s, writeScopes(), general, mergeTwo, true},
        {"POST", base + u"/gdpr-delete"_s, writeScopes(), general, gdprDelete, true},
        {"POST", base + u"/batch/read"_s, readScopes(), general, batchRead},
        {"POST", base + u"/batch/create"_s, writeScopes(), general, batchCreate, true},
        {"POST", base + u"/batch/update"_s, writeScopes(), general, batchUpdate, true},
        {"POST", base + u"/batch/upsert"_s, writeScopes(), general, batchUpsert, true},
        {"POST", base + u"/batch/archive"_s, writeScopes(), general, batchArchive, true},
        {"GET", base + u"/*"_s, readScopes(), general, readOne},
        {"PATCH", base + u"/*"_s, writeScopes(), general, updateOne, true},
        {"DELETE", base + u"/*"_s, writeScopes(), general, archiveOne, true},
    };
}

/// The properties path and validation rules (hubspot-api 7).
QList<Route> propertyRoutes()
{
    const QString base = u"crm/properties/*"_s;
    const QString rules = u"crm/property-validations/*"_s;
    const auto general = Budget::General;
    const QStringList read {u"crm.schemas.{0}.read"_s, u"crm.objects.{0}.read"_s,
                            u"crm.schemas.{0}.write"_s, u"crm.objects.{0}.write"_s};
    const QStringList write {u"crm.schemas.{0}.write"_s};
    return {
        {"GET", base, read, general, listProperties},
        {"POST", base, write, general, createProperty, true},
        {"GET", base + u"/groups"_s, read, general, listGroups},
        {"POST", base + u"/groups"_s, write, general, createGroup, true},
        {"GET", base + u"/groups/*"_s, read, general, readGroup},
        {"PATCH", base + u"/groups/*"_s, write, general, updateGroup, true},
        {"DELETE", base + u"/groups/*"_s, write, general, archiveGroup, true},
        {"POST", base + u"/batch/read"_s, read, general, batchReadProperties},
        {"POST", base + u"/batch/create"_s, write, general, batchCreateProperties, true},
        {"POST", base + u"/batch/archive"_s, write, general, batchArchiveProperties, true},
        {"GET", base + u"/*"_s, read, general, readProperty},
        {"PATCH", base + u"/*"_s, write, general, updateProperty, true},
        {"DELETE", base + u"/*"_s, write, general, archiveProperty, true},
        {"GET", rules, read, general, listRules},
        {"GET", rules + u"/*"_s, read, general, readRules},
        {"GET", rules + u"/*/rule-type/*"_s, read, general, readRule},
        {"PUT", rules + u"/*/rule-type/*"_s, write, general, setRule, true},
    };
}

/// Associations of one record, batches and labels (hubspot-api 9.2).
QList<Route> associationRoutes()
{
    const QString one = u"crm/objects/*/*/associations"_s;
    const QString many = u"crm/associations/*/*"_s;
    const QStringList read {u"crm.objects.{0}.read"_s, u"crm.objects.{0}.write"_s};
    const QStringList write = writeScopes();
    const auto budget = Budget::Association;
    return {
        {"GET", one + u"/*"_s, read, budget, listAssociations},
        {"PUT", one + u"/default/*/*"_s, write, budget, associateDefault, true},
        {"PUT", one + u"/*/*"_s, write, budget, associateLabelled, true},
        {"DELETE", one + u"/*/*"_s, write, budget, removeAssociation, true},
        {"POST", many + u"/batch/read"_s, read, budget, batchReadAssociations},
        {"POST", many + u"/batch/create"_s, write, budget, batchAssociate, true},
        {"POST", many + u"/batch/associate/default"_s, write, budget, batchAssociateDefault, true},
        {"POST", many + u"/batch/archive"_s, write, budget, batchRemoveAssociations, true},
        {"POST", many + u"/batch/labels/archive"_s, write, budget, batchRemoveLabels, true},
        {"GET", many + u"/labels"_s, read, budget, listLabels},
        {"POST", many + u"/labels"_s, write, budget, createLabel, true},
        {"PUT", many + u"/labels"_s, write, budget, renameLabel, true},
        {"DELETE", many + u"/labels/*"_s, write, budget, removeLabel, true},
    };
}

/// The associations of v3, which know types by name and labels not at all.
QList<Route> legacyAssociationRoutes()
{
    const QString many = u"crm/associations/*/*"_s;
    const QStringList read {u"crm.objects.{0}.read"_s, u"crm.objects.{0}.write"_s};
    const auto budget = Budget::Association;
    return {
        {"POST", many + u"/batch/read"_s, read, budget, batchReadLegacy},
        {"POST", many + u"/batch/create"_s, writeScopes(), budget, batchAssociateLegacy, true},
        {"POST", many + u"/batch/archive"_s, writeScopes(), budget, batchRemoveLegacy, true},
        {"GET", many + u"/types"_s, read, budget, listLegacyTypes},
    };
}

/// Owners, account, limits and schemas (hubspot-api 10).
QList<Route> accountRoutes()
{
    const auto general = Budget::General;
    const QStringList owners {u"crm.objects.owners.read"_s};
    const QStringList any {u"crm.objects.contacts.read"_s, u"crm.objects.companies.read"_s,
                           u"crm.objects.contacts.write"_s, u"crm.objects.companies.write"_s};
    const QString usage = u"account-info/api-usage/daily"_s;
    return {
        {"GET", u"crm/owners"_s, owners, general, listOwners},
        {"GET", u"crm/owners/*"_s, owners, general, readOwner},
        {"GET", u"account-info/details"_s, {}, general, accountDetails},
        {"GET", usage, {}, general, dailyUsage},
        {"GET", usage + u"/private-apps"_s, {}, general, dailyUsage},
        {"GET", u"crm/limits/records"_s, any, general, recordLimits},
        {"GET", u"crm/limits/custom-properties"_s, any, general, customPropertyLimits},
        {"GET", u"crm/limits/calculated-properties"_s, any, general, calculatedPropertyLimits},
        {"GET", u"crm/limits/pipelines"_s, any, general, pipelineLimits},
        {"GET", u"crm/limits/custom-object-types"_s, any, general, customTypeLimits},
        {"GET", u"crm/limits/associations/labels"_s, any, general, labelLimits},
        {"GET", u"crm/limits/associations/records/from"_s, any, general, linkLimits},
        {"GET", u"crm/limits/associations/records/*/to"_s, any, general, linkLimitsFrom},
        {"GET", u"crm/limits/associations/records/*/*"_s, any, general, nearLimitRecords},
        {"GET", u"crm/schemas"_s, any, general, listSchemas},
        {"GET", u"crm/schemas/*"_s, any, general, readSchema},
        {"GET", u"crm-object-schemas/schemas"_s, any, general, listSchemas},
        {"GET", u"crm-object-schemas/schemas/*"_s, any, general, readSchema},
    };
}

/// What is left of the v1 API of contacts: additional addresses.
QList<Route> addressRoutes()
{
    const QString base = u"contacts/secondary-email/*"_s;
    const QStringList read {u"crm.objects.contacts.read"_s};
    const QStringList write {u"crm.objects.contacts.write"_s};
    return {
        {"GET", base, read, Budget::General, listAddresses},
        {"PUT", base + u"/email/*"_s, write, Budget::General, addAddress, true},
        {"DELETE", base + u"/email/*"_s, write, Budget::General, removeAddress, true},
    };
}

struct SplitRoute
{
    Route route;
    QStringList segments;
};

QList<SplitRoute> split(const QList<Route> &routes)
{
    QList<SplitRoute> list;
    for (const Route &route : routes)
        list.append({route, route.path.split(u'/')});
    return list;
}

const QList<SplitRoute> &routesOf(const ApiCall &call)
{
    static const QList<SplitRoute> routes =
        split(recordRoutes() + propertyRoutes() + associationRoutes() + accountRoutes()
              + addressRoutes());
    static const QList<SplitRoute> legacy = split(legacyAssociationRoutes());
    const bool isLegacy = call.version == ApiVersion::V3 && call.path.value(1) == "associations"_L1;
    return isLegacy ? legacy : routes;
}

std::optional<QStringList> matched(const QStringList &segments, const QStringList &path)
{
    if (segments.size() != path.size())
        return std::nullopt;
    QStringList args;
    for (qsizetype i = 0; i < path.size(); ++i) {
        if (segments[i] == "*"_L1)
            args.append(path[i]);
        else if (segments[i] != path[i])
            return std::nullopt;
    }
    return args;
}

} // namespace

const Route *routeFor(ApiCall &call, bool &otherMethod)
{
    otherMethod = false;
    for (const SplitRoute &candidate : routesOf(call)) {
        auto args = matched(candidate.segments, call.path);
        if (!args)
            continue;
        if (candidate.route.method == call.wire.method) {
            call.args = *args;
            return &candidate.route;
        }
        otherMethod = true;
    }
    return nullptr;
}

QStringList scopesFor(const Route &route, const ApiCall &call)
{
    const auto type = typeNamed(call.args.value(0));
    QStringList scopes;
    for (QString scope : route.scopes) {
        if (scope.contains(u"{0}"_s) && !type)
            continue; // The route itself refuses the type.
        if (type)
            scope.replace(u"{0}"_s, namesOf(*type).plural);
        scopes.append(scope);
    }
    return scopes;
}

} // namespace hubkeeper::practice
