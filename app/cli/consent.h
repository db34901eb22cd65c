// SPDX-License-Identifier: MIT
#pragma once

#include "cliservices.h"

namespace hubkeeper::cli {

/// What somebody has to agree to before it is sent.
struct Intention
{
    QString question; ///< "Write 1 record to Acme?"
    /// Asked in every write mode: archiving.
    bool isAlwaysAsked = false;
    bool yes = false; ///< --yes.
    bool dryRun = false; ///< Nothing is sent, so nobody has to agree.
    std::string file; ///< The provisioner, for the command that changes the write mode.
    QString preview = QStringLiteral("--dry-run"); ///< What shows it and sends nothing.
};

/// Agreed, or not needed. By the write mode of this moment: read-only refuses, naming the command
/// that changes it; review and confirm want --yes, or an answer at a terminal. Errors are Refused.
[[nodiscard]] Result<void> agreeTo(const Intention &intention, Session &session,
                                   Services &services);

/// The same for a write mode that is known and allows writes.
[[nodiscard]] Result<void> agreeTo(const Intention &intention, WriteMode mode, Services &services);

/// Whether agreeTo() would ask.
[[nodiscard]] bool isAsked(const Intention &intention, WriteMode mode);

/// Yes or no; no is the answer at the end of the input. Fails with Cancelled.
[[nodiscard]] Result<bool> askYes(const QString &question, Services &services);

} // namespace hubkeeper::cli
