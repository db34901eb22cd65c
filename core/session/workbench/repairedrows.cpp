// SPDX-License-Identifier: MIT
#include "session/workbench/repairedrows.h"

#include "session/sessiontext.h"

#include <QtEndian>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr qint64 longestBody = 64 << 20; // Bytes of a row; a longer one is damage.

tl::unexpected<Error> damagedRepair()
{
    return fail(ErrorKind::Storage,
                SessionText::tr("What the repair has found can no longer be read."),
                SessionText::tr("Run the repair again."));
}

} // namespace

RepairedRows::RepairedRows(std::unique_ptr<RecordPlace> place)
    : m_place(std::move(place))
    , m_file(m_place->path())
{
}

Result<std::shared_ptr<RepairedRows>> RepairedRows::make(const QString &folder)
{
    auto place = RecordPlace::make(folder);
    if (!place)
        return tl::unexpected(place.error());
    std::shared_ptr<RepairedRows> rows(new RepairedRows(*std::move(place)));
    if (!rows->m_file.open(QIODevice::ReadWrite | QIODevice::Truncate))
        return fail(ErrorKind::NotSaved, rows->m_file.errorString());
    return rows;
}

void RepairedRows::count(const RowChange &row)
{
    ++m_count;
    for (auto cell = row.cells.begin(); cell != row.cells.end(); ++cell)
        ++m_uses[cell.key().toLower()];
}

Result<void> RepairedRows::append(const std::vector<RowChange> &rows)
{
    QByteArray block;
    for (const RowChange &row : rows) {
        const QByteArray body = readyBody(row);
        const quint32 size = qToLittleEndian(quint32(body.size()));
        block.append(reinterpret_cast<const char *>(&size), sizeof size);
        block.append(body);
        count(row);
    }
    m_file.seek(m_bytes);
    if (m_file.write(block) != block.size() || !m_file.flush())
        return fail(ErrorKind::NotSaved,
                    SessionText::tr("What the repair has found cannot be kept: %1.")
                        .arg(m_file.errorString()),
                    SessionText::tr("Make room on the disk."));
    m_bytes += block.size();
    return {};
}

bool RepairedRows::isExcluded(const QString &property, const CellChange &cell) const
{
    return !m_excluded.isEmpty() && m_excluded.contains({property, cell.before, cell.after});
}

Result<std::vector<ReadyRow>> RepairedRows::next(int most)
{
    std::vector<ReadyRow> rows;
    while (m_at < m_bytes && qsizetype(rows.size()) < most) {
        quint32 size = 0;
        if (!m_file.seek(m_at)
            || m_file.read(reinterpret_cast<char *>(&size), sizeof size) != sizeof size)
            return damagedRepair();
        size = qFromLittleEndian(size);
        const QByteArray body = size > longestBody ? QByteArray() : m_file.read(size);
        if (body.isEmpty() || body.size() != qsizetype(size))
            return damagedRepair();
        m_at += qint64(sizeof size) + body.size();
        try {
            RowChange row = rowFromBody(body);
            if (m_excluded.isEmpty()) {
                rows.push_back({keyOf(row), row.kind, body});
                continue;
            }
            row.cells.removeIf(
                [this](const auto &cell) { return isExcluded(cell.key(), cell.value()); });
            if (!row.cells.isEmpty())
                rows.push_back({keyOf(row), row.kind, readyBody(row)});
        } catch (const std::runtime_error &) {
            return damagedRepair();
        }
    }
    return rows;
}

Result<void> RepairedRows::exclude(const QList<RepairPair> &pairs)
{
    m_excluded.clear();
    for (const RepairPair &pair : pairs)
        m_excluded.insert({pair.column, pair.before, pair.after});
    m_count = 0;
    m_uses.clear();
    for (rewind();;) {
        const auto rows = next(500);
        if (!rows)
            return tl::unexpected(rows.error());
        for (const ReadyRow &row : *rows)
            count(rowFromBody(row.body));
        if (rows->empty())
            break;
    }
    rewind();
    return {};
}

} // namespace hubkeeper
