// SPDX-License-Identifier: MIT
#include "session/snapshots/snapshotplace.h"

#include "session/sessiontext.h"
#include "store/snapshot/snapshotreader.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace hubkeeper {

QString wordOf(ObjectType type)
{
    return type == ObjectType::Contacts ? SessionText::tr("Contacts")
                                        : SessionText::tr("Companies");
}

bool isSameScope(const SnapshotInfo &one, const SnapshotInfo &other)
{
    const auto typesOf = [](const SnapshotInfo &info) {
        QList<ObjectType> types;
        for (const SnapshotPart &part : info.parts)
            types.append(part.type);
        return types;
    };
    return one.portalId == other.portalId && one.condition == other.condition
        && typesOf(one) == typesOf(other);
}

QString scopeText(const SnapshotInfo &info)
{
    QStringList words {SessionText::tr("portal %1").arg(info.portalText())};
    for (const SnapshotPart &part : info.parts)
        words.append(wordOf(part.type));
    if (!info.condition.isEmpty())
        words.append(info.condition);
    if (info.basedOn.isValid())
        words.append(
            SessionText::tr("based on that of %1").arg(info.basedOn.toUTC().toString(Qt::ISODate)));
    words.append(info.begun.toUTC().toString(Qt::ISODate));
    return words.join(u", "_s);
}

Result<void> checkSnapshotPlace(const QString &path, bool replaces)
{
    const QFileInfo file(path);
    if (path.isEmpty() || file.isDir())
        return fail(ErrorKind::InvalidInput, SessionText::tr("%1 is a folder.").arg(path),
                    SessionText::tr("Name a file in it."));
    if (!QFileInfo(file.absolutePath()).isDir())
        return fail(ErrorKind::InvalidInput,
                    SessionText::tr("The folder %1 does not exist.").arg(file.absolutePath()),
                    SessionText::tr("Create it, or choose another one."));
    if (replaces || !file.exists())
        return {};
    const auto there = SnapshotReader::open(path);
    return fail(
        ErrorKind::Refused,
        there ? SessionText::tr("%1 is there already: a snapshot (%2).")
                    .arg(path, scopeText((*there)->info()))
              : SessionText::tr("%1 is there already, and cannot be read as a snapshot.").arg(path),
        SessionText::tr("Choose another file, or replace it with --replace."));
}

Result<void> refusedUnfinished(const QString &path, const SnapshotInfo &unfinished)
{
    return fail(ErrorKind::Refused,
                SessionText::tr("An unfinished snapshot of something else waits at %1 (%2).")
                    .arg(path, scopeText(unfinished)),
                SessionText::tr("Finish it with the command that began it, choose another file, or "
                                "give it up with --start-over or --replace."));
}

} // namespace hubkeeper
