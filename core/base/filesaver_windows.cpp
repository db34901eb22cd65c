// SPDX-License-Identifier: MIT
#include "base/basetext.h"
#include "base/savefault.h"
#include "base/savefile.h"

#include <QFileInfo>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

tl::unexpected<Error> failed(const QString &path, const QFileDevice &file)
{
    return fail(
        ErrorKind::NotSaved,
        BaseText::tr("%1 could not be saved: %2.").arg(path, file.errorString()),
        BaseText::tr("It is as it was. Check the free space and the permissions of the folder."));
}

} // namespace

/// Windows: ReplaceFile-like, by QSaveFile; the ACL is the folder's.
class FileSaver::Private
{
public:
    explicit Private(const QString &path)
        : shown(path)
        , file(QFileInfo(path).isSymLink() ? QFileInfo(path).symLinkTarget() : path)
    {
    }

    const QString shown;
    QSaveFile file;
};

FileSaver::FileSaver(std::unique_ptr<Private> priv)
    : d(std::move(priv))
{
}

FileSaver::FileSaver(FileSaver &&other) noexcept = default;

FileSaver::~FileSaver() = default;

Result<FileSaver> FileSaver::begin(const QString &path, FileMode)
{
    auto priv = std::make_unique<Private>(path);
    if (!priv->file.open(QIODevice::WriteOnly))
        return failed(path, priv->file);
    return FileSaver(std::move(priv));
}

Result<void> FileSaver::write(QByteArrayView bytes)
{
    if (d->file.write(bytes.data(), bytes.size()) != bytes.size())
        return failed(d->shown, d->file);
    return {};
}

Result<void> FileSaver::commit()
{
    // QSaveFile::commit() does not see that its own flush failed (Qt 6.4).
    if (!d->file.flush() || !d->file.commit())
        return failed(d->shown, d->file);
    return {};
}

Result<void> removeFile(const QString &path)
{
    QFile file(path);
    if (!file.exists() || file.remove())
        return {};
    return fail(ErrorKind::NotSaved,
                BaseText::tr("%1 could not be removed: %2.").arg(path, file.errorString()),
                BaseText::tr("Check the permissions of its folder."));
}

Result<void> makePrivateFile(const QString &path)
{
    QFile file(path);
    if (file.exists()
        || file.open(QIODevice::WriteOnly | QIODevice::NewOnly,
                     QFile::ReadOwner | QFile::WriteOwner))
        return {};
    return failed(path, file);
}

} // namespace hubkeeper
