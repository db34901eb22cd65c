// SPDX-License-Identifier: MIT
#pragma once

#include "changes/set/rowsource.h"
#include "repair/table/repaircounts.h"
#include "store/sets/recordfile.h"

#include <QFile>
#include <QSet>

namespace hubkeeper {

/// What a repair would stage, in a file of its own that goes with the object. Memory does not grow
/// with the rows. One thread at a time.
class RepairedRows final : public RowSource
{
public:
    /// In `folder`. Fails with NotSaved.
    [[nodiscard]] static Result<std::shared_ptr<RepairedRows>> make(const QString &folder);

    /// Fails with NotSaved.
    [[nodiscard]] Result<void> append(const std::vector<RowChange> &rows);
    /// Leaves these changes out from now on; reads all rows. Fails with Storage.
    [[nodiscard]] Result<void> exclude(const QList<RepairPair> &pairs);

    [[nodiscard]] qint64 bytes() const { return m_bytes; }

    [[nodiscard]] qint64 count() const override { return m_count; }
    [[nodiscard]] qint64 lastLocalNumber() const override { return 0; }
    [[nodiscard]] QHash<QString, int> uses() const override { return m_uses; }
    [[nodiscard]] Result<std::vector<ReadyRow>> next(int most) override;
    void rewind() override { m_at = 0; }

private:
    explicit RepairedRows(std::unique_ptr<RecordPlace> place);
    void count(const RowChange &row);
    [[nodiscard]] bool isExcluded(const QString &property, const CellChange &cell) const;

    std::unique_ptr<RecordPlace> m_place;
    QFile m_file;
    qint64 m_at = 0;
    qint64 m_bytes = 0;
    qint64 m_count = 0;
    QHash<QString, int> m_uses;
    QSet<QStringList> m_excluded; // Property, before, after.
};

} // namespace hubkeeper
