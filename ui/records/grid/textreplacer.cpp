// SPDX-License-Identifier: MIT
#include "records/grid/textreplacer.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace hubkeeper {

TextReplacer::TextReplacer(const TextReplacement &wanted)
    : m_wanted(wanted)
{
    if (!wanted.isExpression)
        return;
    QRegularExpression::PatternOptions options = QRegularExpression::UseUnicodePropertiesOption;
    if (!wanted.matchesCase)
        options |= QRegularExpression::CaseInsensitiveOption;
    m_expression = QRegularExpression(
        wanted.isWholeCell ? QRegularExpression::anchoredPattern(wanted.find) : wanted.find,
        options);
}

QString TextReplacer::fault() const
{
    if (m_wanted.find.isEmpty())
        return QCoreApplication::translate("TextReplacer", "Enter what to find.");
    if (!m_expression.isValid()) {
        //: %1 is a sentence about a regular expression, %2 the number of a character in it.
        return QCoreApplication::translate("TextReplacer", "%1, at character %L2.")
            .arg(m_expression.errorString())
            .arg(m_expression.patternErrorOffset() + 1);
    }
    return {};
}

std::optional<QString> TextReplacer::replaced(const QString &text) const
{
    QString result = text;
    if (m_wanted.isExpression) {
        if (!m_expression.match(text).hasMatch())
            return std::nullopt;
        return result.replace(m_expression, m_wanted.with);
    }
    const auto letters = m_wanted.matchesCase ? Qt::CaseSensitive : Qt::CaseInsensitive;
    const bool isFound = m_wanted.isWholeCell ? text.compare(m_wanted.find, letters) == 0
                                              : text.contains(m_wanted.find, letters);
    if (!isFound)
        return std::nullopt;
    return result.replace(m_wanted.find, m_wanted.with, letters);
}

} // namespace hubkeeper
