// SPDX-License-Identifier: MIT
#pragma once

#include "tables/rows/tablerow.h"

class QIODevice;

namespace hubkeeper {

/// Reads JSON Lines: an object in each line. The columns are the keys of all objects in the order
/// in which they first come; "properties" of a record are columns of their own. Strings come as
/// they are, numbers as they are written, lists with ";" between their elements, null as an empty
/// cell. A line that is not JSON is named and left out. Reads the file twice. Fails with
/// InvalidInput where the device fails or there are more than mostColumns keys.
[[nodiscard]] Result<void> readJsonLines(QIODevice &file, TableSink &sink);

/// Whether the first line with something in it is a JSON object. Leaves the file at its beginning.
[[nodiscard]] bool looksLikeJsonLines(QIODevice &file);

} // namespace hubkeeper
