// SPDX-License-Identifier: MIT
#include "idm/access/serviceaccount.h"

#include "base/compactjson.h"
#include "base/knownsecrets.h"
#include "base/redact.h"
#include "idm/access/servererror.h"
#include "idm/idmtext.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr qint64 usualLife = 899; // Seconds; what the cloud was seen to give.
constexpr qint64 longestLife = 24 * 3600;
constexpr qint64 clockTolerance = 60; // Seconds that two clocks may differ.
constexpr qsizetype longestReason = 200;

QByteArray base64Url(const QByteArray &bytes)
{
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

/// The server's time, by its answer; invalid if it does not say. HTTP names the zone (RFC 9110
/// 5.6.7), Qt reads its offset.
QDateTime dateOf(const HttpReply &reply)
{
    const QByteArray date = reply.header("date").replace("GMT", "+0000");
    return QDateTime::fromString(QString::fromLatin1(date), Qt::RFC2822Date).toUTC();
}

bool isToken(const QString &text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c > u' ' && c <= u'~'; });
}

Error wrongClock(const QDateTime &here, const QDateTime &there)
{
    constexpr auto form = "yyyy-MM-dd HH:mm:ss"_L1;
    Error error;
    error.kind = ErrorKind::Unauthorized;
    error.what = IdmText::tr("The server refused the signed login: this computer's clock says %1, "
                             "the server's says %2 (UTC).")
                     .arg(here.toString(QString(form)), there.toString(QString(form)));
    error.remedy = IdmText::tr("Set the clock; a signed login is valid for three minutes.");
    return error;
}

Error refusedAssertion(const QString &account, const QString &said)
{
    Error error;
    error.kind = ErrorKind::Unauthorized;
    error.what = said.isEmpty()
        ? IdmText::tr("The server does not accept the login of the service account %1.")
              .arg(account)
        : IdmText::tr("The server does not accept the login of the service account %1: %2",
                      "%2 is the server's own sentence")
              .arg(account, said);
    error.remedy = IdmText::tr("Check its id, and that the key is the one that was made for it: a "
                               "key that was replaced in the console is no longer valid.");
    return error;
}

Error withoutScope(const QString &account)
{
    Error error;
    error.kind = ErrorKind::Forbidden;
    error.what = IdmText::tr("The service account %1 may not use IDM.").arg(account);
    error.remedy = IdmText::tr("Give it the scope fr:idm:* in the cloud's console.");
    error.missingScopes = {u"fr:idm:*"_s};
    return error;
}

Error noEndpoint(int status)
{
    Error error;
    error.kind = ErrorKind::BadReply;
    error.what =
        IdmText::tr("This server does not issue tokens for service accounts at %1 (status %2).")
            .arg(tokenPath)
            .arg(status);
    error.remedy = IdmText::tr("Check the address. Only the cloud has service accounts; other "
                               "servers take a user name and a password.");
    return error;
}

Error refusalFrom(const HttpReply &reply, const QString &account, const QDateTime &now)
{
    const QJsonObject body = QJsonDocument::fromJson(reply.body).object();
    const QString word = body["error"_L1].toString();
    const QString said =
        withoutSecrets(body["error_description"_L1].toString().left(longestReason)).simplified();
    const bool isGrant = word == "invalid_grant"_L1 || word == "invalid_client"_L1
        || word == "unauthorized_client"_L1 || word == "invalid_request"_L1 || reply.status == 401;
    const QDateTime there = dateOf(reply);
    Error error = word == "invalid_scope"_L1 ? withoutScope(account)
        : !isGrant && (body.isEmpty() || reply.status == 404) && reply.status < 500
        ? noEndpoint(reply.status)
        : !isGrant ? serverErrorFrom(reply, u"token"_s)
        : there.isValid() && std::abs(there.secsTo(now)) > clockTolerance
        ? wrongClock(now, there)
        : refusedAssertion(account, said);
    error.httpStatus = reply.status;
    error.category = word;
    return error;
}

} // namespace

QByteArray claimsJson(const AssertionClaims &claims)
{
    QUrl audience = claims.server;
    audience.setPath({});
    const int port = audience.port(audience.scheme() == "https"_L1 ? 443 : 80);
    audience.setPort(-1);
    return compactJson(QJsonObject {
        {u"iss"_s, claims.account},
        {u"sub"_s, claims.account},
        {u"aud"_s, u"%1:%2%3"_s.arg(audience.toString()).arg(port).arg(tokenPath)},
        {u"exp"_s, claims.issuedAt.toSecsSinceEpoch() + qint64(AssertionClaims::life.count())},
        {u"jti"_s, claims.id}});
}

Result<Secret> assertionOf(const AssertionClaims &claims, const SigningKey &key)
{
    const QByteArray text =
        base64Url(R"({"alg":"RS256","typ":"JWT"})") + '.' + base64Url(claimsJson(claims));
    return key.sign(text).map([&](const QByteArray &signature) {
        Secret assertion(QByteArray(text + '.' + base64Url(signature)));
        rememberSecret(assertion);
        return assertion;
    });
}

HttpRequest tokenRequest(const Secret &assertion)
{
    HttpRequest request;
    request.verb = Verb::Post;
    request.path = tokenPath;
    request.body = "client_id=service-account"
                   "&grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer"
                   "&scope=fr%3Aidm%3A%2A&assertion="
        + assertion.withClearText(
            [](std::string_view text) { return QByteArray(text.data(), qsizetype(text.size())); });
    request.contentType = "application/x-www-form-urlencoded";
    request.repeat = Repeat::Never; // An assertion is good for one token.
    request.family = BudgetFamily::Exempt;
    request.authorization = Authorization::None;
    request.bodyIsSecret = true;
    return request;
}

Result<AccessToken> accessTokenFrom(const HttpReply &reply, const QString &account,
                                    const QDateTime &now)
{
    if (reply.status / 100 != 2)
        return tl::unexpected(refusalFrom(reply, account, now));
    const QJsonObject body = QJsonDocument::fromJson(reply.body).object();
    const QString text = body["access_token"_L1].toString();
    if (text.isEmpty() || !isToken(text))
        return tl::unexpected(noEndpoint(reply.status));
    AccessToken token {Secret(text.toLatin1()), std::chrono::seconds(usualLife)};
    rememberSecret(token.token);
    const qint64 life = body["expires_in"_L1].toInteger(usualLife);
    if (life > 0)
        token.life = std::chrono::seconds(std::min(life, longestLife));
    return token;
}

} // namespace hubkeeper
