// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "changes/set/rowchange.h"

#include <vector>

namespace hubkeeper {

/// A row as the file of a change set keeps it, made ready elsewhere so that nobody need read it.
struct ReadyRow
{
    RowKey key;
    ChangeKind kind = ChangeKind::Update;
    QByteArray body; ///< readyBody() of the row.
};

/// The row as compact JSON.
[[nodiscard]] QByteArray readyBody(const RowChange &row);
/// Throws std::runtime_error for a body that is damaged.
[[nodiscard]] RowChange rowFromBody(const QByteArray &body);

/// Staged rows that come from a file of their own, a block at a time, because they would not fit
/// into memory. Used by one thread at a time, which need not be the one that made it.
class RowSource
{
public:
    RowSource() = default;
    virtual ~RowSource() = default;
    Q_DISABLE_COPY_MOVE(RowSource)

    /// How many there are.
    [[nodiscard]] virtual qint64 count() const = 0;
    /// The largest number of their local ids ("new-17"), or 0: the set adds what it needs to each.
    [[nodiscard]] virtual qint64 lastLocalNumber() const = 0;
    /// How many of them edit each property, by names in lower case.
    [[nodiscard]] virtual QHash<QString, int> uses() const = 0;
    /// The next rows, at most `most`; none: there are no more. Fails with Storage.
    [[nodiscard]] virtual Result<std::vector<ReadyRow>> next(int most) = 0;
    /// The next call of next() begins at the first row.
    virtual void rewind() = 0;
};

} // namespace hubkeeper
