// SPDX-License-Identifier: MIT
#pragma once

#include "repair/values/splitname.h"

#include <QHash>
#include <QList>

namespace hubkeeper {

/// A value that is left for a person.
struct DoubtfulValue
{
    QString place; ///< The row of a table, the id of a record.
    QString column; ///< Its title, or the property.
    QString value;
    QString reason;
    QString suggestion;

    bool operator==(const DoubtfulValue &) const = default;
};

/// How often an old value becomes a new one.
struct RepairPair
{
    QString column;
    QString before;
    QString after;
    qint64 count = 0;

    bool operator==(const RepairPair &) const = default;
};

/// What became of the values of a column.
struct RepairedColumn
{
    QString column;
    qint64 changed = 0;
    qint64 kept = 0;
    qint64 doubtful = 0;

    bool operator==(const RepairedColumn &) const = default;
};

/// Counts what a recipe does to many values, in bounded memory.
class RepairCounts
{
public:
    static constexpr qsizetype mostPairs = 5'000; ///< Others are counted, but not told apart.
    static constexpr qsizetype mostDoubtful = 1'000; ///< Further ones are only counted.

    explicit RepairCounts(const QStringList &columns);

    /// What became of one use of the recipe. `columns` are places of those that are written.
    void add(const QString &place, const QList<qsizetype> &columns, const QStringList &given,
             const QStringList &present, const RepairedRow &row);

    [[nodiscard]] const QList<RepairedColumn> &columns() const { return m_columns; }
    [[nodiscard]] const QList<DoubtfulValue> &doubtful() const { return m_doubtful; }
    [[nodiscard]] qint64 doubtfulCount() const;
    [[nodiscard]] qint64 changedCount() const;
    /// The most frequent first.
    [[nodiscard]] QList<RepairPair> pairs() const;

private:
    struct Key
    {
        qsizetype column;
        QString before;
        QString after;

        bool operator==(const Key &) const = default;
        friend size_t qHash(const Key &key, size_t seed)
        {
            return qHashMulti(seed, key.column, key.before, key.after);
        }
    };

    QList<RepairedColumn> m_columns;
    QList<DoubtfulValue> m_doubtful;
    QHash<Key, qint64> m_pairs;
};

} // namespace hubkeeper
