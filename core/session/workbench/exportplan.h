// SPDX-License-Identifier: MIT
#pragma once

#include "portal/property.h"
#include "session/workbench/linkcolumns.h"
#include "tables/writing/tablefiles.h"

#include <functional>

namespace hubkeeper {

/// The records of a type that a record is associated with, in two columns (LinkColumn): their ids
/// and a property of each, in the same order.
struct ExportedLinks
{
    ObjectType type = ObjectType::Companies;
    QString key; ///< The property; empty: ids only.

    bool operator==(const ExportedLinks &) const = default;
};

/// What an export writes of each record, and where to.
struct ExportPlan
{
    QStringList properties; ///< The columns after the record id.
    bool hasLabels = false; ///< Titles are labels: "Record ID" instead of "hs_object_id".
    QList<ExportedLinks> links;
    /// The text of a cell, by property and stored text; none: as it is stored.
    std::function<QString(const QString &property, const QString &text)> textOf;
    TableFiles::Target target;
};

/// The columns of the file: the record id, the properties, the links. Titles are unlike each other:
/// labels that several properties have are followed by the name.
[[nodiscard]] QList<TableColumn> columnsOf(const ExportPlan &plan, ObjectType type,
                                           const QList<PropertyDefinition> &definitions);

/// Properties by name or by label, in any letter case where only one fits; "*" is every property
/// that is not archived. InvalidInput, with the nearest name, for one that the portal does not
/// define or a label that several have.
[[nodiscard]] Result<QStringList> propertiesNamed(const QStringList &names,
                                                  const QList<PropertyDefinition> &definitions);

/// "companies", "contacts", or with the property that names them: "companies.name". InvalidInput
/// for another type.
[[nodiscard]] Result<ExportedLinks> exportedLinksFrom(const QString &text);

} // namespace hubkeeper
