// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "repair/values/repairedvalue.h"

#include <QHash>
#include <QList>

#include <optional>

namespace hubkeeper {

/// A choice of a property: what is stored and what people see.
struct OptionChoice
{
    QString value;
    QString label;

    bool operator==(const OptionChoice &) const = default;
};

/// Finds the option that a text means. Constant: any thread.
class OptionMatch
{
public:
    /// `isMultiple`: values are several options joined by ";"; those by "," or "|" are written so.
    OptionMatch(QList<OptionChoice> options, bool isMultiple);

    /// The option's value: for the value itself, its label, both without regard to case, accents,
    /// signs beside words and transcribed umlauts, or for a text that is a slip of the keyboard
    /// away from one and far from all others; "y" and "n" where the options are yes and no.
    /// Everything else is doubtful: what two options may be, what differs in a digit, in a sign of
    /// a number ("1150" for "11-50") or in a short word, what may be the opposite ("unqualified"),
    /// several options where the property takes one. A ";" before the first option, with which
    /// HubSpot appends, stays. A suggestion is never an opposite or another number.
    [[nodiscard]] RepairedValue of(const QString &text) const;

    [[nodiscard]] bool isEmpty() const { return m_options.isEmpty(); }

private:
    [[nodiscard]] RepairedValue one(const QString &text) const;
    [[nodiscard]] RepairedValue list(const QString &text, const QString &tidy) const;
    [[nodiscard]] std::optional<QString> written(const QString &text) const;
    [[nodiscard]] bool isWhole(const QString &text) const;
    [[nodiscard]] RepairedValue nearMiss(const QString &text) const;
    [[nodiscard]] QString suggestionFor(const QString &typed, const QString &value,
                                        int distance) const;
    void addLetters();
    void add(const QString &key, const QString &value);

    const QList<OptionChoice> m_options;
    const bool m_isMultiple;
    QHash<QString, QStringList> m_byKey; // Values by folded value and label.
};

/// Options as text: "value=Label" or only a value, by line or ";"; or JSON, a list of values or of
/// objects with "value" and "label", as HubSpot has them. Fails with InvalidInput.
[[nodiscard]] Result<QList<OptionChoice>> optionsFromText(const QString &text);

} // namespace hubkeeper
