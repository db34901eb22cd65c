// SPDX-License-Identifier: MIT
#pragma once

class QLockFile;

namespace hubkeeper {

/// As QLockFile::tryLock(0), for locks that only a dead program gives up (a stale time of 0).
///
/// QLockFile makes its file before it writes into it who holds it. A program that is killed between
/// the two leaves a lock that names nobody, which QLockFile takes for a living one's for good. Such
/// a lock is taken over once it is a second old, unless somebody holds it.
[[nodiscard]] bool takeLock(QLockFile &lock);

/// The same, and waits for that second, where the lock names nobody. Not in the thread of a window.
[[nodiscard]] bool takeLockPatiently(QLockFile &lock);

} // namespace hubkeeper
