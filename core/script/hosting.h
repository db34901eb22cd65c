// SPDX-License-Identifier: MIT
#pragma once

namespace hubkeeper {

/// The whole of the process of a script: reads a request from standard input, runs it within its
/// bounds, and says what it came to on standard output (hostwire.h). Gives the exit code. Needs a
/// QCoreApplication. The process has no network, no secret and nothing open but its two streams.
[[nodiscard]] int hostScript();

} // namespace hubkeeper
