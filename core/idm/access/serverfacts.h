// SPDX-License-Identifier: MIT
#pragma once

#include "idm/access/idmclient.h"

#include <QStringList>

namespace hubkeeper {

/// Which family a server belongs to, and with it what it can do (idm-rest 0).
enum class IdmProfile { Community, Commercial, Cloud };

[[nodiscard]] QString nameOf(IdmProfile profile); ///< "community", "commercial", "cloud".
[[nodiscard]] std::optional<IdmProfile> idmProfileFrom(const QString &name);

/// Whether a server does its work, by `info/ping`.
enum class Readiness { Ready, Starting, NotReady };

[[nodiscard]] QString nameOf(Readiness readiness); ///< "ready", "starting", "notReady".

/// What a server says of itself.
struct ServerFacts
{
    Readiness readiness = Readiness::NotReady;
    QString state; ///< IDM's word: "ACTIVE_READY".
    QString userName; ///< Who we are there.
    QStringList roles; ///< "internal/role/openidm-admin".
    QString version; ///< "7.0.2"; empty if it is not said.
    QString revision;
    IdmProfile profile = IdmProfile::Community;

    /// Has a role that may change the configuration. Without one everything is read-only.
    [[nodiscard]] bool isAdministrator() const;
};

/// Parsed answers of `info/ping`, `info/login` and `info/version`.
void readPing(const QJsonValue &body, ServerFacts &facts);
void readLogin(const QJsonValue &body, ServerFacts &facts);
void readVersion(const QJsonValue &body, ServerFacts &facts);

/// Asks who answers there: readiness, login, version and profile, in three to four reads. The cloud
/// is known by its answers, which repeat our transaction id; commercial servers know
/// `sync/mappings`, community ones do not. Fails as IdmClient::send(); a version that may not be
/// read stays empty.
[[nodiscard]] Call<ServerFacts> *askServer(IdmClient &client, QObject *parent);

} // namespace hubkeeper
