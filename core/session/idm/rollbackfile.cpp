// SPDX-License-Identifier: MIT
#include "session/idm/rollbackfile.h"

#include "base/savefile.h"

#include <QDir>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int mostFiles = 50; // Of one server.

} // namespace

Result<QString> saveRollbackFile(const QString &what, const QByteArray &content,
                                 const Server &server, const SessionServices &services)
{
    const QString folder = services.paths.data + u"/rollback/"_s + server.id;
    if (const auto made = makePrivateFolder(folder); !made)
        return tl::unexpected(made.error());
    const QString stamp = services.clock.utc().toString(u"yyyyMMdd-HHmmss-zzz"_s);
    const QString path =
        folder + u'/' + stamp + u'-' + QString(what).replace(u'/', u'-') + u".json"_s;
    if (const auto saved = saveFile(path, content, FileMode::KeepOrPrivate); !saved)
        return tl::unexpected(saved.error());
    const QStringList files = QDir(folder).entryList({u"*.json"_s}, QDir::Files, QDir::Name);
    for (qsizetype i = 0; i + mostFiles < files.size(); ++i)
        QFile::remove(folder + u'/' + files[i]);
    return path;
}

} // namespace hubkeeper
