// SPDX-License-Identifier: MIT
#pragma once

#include "idm/links/serverlink.h"
#include "idm/writing/serverwrite.h"

namespace hubkeeper {

/// A link to be deleted, or to be made again under its old id.
struct LinkWrite
{
    ServerLink link; ///< As it was seen. To make it again its revision does not count.
    bool deletes = true;
};

/// As the engine writes it: a delete names the revision that was seen, and is a conflict if the
/// link has changed or is gone; what is made again is a conflict if something is there under its
/// id.
[[nodiscard]] std::shared_ptr<ServerWrite> serverWriteOf(const LinkWrite &write);

/// What takes a row of the journal back: the link that it deleted, or the deletion of one that it
/// made. `now` is what the server has under its id. Nothing if it is as before the row already;
/// fails with Conflict if somebody has changed it since, with InvalidInput for rows of other
/// things. Pure.
[[nodiscard]] Result<std::optional<LinkWrite>> linkTakenBack(const JournalRow &row,
                                                             const std::optional<ServerLink> &now);

} // namespace hubkeeper
