// SPDX-License-Identifier: MIT
#include "idm/mappings/queryfields.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// What follows a text that ends in a quote: the value that is put there, up to the next text.
bool isEscaped(const QString &operand)
{
    static const QRegularExpression escape(u"stringify|replace|encode|escape"_s,
                                           QRegularExpression::CaseInsensitiveOption);
    return operand.contains(escape);
}

} // namespace

QList<QueryField> queryFieldsIn(const QString &script)
{
    // A text in any of the three quotes, with escapes; then what is added to it.
    static const QRegularExpression text(
        uR"re((['"`])((?:\\.|(?!\1)[^\\])*)\1(\s*\+\s*([^'"`+]*(?:\((?:[^()]|\([^()]*\))*\))?[^'"`+]*))?)re"_s,
        QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression comparison(
        uR"re((?:^|[\s(!])/?([A-Za-z_][\w./-]*)\s+(eq|co|sw|ew|lt|le|gt|ge|ne|in|regex|pr)\b\s*(.*?)(?=\s(?:and|or)\s|$))re"_s,
        QRegularExpression::DotMatchesEverythingOption);
    QList<QueryField> fields;
    if (!script.contains("_queryFilter"_L1))
        return fields;
    for (auto texts = text.globalMatch(script); texts.hasNext();) {
        const auto one = texts.next();
        QString content = one.captured(2);
        content.replace(u"\\\""_s, u"\""_s).replace(u"\\'"_s, u"'"_s);
        for (auto found = comparison.globalMatch(content); found.hasNext();) {
            const auto match = found.next();
            QueryField field {match.captured(1), match.captured(2), false};
            const QString value = match.captured(3).trimmed();
            const bool endsInQuote = value == "\""_L1 && match.capturedEnd(3) == content.size();
            if (endsInQuote && one.capturedLength(3) > 0)
                field.breaksOnQuotes = !isEscaped(one.captured(4));
            else if (value.startsWith("\"${"_L1))
                field.breaksOnQuotes = !isEscaped(value);
            fields.append(field);
        }
    }
    return fields;
}

} // namespace hubkeeper
