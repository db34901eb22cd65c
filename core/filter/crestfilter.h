// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QJsonValue>

#include <vector>

namespace hubkeeper {

/// A CREST query filter as a tree (idm-connector 3.1).
struct CrestFilter
{
    enum Kind { True, False, And, Or, Not, Present, Compare } kind = True;
    QStringList pointer; ///< Present, Compare: the decoded steps of the JSON pointer.
    QString op; ///< Compare: eq co sw lt le gt ge, or an extended word such as ew, ca, in.
    QJsonValue value; ///< Compare: text, boolean, 64-bit integer or double.
    std::vector<CrestFilter> operands; ///< And, Or: two or more; Not: one.

    bool operator==(const CrestFilter &) const = default;

    [[nodiscard]] static CrestFilter present(const QString &field);
    [[nodiscard]] static CrestFilter compare(const QString &field, const QString &op,
                                             const QJsonValue &value);
    /// One operand is itself; none is true for And and false for Or.
    [[nodiscard]] static CrestFilter allOf(std::vector<CrestFilter> operands);
    [[nodiscard]] static CrestFilter anyOf(std::vector<CrestFilter> operands);
    [[nodiscard]] static CrestFilter negated(CrestFilter operand);

    /// The text that parses to this tree again.
    [[nodiscard]] QString toString() const;
};

} // namespace hubkeeper
