// SPDX-License-Identifier: MIT
#pragma once

#include "base/savefile.h"

#include <QLockFile>

#include <chrono>
#include <functional>
#include <memory>

namespace hubkeeper {

/// The right to change a file that several programs change, from taking it until it goes out of
/// scope. A program that crashed does not keep it. Readers need none: files are replaced whole.
class FileLock
{
public:
    /// Waits for at most `patience`, in short steps, so that many writers get on quickly. The lock
    /// is a file beside the one a link leads to, named after it with ".lock", for the owner alone;
    /// its folder is made if it is missing. Fails with
    /// Storage if another program keeps it, and with NotSaved if there can be none.
    [[nodiscard]] static Result<FileLock>
    take(const QString &path, std::chrono::milliseconds patience = std::chrono::seconds(10));

private:
    explicit FileLock(std::unique_ptr<QLockFile> lock);

    std::unique_ptr<QLockFile> m_lock;
};

/// From what the file holds (empty if it is missing) to what it shall hold.
using ContentChange = std::function<Result<QByteArray>(const QByteArray &content)>;

/// Changes a file that several programs change: under its lock, what is there now is read,
/// `change` makes the new content from it, and that is saved (mode 0600 if the file is new). The
/// same content is not written again. Fails as `change`, readFile() or saveFile() do, and then
/// leaves the file as it was.
[[nodiscard]] Result<void> updateFile(const QString &path, qint64 largest,
                                      const ContentChange &change);

} // namespace hubkeeper
