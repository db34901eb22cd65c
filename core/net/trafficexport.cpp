// SPDX-License-Identifier: MIT
#include "net/trafficexport.h"

#include "base/pseudonym.h"
#include "base/version.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrlQuery>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QString textOf(const QString &text, const Pseudonyms *mask)
{
    return mask ? mask->inText(text) : text;
}

QString bodyOf(const QByteArray &body, const Pseudonyms *mask)
{
    return QString::fromUtf8(mask ? mask->inJson(body) : body);
}

QString methodOf(const TrafficRecord &record)
{
    return QString::fromLatin1(nameOf(record.verb));
}

QJsonObject lineOf(const TrafficRecord &record, const Pseudonyms *mask)
{
    QJsonObject json {{u"number"_s, record.number},
                      {u"startedAt"_s, record.startedAt.toString(Qt::ISODateWithMs)},
                      {u"milliseconds"_s, qint64(record.duration.count())},
                      {u"method"_s, methodOf(record)},
                      {u"url"_s, textOf(record.url, mask)},
                      {u"try"_s, record.attempt},
                      {u"status"_s, record.status},
                      {u"bytes"_s, record.replySize}};
    if (!record.error.isEmpty())
        json[u"error"_s] = textOf(record.error, mask);
    if (!record.correlationId.isEmpty())
        json[u"correlationId"_s] = record.correlationId;
    if (record.windowRemaining >= 0)
        json[u"windowRemaining"_s] = record.windowRemaining;
    if (record.dailyRemaining >= 0)
        json[u"dailyRemaining"_s] = record.dailyRemaining;
    if (!record.requestBody.isEmpty())
        json[u"request"_s] = bodyOf(record.requestBody, mask);
    if (!record.replyBody.isEmpty())
        json[u"reply"_s] = bodyOf(record.replyBody, mask);
    return json;
}

QJsonObject named(const QString &name, const QString &value)
{
    return {{u"name"_s, name}, {u"value"_s, value}};
}

QJsonObject harRequest(const TrafficRecord &record, const Pseudonyms *mask)
{
    const QString address = textOf(record.url, mask);
    QJsonArray query;
    const auto items = QUrlQuery(QUrl(address)).queryItems(QUrl::FullyDecoded);
    for (const auto &[name, value] : items)
        query.append(named(name, value));
    QJsonArray headers;
    for (const HttpHeader &header : record.headers)
        headers.append(named(QString::fromLatin1(header.name), QString::fromLatin1(header.value)));
    if (const auto &secret = record.secretHeader)
        headers.append(named(QString::fromLatin1(secret->name),
                             QString::fromLatin1(secret->prefix) + u"<secret>"_s));
    QJsonObject json {
        {u"method"_s, methodOf(record)}, {u"url"_s, address},     {u"httpVersion"_s, u"HTTP/1.1"_s},
        {u"cookies"_s, QJsonArray()},    {u"headers"_s, headers}, {u"queryString"_s, query},
        {u"headersSize"_s, -1},          {u"bodySize"_s, -1}};
    if (!record.requestBody.isEmpty())
        json[u"postData"_s] = QJsonObject {{u"mimeType"_s, QString::fromLatin1(record.contentType)},
                                           {u"text"_s, bodyOf(record.requestBody, mask)}};
    return json;
}

QJsonObject harResponse(const TrafficRecord &record, const Pseudonyms *mask)
{
    QJsonArray headers;
    if (!record.correlationId.isEmpty())
        headers.append(named(u"X-HubSpot-Correlation-Id"_s, record.correlationId));
    QJsonObject content {{u"size"_s, record.replySize}, {u"mimeType"_s, u"application/json"_s}};
    if (!record.replyBody.isEmpty())
        content[u"text"_s] = bodyOf(record.replyBody, mask);
    QJsonObject json {{u"status"_s, record.status},      {u"statusText"_s, QString()},
                      {u"httpVersion"_s, u"HTTP/1.1"_s}, {u"cookies"_s, QJsonArray()},
                      {u"headers"_s, headers},           {u"content"_s, content},
                      {u"redirectURL"_s, QString()},     {u"headersSize"_s, -1},
                      {u"bodySize"_s, record.replySize}};
    if (!record.error.isEmpty())
        json[u"_error"_s] = textOf(record.error, mask);
    return json;
}

} // namespace

QByteArray trafficAsJsonLines(const std::deque<TrafficRecord> &records, const Pseudonyms *mask)
{
    QByteArray lines;
    for (const TrafficRecord &record : records)
        lines += QJsonDocument(lineOf(record, mask)).toJson(QJsonDocument::Compact) + '\n';
    return lines;
}

QByteArray trafficAsHar(const std::deque<TrafficRecord> &records, const Pseudonyms *mask)
{
    QJsonArray entries;
    for (const TrafficRecord &record : records) {
        const qint64 time = record.duration.count();
        entries.append(QJsonObject {
            {u"startedDateTime"_s, record.startedAt.toString(Qt::ISODateWithMs)},
            {u"time"_s, time},
            {u"request"_s, harRequest(record, mask)},
            {u"response"_s, harResponse(record, mask)},
            {u"cache"_s, QJsonObject()},
            {u"timings"_s, QJsonObject {{u"send"_s, 0}, {u"wait"_s, time}, {u"receive"_s, 0}}}});
    }
    const QJsonObject creator {{u"name"_s, QString::fromLatin1(productName)},
                               {u"version"_s, QString::fromLatin1(productVersion)}};
    return QJsonDocument(QJsonObject {{u"log"_s,
                                       QJsonObject {{u"version"_s, u"1.2"_s},
                                                    {u"creator"_s, creator},
                                                    {u"entries"_s, entries}}}})
        .toJson();
}

} // namespace hubkeeper
