// SPDX-License-Identifier: MIT
#pragma once

#include "base/secret.h"
#include "net/qnamtransport.h"
#include "session/connections/substitutions.h"

#include <QHash>
#include <QJsonObject>

namespace hubkeeper {

/// What a session takes from a provisioner, with IDM's conversions done (idm-connector 2.5).
struct ProvisionerFacts
{
    QString name; ///< "hubspot": from the file name, or the member `name`.
    bool enabled = true;
    QJsonObject connectorRef;
    QStringList objectTypes; ///< Keys of `objectTypes`, in the file's order.
    QString clientId;
    Secret clientSecret; ///< Only if the file holds it as plain text.
    Secret refreshToken; ///< Likewise.
    TransportOptions transport; ///< With HubSpot's own base URL.
    int permitsPerSecond = 10;
    bool readSchema = false;
};

/// Whether a provisioner without a client id can be used: not for a session, but for a sign-in,
/// which asks for it.
enum class ClientIdNeed { Required, Optional };

/// Reads the file. Fails with InvalidInput: unreadable, no JSON (with line and column), a missing
/// client id, a property that IDM could not convert, or one that is a substitution for which
/// `values` has nothing, and therefore known to IDM only; the sentence names property and place.
[[nodiscard]] Result<ProvisionerFacts>
readProvisionerFacts(const QString &path, ClientIdNeed clientId = ClientIdNeed::Required,
                     const Substitutions &values = {});

} // namespace hubkeeper
