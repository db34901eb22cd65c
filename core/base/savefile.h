// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QByteArray>

namespace hubkeeper {

enum class FileMode {
    KeepOrPrivate, ///< An existing file keeps its mode; a new one gets 0600.
    KeepOrDefault, ///< An existing file keeps its mode; a new one gets what the umask allows.
};

/// Writes the file whole or not at all: a temporary file beside it, flushed, then renamed over it.
/// A symbolic link is followed, so the link stays a link. Fails with Storage and leaves the old
/// content in place.
[[nodiscard]] Result<void> saveFile(const QString &path, const QByteArray &content, FileMode mode);

/// Reads a whole file of at most `largest` bytes. Fails with InvalidInput if it is missing,
/// unreadable, a folder or larger.
[[nodiscard]] Result<QByteArray> readFile(const QString &path, qint64 largest);

} // namespace hubkeeper
