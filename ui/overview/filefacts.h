// SPDX-License-Identifier: MIT
#pragma once

#include "base/paths.h"
#include "session/connections/connection.h"

#include <optional>

namespace hubkeeper {

class Document;
class FactCard;

/// What the file says of the connector, on a card. `document` may be null.
void showFile(FactCard &card, const Document *document,
              const std::optional<Connection> &connection);

/// What of the file ends next, on a card that is hidden while nothing does.
void showWhatEnds(FactCard &card, const Document *document,
                  const std::optional<Connection> &connection, const Paths &paths);

} // namespace hubkeeper
