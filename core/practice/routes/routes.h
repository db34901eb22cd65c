// SPDX-License-Identifier: MIT
#pragma once

#include "practice/state/apicall.h"
#include "practice/state/portalstate.h"

namespace hubkeeper::practice {

using RouteHandler = Reply (*)(PortalState &, const ApiCall &);

/// One operation of the API.
struct Route
{
    QByteArray method;
    QString path; ///< Without version; "*" stands for one segment, which becomes an argument.
    QStringList scopes; ///< Any one is enough; "{0}" is the plural name of argument 0.
    Budget budget = Budget::General;
    RouteHandler handler = nullptr;
    bool isWrite = false;
};

/// The operation of a call, with the call's `args` filled in; nullptr for unknown paths.
/// `otherMethod` says whether the path exists under another method.
[[nodiscard]] const Route *routeFor(ApiCall &call, bool &otherMethod);

/// The scopes of the route for this call.
[[nodiscard]] QStringList scopesFor(const Route &route, const ApiCall &call);

// Records (hubspot-api 4, 5, 6)
Reply listRecords(PortalState &state, const ApiCall &call);
Reply createOne(PortalState &state, const ApiCall &call);
Reply readOne(PortalState &state, const ApiCall &call);
Reply updateOne(PortalState &state, const ApiCall &call);
Reply archiveOne(PortalState &state, const ApiCall &call);
Reply mergeTwo(PortalState &state, const ApiCall &call);
/// Additional e-mail addresses of a contact, of the v1 API.
Reply listAddresses(PortalState &state, const ApiCall &call);
Reply addAddress(PortalState &state, const ApiCall &call);
Reply removeAddress(PortalState &state, const ApiCall &call);
Reply gdprDelete(PortalState &state, const ApiCall &call);
Reply batchRead(PortalState &state, const ApiCall &call);
Reply batchArchive(PortalState &state, const ApiCall &call);
Reply batchCreate(PortalState &state, const ApiCall &call);
Reply batchUpdate(PortalState &state, const ApiCall &call);
Reply batchUpsert(PortalState &state, const ApiCall &call);
Reply searchRecords(PortalState &state, const ApiCall &call);

// Properties (hubspot-api 7)
Reply listProperties(PortalState &state, const ApiCall &call);
Reply readProperty(PortalState &state, const ApiCall &call);
Reply createProperty(PortalState &state, const ApiCall &call);
Reply updateProperty(PortalState &state, const ApiCall &call);
Reply archiveProperty(PortalState &state, const ApiCall &call);
Reply batchReadProperties(PortalState &state, const ApiCall &call);
Reply batchCreateProperties(PortalState &state, const ApiCall &call);
Reply batchArchiveProperties(PortalState &state, const ApiCall &call);
Reply listGroups(PortalState &state, const ApiCall &call);
Reply readGroup(PortalState &state, const ApiCall &call);
Reply createGroup(PortalState &state, const ApiCall &call);
Reply updateGroup(PortalState &state, const ApiCall &call);
Reply archiveGroup(PortalState &state, const ApiCall &call);
Reply listRules(PortalState &state, const ApiCall &call);
Reply readRules(PortalState &state, const ApiCall &call);
Reply readRule(PortalState &state, const ApiCall &call);
Reply setRule(PortalState &state, const ApiCall &call);

// Associations (hubspot-api 9)
Reply listAssociations(PortalState &state, const ApiCall &call);
Reply associateDefault(PortalState &state, const ApiCall &call);
Reply associateLabelled(PortalState &state, const ApiCall &call);
Reply removeAssociation(PortalState &state, const ApiCall &call);
Reply batchReadAssociations(PortalState &state, const ApiCall &call);
Reply batchAssociate(PortalState &state, const ApiCall &call);
Reply batchAssociateDefault(PortalState &state, const ApiCall &call);
Reply batchRemoveAssociations(PortalState &state, const ApiCall &call);
Reply batchRemoveLabels(PortalState &state, const ApiCall &call);
Reply batchReadLegacy(PortalState &state, const ApiCall &call);
Reply batchAssociateLegacy(PortalState &state, const ApiCall &call);
Reply batchRemoveLegacy(PortalState &state, const ApiCall &call);
Reply listLegacyTypes(PortalState &state, const ApiCall &call);
Reply listLabels(PortalState &state, const ApiCall &call);
Reply createLabel(PortalState &state, const ApiCall &call);
Reply renameLabel(PortalState &state, const ApiCall &call);
Reply removeLabel(PortalState &state, const ApiCall &call);

// Owners, account, limits (hubspot-api 10)
Reply listOwners(PortalState &state, const ApiCall &call);
Reply readOwner(PortalState &state, const ApiCall &call);
Reply accountDetails(PortalState &state, const ApiCall &call);
Reply dailyUsage(PortalState &state, const ApiCall &call);
Reply recordLimits(PortalState &state, const ApiCall &call);
Reply customPropertyLimits(PortalState &state, const ApiCall &call);
Reply calculatedPropertyLimits(PortalState &state, const ApiCall &call);
Reply pipelineLimits(PortalState &state, const ApiCall &call);
Reply labelLimits(PortalState &state, const ApiCall &call);
Reply linkLimits(PortalState &state, const ApiCall &call);
Reply linkLimitsFrom(PortalState &state, const ApiCall &call);
Reply nearLimitRecords(PortalState &state, const ApiCall &call);
Reply customTypeLimits(PortalState &state, const ApiCall &call);
Reply listSchemas(PortalState &state, const ApiCall &call);
Reply readSchema(PortalState &state, const ApiCall &call);

/// The authorize page, GET and the POST of its form; nothing for other paths (hubspot-api 3.2).
[[nodiscard]] std::optional<Reply> authorizePage(PortalState &state, const Received &request);

/// Token endpoints of all versions; nothing for other paths (hubspot-api 3.4, 3.5).
[[nodiscard]] std::optional<Reply> tokenEndpoint(PortalState &state, const Received &request);

/// /practice/...: faults, switches, clock, reset, request log (see README.md); nothing for other
/// paths. Needs the control token and a loopback Host header.
[[nodiscard]] std::optional<Reply> controlEndpoint(PortalState &state, const Received &request,
                                                   const QByteArray &controlToken);

} // namespace hubkeeper::practice
