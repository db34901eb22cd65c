// SPDX-License-Identifier: MIT
#pragma once

#include "repair/recipe/recipe.h"

#include <functional>

namespace hubkeeper {

/// What can be wrong with a value. Kinds are never renamed; programs read them.
enum class ValueFaultKind {
    Missing, ///< A value that has to be there is not.
    BadOption,
    BadEmail,
    BadPhone, ///< Not E.164, or not a valid number.
    BadDomain,
    BadDate, ///< Not a day as HubSpot keeps it.
    BadValue, ///< Another value that HubSpot refuses.
    TooLong,
    Conflict, ///< Two values of the row contradict each other.
};
inline constexpr std::array allValueFaultKinds {
    ValueFaultKind::Missing,  ValueFaultKind::BadOption, ValueFaultKind::BadEmail,
    ValueFaultKind::BadPhone, ValueFaultKind::BadDomain, ValueFaultKind::BadDate,
    ValueFaultKind::BadValue, ValueFaultKind::TooLong,   ValueFaultKind::Conflict};

/// "missing", "badOption", ...
[[nodiscard]] QString nameOf(ValueFaultKind kind);

/// What has to hold for the values of a column.
struct ValueRule
{
    enum Kind { Text, Email, Phone, Domain, Options, Date };

    QString column; ///< Its title, or the property.
    QString property; ///< By which conflicts are found.
    Kind kind = Text;
    bool isRequired = false;
    qsizetype mostCharacters = 65'536; ///< HubSpot takes no more.
    QList<OptionChoice> options;
    bool isMultiple = false;
    /// Why a text cannot be a value, beside all this; empty: it can.
    std::function<QString(const QString &text)> refusal;
};

/// One thing that is wrong with a row.
struct ValueFault
{
    ValueFaultKind kind = ValueFaultKind::Missing;
    QString place; ///< The row of a table, the id of a record.
    QString column;
    QString value;
    QString reason; ///< A sentence for people.
    QString suggestion; ///< What a repair would make of it; may be empty.

    bool operator==(const ValueFault &) const = default;
};

/// Looks at the rows of a table or a view. Not changed by it; one thread at a time.
class ValueReport
{
public:
    /// `country` is where phone numbers without a country code are from; may be empty.
    ValueReport(QList<ValueRule> rules, QString country);
    ~ValueReport();

    /// What is wrong with the cells of a row, as many as rules.
    [[nodiscard]] QList<ValueFault> faultsOf(const QString &place, const QStringList &cells) const;

    [[nodiscard]] const QList<ValueRule> &rules() const { return m_rules; }

private:
    void checkKind(const ValueRule &rule, qsizetype at, ValueFault fault,
                   QList<ValueFault> &faults) const;
    void checkConflicts(const QString &place, const QStringList &cells,
                        QList<ValueFault> &faults) const;
    [[nodiscard]] QString cellOf(const QStringList &cells, const QString &property) const;

    const QList<ValueRule> m_rules;
    const QString m_country;
    std::vector<std::unique_ptr<OptionMatch>> m_options; // By rule; null: it has none.
};

/// The kind of a column by the property that it is: email, phone, domain and their likes.
[[nodiscard]] ValueRule::Kind usualKindOf(const QString &property);

} // namespace hubkeeper
