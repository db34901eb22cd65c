// SPDX-License-Identifier: MIT
#pragma once

#include <QRegularExpression>
#include <QString>

#include <optional>

namespace hubkeeper {

/// What is looked for in cells, and what comes in its place.
struct TextReplacement
{
    QString find;
    QString with; ///< Of a regular expression: "\1" is what its first group matched.
    bool isExpression = false; ///< `find` is a regular expression (Perl's).
    bool matchesCase = false;
    bool isWholeCell = false; ///< The whole text of the cell has to match.
};

/// Replaces in texts. Pure.
class TextReplacer
{
public:
    explicit TextReplacer(const TextReplacement &wanted);

    /// Why nothing can be looked for, as a translated sentence; empty if it can.
    [[nodiscard]] QString fault() const;
    /// The text with every occurrence replaced; nothing if there is none. Only without a fault.
    [[nodiscard]] std::optional<QString> replaced(const QString &text) const;

private:
    const TextReplacement m_wanted;
    QRegularExpression m_expression;
};

} // namespace hubkeeper
