// SPDX-License-Identifier: MIT
#include "net/shellquote.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hubkeeper {

QString shellQuoted(QString text)
{
    text.remove(QChar(u'\0'));
    return u'\'' + text.replace(u'\'', u"'\\''"_s) + u'\'';
}

QString shellWord(const QString &text)
{
    static const QRegularExpression plain(u"\\A[\\w./:@%+=,-]+\\z"_s);
    return plain.match(text).hasMatch() ? text : shellQuoted(text);
}

} // namespace hubkeeper
