// SPDX-License-Identifier: MIT
#include "portal/packedrecord.h"

#include "base/qtcompat.h"

#include <algorithm>

namespace hubkeeper {

namespace {

void appendPackedNumber(QByteArray &out, quint64 number)
{
    while (number >= 0x80) {
        out.append(static_cast<char>((number & 0x7f) | 0x80));
        number >>= 7;
    }
    out.append(static_cast<char>(number));
}

/// Nothing when the bytes end too early.
std::optional<quint64> takePackedNumber(QByteArrayView &rest)
{
    quint64 number = 0;
    for (int shift = 0; shift < 63 && !rest.isEmpty(); shift += 7) {
        const auto byte = static_cast<quint8>(rest.front());
        rest = rest.sliced(1);
        number |= quint64(byte & 0x7f) << shift;
        if (byte < 0x80)
            return number;
    }
    return std::nullopt;
}

QDateTime instantAt(qint64 ms)
{
    return ms < 0 ? QDateTime() : QDateTime::fromMSecsSinceEpoch(ms, utc);
}

} // namespace

PackedColumns::PackedColumns(const QStringList &properties)
{
    for (const QString &property : properties)
        m_utf8.push_back(property.toStdString());
    std::sort(m_utf8.begin(), m_utf8.end());
    m_utf8.erase(std::unique(m_utf8.begin(), m_utf8.end()), m_utf8.end());
    for (const std::string &name : m_utf8)
        m_names.append(QString::fromStdString(name));
}

qsizetype PackedColumns::columnOf(std::string_view name) const
{
    const auto found = std::lower_bound(m_utf8.begin(), m_utf8.end(), name);
    return found == m_utf8.end() || *found != name ? -1 : found - m_utf8.begin();
}

qsizetype PackedColumns::columnOf(const QString &name) const
{
    return columnOf(std::string_view(name.toStdString()));
}

PackedValue PackedValues::next()
{
    const auto skipped = takePackedNumber(m_rest);
    const auto size = skipped ? takePackedNumber(m_rest) : std::nullopt;
    constexpr quint64 mostColumns = 1 << 20;
    if (!size || *size > quint64(m_rest.size()) || *skipped > mostColumns) {
        m_rest = {};
        return {};
    }
    m_column += qsizetype(*skipped) + 1;
    const PackedValue value {m_column, m_rest.first(qsizetype(*size))};
    m_rest = m_rest.sliced(qsizetype(*size));
    return value;
}

void CellPacker::add(qsizetype column, std::string_view text)
{
    m_isSorted = m_isSorted && (m_cells.empty() || m_cells.back().first < column);
    m_cells.emplace_back(column, text);
}

QByteArray CellPacker::pack()
{
    if (!m_isSorted)
        std::stable_sort(m_cells.begin(), m_cells.end(),
                         [](const auto &a, const auto &b) { return a.first < b.first; });
    qsizetype size = 0;
    for (const auto &[column, text] : m_cells)
        size += qsizetype(text.size()) + 4;
    QByteArray out;
    out.reserve(size);
    qsizetype last = -1;
    for (const auto &[column, text] : m_cells) {
        if (column == last) // A member that comes twice: the first counts.
            continue;
        appendPackedNumber(out, quint64(column - last - 1));
        appendPackedNumber(out, text.size());
        out.append(text.data(), qsizetype(text.size()));
        last = column;
    }
    m_cells.clear();
    m_isSorted = true;
    return out;
}

std::optional<PackedRecord> packed(const Record &record, const PackedColumns &columns)
{
    bool isNumber = false;
    PackedRecord row;
    row.id = record.id.toLongLong(&isNumber);
    if (!isNumber)
        return std::nullopt;
    row.created = record.createdAt.isValid() ? record.createdAt.toMSecsSinceEpoch() : -1;
    row.updated = record.updatedAt.isValid() ? record.updatedAt.toMSecsSinceEpoch() : -1;
    row.archived = record.archived;
    std::vector<std::pair<qsizetype, std::string>> texts;
    for (auto cell = record.properties.cbegin(); cell != record.properties.cend(); ++cell) {
        const qsizetype column = cell->isNull() ? -1 : columns.columnOf(cell.key());
        if (column >= 0)
            texts.emplace_back(column, cell->toStdString());
    }
    CellPacker packer;
    for (const auto &[column, text] : texts)
        packer.add(column, text);
    row.cells = packer.pack();
    return row;
}

Record unpacked(const PackedRecord &record, const PackedColumns &columns)
{
    Record whole;
    whole.id = QString::number(record.id);
    whole.createdAt = instantAt(record.created);
    whole.updatedAt = instantAt(record.updated);
    whole.archived = record.archived;
    for (const QString &name : columns.names())
        whole.properties.insert(name, QString());
    PackedValues values(record.cells);
    for (PackedValue value = values.next(); value.column >= 0; value = values.next()) {
        if (value.column < columns.size())
            whole.properties[columns.names()[value.column]] =
                value.text.isEmpty() ? QStringLiteral("") : QString::fromUtf8(value.text);
    }
    return whole;
}

} // namespace hubkeeper
