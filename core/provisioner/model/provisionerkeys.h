// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/model/serverprofile.h"
#include "provisioner/text/jsontext.h"

#include <QStringList>

#include <span>

namespace hubkeeper {

/// A top-level key of a provisioner (idm-connector 2.2).
struct ProvisionerKey
{
    const char *name;
    JsonKind kind; ///< What its value has to be.
    bool commercial = true; ///< Known to that server.
    bool community = true;
};

[[nodiscard]] std::span<const ProvisionerKey> provisionerKeys();
/// Those a server knows.
[[nodiscard]] QStringList provisionerKeyNames(ServerProfile profile);

/// The members of connectorRef (idm-connector 2.3).
[[nodiscard]] const QStringList &connectorRefKeys();
/// The members of poolConfigOption (idm-connector 2.4); all are whole numbers.
[[nodiscard]] const QStringList &poolKeys();
/// The members of resultsHandlerConfig (idm-connector 2.4); all are booleans.
[[nodiscard]] const QStringList &resultsHandlerKeys();
/// The operations of the framework as operationTimeout names them (idm-connector 2.4).
[[nodiscard]] const QStringList &operationNames();

/// What names the HubSpot connector (idm-connector 1.1).
namespace connector {
inline constexpr QLatin1StringView bundleName {
    "org.forgerock.openicf.connectors.hubspot-connector"};
inline constexpr QLatin1StringView connectorName {
    "org.forgerock.openicf.connectors.hubspot.HubspotConnector"};
inline constexpr QLatin1StringView systemType {"provisioner.openicf"};
inline constexpr QLatin1StringView usualVersions {"[1.5.0.0,1.6.0.0)"};
} // namespace connector

} // namespace hubkeeper
