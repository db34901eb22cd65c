// SPDX-License-Identifier: MIT
#pragma once

#include "session/workbench/exportplan.h"
#include "store/sets/recordset.h"

namespace hubkeeper {

/// Counts the cells of rows of a record set that a spreadsheet would change or run if they were
/// CSV, by column of the plan (the record id first). Properties that the set does not have are not
/// looked at. Progress is in rows. Fails with Storage.
class CountRisks final : public Call<RiskCount>
{
public:
    /// `set` must outlive the call.
    CountRisks(RecordSet &set, std::vector<qint64> rows, const ExportPlan &plan, QObject *parent);

private:
    RiskCount m_count;
};

} // namespace hubkeeper
