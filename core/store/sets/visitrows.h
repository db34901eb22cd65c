// SPDX-License-Identifier: MIT
#pragma once

#include "store/sets/recordset.h"

namespace hubkeeper {

/// Hands rows of a record set to a function, one after the other in the order given, some hundred
/// at a time from the disk: memory does not grow with their number. Between the portions the event
/// loop turns. Progress is in rows. Fails with Storage.
class VisitRows final : public Call<void>
{
public:
    /// `at` counts the rows from 0.
    using Visit = std::function<void(size_t at, const Record &record)>;

    /// `set` must outlive the call.
    VisitRows(RecordSet &set, std::vector<qint64> rows, Visit visit, QObject *parent);

private:
    void readNext();

    RecordSet &m_set;
    const std::vector<qint64> m_rows;
    const Visit m_visit;
    size_t m_done = 0;
};

} // namespace hubkeeper
