// SPDX-License-Identifier: MIT
#pragma once

#include "idm/mappings/mappingvalidation.h"

#include <memory>

namespace hubkeeper {

class ScriptSession;

/// What validateMappings() asks of the other parts: scripts are read by the isolated JavaScript,
/// searches judged by what the connector gives to HubSpot. The process starts with the first
/// script. Stays in the thread that made it, which waits for the scripts.
class MappingTrials
{
public:
    MappingTrials();
    ~MappingTrials();
    Q_DISABLE_COPY_MOVE(MappingTrials)

    /// Fills in what can be asked; the options must not outlive this object.
    void addTo(MappingOptions &options);

private:
    [[nodiscard]] ScriptTrial tried(const QString &text, const QJsonObject &globals);

    std::unique_ptr<ScriptSession> m_scripts;
};

/// Whether the connector can have HubSpot answer this comparison exactly, by its default schema.
[[nodiscard]] bool isSearchable(const QString &type, const QString &attribute, const QString &op);

/// What lies beside a file of mappings on this disk: the provisioners of its folder, by the names
/// under which a server knows them, its managed.json, and, for a mapping in a file of its own, the
/// others. What
/// cannot be read is as if it were not there: it has findings of its own.
void addNeighbours(const QString &path, MappingOptions &options);

/// A provisioner whose file was named, for its system. Fails with InvalidInput.
[[nodiscard]] Result<void> addProvisionerFile(const QString &path, MappingOptions &options);

/// A managed.json that was named: the managed objects of the server. Fails with InvalidInput.
[[nodiscard]] Result<void> addManagedFile(const QString &path, MappingOptions &options);

} // namespace hubkeeper
