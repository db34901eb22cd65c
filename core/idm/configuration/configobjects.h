// SPDX-License-Identifier: MIT
#pragma once

#include "idm/access/idmclient.h"

#include <QJsonObject>
#include <QStringList>

namespace hubkeeper {

inline constexpr QLatin1StringView provisionerPrefix("provisioner.openicf/");

/// A configuration object as it is on a server.
struct ConfigObject
{
    QString id; ///< "provisioner.openicf/hubspot".
    QJsonObject value; ///< As the server gives it, without `_id`.

    bool operator==(const ConfigObject &) const = default;
};

/// A `$crypto` block: a value that only the server can read.
[[nodiscard]] bool isEncrypted(const QJsonValue &value);

/// Whether an id may be sent: two parts at most, of letters a server keeps as they are. One of
/// three parts is taken and can be neither read nor deleted afterwards, and a blank becomes "_"
/// (idm-rest 2, 9.1). Fails with InvalidInput.
[[nodiscard]] Result<void> checkConfigId(const QString &id);

/// The ids of all configuration objects, sorted.
[[nodiscard]] Call<QStringList> *listConfig(IdmClient &client, QObject *parent);

/// Fails with NotFound, and as IdmClient::send().
[[nodiscard]] Call<ConfigObject> *readConfig(IdmClient &client, const QString &id, QObject *parent);

/// Every provisioner, read one by one.
[[nodiscard]] Call<QList<ConfigObject>> *readProvisioners(IdmClient &client, QObject *parent);

} // namespace hubkeeper
