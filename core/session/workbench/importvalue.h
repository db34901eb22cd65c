// SPDX-License-Identifier: MIT
#pragma once

#include "portal/account.h"
#include "portal/property.h"

#include <QSet>
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

/// Reads cells as values of one property. Constant: any thread.
class ImportValues
{
public:
    ImportValues(PropertyDefinition property, ImportReading reading);

    /// The text that HubSpot is sent for a cell, without blanks at its ends: labels of options,
    /// e-mail addresses and names of owners, dates as HubSpot's own import takes them, yes and no,
    /// decimal commas. Empty for an empty cell. Fails with InvalidInput, in a sentence for the row,
    /// for what cannot be a value of the property, or could be two.
    [[nodiscard]] Result<QString> of(const QString &cell) const;
    /// Whether the cell adds to the boxes that are checked: it begins with ";", as in HubSpot's own
    /// import.
    [[nodiscard]] bool isAdding(const QString &cell) const;

private:
    enum class Kind { Text, Owner, Flag, Options, Number, Date, Instant };

    void add(const QString &label, const QString &value);
    [[nodiscard]] Result<QString> converted(const QString &text) const;
    [[nodiscard]] Result<QString> optionsFor(const QString &text) const;
    [[nodiscard]] Result<QString> chosen(const QString &text) const;
    [[nodiscard]] Result<QString> ownerFor(const QString &text) const;

    const PropertyDefinition m_property;
    const ImportReading m_reading;
    Kind m_kind = Kind::Text;
    QSet<QString> m_values; // Of options; ids of owners.
    QHash<QString, QStringList> m_labelled; // Values by folded label, name or address.
    QHash<QString, QString> m_gone; // Owners who left: name by folded name or address.
};

/// ImportValues for a single cell.
[[nodiscard]] Result<QString> importValue(const PropertyDefinition &property, const QString &cell,
                                          const ImportReading &reading);

} // namespace hubkeeper
