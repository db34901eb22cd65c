// SPDX-License-Identifier: MIT
#pragma once

#include <QFile>

#include <sys/stat.h>

namespace hubkeeper::test {

inline const QByteArray oldContent(15'000, 'o'); ///< Smaller than Qt's buffer of 16 KiB.
inline const QByteArray newContent(15'500, 'n');

inline QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline struct stat statusOf(const QString &path)
{
    struct stat status = {};
    if (::lstat(QFile::encodeName(path).constData(), &status) != 0)
        qWarning("no %s", qPrintable(path));
    return status;
}

} // namespace hubkeeper::test
