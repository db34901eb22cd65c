// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QStringList>

#include <optional>

namespace hubkeeper {

/// What a column says of a record, as far as duplicates are concerned.
enum class MatchField : quint8 {
    Ignored,
    RecordId, ///< Names the record in results; never compared.
    FirstName,
    LastName,
    FullName, ///< First and last name in one, in either order.
    Email, ///< Up to two columns.
    Phone, ///< Up to two columns.
    Company, ///< The name of a company: the employer's, or its own.
    Domain, ///< A domain or an address of a web site.
    Street, ///< Its house number is found out where it has no column of its own.
    HouseNumber,
    Address2,
    City,
    PostalCode,
    State,
    Country,
    Date, ///< Of birth, of foundation.
    NationalId, ///< Social security, tax or register number.
    JobTitle,
    Text, ///< Anything else; up to four columns.
};
inline constexpr int matchFieldCount = 20;

/// "firstname", "lastname", "name", "email", ...: as in a mapping and in rules. Never changes.
[[nodiscard]] QString nameOf(MatchField field);
[[nodiscard]] std::optional<MatchField> matchFieldFrom(const QString &name);
/// All names, for messages.
[[nodiscard]] QStringList matchFieldNames();

/// What kind of record it is.
enum class MatchKind { People, Companies };

/// What each column of a table is.
struct MatchColumns
{
    QStringList headers;
    QList<MatchField> fields; ///< As many as headers.
    MatchKind kind = MatchKind::People;

    /// The first column of a field; -1 without one.
    [[nodiscard]] qsizetype columnOf(MatchField field) const { return fields.indexOf(field); }
};

/// What the columns are, by their names: those of HubSpot's properties and labels, and what other
/// systems and languages call them.
[[nodiscard]] MatchColumns guessedColumns(const QStringList &headers,
                                          std::optional<MatchKind> kind = {});

/// A mapping: "firstname=given_name,lastname=surname" or the other way round, or a JSON object of
/// such pairs, either way round. A field that is not known here is compared as a text. Columns that
/// are not named are ignored, but a column that is plainly the record's id. Fails with InvalidInput
/// where a name is neither a field nor a column, or a column or a field is given twice.
[[nodiscard]] Result<MatchColumns> mappedColumns(const QStringList &headers, const QString &mapping,
                                                 std::optional<MatchKind> kind = {});

/// Whether there is anything to compare; else InvalidInput that says what is needed.
[[nodiscard]] Result<void> checkComparable(const MatchColumns &columns);

} // namespace hubkeeper
