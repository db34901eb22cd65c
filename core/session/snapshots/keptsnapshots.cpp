// SPDX-License-Identifier: MIT
#include "session/snapshots/keptsnapshots.h"

#include "base/savefile.h"
#include "session/sessiontext.h"
#include "session/snapshots/snapshotstore.h"
#include "store/snapshot/snapshotreader.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr QLatin1StringView takingSuffix(".taking");

} // namespace

QString snapshotFolder(const Paths &paths, const QString &connectionId)
{
    return paths.data + u"/snapshots/"_s + connectionId;
}

QString newSnapshotPath(const QString &folder, const QDateTime &now)
{
    const QString stem = QDir(folder).filePath(now.toUTC().toString(u"yyyy-MM-dd'T'HH-mm-ss'Z'"_s));
    QString path = stem + snapshotSuffix;
    for (int number = 2; QFile::exists(path) || QFile::exists(path + takingSuffix); ++number)
        path = u"%1-%2"_s.arg(stem).arg(number) + snapshotSuffix;
    return path;
}

QList<KeptSnapshot> keptSnapshots(const QString &folder)
{
    QList<KeptSnapshot> kept;
    const QDir place(folder);
    const QStringList names = place.entryList(
        {u'*' + snapshotSuffix, u'*' + snapshotSuffix + takingSuffix}, QDir::Files, QDir::Name);
    for (const QString &name : names) {
        KeptSnapshot one;
        one.path = place.absoluteFilePath(name);
        one.bytes = QFileInfo(one.path).size();
        if (name.endsWith(takingSuffix))
            one.willBe = one.path.chopped(takingSuffix.size());
        const auto reader = SnapshotReader::open(one.path);
        if (reader)
            one.info = (*reader)->info();
        else
            one.fault = reader.error();
        kept.append(std::move(one));
    }
    std::stable_sort(kept.begin(), kept.end(),
                     [](const auto &a, const auto &b) { return a.info.begun > b.info.begun; });
    return kept;
}

Result<void> removeSnapshot(const QString &path)
{
    const auto reader = SnapshotReader::open(path);
    if (!reader && reader.error().kind != ErrorKind::Storage)
        return tl::unexpected(reader.error());
    const bool isTaking = path.endsWith(takingSuffix);
    const QString whole = isTaking ? path.chopped(takingSuffix.size()) : path;
    if (isTaking) {
        if (const auto lock = SnapshotStore::lock(whole); !lock)
            return tl::unexpected(lock.error());
    }
    for (const QString &file : {path, path + u"-wal"_s, path + u"-shm"_s}) {
        if (const auto removed = removeFile(file); !removed)
            return removed;
    }
    return isTaking ? removeFile(path + u".lock"_s) : Result<void>();
}

} // namespace hubkeeper
