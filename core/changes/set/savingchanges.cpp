// SPDX-License-Identifier: MIT
#include "changes/set/savingchanges.h"

#include "base/poolcall.h"
#include "base/savefile.h"
#include "changes/changestext.h"
#include "changes/set/changesfile.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// From a connection of its own: the window's and the writer's go on. Block by block, so that
/// neither the rows nor the file are in memory as a whole.
Result<void> saveStored(const QString &storePath, const ChangesHeader &header, FileSaver &saver)
{
    const auto file = ChangeFile::openToRead(storePath);
    if (!file)
        return tl::unexpected(file.error());
    try {
        constexpr int block = 500;
        QByteArray lines = lineOf(header);
        for (qint64 next = 0;;) {
            const std::vector<NumberedRow> rows = (*file)->rowsFrom(next, block);
            for (const NumberedRow &row : rows)
                lines += lineOf(*row.row);
            if (const auto written = saver.write(lines); !written)
                return written;
            lines.clear();
            if (int(rows.size()) < block)
                return {};
            next = rows.back().sequence + 1;
        }
    } catch (const std::exception &thrown) {
        return fail(ErrorKind::Storage,
                    ChangesText::tr("The staged changes cannot be read: %1.")
                        .arg(QString::fromUtf8(thrown.what())));
    }
}

} // namespace

SavingChanges::SavingChanges(ChangeSet &changes, const ChangeStore *store, const QString &path,
                             const QString &note, QObject *parent)
    : Call(parent)
{
    const ChangesHeader header = headerFor(changes.binding(), note);
    if (!store) {
        write([header, path, rows = changes.rows()] {
            return saveFile(path, changesToLines(header, rows), FileMode::KeepOrPrivate);
        });
        return;
    }
    const auto save = [header, path, storePath = store->path()]() -> Result<void> {
        auto saver = FileSaver::begin(path, FileMode::KeepOrPrivate);
        if (!saver)
            return tl::unexpected(saver.error());
        return saveStored(storePath, header, *saver).and_then([&] { return saver->commit(); });
    };
    then(changes.flush(this), [this, save] { write(save); });
}

void SavingChanges::write(std::function<Result<void>()> work)
{
    const auto job = [work = std::move(work)](const std::stop_token &) { return work(); };
    always(new PoolCall<void>(job, this), [this](const Result<void> &saved) { complete(saved); });
}

} // namespace hubkeeper
