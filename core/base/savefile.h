// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QByteArray>

#include <memory>

namespace hubkeeper {

enum class FileMode {
    KeepOrPrivate, ///< An existing file keeps its mode; a new one gets 0600.
    KeepOrDefault, ///< An existing file keeps its mode; a new one gets what the umask allows.
};

/// Writes a file whole or not at all, piece by piece: `begin`, `write` as often as needed,
/// `commit`. Without a commit nothing changes.
///
/// The new content goes into a temporary file that nobody else can read; every write, the flush to
/// the disk and the close are checked before it takes the old file's place by a rename. Owner,
/// group, mode, ACLs and extended attributes are those of the old file; a symbolic link stays a
/// link, to a target that may be missing. Where a rename would lose something (a file with several
/// names, an owner or an attribute that cannot be given to another file, a file that is a mount
/// point, a folder that cannot be written) the old content is copied aside first and the file is
/// written in place; a failure puts the old content back. README, "Saving", has the reasons.
///
/// Every failure is NotSaved, and its sentences say what the file holds now: the old content,
/// except where the disk failed after the new one was in place, or while the old one was put back
/// (then they name the copy).
class FileSaver final
{
public:
    /// Fails if the file cannot be written: a folder that is missing, no permission, a folder of
    /// that name. A device or a pipe is written directly.
    [[nodiscard]] static Result<FileSaver> begin(const QString &path, FileMode mode);
    FileSaver(FileSaver &&other) noexcept;
    ~FileSaver();

    [[nodiscard]] Result<void> write(QByteArrayView bytes);
    /// Once, at the end.
    [[nodiscard]] Result<void> commit();

private:
    class Private;
    explicit FileSaver(std::unique_ptr<Private> priv);

    std::unique_ptr<Private> d;
};

/// A FileSaver for content that is there already.
[[nodiscard]] Result<void> saveFile(const QString &path, const QByteArray &content, FileMode mode);

/// Removes a file; none there is fine. Fails with NotSaved.
[[nodiscard]] Result<void> removeFile(const QString &path);

/// Makes an empty file of mode 0600 if there is none, at the end of a symbolic link too, for
/// a library that would make it readable by others. One that is there is not opened. Fails with
/// NotSaved.
[[nodiscard]] Result<void> makePrivateFile(const QString &path);

/// Reads a whole file of at most `largest` bytes. Fails with InvalidInput if it is missing,
/// unreadable, a folder or larger.
[[nodiscard]] Result<QByteArray> readFile(const QString &path, qint64 largest);

} // namespace hubkeeper
