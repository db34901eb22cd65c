// SPDX-License-Identifier: MIT
#pragma once

#include "portal/property.h"

#include <QHash>
#include <QMap>
#include <QStringList>

namespace hubkeeper {

/// Which property each column of a table is imported into.
struct ColumnMapping
{
    QStringList columns; ///< Names, as the header has them.
    /// Of each column; empty: it is not imported. "id": the record's id. The name of a LinkColumn:
    /// records that the row's record is associated with.
    QStringList properties;

    bool operator==(const ColumnMapping &) const = default;
};

/// What a person decided: column to property, or to nothing. Names of columns are compared without
/// letter case and blanks at the ends.
using ChosenColumns = QMap<QString, QString>;

/// The property of a column that has the record's id: HubSpot's exports call it "Record ID".
inline constexpr QLatin1StringView recordIdColumn("id");

/// What the result of an import has after the columns of the table: "id", "status", "message".
[[nodiscard]] QStringList importResultColumns();
/// Whether a table is the result of an import: its last columns are these. In JSON Lines their
/// names may be followed by a number: "id (2)".
[[nodiscard]] bool isImportResult(const QStringList &columns);

/// Maps by what was chosen, then by name, then by label, both without letter case; "Record ID",
/// "hs_object_id" and "id" are the record's id, the first of them. Columns of associated records
/// are found by their ids where the table has them, else by their keys. Status and message of the
/// result of an import are not taken for properties. Fails with InvalidInput for a chosen column
/// that the table does not have, a chosen property that does not exist, two columns of one
/// property.
[[nodiscard]] Result<ColumnMapping> mapColumns(const QStringList &columns,
                                               const QList<PropertyDefinition> &definitions,
                                               const ChosenColumns &chosen);

/// What mapColumns() finds where nothing was chosen, for a person to change. It does not fail: of
/// several columns of one property the first gets it, columns of the same name and properties that
/// HubSpot computes get none.
[[nodiscard]] ColumnMapping proposeColumns(const QStringList &columns,
                                           const QList<PropertyDefinition> &definitions);

/// As a file that can be kept and edited: JSON with "format", "version" and "columns", in which
/// null stands for a column that is not imported.
[[nodiscard]] QByteArray mappingToFile(const ColumnMapping &mapping);
/// Fails with InvalidInput for anything else.
[[nodiscard]] Result<ChosenColumns> mappingFromFile(const QByteArray &content);

} // namespace hubkeeper
