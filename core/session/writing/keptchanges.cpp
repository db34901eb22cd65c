// SPDX-License-Identifier: MIT
#include "session/writing/keptchanges.h"

#include "session/sessiontext.h"

#include <QDir>

#include <exception>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int blockSize = 500; // Rows.

tl::unexpected<Error> unreadable(const QString &path, const std::exception &thrown)
{
    return fail(
        ErrorKind::Storage,
        SessionText::tr("The staged changes in %1 cannot be read: %2.")
            .arg(path, QString::fromUtf8(thrown.what())),
        SessionText::tr("Open the connection in the window: it sets a damaged file aside."));
}

Result<KeptChanges> overviewOf(const QString &path)
{
    auto file = ChangeFile::openToRead(path);
    if (!file)
        return tl::unexpected(file.error());
    try {
        const ChangeFile::Overview overview = (*file)->overview();
        const RowIndex &index = overview.index;
        return KeptChanges {path,
                            overview.binding,
                            index.waiting(),
                            index.excluded(),
                            index.archives(),
                            index.count(RowState::Conflicting),
                            index.count(RowState::Unknown) + index.count(RowState::Sending),
                            index.count(RowState::Applied)};
    } catch (const std::exception &thrown) {
        return unreadable(path, thrown);
    }
}

} // namespace

QList<KeptChanges> keptChanges(const Paths &paths, const QString &connectionId,
                               QStringList *unreadable)
{
    QList<KeptChanges> list;
    const QString name = (connectionId.isEmpty() ? u"*"_s : connectionId) + u"-*.sqlite"_s;
    const QFileInfoList files =
        QDir(paths.data + u"/changes"_s).entryInfoList({name}, QDir::Files, QDir::Time);
    for (const QFileInfo &file : files) {
        const auto overview = overviewOf(file.filePath());
        if (overview)
            list.append(*overview);
        else if (unreadable)
            unreadable->append(overview.error().sentence());
    }
    return list;
}

Result<std::vector<RowChange>> rowsOfKept(const QString &path)
{
    auto file = ChangeFile::openToRead(path);
    if (!file)
        return tl::unexpected(file.error());
    try {
        std::vector<RowChange> rows;
        for (qint64 next = 0;;) {
            const std::vector<NumberedRow> block = (*file)->rowsFrom(next, blockSize);
            for (const NumberedRow &row : block) {
                if (row.row)
                    rows.push_back(*row.row);
                next = row.sequence + 1;
            }
            if (block.size() < size_t(blockSize))
                return rows;
        }
    } catch (const std::exception &thrown) {
        return unreadable(path, thrown);
    }
}

} // namespace hubkeeper
