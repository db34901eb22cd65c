// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/document/document.h"

namespace hubkeeper {

/// One action of a provisioner's `systemActions` (idm-connector 2.7): a script that IDM runs on
/// the connector by its id.
struct ScriptAction
{
    QString id; ///< scriptId; of two equal ones IDM takes the last.
    QString systemType; ///< Regular expression that has to match the whole connectorName.
    QString language; ///< actionType as it stands: "groovy", "javascript", ...
    QString text; ///< actionSource.
    QString file; ///< actionFile, relative to IDM's project folder; instead of a text.
    QString entry; ///< Pointer to the entry: "/systemActions/0".
    QString action; ///< Pointer to the action: "/systemActions/0/actions/0".

    /// Whether it can be run here: JavaScript that is in the file.
    [[nodiscard]] bool isJavaScript() const;

    bool operator==(const ScriptAction &) const = default;
};

/// All actions in the order of the file; entries and actions that are no objects are left out.
[[nodiscard]] QList<ScriptAction> scriptActionsOf(const JsonText &text);

// Each is one undoable step of the document, and changes nothing else of the file. They fail with
// InvalidInput if the text is not valid JSON now.

/// Appends an entry with one JavaScript action for the HubSpot connector. Fails too for an empty
/// or taken id and for a `systemActions` that is not a list.
[[nodiscard]] Result<void> addScriptAction(Document &document, const QString &id,
                                           const QString &text);
/// Sets scriptId; fails for an empty or taken one.
[[nodiscard]] Result<void> renameScriptAction(Document &document, const ScriptAction &action,
                                              const QString &id);
/// Takes the action out, and its entry with the last of its actions.
[[nodiscard]] Result<void> removeScriptAction(Document &document, const ScriptAction &action);
/// Sets actionSource; typing on joins the step before.
[[nodiscard]] Result<void> setScriptText(Document &document, const ScriptAction &action,
                                         const QString &text);

} // namespace hubkeeper
