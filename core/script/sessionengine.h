// SPDX-License-Identifier: MIT
#pragma once

#include "script/scriptengine.h"

#include <QHash>

#include <memory>

namespace hubkeeper {

/// One engine for many scripts, each with globals of its own: what a script declares or leaves in
/// the global object is gone when the next one runs. Has no bounds: for a process of its own.
class SessionEngine
{
public:
    /// With `asServer`, values go in and out as they do on an IDM server.
    SessionEngine(ScriptPeer &peer, bool asServer);
    ~SessionEngine();

    /// Runs a script. `globals` is a JSON object, each member a global; `changed` is a JSON list of
    /// the globals whose value afterwards is wanted. Gives the reply of hostwire.h as JSON.
    [[nodiscard]] QString run(const QString &text, const QString &globals, const QString &changed);

private:
    [[nodiscard]] QString evaluate(const QString &text, bool keepsValues, const QString &globals,
                                   const QString &changed);

    struct Parts;
    const bool m_asServer;
    std::unique_ptr<Parts> m_parts;
    QHash<QString, QString> m_kept; ///< Scripts with statement values; null: cannot be read so.
};

} // namespace hubkeeper
