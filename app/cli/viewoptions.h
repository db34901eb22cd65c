// SPDX-License-Identifier: MIT
#pragma once

#include "cliservices.h"
#include "exportoptions.h"
#include "objectwriter.h"
#include "session/views/recordview.h"

namespace hubkeeper::cli {

/// Contacts for "contact", companies for "company". Fails with InvalidInput.
[[nodiscard]] Result<ObjectType> recordClassFrom(const std::string &name);

/// The view of that name of the connection. Fails with NotFound, with the nearest name, and as
/// connectionFor().
[[nodiscard]] Result<RecordView> viewNamed(const ConnectOptions &connect,
                                           const std::string &objectClass, const std::string &name,
                                           Services &services);

/// Where the records of a view go: into tables, or one after the other.
struct ViewOutput
{
    std::optional<TableFiles::Target> table;
    ExportOptions options; ///< Of the table.
    ObjectWriter::Options objects; ///< Otherwise; its columns are those of the view.
    std::function<void(const QByteArray &)> sink;
    QStringList fields; ///< In place of the view's columns.
};

/// Reads the records of a view, of which `also` has to hold as well, and writes them with HubSpot's
/// properties. Gives the exit code.
[[nodiscard]] int writeView(Session &session, const RecordView &view, const CrestFilter &also,
                            const ViewOutput &wanted, Services &services);

} // namespace hubkeeper::cli
