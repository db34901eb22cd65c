// SPDX-License-Identifier: MIT
#pragma once

#include "practice/wire/wire.h"

#include <QJsonArray>
#include <QJsonObject>

#include <tl/expected.hpp>

#include <optional>

namespace hubkeeper::practice {

/// What a route answers, before it is put into bytes. Error objects get their correlation id
/// later, in one place.
struct Reply
{
    int status = 200;
    std::optional<QJsonObject> json; ///< Else `body` counts.
    QByteArray body;
    QByteArray contentType;
    HeaderList headers;

    [[nodiscard]] bool isError() const { return status >= 400; }
};

/// A value, or the reply that refuses the call.
template <typename T>
using Outcome = tl::expected<T, Reply>;

[[nodiscard]] inline tl::unexpected<Reply> refuse(Reply reply)
{
    return tl::unexpected<Reply>(std::move(reply));
}

[[nodiscard]] Reply jsonReply(QJsonObject json, int status = 200);
[[nodiscard]] Reply emptyReply(int status = 204);

/// A page as a web server or the content network in front would show it (hubspot-api 11.1).
[[nodiscard]] Reply htmlReply(int status);

/// {"status":"error","category":...,"message":...} with `more` merged in (hubspot-api 11.1).
[[nodiscard]] Reply errorReply(int status, const QString &category, const QString &message,
                               const QJsonObject &more = {});

/// 400 VALIDATION_ERROR with a plain message.
[[nodiscard]] Reply invalid(const QString &message, const QJsonObject &more = {});

/// What HubSpot's JSON reader says of a value that is not of the Java type `type`.
[[nodiscard]] QString unreadable(const QString &type, const QString &value);

/// 404 "resource not found" (hubspot-api 4.4).
[[nodiscard]] Reply notFound();

/// 403 with requiredGranularScopes (hubspot-api 3.7).
[[nodiscard]] Reply missingScopes(const QStringList &scopes);

/// 401 EXPIRED_AUTHENTICATION; `expiredAt` 0 for a token that never was one (hubspot-api 3.7).
[[nodiscard]] Reply expiredToken(qint64 nowMs, qint64 expiredAtMs);

/// The three 429 bodies (hubspot-api 12.2).
enum class LimitPolicy { TenSecondly, Secondly, Daily };
[[nodiscard]] Reply rateLimited(LimitPolicy policy, bool withCategory,
                                std::optional<int> retryAfterSeconds);

/// 400 in both shapes of OAuth errors, or HubSpot's fields only for v1 (hubspot-api 3.6).
[[nodiscard]] Reply oauthError(const QString &error, const QString &status, const QString &message,
                               bool isV1);

/// The body of a reply as bytes, compact.
[[nodiscard]] Answer toAnswer(const Reply &reply);

/// An array of texts.
[[nodiscard]] QJsonArray texts(const QStringList &list);

} // namespace hubkeeper::practice
