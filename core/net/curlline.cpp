// SPDX-License-Identifier: MIT
#include "net/curlline.h"

#include "net/traffic.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// Single quotes keep everything but themselves as it is. A shell word holds no NUL.
QString quoted(QString text)
{
    text.remove(QChar(u'\0'));
    return u'\'' + text.replace(u'\'', u"'\\''"_s) + u'\'';
}

} // namespace

QString curlLine(const TrafficRecord &record)
{
    QString line = u"curl --globoff --request "_s + QString::fromLatin1(nameOf(record.verb)) + u' '
        + quoted(record.url);
    if (record.authorized)
        line += u" --header \"Authorization: Bearer $HUBSPOT_TOKEN\""_s;
    if (!record.contentType.isEmpty())
        line +=
            u" --header "_s + quoted(u"Content-Type: "_s + QString::fromLatin1(record.contentType));
    if (record.requestBodyHidden)
        line += u" --data-binary @-"_s;
    else if (!record.requestBody.isEmpty())
        line += u" --data-raw "_s + quoted(QString::fromUtf8(record.requestBody));
    else if (!record.contentType.isEmpty() && !record.bodiesKept)
        line += u" --data-binary @body.json"_s; // There was one; it was not kept.
    return line;
}

} // namespace hubkeeper
