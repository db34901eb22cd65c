// SPDX-License-Identifier: MIT
#pragma once

#include "window/currentsession.h"

namespace hubkeeper {

class MessageBar;

/// Says what became of the changes that were staged when the connection was open the last time;
/// nothing if there were none. What waits is in `changes`, the cause of the message.
void showRestored(MessageBar &bar, const Result<RestoredChanges> &restored,
                  const ChangeSet &changes);

} // namespace hubkeeper
