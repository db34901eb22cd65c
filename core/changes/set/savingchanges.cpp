// SPDX-License-Identifier: MIT
#include "changes/set/savingchanges.h"

#include "base/poolcall.h"
#include "base/savefile.h"
#include "changes/changestext.h"
#include "changes/set/changesfile.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// From a connection of its own: the window's and the writer's go on.
Result<QByteArray> linesOf(const QString &storePath, const ChangeBinding &binding)
{
    const auto file = ChangeFile::openToRead(storePath);
    if (!file)
        return tl::unexpected(file.error());
    try {
        constexpr int block = 500;
        QByteArray lines = changesToLines(binding, {});
        for (qint64 next = 0;;) {
            const std::vector<NumberedRow> rows = (*file)->rowsFrom(next, block);
            for (const NumberedRow &row : rows)
                lines += lineOf(*row.row);
            if (int(rows.size()) < block)
                return lines;
            next = rows.back().sequence + 1;
        }
    } catch (const std::exception &thrown) {
        return fail(ErrorKind::Storage,
                    ChangesText::tr("The staged changes cannot be read: %1.")
                        .arg(QString::fromUtf8(thrown.what())));
    }
}

} // namespace

SavingChanges::SavingChanges(ChangeSet &changes, const ChangeStore *store, QString path,
                             QObject *parent)
    : Call(parent)
    , m_path(std::move(path))
{
    if (!store) {
        write([binding = changes.binding(), rows = changes.rows()] {
            return Result<QByteArray>(changesToLines(binding, rows));
        });
        return;
    }
    const auto read = [storePath = store->path(), binding = changes.binding()] {
        return linesOf(storePath, binding);
    };
    then(changes.flush(this), [this, read] { write(read); });
}

void SavingChanges::write(Lines lines)
{
    const auto work = [lines = std::move(lines), path = m_path](const std::stop_token &) {
        return lines().and_then([&](const QByteArray &content) {
            return saveFile(path, content, FileMode::KeepOrPrivate);
        });
    };
    always(new PoolCall<void>(work, this), [this](const Result<void> &saved) { complete(saved); });
}

} // namespace hubkeeper
