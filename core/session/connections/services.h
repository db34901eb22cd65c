// SPDX-License-Identifier: MIT
#pragma once

#include "base/clock.h"
#include "base/paths.h"
#include "portal/access/accountbudget.h"
#include "secrets/secretstore.h"

namespace hubkeeper {

/// What the use cases and a session are built from; all must outlive them.
struct SessionServices
{
    Clock &clock;
    SecretStore &secrets;
    Paths paths;
    BudgetRegistry &budgets; ///< Sessions on the same account keep its limits together.
};

/// Where copies of a portal's records are, see RecordPlace.
[[nodiscard]] inline QString recordFolderIn(const Paths &paths)
{
    return paths.cache + QStringLiteral("/records");
}

} // namespace hubkeeper
