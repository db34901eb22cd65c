// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"
#include "connector/connectorcontext.h"
#include "connector/connectorwriter.h"

namespace hubkeeper {

/// Delete: reads first, since HubSpot answers 204 for a record that is gone already
/// (hubspot-api 4.7), then moves the object to the recycle bin. The outcome is the object as it
/// was, as IDM returns it. The id of a record that was merged into another one is a Conflict: the
/// other one was not named.
class DeleteObject final : public Call<ConnectorObject>
{
public:
    DeleteObject(ConnectorContext &context, PortalWriter &portal, ObjectClass objectClass,
                 const QString &uid, QObject *parent);
};

} // namespace hubkeeper
