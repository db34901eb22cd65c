// SPDX-License-Identifier: MIT
#include "practice/routes/routes.h"

#include <QUrl>
#include <QUrlQuery>

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

/// What the client asks the user for (hubspot-api 3.2).
struct Ask
{
    QHash<QString, QString> fields;
    int app = 0;
    QStringList scopes;

    [[nodiscard]] QString field(const char16_t *name) const
    {
        return fields.value(QString::fromUtf16(name));
    }
};

Reply page(int status, const QString &title, const QString &body)
{
    Reply reply;
    reply.status = status;
    reply.contentType = "text/html;charset=utf-8";
    reply.body = u"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>%1"
                 "</title></head><body><h1>%1</h1>%2</body></html>\n"_s.arg(title, body)
                     .toUtf8();
    reply.headers.emplaceBack("Content-Security-Policy",
                              "default-src 'none'; frame-ancestors 'none'");
    reply.headers.emplaceBack("Referrer-Policy", "no-referrer");
    return reply;
}

/// https, or http to the name localhost; addresses are refused (hubspot-api 3.2).
bool mayRedirect(const PortalState &state, const QString &uri)
{
    if (!state.options.redirectUris.isEmpty())
        return state.options.redirectUris.contains(uri);
    const QUrl url(uri, QUrl::StrictMode);
    return url.isValid() && url.scheme() == "http"_L1 && url.host() == "localhost"_L1
        && url.userInfo().isEmpty() && !url.hasFragment();
}

Reply redirect(const Ask &ask, const QList<std::pair<QString, QString>> &answers)
{
    QUrl url(ask.field(u"redirect_uri"));
    QUrlQuery query(url);
    for (const auto &[name, value] : answers)
        query.addQueryItem(name, QString::fromLatin1(QUrl::toPercentEncoding(value)));
    if (const QString state = ask.field(u"state"); !state.isEmpty())
        query.addQueryItem(u"state"_s, QString::fromLatin1(QUrl::toPercentEncoding(state)));
    url.setQuery(query);
    Reply reply = emptyReply(302);
    reply.headers.emplaceBack("Location", url.toEncoded());
    return reply;
}

Reply allow(PortalState &state, const Ask &ask)
{
    CodeGrant grant;
    grant.app = ask.app;
    grant.redirectUri = ask.field(u"redirect_uri");
    grant.scopes = ask.scopes;
    grant.challenge = ask.field(u"code_challenge");
    grant.expiresAt = state.now() + state.options.codeLife.count() * 1000;
    return redirect(ask, {{u"code"_s, state.tokens.makeCode(grant)}});
}

Reply decline(const Ask &ask)
{
    return redirect(ask,
                    {{u"error"_s, u"access_denied"_s},
                     {u"error_description"_s, u"The user declined the installation."_s}});
}

/// The question with two buttons; everything asked for travels in hidden fields.
Reply question(const Ask &ask, const QByteArray &path)
{
    QString form = u"<p>This app wants to:</p><ul>"_s;
    for (const QString &scope : ask.scopes)
        form += u"<li>%1</li>"_s.arg(scope.toHtmlEscaped());
    form += u"</ul><form method=\"post\" action=\"%1\">"_s.arg(
        QString::fromLatin1(path).toHtmlEscaped());
    for (auto it = ask.fields.begin(); it != ask.fields.end(); ++it) {
        form += u"<input type=\"hidden\" name=\"%1\" value=\"%2\">"_s.arg(
            it.key().toHtmlEscaped(), it.value().toHtmlEscaped());
    }
    form += u"<button name=\"decision\" value=\"allow\">Allow</button> "
            "<button name=\"decision\" value=\"decline\">Decline</button></form>"_s;
    return page(200, u"Connect an app to the practice portal"_s, form);
}

/// Required scopes must be known; optional ones are dropped without an error.
Outcome<QStringList> scopesOf(const PortalState &state, const Ask &ask)
{
    const QStringList known =
        state.options.grantedScopes.isEmpty() ? allScopes() : state.options.grantedScopes;
    QStringList scopes = ask.field(u"scope").split(u' ', Qt::SkipEmptyParts);
    for (const QString &scope : std::as_const(scopes)) {
        if (!known.contains(scope))
            return refuse(
                page(400, u"Scope mismatch"_s,
                     u"<p>The scope %1 is not one of this app.</p>"_s.arg(scope.toHtmlEscaped())));
    }
    for (const QString &scope : ask.field(u"optional_scope").split(u' ', Qt::SkipEmptyParts)) {
        if (known.contains(scope))
            scopes.append(scope);
    }
    if (!scopes.contains(u"oauth"_s))
        scopes.prepend(u"oauth"_s);
    scopes.removeDuplicates();
    return scopes;
}

Outcome<Ask> readAsk(const PortalState &state, const Received &request)
{
    Ask ask;
    for (const auto &[name, value] :
         decodedFields(request.method == "POST" ? request.body : request.query))
        ask.fields.insert(name, value);
    const auto app = state.tokens.appWithId(ask.field(u"client_id"));
    if (!app)
        return refuse(page(400, u"Unknown app"_s, u"<p>The client id is not known.</p>"_s));
    ask.app = *app;
    if (!mayRedirect(state, ask.field(u"redirect_uri")))
        return refuse(page(400, u"Redirect URL does not match"_s,
                           u"<p>The redirect URL must be a registered one: https, or "
                           "http://localhost with a port; addresses are refused.</p>"_s));
    if (!ask.field(u"code_challenge").isEmpty() && state.options.switches.pkceRefused)
        return refuse(page(400, u"Unknown parameter"_s, u"<p>code_challenge is not known.</p>"_s));
    auto scopes = scopesOf(state, ask);
    if (!scopes)
        return refuse(scopes.error());
    ask.scopes = *scopes;
    return ask;
}

bool isAuthorizePath(const QByteArray &path, qint64 portalId)
{
    return path == "/oauth/authorize"
        || path == "/oauth/" + QByteArray::number(portalId) + "/authorize";
}

} // namespace

Result<AuthorizeMode> authorizeModeFromText(QStringView text)
{
    if (text == "redirect"_L1)
        return AuthorizeMode::Redirect;
    if (text == "decline"_L1)
        return AuthorizeMode::Decline;
    if (text == "silent"_L1)
        return AuthorizeMode::Silent;
    if (text == "interactive"_L1)
        return AuthorizeMode::Interactive;
    return fail(ErrorKind::InvalidInput, u"There is no authorize mode '%1'."_s.arg(text));
}

std::optional<Reply> authorizePage(PortalState &state, const Received &request)
{
    if (!isAuthorizePath(request.path, state.options.portalId))
        return std::nullopt;
    auto ask = readAsk(state, request);
    if (!ask)
        return ask.error();
    if (request.method == "POST") {
        const QString decision = ask->fields.take(u"decision"_s);
        return decision == "allow"_L1 ? allow(state, *ask) : decline(*ask);
    }
    switch (state.options.authorize) {
    case AuthorizeMode::Redirect:
        return allow(state, *ask);
    case AuthorizeMode::Decline:
        return decline(*ask);
    case AuthorizeMode::Silent:
        return page(200, u"Connect an app to the practice portal"_s,
                    u"<p>You may close this window.</p>"_s);
    case AuthorizeMode::Interactive:
        break;
    }
    return question(*ask, request.path);
}

} // namespace hubkeeper::practice
