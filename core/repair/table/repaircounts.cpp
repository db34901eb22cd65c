// SPDX-License-Identifier: MIT
#include "repair/table/repaircounts.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

RepairCounts::RepairCounts(const QStringList &columns)
{
    for (const QString &column : columns)
        m_columns.append({column, 0, 0, 0});
}

void RepairCounts::add(const QString &place, const QList<qsizetype> &columns,
                       const QStringList &given, const QStringList &present, const RepairedRow &row)
{
    for (qsizetype i = 0; i < columns.size(); ++i) {
        RepairedColumn &column = m_columns[columns[i]];
        if (row.outcome == RepairedValue::Kept) {
            ++column.kept;
        } else if (row.outcome == RepairedValue::Doubtful) {
            ++column.doubtful;
            if (i == 0 && m_doubtful.size() < mostDoubtful)
                m_doubtful.append(
                    {place, column.column, given.join(u" | "_s), row.reason, row.suggestion});
        } else {
            const QString before = present.value(i);
            const QString after = row.values.value(i);
            if (before == after) {
                ++column.kept;
                continue;
            }
            ++column.changed;
            const Key key {columns[i], before, after};
            if (m_pairs.size() < mostPairs || m_pairs.contains(key))
                ++m_pairs[key];
        }
    }
}

qint64 RepairCounts::doubtfulCount() const
{
    qint64 count = 0;
    for (const RepairedColumn &column : m_columns)
        count += column.doubtful;
    return count;
}

qint64 RepairCounts::changedCount() const
{
    qint64 count = 0;
    for (const RepairedColumn &column : m_columns)
        count += column.changed;
    return count;
}

QList<RepairPair> RepairCounts::pairs() const
{
    QList<RepairPair> pairs;
    for (auto pair = m_pairs.begin(); pair != m_pairs.end(); ++pair)
        pairs.append({m_columns[pair.key().column].column, pair.key().before, pair.key().after,
                      pair.value()});
    std::sort(pairs.begin(), pairs.end(), [](const RepairPair &a, const RepairPair &b) {
        return std::tie(b.count, a.column, a.before, a.after)
            < std::tie(a.count, b.column, b.before, b.after);
    });
    return pairs;
}

} // namespace hubkeeper
