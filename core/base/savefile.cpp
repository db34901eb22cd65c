// SPDX-License-Identifier: MIT
#include "base/savefile.h"

#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace hubkeeper {

Result<void> saveFile(const QString &path, const QByteArray &content, FileMode mode)
{
    auto saver = FileSaver::begin(path, mode);
    if (!saver)
        return tl::unexpected(saver.error());
    return saver->write(content).and_then([&saver] { return saver->commit(); });
}

Result<QByteArray> readFile(const QString &path, qint64 largest)
{
    const auto refuse = [&](const QString &reason) {
        return fail(ErrorKind::InvalidInput, u"%1 cannot be read: %2."_s.arg(path, reason),
                    u"Check the name and its permissions."_s);
    };
    if (QFileInfo(path).isDir())
        return refuse(u"it is a folder"_s);
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return refuse(file.errorString());
    QByteArray content = file.read(largest + 1);
    if (file.error() != QFileDevice::NoError)
        return refuse(file.errorString());
    if (content.size() > largest)
        return refuse(u"it is larger than %1 MB"_s.arg(largest >> 20));
    return content;
}

} // namespace hubkeeper
