// SPDX-License-Identifier: MIT
#include "changes/set/stagedtexts.h"

#include "base/poolcall.h"
#include "changes/changestext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

void addTexts(TextsByRecord &texts, ObjectType type, const RowChange &row)
{
    if (row.type != type || row.subject != RowSubject::Record || row.kind != ChangeKind::Update)
        return;
    for (auto cell = row.cells.cbegin(); cell != row.cells.cend(); ++cell)
        texts[row.id].insert(cell.key(), cell->after);
}

/// From a connection of its own: the window's and the writer's go on.
Result<TextsByRecord> readTexts(const QString &storePath, ObjectType type,
                                const std::stop_token &stop)
{
    const auto file = ChangeFile::openToRead(storePath);
    if (!file)
        return tl::unexpected(file.error());
    try {
        constexpr int block = 500;
        TextsByRecord texts;
        for (qint64 next = 0; !stop.stop_requested();) {
            const std::vector<NumberedRow> rows = (*file)->rowsFrom(next, block);
            for (const NumberedRow &row : rows)
                addTexts(texts, type, *row.row);
            if (int(rows.size()) < block)
                break;
            next = rows.back().sequence + 1;
        }
        return texts;
    } catch (const std::exception &thrown) {
        return fail(ErrorKind::Storage,
                    ChangesText::tr("The staged changes cannot be read: %1.")
                        .arg(QString::fromUtf8(thrown.what())));
    }
}

} // namespace

StagedTexts::StagedTexts(ChangeSet &changes, const ChangeStore *store, ObjectType type,
                         QObject *parent)
    : Call(parent)
{
    if (!store) {
        TextsByRecord texts;
        for (const RowChange &row : changes.rows())
            addTexts(texts, type, row);
        complete(std::move(texts));
        return;
    }
    const auto read = [path = store->path(), type](const std::stop_token &stop) {
        return readTexts(path, type, stop);
    };
    then(changes.flush(this), [this, read] {
        then(new PoolCall<TextsByRecord>(read, this),
             [this](const TextsByRecord &texts) { complete(texts); });
    });
}

} // namespace hubkeeper
