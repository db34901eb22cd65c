// SPDX-License-Identifier: MIT
#include "net/curlline.h"

#include "net/shellquote.h"
#include "net/traffic.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

QString curlLine(const TrafficRecord &record)
{
    QString line = u"curl --globoff --request "_s + QString::fromLatin1(nameOf(record.verb)) + u' '
        + shellQuoted(record.url);
    for (const HttpHeader &header : record.headers)
        line +=
            u" --header "_s + shellQuoted(QString::fromLatin1(header.name + ": " + header.value));
    if (const auto &secret = record.secretHeader)
        line += u" --header \"%1\""_s.arg(
            QString::fromLatin1(secret->name + ": " + secret->prefix + '$' + secret->variable));
    if (!record.contentType.isEmpty())
        line += u" --header "_s
            + shellQuoted(u"Content-Type: "_s + QString::fromLatin1(record.contentType));
    if (record.requestBodyHidden)
        line += u" --data-binary @-"_s;
    else if (!record.requestBody.isEmpty())
        line += u" --data-raw "_s + shellQuoted(QString::fromUtf8(record.requestBody));
    else if (!record.contentType.isEmpty() && !record.bodiesKept)
        line += u" --data-binary @body.json"_s; // There was one; it was not kept.
    return line;
}

} // namespace hubkeeper
