// SPDX-License-Identifier: MIT
#pragma once

#include "reconcile/world/mappingscripts.h"
#include "script/scriptsession.h"

namespace hubkeeper {

/// JavaScript of mappings in the isolated host: one process for the life of this object, each
/// script bounded in time, all of them in memory. What is not JavaScript, files of the server, and
/// scripts that use Java, modules or actions of the server come out as OnServer.
///
/// Waits for the scripts; stays in the thread that made it.
class HostedScripts final : public MappingScripts
{
public:
    /// The bridge outlives this object.
    explicit HostedScripts(ScriptBridge &bridge, const ScriptSession::Bounds &bounds = {});

    [[nodiscard]] MappingOutcome run(const MappingScript &script, const QJsonObject &globals,
                                     const QStringList &changed) override;

private:
    ScriptSession m_session;
};

} // namespace hubkeeper
