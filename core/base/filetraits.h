// SPDX-License-Identifier: MIT
#pragma once

#include "base/diskfile.h"

namespace hubkeeper {

/// Gives `file` owner, group, mode, ACL and extended attributes of the file at `path`. False if it
/// cannot have one of them; POSIX only.
[[nodiscard]] bool takeTraits(DiskFile &file, const QByteArray &path, const struct stat &status);

} // namespace hubkeeper
