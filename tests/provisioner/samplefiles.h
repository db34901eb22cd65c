// SPDX-License-Identifier: MIT
#pragma once

#include <QDirIterator>
#include <QFile>

namespace hubkeeper::test {

inline QStringList samples()
{
    QStringList files;
    QDirIterator it(QStringLiteral(HUBKEEPER_SOURCE_DIR "/resources/samples"),
                    {QStringLiteral("*.json")}, QDir::Files, QDirIterator::Subdirectories);
    while (it.hasNext())
        files.append(it.next());
    return files;
}

inline QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace hubkeeper::test
