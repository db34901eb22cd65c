// SPDX-License-Identifier: MIT
#pragma once

#include "portal/objecttype.h"

#include <QList>
#include <QStringList>

#include <optional>

namespace hubkeeper {

/// A column of a table whose cells name the records of a type that the row's record is associated
/// with, joined by ";": by their ids, or by a property of each.
struct LinkColumn
{
    ObjectType type = ObjectType::Companies;
    QString key; ///< The property; empty: the record ids.
    QString label = {}; ///< Of the associations, as people call it; empty: without a label.

    bool operator==(const LinkColumn &) const = default;
};

/// What people know a record of a type by: "email" of contacts, "domain" of companies.
[[nodiscard]] QString keyPropertyOf(ObjectType type);

/// "associations.companies", "associations.companies.domain", "associations.companies=Primary".
[[nodiscard]] QString linkColumnName(const LinkColumn &column);
/// As HubSpot's exports call the ids: "Associated Company IDs"; "Associated Companies: domain";
/// "Associated Company IDs (Primary)".
[[nodiscard]] QString linkColumnLabel(const LinkColumn &column);

/// The columns that can be imported, without labels: those that find their records, by id or
/// keyPropertyOf().
[[nodiscard]] QList<LinkColumn> importedLinkColumns();
/// The one of them that is called so, by name or label in any letter case, with any label of
/// associations. Whether HubSpot has that label is not known here.
[[nodiscard]] std::optional<LinkColumn> importedLinkColumn(const QString &called);

/// Whether one of these columns, by its name, names all records of a type that a record shall be
/// associated with: one without a label.
[[nodiscard]] bool canNameAllLinks(const QStringList &columns);

} // namespace hubkeeper
