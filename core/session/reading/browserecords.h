// SPDX-License-Identifier: MIT
#pragma once

#include "session/reading/browse.h"

namespace hubkeeper {

class Session;

/// Reads what `query` asks for into `set`: the complete list, and a search in the order of ids,
/// with as many requests at a time as the connection allows (ReadList); another search page after
/// page (ReadSearch). `session` and `set` must outlive the call.
[[nodiscard]] Browse *browseRecords(Session &session, const BrowseQuery &query, RecordSet &set,
                                    QObject *parent);

} // namespace hubkeeper
