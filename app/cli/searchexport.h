// SPDX-License-Identifier: MIT
#pragma once

#include "cliservices.h"
#include "connector/connector.h"
#include "exportoptions.h"

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

} // namespace hubkeeper::cli
