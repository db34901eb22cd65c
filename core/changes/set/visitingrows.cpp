// SPDX-License-Identifier: MIT
#include "changes/set/visitingrows.h"

#include "base/poolcall.h"
#include "changes/changestext.h"

namespace hubkeeper {

namespace {

constexpr int visitedPerBlock = 500; // Rows.

/// From a connection of its own: the window's and the writer's go on.
Result<void> visitFile(const QString &path, const ChangeSet::Visit &visit,
                       const std::stop_token &stop)
{
    const auto file = ChangeFile::openToRead(path);
    if (!file)
        return tl::unexpected(file.error());
    try {
        for (qint64 next = 0; !stop.stop_requested();) {
            const std::vector<NumberedRow> some = (*file)->rowsFrom(next, visitedPerBlock);
            std::vector<RowChange> rows;
            rows.reserve(some.size());
            for (const NumberedRow &row : some)
                rows.push_back(*row.row);
            if (const auto visited = visit(rows); !visited)
                return visited;
            if (int(some.size()) < visitedPerBlock)
                break;
            next = some.back().sequence + 1;
        }
        return {};
    } catch (const std::exception &thrown) {
        return fail(ErrorKind::Storage,
                    ChangesText::tr("The staged changes cannot be read: %1.")
                        .arg(QString::fromUtf8(thrown.what())));
    }
}

} // namespace

VisitingRows::VisitingRows(ChangeSet &changes, const ChangeStore *store, ChangeSet::Visit visit,
                           QObject *parent)
    : Call(parent)
{
    if (!store) {
        complete(visit(changes.rows()));
        return;
    }
    const auto work = [path = store->path(), visit = std::move(visit)](
                          const std::stop_token &stop) { return visitFile(path, visit, stop); };
    then(changes.flush(this), [this, work] {
        always(new PoolCall<void>(work, this),
               [this](const Result<void> &visited) { complete(visited); });
    });
}

} // namespace hubkeeper
