// SPDX-License-Identifier: MIT
#pragma once

#include "base/diskfile.h"

namespace hubkeeper {

/// A file that is gone when nobody took it. On Linux it has no name until giveName(), so that
/// nothing is left behind however the program ends.
class TemporaryFile final
{
public:
    /// Mode 0600, less what the umask takes, or `mode`.
    [[nodiscard]] static DiskResult<TemporaryFile> make(const QByteArray &folder,
                                                        mode_t mode = 0600);
    TemporaryFile(TemporaryFile &&other) noexcept;
    TemporaryFile &operator=(TemporaryFile &&other) noexcept;
    ~TemporaryFile();

    [[nodiscard]] DiskFile &file() { return m_file; }
    [[nodiscard]] const QByteArray &name() const { return m_name; }
    /// A name in its folder, if it has none yet.
    [[nodiscard]] DiskResult<void> giveName();
    /// Opens it again if it was closed.
    [[nodiscard]] DiskResult<void> reopen();
    /// It is a file like others from now on.
    void keep() { m_name.clear(); }

private:
    TemporaryFile(DiskFile file, QByteArray folder, QByteArray name);

    DiskFile m_file;
    QByteArray m_folder;
    QByteArray m_name; ///< Whole path; empty: has no name.
};

} // namespace hubkeeper
