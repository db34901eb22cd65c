// SPDX-License-Identifier: MIT
#include "commands.h"
#include "snapshotverbs.h"

#include <CLI/CLI.hpp>

namespace hubkeeper::cli {

void addSnapshotCommands(CLI::App &app, Run &chosen)
{
    CLI::App *group =
        app.add_subcommand("snapshot", "Local copies of a portal's records and schema");
    group->require_subcommand(1);
    group->fallthrough();
    addSnapshotTake(*group, chosen);
    addSnapshotList(*group, chosen);
    addSnapshotShow(*group, chosen);
    addSnapshotDiff(*group, chosen);
    addSnapshotStage(*group, chosen);
}

} // namespace hubkeeper::cli
