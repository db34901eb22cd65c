// SPDX-License-Identifier: MIT
#pragma once

#include "cliservices.h"

namespace hubkeeper::cli {

/// Where a verb puts the changes that it makes: into what is staged for the connection, or, with a
/// path, into a set of their own that becomes a file.
struct StagedSet
{
    std::string path; ///< Of --save-changes; empty: what is staged.

    /// Before the first change: what is staged is in the session's set then. Fails with Refused
    /// where it is open elsewhere, and as reading the account does.
    [[nodiscard]] Result<void> open(Session &session, Services &services) const;
    /// After the last one: on the disk. Fails with Storage and NotSaved.
    [[nodiscard]] Result<void> keep(Session &session, Services &services) const;
};

} // namespace hubkeeper::cli
