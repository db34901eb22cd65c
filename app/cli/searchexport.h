// SPDX-License-Identifier: MIT
#pragma once

#include "cliservices.h"
#include "connector/connector.h"
#include "exportoptions.h"
#include "session/views/recordview.h"
#include "session/workbench/exportplan.h"

namespace hubkeeper::cli {

/// A search of contacts or companies whose records are written with HubSpot's properties.
struct RecordExport
{
    ObjectType type = ObjectType::Contacts;
    CrestFilter filter; ///< In the connector's names.
    SearchOptions options;
    TableFiles::Target target;
    QStringList usualProperties; ///< Where no columns were chosen.
    Connector *connector = nullptr; ///< Whose names the filter has.
};

/// Carries it out: reads into a record set below the cache, then writes the files. Gives the exit
/// code.
int writeRecords(Session &session, const ExportOptions &table, RecordExport wanted,
                 Services &services);

/// "1,200 of 5,000 records read", where `what` is "read".
void showRecordProgress(const CallBase &call, const QString &what, Output &output);

/// The plan of a table with the records of a view. Fails with InvalidInput, and as reading the
/// definitions.
[[nodiscard]] Result<ExportPlan> exportPlanFor(Session &session, const ExportOptions &table,
                                               const RecordView &view,
                                               const TableFiles::Target &target,
                                               Services &services);

/// Writes rows of a record set and reports them. Gives the exit code.
[[nodiscard]] int exportRows(Session &session, RecordSet &set, RowOrder rows,
                             const ExportPlan &plan, Services &services);

} // namespace hubkeeper::cli
