// SPDX-License-Identifier: MIT
#include "portal/access/oauth.h"

#include "base/knownsecrets.h"
#include "portal/portaltext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr qint64 longestLife = 366LL * 24 * 3600; // Seconds; more than that is not believed.

/// Builds application/x-www-form-urlencoded. Every secret that is sent or received passes through
/// this file, and is remembered, so that it is hidden where a server repeats it.
class Form
{
public:
    void add(const char *name, const QByteArray &value)
    {
        if (!m_body.isEmpty())
            m_body += '&';
        m_body += name;
        m_body += '=';
        m_body += value.toPercentEncoding();
    }
    void add(const char *name, const QString &value) { add(name, value.toUtf8()); }
    void add(const char *name, const Secret &value)
    {
        rememberSecret(value);
        value.withClearText([&](std::string_view text) {
            add(name, QByteArray::fromRawData(text.data(), qsizetype(text.size())));
        });
    }

    [[nodiscard]] HttpRequest postTo(const QString &path, Repeat repeat) const
    {
        HttpRequest request;
        request.verb = Verb::Post;
        request.path = path;
        request.body = m_body;
        request.contentType = "application/x-www-form-urlencoded";
        request.repeat = repeat;
        request.family = BudgetFamily::Exempt;
        request.authorization = Authorization::None;
        request.bodyIsSecret = true;
        return request;
    }

private:
    QByteArray m_body;
};

Secret secretFrom(const QJsonValue &value)
{
    Secret secret(value.toString().toUtf8());
    rememberSecret(secret);
    return secret;
}

bool isToken(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

QStringList scopesFrom(const QJsonObject &body)
{
    QStringList scopes;
    const QJsonArray names = body["scopes"_L1].toArray();
    for (const QJsonValue &name : names)
        scopes << name.toString();
    return scopes;
}

} // namespace

OAuthCredentials OAuthCredentials::clone() const
{
    return {clientId, clientSecret.clone(), refreshToken.clone()};
}

TokenGrant TokenGrant::clone() const
{
    return {accessToken.clone(), refreshToken.clone(), expiresIn, scopes, hubId};
}

HttpRequest refreshRequest(const QString &tokenPath, const OAuthCredentials &app)
{
    Form form;
    form.add("grant_type", "refresh_token"_ba);
    form.add("client_id", app.clientId);
    form.add("client_secret", app.clientSecret);
    form.add("refresh_token", app.refreshToken);
    return form.postTo(tokenPath, Repeat::Safe);
}

HttpRequest codeExchangeRequest(const QString &tokenPath, const QString &clientId,
                                const Secret &clientSecret, const Secret &code,
                                const QString &redirectUri)
{
    Form form;
    form.add("grant_type", "authorization_code"_ba);
    form.add("client_id", clientId);
    form.add("client_secret", clientSecret);
    form.add("redirect_uri", redirectUri);
    form.add("code", code);
    return form.postTo(tokenPath, Repeat::Never);
}

HttpRequest revokeRequest(const QString &tokenPath, const OAuthCredentials &app)
{
    Form form;
    form.add("client_id", app.clientId);
    form.add("client_secret", app.clientSecret);
    form.add("token", app.refreshToken);
    form.add("token_type_hint", "refresh_token"_ba);
    // v1 has only a form with the token in the path, where it does not belong (hubspot-api 3.5).
    const bool isFirst = tokenPath.startsWith("/oauth/v1/"_L1);
    const QString path = isFirst ? u"/oauth/v3/token"_s : tokenPath;
    return form.postTo(path + "/revoke"_L1, Repeat::Safe);
}

Result<TokenGrant> parseTokenGrant(const QByteArray &json)
{
    const QJsonObject body = QJsonDocument::fromJson(json).object();
    TokenGrant grant;
    grant.accessToken = secretFrom(body["access_token"_L1]);
    if (grant.accessToken.isEmpty())
        return fail(ErrorKind::BadReply,
                    PortalText::tr("The token endpoint answered without an access token."),
                    PortalText::tr("Check the address and the API version of the connection."));
    grant.refreshToken = secretFrom(body["refresh_token"_L1]);
    for (const Secret *token : {&grant.accessToken, &grant.refreshToken}) {
        if (!token->withClearText(isToken))
            return fail(
                ErrorKind::BadReply,
                PortalText::tr(
                    "The token endpoint answered with a token that holds a blank, a line break "
                    "or another character no token has."),
                PortalText::tr(
                    "Check the address of the connection, and what is between it and here."));
    }
    const qint64 life = body["expires_in"_L1].toInteger(1800);
    grant.expiresIn = std::chrono::seconds(life > 0 ? std::min(life, longestLife) : 1800);
    grant.scopes = scopesFrom(body);
    grant.hubId = body["hub_id"_L1].toInteger();
    return grant;
}

} // namespace hubkeeper
