// SPDX-License-Identifier: MIT
#include "changes/set/changecolumns.h"
#include "changes/set/changefile.h"

namespace hubkeeper {

std::optional<NumberedRow> ChangeFile::find(const RowKey &key)
{
    static constexpr auto sql = "SELECT sequence, state, run, body, excluded FROM rows"
                                " WHERE id = ? AND type = ? AND subject = ?";
    SQLite::Statement &read = prepared(sql);
    bindColumnText(read, 1, key.id);
    bindColumnText(read, 2, nameOf(key.type));
    bindColumnText(read, 3, nameOf(key.subject));
    if (!read.executeStep())
        return {};
    NumberedRow found {read.getColumn(0).getInt64(), columnRow(read.getColumn(3))};
    found.row->state = columnChoice(allRowStates, read.getColumn(1));
    found.row->run = columnText(read.getColumn(2));
    found.row->excluded = read.getColumn(4).getInt() != 0;
    read.reset();
    return found;
}

std::vector<NumberedRow> ChangeFile::rowsFrom(qint64 first, int most)
{
    static constexpr auto sql = "SELECT sequence, state, run, body, excluded FROM rows"
                                " WHERE sequence >= ? ORDER BY sequence LIMIT ?";
    static constexpr auto older = "SELECT sequence, state, run, body, 0 FROM rows"
                                  " WHERE sequence >= ? ORDER BY sequence LIMIT ?";
    SQLite::Statement &read = prepared(m_hasExcluded ? sql : older);
    read.bind(1, int64_t(first));
    read.bind(2, most);
    std::vector<NumberedRow> rows;
    while (read.executeStep()) {
        RowChange row = columnRow(read.getColumn(3));
        row.state = columnChoice(allRowStates, read.getColumn(1));
        row.run = columnText(read.getColumn(2));
        row.excluded = read.getColumn(4).getInt() != 0;
        rows.push_back({read.getColumn(0).getInt64(), std::move(row)});
    }
    read.reset();
    return rows;
}

std::vector<std::pair<RowKey, RowIndex::Slot>> ChangeFile::slotsFrom(qint64 first, int most)
{
    static constexpr auto sql = "SELECT sequence, subject, type, id, kind, state, excluded"
                                " FROM rows WHERE sequence >= ? ORDER BY sequence LIMIT ?";
    static constexpr auto older = "SELECT sequence, subject, type, id, kind, state, 0"
                                  " FROM rows WHERE sequence >= ? ORDER BY sequence LIMIT ?";
    SQLite::Statement &read = prepared(m_hasExcluded ? sql : older);
    read.bind(1, int64_t(first));
    read.bind(2, most);
    std::vector<std::pair<RowKey, RowIndex::Slot>> found;
    while (read.executeStep()) {
        const RowIndex::Slot slot {read.getColumn(0).getInt64(),
                                   columnChoice(allRowStates, read.getColumn(5)),
                                   columnChoice(allChangeKinds, read.getColumn(4)),
                                   columnChoice(allObjectTypes, read.getColumn(2)),
                                   columnChoice(allRowSubjects, read.getColumn(1)),
                                   read.getColumn(6).getInt() != 0};
        found.emplace_back(RowKey {slot.type, columnText(read.getColumn(3)), slot.subject}, slot);
    }
    read.reset();
    return found;
}

std::vector<NumberedRow> ChangeFile::imagesFrom(int step, qint64 first, int most)
{
    static constexpr auto sql = "SELECT sequence, body FROM images WHERE step = ? AND sequence >= ?"
                                " ORDER BY sequence LIMIT ?";
    SQLite::Statement &read = prepared(sql);
    read.bind(1, step);
    read.bind(2, int64_t(first));
    read.bind(3, most);
    std::vector<NumberedRow> images;
    while (read.executeStep()) {
        NumberedRow image {read.getColumn(0).getInt64(), {}};
        if (!read.getColumn(1).isNull())
            image.row = columnRow(read.getColumn(1));
        images.push_back(std::move(image));
    }
    read.reset();
    return images;
}

} // namespace hubkeeper
