// SPDX-License-Identifier: MIT
#pragma once

#include "portal/account.h"
#include "portal/property.h"

#include <QTimeZone>

namespace hubkeeper {

/// In which order a date is written: 5/11/2026.
enum class DateOrder {
    Unknown, ///< A date that can be read in two ways is refused.
    DayMonthYear,
    MonthDayYear,
};

/// What the texts of a file mean beside themselves.
struct ImportReading
{
    DateOrder dates = DateOrder::Unknown;
    QTimeZone zone = QTimeZone::utc(); ///< Of times that do not say theirs: the portal's.
    QList<Owner> owners; ///< For owners by e-mail address or name.
};

/// The text that HubSpot is sent for a cell, without blanks at its ends: labels of options, e-mail
/// addresses and names of owners, dates as HubSpot's own import takes them, yes and no, decimal
/// commas. Empty for an empty cell. Fails with InvalidInput, in a sentence for the row, for what
/// cannot be a value of the property, or could be two.
[[nodiscard]] Result<QString> importValue(const PropertyDefinition &property, const QString &cell,
                                          const ImportReading &reading);

} // namespace hubkeeper
