// SPDX-License-Identifier: MIT
#include "portal/access/authorization.h"

#include "portal/portaltext.h"

#include <QRandomGenerator>
#include <QUrlQuery>

#include <array>

using namespace Qt::StringLiterals;

namespace hubkeeper {

ScopeChoice ScopeChoice::forConnector()
{
    return {{u"oauth"_s, u"crm.objects.contacts.read"_s, u"crm.objects.contacts.write"_s,
             u"crm.objects.companies.read"_s, u"crm.objects.companies.write"_s},
            {u"crm.objects.owners.read"_s, u"crm.schemas.contacts.read"_s,
             u"crm.schemas.companies.read"_s, u"crm.schemas.contacts.write"_s,
             u"crm.schemas.companies.write"_s}};
}

QUrl authorizeUrl(const QUrl &host, const QString &clientId, const QString &redirectUri,
                  const ScopeChoice &scopes, const QByteArray &state)
{
    const auto encoded = [](const QString &text) {
        return QString::fromLatin1(QUrl::toPercentEncoding(text));
    };
    QUrlQuery query;
    query.addQueryItem(u"client_id"_s, encoded(clientId));
    query.addQueryItem(u"redirect_uri"_s, encoded(redirectUri));
    query.addQueryItem(u"scope"_s, encoded(scopes.required.join(u' ')));
    if (!scopes.optional.isEmpty())
        query.addQueryItem(u"optional_scope"_s, encoded(scopes.optional.join(u' ')));
    query.addQueryItem(u"state"_s, encoded(QString::fromLatin1(state)));
    QUrl url = host;
    url.setPath(u"/oauth/authorize"_s);
    url.setQuery(query);
    return url;
}

QByteArray freshState()
{
    std::array<quint32, 8> words {};
    QRandomGenerator::system()->fillRange(words.data(), words.size());
    return QByteArray(reinterpret_cast<const char *>(words.data()), sizeof words)
        .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

QStringList missingScopes(const QStringList &asked, const QStringList &granted)
{
    QStringList missing;
    for (const QString &scope : asked) {
        if (!granted.isEmpty() && !granted.contains(scope))
            missing.append(scope);
    }
    return missing;
}

Result<QByteArray> codeFromPastedText(const QString &text, const QByteArray &state)
{
    const QString trimmed = text.trimmed();
    if (!trimmed.contains(u"://"_s)) {
        const bool looksLikeCode = !trimmed.isEmpty() && !trimmed.contains(u' ')
            && !trimmed.contains(u'=') && trimmed.size() < 2000;
        if (looksLikeCode)
            return trimmed.toUtf8();
        return fail(
            ErrorKind::InvalidInput, PortalText::tr("This is not an authorization code."),
            PortalText::tr("Paste the value after \"code=\", or the whole address of the page."));
    }
    const QUrlQuery query(QUrl(trimmed).query(QUrl::FullyEncoded));
    const QString code = query.queryItemValue(u"code"_s, QUrl::FullyDecoded);
    const QString found = query.queryItemValue(u"state"_s, QUrl::FullyDecoded);
    if (query.hasQueryItem(u"error"_s)) {
        return fail(
            ErrorKind::Refused, PortalText::tr("HubSpot declined the connection."),
            PortalText::tr("Sign in with a user who may install apps, and allow the scopes."));
    }
    if (!found.isEmpty() && found.toUtf8() != state) {
        return fail(ErrorKind::Refused, PortalText::tr("The address belongs to another sign-in."),
                    PortalText::tr("Start again and paste the newest address."));
    }
    if (code.isEmpty()) {
        return fail(
            ErrorKind::InvalidInput, PortalText::tr("The address holds no code."),
            PortalText::tr("Paste the address the browser ended at after you allowed the app."));
    }
    return code.toUtf8();
}

} // namespace hubkeeper
