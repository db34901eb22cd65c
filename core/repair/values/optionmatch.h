// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "repair/values/repairedvalue.h"

#include <QHash>
#include <QList>

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
    /// `isMultiple`: values are several options joined by ";".
    OptionMatch(QList<OptionChoice> options, bool isMultiple);

    /// The option's value: for the value itself, its label, both without regard to case, accents,
    /// signs and transcribed umlauts, or for a text that is a slip of the keyboard away from one
    /// and far from all others. Everything else is doubtful: what two options may be, what differs
    /// in a digit, what may be the opposite ("unqualified"), short words.
    [[nodiscard]] RepairedValue of(const QString &text) const;

    [[nodiscard]] bool isEmpty() const { return m_options.isEmpty(); }

private:
    [[nodiscard]] RepairedValue one(const QString &text) const;
    [[nodiscard]] RepairedValue nearMiss(const QString &text) const;
    void add(const QString &key, const QString &value);

    const QList<OptionChoice> m_options;
    const bool m_isMultiple;
    QHash<QString, QStringList> m_byKey; // Values by folded value and label.
};

/// Options as text: "value=Label" or only a value, by line or ";"; or JSON, a list of values or of
/// objects with "value" and "label", as HubSpot has them. Fails with InvalidInput.
[[nodiscard]] Result<QList<OptionChoice>> optionsFromText(const QString &text);

} // namespace hubkeeper
