// SPDX-License-Identifier: MIT
#pragma once

#include "repair/table/valuereport.h"
#include "store/sets/recordset.h"

namespace hubkeeper {

/// The rows of a record set that have one kind of fault in one property.
struct ReportKind
{
    ValueFaultKind kind = ValueFaultKind::Missing;
    QString property;
    RowOrder rows;
};

/// "Not a phone number in E.164".
[[nodiscard]] QString shownKind(ValueFaultKind kind);

/// The name of the recipe that comes with the program and repairs it; empty: none does.
[[nodiscard]] QString recipeFor(ValueFaultKind kind, const QString &property);

} // namespace hubkeeper
