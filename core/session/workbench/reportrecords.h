// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"
#include "portal/property.h"
#include "repair/table/reporttable.h"
#include "store/sets/recordset.h"

namespace hubkeeper {

/// What has to hold for properties, by their definitions: options, dates, e-mail addresses, phone
/// numbers and domains, numbers; `required` ones have a value. Properties that HubSpot sets itself
/// are left out unless they are required. Fails with InvalidInput for a required property that is
/// not among `properties`.
[[nodiscard]] Result<QList<ValueRule>> valueRulesFor(const QStringList &properties,
                                                     const QList<PropertyDefinition> &definitions,
                                                     const QStringList &required);

/// Titles of a table of findings: "id" (or "row" of a table), "column", "kind", "value", "reason",
/// "suggestion".
[[nodiscard]] QStringList findingTitles(const QString &place);
[[nodiscard]] QStringList findingCells(const ValueFault &fault);

/// What is wrong with a record, as `report` has it.
[[nodiscard]] QList<ValueFault> faultsOf(const ValueReport &report, const Record &record);

/// Looks at rows of a record set, in portions on threads of the pool; what is wrong goes to `found`
/// in this thread, record by record, with the store row. Memory does not grow with the rows.
/// Progress is in records. Fails with Storage; ends with the set.
class ReportRecords final : public Call<TableReport>
{
public:
    using Found = std::function<void(const ValueFault &fault, qint64 row)>;

    ReportRecords(RecordSet &set, RowOrder rows, QList<ValueRule> rules, const QString &country,
                  Found found, QObject *parent);

private:
    void readNext();
    void take(size_t first, const QList<QList<ValueFault>> &found);

    RecordSet &m_set;
    const RowOrder m_rows;
    const std::shared_ptr<const ValueReport> m_report;
    const Found m_found;
    TableReport m_result;
    size_t m_done = 0;
};

} // namespace hubkeeper
