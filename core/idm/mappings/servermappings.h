// SPDX-License-Identifier: MIT
#pragma once

#include "idm/access/serverfacts.h"
#include "idm/configuration/configobjects.h"
#include "idm/mappings/mappingfile.h"

#include <QJsonArray>

namespace hubkeeper {

/// One mapping of a server, and the configuration object that holds it.
struct ServerMapping
{
    QString name;
    QString configId; ///< "sync", or "mapping/<name>" on commercial servers.
    QJsonObject value;
};

/// The mappings of a server as they were read.
struct ServerMappings
{
    std::optional<ConfigObject> sync; ///< None: there is no config/sync.
    QList<ConfigObject> single; ///< config/mapping/<name>, of commercial servers.

    /// Those of the list first, in their order.
    [[nodiscard]] QList<ServerMapping> all() const;
    /// None if there is none of this name; of several the first, as a server takes it.
    [[nodiscard]] std::optional<ServerMapping> find(const QString &name) const;
    /// All of them as a sync.json; indented, keys of objects sorted.
    [[nodiscard]] QByteArray text() const;
};

/// Reads config/sync and, where the profile has them, config/mapping/<name>; a server without any
/// gives an empty value. Fails as IdmClient::send().
[[nodiscard]] Call<ServerMappings> *readServerMappings(IdmClient &client, IdmProfile profile,
                                                       QObject *parent);

/// One mapping changed among those that were read.
struct MappingChange
{
    QString name; ///< The mapping that becomes `value`, or that is new.
    QJsonObject value;
};

/// The mappings as they would be. A mapping that is there is replaced in its place; a new one is
/// added to the list, or becomes an object of its own where the profile has those. The name of
/// `value` has to be the name of the change, since links and runs know a mapping by it: fails with
/// InvalidInput. Pure.
[[nodiscard]] Result<ServerMappings> changed(ServerMappings before, const MappingChange &change,
                                             IdmProfile profile);

/// One mapping as a text of its own: mapping-<name>.json; indented, keys sorted.
[[nodiscard]] QByteArray textOfMapping(const QJsonObject &mapping);

} // namespace hubkeeper
