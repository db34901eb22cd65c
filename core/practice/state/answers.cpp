// SPDX-License-Identifier: MIT
#include "practice/state/answers.h"

#include "practice/data/isotime.h"
#include "practice/wire/loopbackserver.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

Reply jsonReply(QJsonObject json, int status)
{
    Reply reply;
    reply.status = status;
    reply.json = std::move(json);
    return reply;
}

Reply emptyReply(int status)
{
    Reply reply;
    reply.status = status;
    return reply;
}

Reply htmlReply(int status)
{
    const QByteArray title = QByteArray::number(status) + " " + reasonPhrase(status);
    Reply reply;
    reply.status = status;
    reply.contentType = "text/html;charset=utf-8";
    reply.body = "<!DOCTYPE html>\n<html><head><title>" + title + "</title></head><body><h1>"
        + title + "</h1></body></html>\n";
    return reply;
}

Reply errorReply(int status, const QString &category, const QString &message,
                 const QJsonObject &more)
{
    QJsonObject json {{u"status"_s, u"error"_s}, {u"message"_s, message}};
    if (!category.isEmpty())
        json.insert(u"category"_s, category);
    for (auto it = more.begin(); it != more.end(); ++it)
        json.insert(it.key(), it.value());
    return jsonReply(json, status);
}

Reply invalid(const QString &message, const QJsonObject &more)
{
    return errorReply(400, u"VALIDATION_ERROR"_s, message, more);
}

QString unreadable(const QString &type, const QString &value)
{
    return u"Cannot deserialize value of type `%1` from String \"%2\": not a valid `%1` value"_s
        .arg(type, value);
}

Reply notFound()
{
    return errorReply(404, u"OBJECT_NOT_FOUND"_s, u"resource not found"_s);
}

Reply missingScopes(const QStringList &scopes)
{
    const QJsonObject error {
        {u"message"_s, u"One or more of the following scopes are required."_s},
        {u"context"_s, QJsonObject {{u"requiredGranularScopes"_s, texts(scopes)}}}};
    return errorReply(
        403, u"MISSING_SCOPES"_s,
        u"This app hasn't been granted all required scopes to make this call. Read more about "
        "required scopes here: https://developers.hubspot.com/scopes."_s,
        {{u"errors"_s, QJsonArray {error}},
         {u"links"_s, QJsonObject {{u"scopes"_s, u"https://developers.hubspot.com/scopes"_s}}}});
}

Reply expiredToken(qint64 nowMs, qint64 expiredAtMs)
{
    const qint64 seconds = std::max<qint64>(0, (nowMs - expiredAtMs) / 1000);
    const auto ago = [&]() -> std::pair<qint64, QString> {
        if (seconds < 60)
            return {seconds, u"second(s)"_s};
        if (seconds < 3600)
            return {seconds / 60, u"minute(s)"_s};
        if (seconds < 86'400)
            return {seconds / 3600, u"hour(s)"_s};
        return {seconds / 86'400, u"day(s)"_s};
    }();
    return errorReply(
        401, u"EXPIRED_AUTHENTICATION"_s,
        u"The OAuth token used to make this call expired %1 %2 ago."_s.arg(ago.first).arg(
            ago.second),
        {{u"context"_s, QJsonObject {{u"expire time"_s, QJsonArray {isoText(expiredAtMs)}}}}});
}

Reply rateLimited(LimitPolicy policy, bool withCategory, std::optional<int> retryAfterSeconds)
{
    const bool daily = policy == LimitPolicy::Daily;
    const bool secondly = policy == LimitPolicy::Secondly;
    const QString word = daily ? u"daily"_s : secondly ? u"secondly"_s : u"ten_secondly_rolling"_s;
    QJsonObject json {{u"status"_s, u"error"_s},
                      {u"message"_s, u"You have reached your %1 limit."_s.arg(word)},
                      {u"errorType"_s, u"RATE_LIMIT"_s},
                      {u"policyName"_s, word.toUpper()},
                      {u"groupName"_s, u"publicapi:crm:practice"_s}};
    if (daily)
        json.insert(u"requestId"_s, u"practice"_s);
    if (withCategory)
        json.insert(u"category"_s, u"RATE_LIMITS"_s);
    Reply reply = jsonReply(json, 429);
    if (retryAfterSeconds)
        reply.headers.emplaceBack("Retry-After", QByteArray::number(*retryAfterSeconds));
    return reply;
}

Reply oauthError(const QString &error, const QString &status, const QString &message, bool isV1)
{
    QJsonObject json {{u"message"_s, message}};
    if (!status.isEmpty())
        json.insert(u"status"_s, status);
    if (!isV1) {
        json.insert(u"error"_s, error);
        json.insert(u"error_description"_s, message);
    }
    return jsonReply(json, 400);
}

Answer toAnswer(const Reply &reply)
{
    Answer answer;
    answer.status = reply.status;
    answer.headers = reply.headers;
    if (reply.json) {
        answer.body = QJsonDocument(*reply.json).toJson(QJsonDocument::Compact);
    } else {
        answer.body = reply.body;
        answer.contentType = reply.contentType;
    }
    return answer;
}

QJsonArray texts(const QStringList &list)
{
    return QJsonArray::fromStringList(list);
}

} // namespace hubkeeper::practice
