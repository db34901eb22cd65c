// SPDX-License-Identifier: MIT
#pragma once

#include "changes/set/changesfile.h"
#include "cliservices.h"
#include "session/writing/keptchanges.h"

#include <QJsonObject>

namespace hubkeeper::cli {

// Where the changes verbs take a change set from: a file, or what is staged for a connection.

/// The options of a verb that works on one.
struct ChangesArguments
{
    ConnectOptions connect;
    std::string changes; ///< A change set file; empty: what is staged for the connection.
    bool yes = false;

    void addTo(CLI::App &verb);
};

/// "1 change", "1,204 changes".
[[nodiscard]] QString rowCount(qsizetype count);
[[nodiscard]] QJsonObject bindingJson(const ChangeBinding &binding);

/// Whether the file is a change set; else it is taken for a provisioner.
[[nodiscard]] bool isChangeSet(const std::string &path);
/// Fails as readChangesFile().
[[nodiscard]] Result<ExchangedChanges> readChanges(const std::string &path);
/// What a window keeps for the connection of a provisioner. Fails with NotFound if nothing is
/// staged.
[[nodiscard]] Result<KeptChanges> keptFor(const std::string &provisioner, Services &services);

/// Puts the rows of the file, or what is staged for the connection, into the session's set. Fails
/// with Refused if that is open elsewhere.
[[nodiscard]] Result<void> load(Session &session, const ChangesArguments &arguments,
                                Services &services);

} // namespace hubkeeper::cli
