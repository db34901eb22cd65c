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

/// Looks at rows of a record set, in portions on threads of the pool; what is wrong goes to `found`
/// in this thread, record by record. Memory does not grow with the rows. Progress is in records.
/// Fails with Storage.
class ReportRecords final : public Call<TableReport>
{
public:
    using Found = std::function<void(const ValueFault &fault)>;

    ReportRecords(std::shared_ptr<RecordSet> set, RowOrder rows, QList<ValueRule> rules,
                  const QString &country, Found found, QObject *parent);

private:
    void readNext();

    const std::shared_ptr<RecordSet> m_set;
    const RowOrder m_rows;
    const std::shared_ptr<const ValueReport> m_report;
    const Found m_found;
    TableReport m_result;
    size_t m_done = 0;
};

} // namespace hubkeeper
