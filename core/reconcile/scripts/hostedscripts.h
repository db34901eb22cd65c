// SPDX-License-Identifier: MIT
#pragma once

#include "reconcile/world/mappingscripts.h"
#include "script/scriptsession.h"

#include <QHash>

namespace hubkeeper {

/// JavaScript of mappings in the isolated host: one process for the life of this object, each
/// script bounded in time, all of them in memory. What is not JavaScript, files of the server, and
/// scripts that use Java, modules or actions of the server come out as OnServer; so does a script
/// that runs into its bounds, because the server has none. One that did so three times is not
/// started again.
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
    struct Stops
    {
        int count = 0;
        QString why;
    };
    ScriptSession m_session;
    QHash<QString, Stops> m_stops; ///< By the text of the script.
    QHash<QString, QString> m_strange; ///< Why a text is not run at all; empty: it is.
};

} // namespace hubkeeper
