// SPDX-License-Identifier: MIT
#pragma once

#include "window/currentsession.h"

namespace hubkeeper {

class MessageBar;

/// Says what became of the changes that were staged when the connection was open the last time;
/// nothing if there were none.
void showRestored(MessageBar &bar, const Result<RestoredChanges> &restored);

} // namespace hubkeeper
