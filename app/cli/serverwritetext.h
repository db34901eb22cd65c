// SPDX-License-Identifier: MIT
#pragma once

#include "idm/writing/serverwrite.h"

namespace hubkeeper::cli {

class Output;

/// Why something of a run was not written, each reason on the message stream.
void complainOf(const ServerWriteReport &report, Output &output);

/// The exit code of a run that was to write `planned` things: Done only if all of them are.
[[nodiscard]] int exitCodeOf(const ServerWriteReport &report, qsizetype planned);

} // namespace hubkeeper::cli
