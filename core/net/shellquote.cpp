// SPDX-License-Identifier: MIT
#include "net/shellquote.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

QString shellQuoted(QString text)
{
    text.remove(QChar(u'\0'));
    return u'\'' + text.replace(u'\'', u"'\\''"_s) + u'\'';
}

} // namespace hubkeeper
