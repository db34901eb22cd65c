// SPDX-License-Identifier: MIT
#pragma once

namespace hubkeeper {

/// Keeps what is in memory out of files: after a crash no core is written, and on Linux no other
/// program of the same user can read the memory (PR_SET_DUMPABLE). For programs that hold secrets;
/// call it first in main(). Programs started from here write no cores either. Does nothing in
/// builds with a sanitizer, whose leak check reads the memory from outside.
void keepMemoryPrivate();

} // namespace hubkeeper
