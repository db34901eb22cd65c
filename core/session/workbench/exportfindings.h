// SPDX-License-Identifier: MIT
#pragma once

#include "session/workbench/reportrecords.h"
#include "tables/writing/tablefiles.h"

namespace hubkeeper {

/// What a report is written with.
struct FindingsPlan
{
    RowOrder rows;
    QList<ValueRule> rules;
    QString country; ///< As ValueReport.
    TableFiles::Target target;
    /// What is written of a fault, e.g. pseudonyms; on other threads. May be null.
    std::function<ValueFault(const ValueFault &fault)> shown = {};
};

/// Everything that is wrong with rows of a record set in a table, as `report --output` writes it.
/// The file appears when it is whole. Memory does not grow with the rows. Progress is in records.
/// Fails as TableFiles, and with Storage; ends with the set.
class ExportFindings final : public Call<WrittenTable>
{
public:
    ExportFindings(RecordSet &set, FindingsPlan plan, QObject *parent);

private:
    void writeNext();
    void write(const QList<Record> &records);

    RecordSet &m_set;
    const FindingsPlan m_plan;
    const std::shared_ptr<const ValueReport> m_report;
    std::shared_ptr<TableFiles> m_files;
    size_t m_done = 0;
};

} // namespace hubkeeper
