// SPDX-License-Identifier: MIT
#include "practice/state/tokenbook.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

TokenBook::TokenBook(quint32 seed, const QStringList &scopes)
    : m_seed(seed)
{
    for (const qint64 appId : {4'711'001, 4'711'002})
        m_apps.append({madeUpUuid(u"client"_s), madeUpUuid(u"secret"_s), appId});
    m_firstRefresh = makeRefreshToken(0, scopes);
    m_otherRefresh = makeRefreshToken(1, scopes);
    m_firstStatic = addStaticToken(scopes);
}

std::optional<int> TokenBook::appWithId(const QString &clientId) const
{
    for (int i = 0; i < m_apps.size(); ++i) {
        if (m_apps[i].clientId == clientId)
            return i;
    }
    return std::nullopt;
}

QString TokenBook::addStaticToken(const QStringList &scopes)
{
    const QString token = u"pat-na1-"_s + madeUpUuid(u"static"_s);
    m_static.insert(token, scopes);
    return token;
}

QString TokenBook::makeCode(const CodeGrant &grant)
{
    const QString code = u"na1-"_s + madeUpUuid(u"code"_s);
    m_codes.insert(code, grant);
    return code;
}

CodeGrant *TokenBook::code(const QString &code)
{
    const auto it = m_codes.find(code);
    return it == m_codes.end() ? nullptr : &it.value();
}

QString TokenBook::makeRefreshToken(int app, const QStringList &scopes)
{
    const QString token = u"na1-"_s + madeUpUuid(u"refresh"_s);
    m_refresh.insert(token, {app, scopes, 0, {}});
    return token;
}

std::optional<TokenFacts> TokenBook::refreshToken(const QString &token) const
{
    const auto it = m_refresh.constFind(token);
    return it == m_refresh.constEnd() ? std::nullopt : std::optional(*it);
}

bool TokenBook::revoke(const QString &refreshToken, bool accessTokensToo)
{
    if (accessTokensToo) {
        m_access.removeIf([&](const QHash<QString, TokenFacts>::iterator &it) {
            return it->refreshToken == refreshToken;
        });
    }
    return m_refresh.remove(refreshToken) > 0;
}

QString TokenBook::makeAccessToken(const TokenFacts &facts)
{
    // Long on purpose: no client may set a bound (hubspot-api 3.1).
    const QString token = u"C"_s + madeUp(u"access"_s) + madeUp(u"a"_s) + madeUp(u"b"_s)
        + madeUp(u"c"_s) + madeUp(u"d"_s);
    m_access.insert(token, facts);
    return token;
}

std::optional<TokenFacts> TokenBook::accessToken(const QString &token) const
{
    const auto it = m_access.constFind(token);
    return it == m_access.constEnd() ? std::nullopt : std::optional(*it);
}

std::optional<QStringList> TokenBook::staticToken(const QString &token) const
{
    const auto it = m_static.constFind(token);
    return it == m_static.constEnd() ? std::nullopt : std::optional(*it);
}

Outcome<Credential> TokenBook::authenticate(const QByteArray &authorization, EpochMs now) const
{
    const bool isBearer = authorization.left(7).compare("Bearer ", Qt::CaseInsensitive) == 0;
    const QString token = QString::fromUtf8(authorization.mid(7)).trimmed();
    if (!isBearer || token.isEmpty()) {
        return refuse(errorReply(
            401, u"INVALID_AUTHENTICATION"_s,
            u"Authentication credentials not found. This API supports OAuth 2.0 authentication "
            "and you can find more details at "
            "https://developers.hubspot.com/docs/methods/auth/oauth-overview"_s));
    }
    if (const auto scopes = staticToken(token))
        return Credential {u"static"_s, false, *scopes};
    const auto facts = accessToken(token);
    if (!facts)
        return refuse(expiredToken(now, 0));
    if (facts->expiresAt <= now)
        return refuse(expiredToken(now, facts->expiresAt));
    return Credential {m_apps[facts->app].clientId, true, facts->scopes};
}

void TokenBook::expireAccessTokens(EpochMs now)
{
    for (TokenFacts &facts : m_access)
        facts.expiresAt = std::min(facts.expiresAt, now);
}

QString TokenBook::madeUp(const QString &what)
{
    const QString from = u"%1/%2/%3"_s.arg(m_seed).arg(what).arg(++m_made);
    return QString::fromLatin1(
        QCryptographicHash::hash(from.toUtf8(), QCryptographicHash::Sha256).toHex());
}

QString TokenBook::madeUpUuid(const QString &what)
{
    const QString hex = madeUp(what);
    return hex.left(8) + u'-' + hex.mid(8, 4) + u"-4"_s + hex.mid(13, 3) + u"-a"_s + hex.mid(17, 3)
        + u'-' + hex.mid(20, 12);
}

const QStringList &allScopes()
{
    static const QStringList scopes {u"oauth"_s,
                                     u"crm.objects.contacts.read"_s,
                                     u"crm.objects.contacts.write"_s,
                                     u"crm.objects.companies.read"_s,
                                     u"crm.objects.companies.write"_s,
                                     u"crm.schemas.contacts.read"_s,
                                     u"crm.schemas.contacts.write"_s,
                                     u"crm.schemas.companies.read"_s,
                                     u"crm.schemas.companies.write"_s,
                                     u"crm.objects.owners.read"_s};
    return scopes;
}

} // namespace hubkeeper::practice
