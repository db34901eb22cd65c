// SPDX-License-Identifier: MIT
#include "base/database.h"
#include "store/snapshot/snapshotlayout.h"
#include "store/snapshot/snapshotwriter.h"

using namespace Qt::StringLiterals;

// The part of SnapshotWriter that compares what it has with a list of the portal.

namespace hubkeeper {

namespace {

std::string sweptTable(ObjectType type)
{
    return type == ObjectType::Contacts ? "contacts" : "companies";
}

/// Puts the values of some columns in place of those that a record has.
class ColumnsReplaced
{
public:
    ColumnsReplaced(const PackedColumns &all, const PackedColumns &some)
        : m_isReplaced(static_cast<size_t>(all.size()))
    {
        for (const QString &name : some.names()) {
            const qsizetype column = all.columnOf(name);
            m_columns.push_back(column);
            if (column >= 0)
                m_isReplaced[size_t(column)] = true;
        }
    }

    [[nodiscard]] QByteArray in(QByteArrayView cells, QByteArrayView fresh) const
    {
        CellPacker packer;
        PackedValues kept(cells);
        for (PackedValue value = kept.next(); value.column >= 0; value = kept.next()) {
            const bool isKnown = size_t(value.column) < m_isReplaced.size();
            if (!isKnown || !m_isReplaced[size_t(value.column)])
                packer.add(value.column, {value.text.data(), size_t(value.text.size())});
        }
        PackedValues given(fresh);
        for (PackedValue value = given.next(); value.column >= 0; value = given.next()) {
            const bool isKnown = size_t(value.column) < m_columns.size();
            if (isKnown && m_columns[size_t(value.column)] >= 0)
                packer.add(m_columns[size_t(value.column)],
                           {value.text.data(), size_t(value.text.size())});
        }
        return packer.pack();
    }

private:
    std::vector<qsizetype> m_columns; // Of all, by their place among some.
    std::vector<bool> m_isReplaced; // By column.
};

} // namespace

Result<SweptRecords> SnapshotWriter::sweep(ObjectType type, const std::vector<PackedRecord> &seen,
                                           const PackedColumns &columns)
{
    return databaseCall(u"The snapshot"_s, "comparing records", [&] {
        SQLite::Transaction transaction(*m_database);
        const SnapshotPart *part = m_info.part(type);
        const ColumnsReplaced replaced(PackedColumns(part ? part->properties : QStringList()),
                                       columns);
        SQLite::Statement mark(*m_database,
                               "INSERT OR IGNORE INTO temp.seen (type, id) VALUES (?, ?)");
        SQLite::Statement known(*m_database,
                                "SELECT updated, cells FROM " + sweptTable(type) + " WHERE id = ?");
        SQLite::Statement put(*m_database,
                              "UPDATE " + sweptTable(type) + " SET cells = ? WHERE id = ?");
        SweptRecords swept;
        for (const PackedRecord &record : seen) {
            mark.reset();
            mark.bind(1, int(type));
            mark.bind(2, int64_t(record.id));
            mark.exec();
            known.reset();
            known.bind(1, int64_t(record.id));
            if (!known.executeStep() || known.getColumn(0).getInt64() != record.updated) {
                swept.wanted.push_back(record.id);
                continue;
            }
            const SQLite::Column cells = known.getColumn(1);
            const QByteArrayView before(static_cast<const char *>(cells.getBlob()),
                                        qsizetype(cells.getBytes()));
            const QByteArray after =
                columns.size() > 0 ? replaced.in(before, record.cells) : before.toByteArray();
            if (before == after)
                continue;
            ++swept.refreshed;
            put.reset();
            put.bindNoCopy(1, after.constData(), static_cast<int>(after.size()));
            put.bind(2, int64_t(record.id));
            put.exec();
        }
        known.reset();
        transaction.commit();
        return swept;
    });
}

Result<std::vector<qint64>> SnapshotWriter::unseen(ObjectType type, qint64 most)
{
    return databaseCall(u"The snapshot"_s, "comparing records", [&] {
        SQLite::Statement gone(*m_database,
                               "SELECT id FROM " + sweptTable(type)
                                   + " WHERE id NOT IN (SELECT id FROM temp.seen WHERE type = ?)"
                                     " ORDER BY id LIMIT ?");
        gone.bind(1, int(type));
        gone.bind(2, int64_t(most));
        std::vector<qint64> ids;
        while (gone.executeStep())
            ids.push_back(gone.getColumn(0).getInt64());
        return ids;
    });
}

} // namespace hubkeeper
