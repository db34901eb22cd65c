// SPDX-License-Identifier: MIT
#include "practice/routes/routes.h"

#include <QCryptographicHash>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

constexpr qint64 practiceUser = 5050;

/// An OAuth request taken apart.
struct TokenCall
{
    QString version; ///< "v1", "v3", "2026-03", ...
    QStringList path; ///< Behind the version.
    QHash<QString, QString> form;

    [[nodiscard]] bool isV1() const { return version == "v1"_L1; }
};

bool isTokenVersion(const QString &text)
{
    return text == "v1"_L1 || text == "v2"_L1 || text == "v3"_L1 || text == "2026-03"_L1
        || text == "2026-09"_L1;
}

/// The app the form names, proved by its secret (hubspot-api 3.6).
Outcome<int> provenApp(const PortalState &state, const TokenCall &call)
{
    const bool named = state.options.switches.badClientHasStatus;
    const auto app = state.tokens.appWithId(call.form.value(u"client_id"_s));
    if (!app)
        return refuse(oauthError(u"invalid_client"_s, named ? u"BAD_CLIENT_ID"_s : QString(),
                                 u"missing or unknown client id"_s, call.isV1()));
    if (call.form.value(u"client_secret"_s) != state.tokens.apps()[*app].secret)
        return refuse(oauthError(u"invalid_client"_s, named ? u"BAD_CLIENT_SECRET"_s : QString(),
                                 u"missing or invalid client secret"_s, call.isV1()));
    return *app;
}

Reply badRefresh(const TokenCall &call, const QString &message)
{
    return oauthError(u"invalid_grant"_s, u"BAD_REFRESH_TOKEN"_s, message, call.isV1());
}

Reply granted(PortalState &state, const TokenCall &call, int app, const QStringList &scopes,
              const QString &refreshToken)
{
    const qint64 life = state.options.accessTokenLife.count();
    const QString access =
        state.tokens.makeAccessToken({app, scopes, state.now() + life * 1000, refreshToken});
    QJsonObject json {{u"token_type"_s, u"bearer"_s},
                      {u"access_token"_s, access},
                      {u"refresh_token"_s, refreshToken},
                      {u"expires_in"_s, life}};
    if (!call.isV1() || state.options.switches.scopesAnsweredByV1) {
        json.insert(u"hub_id"_s, state.options.portalId);
        json.insert(u"scopes"_s, texts(scopes));
        json.insert(u"user_id"_s, practiceUser);
        json.insert(u"token_use"_s, u"access_token"_s);
    }
    return jsonReply(json);
}

Reply refresh(PortalState &state, const TokenCall &call, int app)
{
    const QString token = call.form.value(u"refresh_token"_s);
    if (token.isEmpty())
        return badRefresh(call, u"missing or invalid refresh token"_s);
    const auto facts = state.tokens.refreshToken(token);
    if (!facts)
        return badRefresh(call, u"refresh token is invalid, expired or revoked"_s);
    if (facts->app != app)
        return badRefresh(call, u"refresh token was not issued to this client"_s);
    QString kept = token;
    if (state.options.switches.rotateRefreshTokens) {
        state.tokens.revoke(token, false);
        kept = state.tokens.makeRefreshToken(app, facts->scopes);
    }
    return granted(state, call, app, facts->scopes, kept);
}

bool provesChallenge(const CodeGrant &grant, const QString &verifier)
{
    if (grant.challenge.isEmpty())
        return true;
    const QByteArray hash = QCryptographicHash::hash(verifier.toUtf8(), QCryptographicHash::Sha256);
    return grant.challenge.toLatin1()
        == hash.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

Reply exchangeCode(PortalState &state, const TokenCall &call, int app)
{
    const auto bad = [&](const QString &status, const QString &message) {
        return oauthError(u"invalid_grant"_s, status, message, call.isV1());
    };
    CodeGrant *grant = state.tokens.code(call.form.value(u"code"_s));
    if (!grant || grant->app != app || grant->used)
        return bad(u"BAD_AUTH_CODE"_s, u"missing or unknown auth code"_s);
    if (grant->expiresAt <= state.now())
        return bad(u"EXPIRED_AUTH_CODE"_s, u"auth code is expired"_s);
    const QString redirect = call.form.value(u"redirect_uri"_s);
    if (redirect.isEmpty())
        return bad(u"BAD_REDIRECT_URI"_s, u"missing redirect uri"_s);
    if (redirect != grant->redirectUri)
        return bad(u"MISMATCH_REDIRECT_URI_AUTH_CODE"_s,
                   u"redirect uri does not match the one of the auth code"_s);
    if (!provesChallenge(*grant, call.form.value(u"code_verifier"_s)))
        return bad(u"BAD_AUTH_CODE"_s, u"code verifier does not match the challenge"_s);
    grant->used = true;
    const QStringList scopes = grant->scopes;
    return granted(state, call, app, scopes, state.tokens.makeRefreshToken(app, scopes));
}

Reply token(PortalState &state, const TokenCall &call)
{
    if (state.options.switches.accountDeleted)
        return oauthError(u"access_denied"_s, u"BAD_HUB"_s,
                          u"the account does not exist or was deleted"_s, call.isV1());
    const auto app = provenApp(state, call);
    if (!app)
        return app.error();
    const QString grant = call.form.value(u"grant_type"_s);
    if (grant == "refresh_token"_L1)
        return refresh(state, call, *app);
    if (grant == "authorization_code"_L1)
        return exchangeCode(state, call, *app);
    return oauthError(u"unsupported_grant_type"_s, u"BAD_GRANT_TYPE"_s,
                      u"missing or unknown grant type"_s, call.isV1());
}

QJsonObject describe(const PortalState &state, const QString &token, const TokenFacts &facts,
                     bool isAccess)
{
    const App &app = state.tokens.apps()[facts.app];
    QJsonObject json {{u"token"_s, token},
                      {u"token_type"_s, isAccess ? u"access"_s : u"refresh"_s},
                      {u"hub_id"_s, state.options.portalId},
                      {u"hub_domain"_s, u"practice.example"_s},
                      {u"user"_s, u"owner1@hubkeeper.example"_s},
                      {u"user_id"_s, practiceUser},
                      {u"scopes"_s, texts(facts.scopes)}};
    if (isAccess) {
        json.insert(u"app_id"_s, app.appId);
        json.insert(u"expires_in"_s, std::max<qint64>(0, (facts.expiresAt - state.now()) / 1000));
    } else {
        json.insert(u"client_id"_s, app.clientId);
    }
    return json;
}

/// The token as HubSpot signs it for its own services: every member it has, none of them worth
/// anything here.
QJsonObject signedToken(const PortalState &state, const TokenFacts &facts)
{
    const auto encoded = [](const QStringList &list) {
        return QString::fromLatin1(list.join(u',').toUtf8().toBase64());
    };
    return {{u"expiresAt"_s, facts.expiresAt},
            {u"scopes"_s, encoded(facts.scopes)},
            {u"hubId"_s, state.options.portalId},
            {u"userId"_s, practiceUser},
            {u"appId"_s, state.tokens.apps()[facts.app].appId},
            {u"appInstallId"_s, 1},
            {u"audience"_s, u"practice"_s},
            {u"signature"_s, u"practice"_s},
            {u"newSignature"_s, u"practice"_s},
            {u"hublet"_s, u"na1"_s},
            {u"installingUserId"_s, practiceUser},
            {u"scopeToScopeGroupPks"_s, QString()},
            {u"trialScopes"_s, QString()},
            {u"trialScopeToScopeGroupPks"_s, QString()},
            {u"isUserLevel"_s, false},
            {u"isServiceAccount"_s, false},
            {u"isPrivateDistribution"_s, false}};
}

Reply introspect(PortalState &state, const TokenCall &call)
{
    if (const auto app = provenApp(state, call); !app)
        return app.error();
    const QString hint = call.form.value(u"token_type_hint"_s);
    QString token = call.form.value(u"token"_s);
    for (const QString &field : {u"access_token"_s, u"refresh_token"_s}) {
        if (token.isEmpty())
            token = call.form.value(field);
    }
    const auto access = hint == "refresh_token"_L1 ? std::nullopt : state.tokens.accessToken(token);
    const auto facts = access
        ? access
        : (hint == "access_token"_L1 ? std::nullopt : state.tokens.refreshToken(token));
    if (!facts || (access && facts->expiresAt <= state.now()))
        return jsonReply({{u"active"_s, false}});
    const App &app = state.tokens.apps()[facts->app];
    QJsonObject json = describe(state, token, *facts, access.has_value());
    json.insert(u"active"_s, true);
    json.insert(u"token_use"_s, access ? u"access_token"_s : u"refresh_token"_s);
    json.insert(u"token_type"_s, u"bearer"_s);
    json.insert(u"client_id"_s, app.clientId);
    json.insert(u"app_id"_s, app.appId);
    if (access) {
        json.insert(u"is_private_distribution"_s, false);
        json.insert(u"signed_access_token"_s, signedToken(state, *facts));
    }
    return jsonReply(json);
}

Reply revoke(PortalState &state, const TokenCall &call)
{
    if (const auto app = provenApp(state, call); !app)
        return app.error();
    state.tokens.revoke(call.form.value(u"token"_s), state.options.switches.revokeEndsAccessTokens);
    if (state.options.switches.revokeAnswers200)
        return jsonReply({});
    return emptyReply(204);
}

/// GET and DELETE with the token in the path (hubspot-api 3.5).
Reply legacyToken(PortalState &state, const TokenCall &call, const QByteArray &method)
{
    const bool isAccess = call.path[0] == "access-tokens"_L1;
    const auto facts =
        isAccess ? state.tokens.accessToken(call.path[1]) : state.tokens.refreshToken(call.path[1]);
    if (!facts || (isAccess && facts->expiresAt <= state.now()))
        return errorReply(404, u"OBJECT_NOT_FOUND"_s, u"token not found"_s);
    if (method == "DELETE" && !isAccess) {
        state.tokens.revoke(call.path[1], state.options.switches.revokeEndsAccessTokens);
        return emptyReply(204);
    }
    return method == "GET" ? jsonReply(describe(state, call.path[1], *facts, isAccess))
                           : emptyReply(405);
}

/// What a static token may do (hubspot-api 3.1).
Reply staticTokenInfo(PortalState &state, const Received &request)
{
    const QJsonObject body = QJsonDocument::fromJson(request.body).object();
    const auto scopes = state.tokens.staticToken(body.value("tokenKey"_L1).toString());
    if (!scopes)
        return notFound();
    return jsonReply({{u"userId"_s, practiceUser},
                      {u"hubId"_s, state.options.portalId},
                      {u"appId"_s, qint64(4'711'003)},
                      {u"scopes"_s, texts(*scopes)}});
}

} // namespace

std::optional<Reply> tokenEndpoint(PortalState &state, const Received &request)
{
    QStringList path = QString::fromUtf8(QByteArray::fromPercentEncoding(request.path))
                           .split(u'/', Qt::SkipEmptyParts);
    if (path.value(0) != "oauth"_L1 || !isTokenVersion(path.value(1)))
        return std::nullopt;
    TokenCall call;
    call.version = path[1];
    call.path = path.mid(2);
    if (call.isV1() && state.options.switches.oauthV1Gone)
        return htmlReply(404);
    if (call.path == QStringList {u"private-apps"_s, u"get"_s, u"access-token-info"_s})
        return call.version == "v2"_L1 ? staticTokenInfo(state, request) : htmlReply(404);
    if (call.version == "v2"_L1)
        return htmlReply(404);
    const bool isLegacy = call.isV1() && call.path.size() == 2
        && (call.path[0] == "access-tokens"_L1 || call.path[0] == "refresh-tokens"_L1);
    if (isLegacy)
        return legacyToken(state, call, request.method);
    if (call.path.value(0) != "token"_L1)
        return htmlReply(404);
    if (request.method != "POST")
        return htmlReply(405);
    if (!request.header("content-type").startsWith("application/x-www-form-urlencoded"))
        return errorReply(415, {}, u"The form must be application/x-www-form-urlencoded"_s);
    for (const auto &[name, value] : decodedFields(request.body))
        call.form.insert(name, value);
    if (call.path.size() == 1)
        return token(state, call);
    if (call.path.size() == 2 && call.path[1] == "introspect"_L1 && !call.isV1())
        return introspect(state, call);
    if (call.path.size() == 2 && call.path[1] == "revoke"_L1 && !call.isV1())
        return revoke(state, call);
    return htmlReply(404);
}

} // namespace hubkeeper::practice
