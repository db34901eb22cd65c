// SPDX-License-Identifier: MIT
#pragma once

#include "practice/data/isotime.h"
#include "practice/state/answers.h"

#include <QHash>
#include <QStringList>

#include <optional>

namespace hubkeeper::practice {

/// Who a request comes from, found by its bearer token.
struct Credential
{
    QString app; ///< Key of rate budgets: the app's client id, or "static".
    bool isOauth = false;
    QStringList scopes;

    [[nodiscard]] bool has(const QString &scope) const { return scopes.contains(scope); }
};

/// An installed app. All values are made up from the portal's seed.
struct App
{
    QString clientId;
    QString secret;
    qint64 appId = 0;
};

/// A live refresh token or access token, as introspection shows it.
struct TokenFacts
{
    int app = 0;
    QStringList scopes;
    EpochMs expiresAt = 0; ///< 0: never.
    QString refreshToken; ///< Of access tokens: what it was made from.
};

/// A grant waiting to be fetched with its code (hubspot-api 3.2).
struct CodeGrant
{
    int app = 0;
    QString redirectUri;
    QStringList scopes;
    EpochMs expiresAt = 0;
    QString challenge; ///< PKCE S256; empty without.
    bool used = false;
};

/// All credentials of a portal: apps, codes, refresh and access tokens, static tokens. Holds them
/// in clear: they are made up and good for nothing else.
class TokenBook
{
public:
    explicit TokenBook(quint32 seed, const QStringList &scopes);

    [[nodiscard]] const QList<App> &apps() const { return m_apps; }
    [[nodiscard]] std::optional<int> appWithId(const QString &clientId) const;

    /// The refresh token that is there from the start, and that of the second app.
    [[nodiscard]] QString firstRefreshToken() const { return m_firstRefresh; }
    [[nodiscard]] QString otherAppsRefreshToken() const { return m_otherRefresh; }
    [[nodiscard]] QString firstStaticToken() const { return m_firstStatic; }

    /// Makes one more static token that may do this much.
    QString addStaticToken(const QStringList &scopes);
    /// One whose text the caller chose; replaces one of the same text.
    void setStaticToken(const QString &token, const QStringList &scopes)
    {
        m_static.insert(token, scopes);
    }

    QString makeCode(const CodeGrant &grant);
    [[nodiscard]] CodeGrant *code(const QString &code);

    QString makeRefreshToken(int app, const QStringList &scopes);
    [[nodiscard]] std::optional<TokenFacts> refreshToken(const QString &token) const;
    bool revoke(const QString &refreshToken, bool accessTokensToo);

    QString makeAccessToken(const TokenFacts &facts);
    [[nodiscard]] std::optional<TokenFacts> accessToken(const QString &token) const;
    [[nodiscard]] std::optional<QStringList> staticToken(const QString &token) const;

    /// The owner of a bearer token, or the 401 of hubspot-api 3.7.
    [[nodiscard]] Outcome<Credential> authenticate(const QByteArray &authorization,
                                                   EpochMs now) const;

    /// Ends every access token now.
    void expireAccessTokens(EpochMs now);

private:
    [[nodiscard]] QString madeUp(const QString &what);
    [[nodiscard]] QString madeUpUuid(const QString &what);

    quint32 m_seed;
    quint64 m_made = 0;
    QList<App> m_apps;
    QHash<QString, CodeGrant> m_codes;
    QHash<QString, TokenFacts> m_refresh;
    QHash<QString, TokenFacts> m_access;
    QHash<QString, QStringList> m_static;
    QString m_firstRefresh;
    QString m_otherRefresh;
    QString m_firstStatic;
};

/// Every scope the portal knows (hubspot-api 3.3).
[[nodiscard]] const QStringList &allScopes();

} // namespace hubkeeper::practice
