// SPDX-License-Identifier: MIT
#pragma once

#include "practice/idm/systems/connector.h"

namespace hubkeeper::practice {

class PortalState;

/// The connector of the shipped provisioner; its objects are the records of a practice portal in
/// the same thread. Legacy attribute names are served from today's properties (idm-connector 1.4).
/// Reads what the portal has stored, without search's delay. Contacts and companies can be written;
/// owners and definitions of properties are read only here.
class HubSpotBundle final : public ConnectorBundle
{
public:
    /// The portal outlives everything that comes from here.
    explicit HubSpotBundle(PortalState &portal);

    [[nodiscard]] QStringList confidential() const override;
    [[nodiscard]] QStringList required() const override;
    [[nodiscard]] QJsonObject defaults() const override;
    [[nodiscard]] QJsonObject objectTypes() const override;
    [[nodiscard]] QStringList operations() const override;
    [[nodiscard]] std::unique_ptr<Connector> open(const QJsonObject &properties) const override;

private:
    PortalState &m_portal;
};

/// The shipped sample files, as they are installed with the program.
[[nodiscard]] QJsonObject shippedProvisioner();
[[nodiscard]] QJsonObject shippedMappings();

} // namespace hubkeeper::practice
