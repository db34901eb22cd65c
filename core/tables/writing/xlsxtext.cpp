// SPDX-License-Identifier: MIT
#include "tables/writing/xlsxtext.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

bool isHexDigit(QChar c)
{
    return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f') || (c >= u'A' && c <= u'F');
}

/// `_x000D_` and its likes.
bool isEscape(QStringView text)
{
    return text.size() >= 7 && text[0] == u'_' && text[1] == u'x' && text[6] == u'_'
        && std::all_of(text.begin() + 2, text.begin() + 6, isHexDigit);
}

bool hasNoXml(QChar c)
{
    return c == QChar::Null || c == QChar(0xfffe) || c == QChar(0xffff);
}

} // namespace

QByteArray xlsxText(const QString &text)
{
    const bool isPlain =
        std::none_of(text.begin(), text.end(), [](QChar c) { return c == u'_' || hasNoXml(c); });
    if (isPlain)
        return text.toUtf8();
    QString escaped;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (isEscape(QStringView(text).sliced(i)))
            escaped += u"_x005F_"_s;
        else if (hasNoXml(text[i]))
            escaped += u"_x%1_"_s.arg(QString::number(text[i].unicode(), 16).toUpper(), 4, u'0');
        else
            escaped += text[i];
    }
    return escaped.toUtf8();
}

} // namespace hubkeeper
