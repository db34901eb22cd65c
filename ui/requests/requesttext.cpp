// SPDX-License-Identifier: MIT
#include "requests/requesttext.h"

#include "base/pseudonym.h"

#include <QCoreApplication>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(hubkeeper::RequestsDock)
};

QString bodyText(const QByteArray &body, bool hidden, bool kept, const Pseudonyms *mask)
{
    if (hidden)
        return Words::tr("(not shown: it holds credentials)");
    if (!kept)
        return Words::tr("(not kept: switch on “Keep bodies” before the request)");
    if (body.isEmpty())
        return Words::tr("(empty)", "no body");
    if (mask)
        return QString::fromUtf8(mask->inJson(body));
    const QJsonDocument json = QJsonDocument::fromJson(body);
    return QString::fromUtf8(json.isNull() ? body : json.toJson());
}

} // namespace

TrafficRecord maskedRecord(const TrafficRecord &record, const Pseudonyms &mask)
{
    TrafficRecord masked = record;
    masked.url = mask.inText(record.url);
    masked.error = mask.inText(record.error);
    for (QByteArray *body : {&masked.requestBody, &masked.replyBody}) {
        if (!body->isEmpty())
            *body = mask.inJson(*body);
    }
    return masked;
}

QString requestText(const TrafficRecord &record, const Pseudonyms *mask)
{
    const auto shown = [mask](const QString &text) { return mask ? mask->inText(text) : text; };
    QStringList lines;
    lines.append(u"%1 %2"_s.arg(QString::fromLatin1(nameOf(record.verb)), shown(record.url)));
    lines.append(Words::tr("Number %L1, try %L2, %L3 ms")
                     .arg(record.number)
                     .arg(record.attempt)
                     .arg(record.duration.count()));
    if (!record.contentType.isEmpty() || record.requestBodyHidden)
        lines.append(
            bodyText(record.requestBody, record.requestBodyHidden, record.bodiesKept, mask));
    lines.append(QString());
    lines.append(record.status > 0 ? Words::tr("Status %1").arg(record.status)
                                   : shown(record.error));
    if (record.windowRemaining >= 0)
        lines.append(Words::tr("Left in ten seconds: %L1 of %L2")
                         .arg(record.windowRemaining)
                         .arg(record.windowMax));
    if (record.dailyRemaining >= 0)
        lines.append(
            Words::tr("Left today: %L1 of %L2").arg(record.dailyRemaining).arg(record.dailyMax));
    if (!record.correlationId.isEmpty())
        lines.append(Words::tr("Correlation ID %1").arg(record.correlationId));
    lines.append(bodyText(record.replyBody, record.replyBodyHidden, record.bodiesKept, mask));
    return lines.join(u'\n');
}

} // namespace hubkeeper
