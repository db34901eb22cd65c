// SPDX-License-Identifier: MIT
#include "base/savefile.h"

#include "base/basetext.h"

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
        return fail(ErrorKind::InvalidInput,
                    BaseText::tr("%1 cannot be read: %2.").arg(path, reason),
                    BaseText::tr("Check the name and its permissions."));
    };
    if (QFileInfo(path).isDir())
        return refuse(BaseText::tr("it is a folder"));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return refuse(file.errorString());
    QByteArray content = file.read(largest + 1);
    if (file.error() != QFileDevice::NoError)
        return refuse(file.errorString());
    if (content.size() > largest)
        return refuse(BaseText::tr("it is larger than %1 MB").arg(largest >> 20));
    return content;
}

} // namespace hubkeeper
