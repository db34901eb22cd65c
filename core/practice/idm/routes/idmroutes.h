// SPDX-License-Identifier: MIT
#pragma once

#include "practice/idm/state/idmstate.h"

namespace hubkeeper::practice {

/// Who asks.
struct IdmCaller
{
    QString id; ///< "openidm-admin", "anonymous"
    QStringList roles;
    QString component;

    /// Roles are paths in commercial servers.
    [[nodiscard]] bool isAdmin() const
    {
        return roles.contains(QLatin1String("openidm-admin"))
            || roles.contains(QLatin1String("internal/role/openidm-admin"));
    }
};

/// One service each, for the paths that begin with its name.
CrestReply infoRoute(IdmState &state, const CrestRequest &request, const IdmCaller &caller);
CrestReply configRoute(IdmState &state, const CrestRequest &request);
CrestReply systemRoute(IdmState &state, const CrestRequest &request);
CrestReply managedRoute(IdmState &state, const CrestRequest &request);
CrestReply repoRoute(IdmState &state, const CrestRequest &request);
CrestReply auditRoute(IdmState &state, const CrestRequest &request);
CrestReply syncRoute(IdmState &state, const CrestRequest &request);
CrestReply reconRoute(IdmState &state, const CrestRequest &request);
CrestReply endpointRoute(IdmState &state, const CrestRequest &request);

/// The actions of `system` itself, and the objects of a system.
CrestReply systemAction(IdmState &state, const CrestRequest &request);
CrestReply systemObjectRoute(const ConnectedSystem &system, const CrestRequest &request);

/// What `system?_action=test` says of one.
[[nodiscard]] QJsonObject testedSystem(const IdmState &state, const ConnectedSystem &system);

/// createCoreConfig and createFullConfig.
CrestReply coreConfig(IdmState &state, const QJsonObject &body);
CrestReply fullConfig(IdmState &state, const QJsonObject &body);
/// The bundle that the body's connectorRef means, or the reply for there being none.
[[nodiscard]] CrestOutcome<const ConnectorBundle *> wantedBundle(const IdmState &state,
                                                                 const QJsonObject &body);

/// Stores a configuration as a PUT would, without looking at headers.
[[nodiscard]] CrestOutcome<QJsonObject>
storeConfiguration(IdmState &state, const QString &id, const QJsonObject &content, bool isAwaited);

} // namespace hubkeeper::practice
