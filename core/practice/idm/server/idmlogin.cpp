// SPDX-License-Identifier: MIT
#include "practice/idm/server/idmlogin.h"

#include "practice/state/controlguard.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

CrestReply denied()
{
    return crestError(401, u"Access Denied"_s);
}

/// Text of a header, which may be UTF-8''%C3%A4 (RFC 5987).
QString headerText(const QByteArray &header)
{
    constexpr QByteArrayView prefix = "UTF-8''";
    if (header.toUpper().startsWith(prefix))
        return QString::fromUtf8(QByteArray::fromPercentEncoding(header.mid(prefix.size())));
    return QString::fromUtf8(header);
}

IdmCaller administrator(const IdmState &state, const QString &id)
{
    if (state.options.isCommercial())
        return {id,
                {u"internal/role/openidm-admin"_s, u"internal/role/openidm-authorized"_s},
                u"internal/user"_s};
    return {id, {u"openidm-admin"_s, u"openidm-authorized"_s}, u"repo/internal/user"_s};
}

std::optional<IdmCaller> callerOf(const IdmState &state, const QString &name,
                                  const QString &password)
{
    if (name == state.options.userName && password == state.options.password)
        return administrator(state, name);
    if (name == "anonymous"_L1 && password == "anonymous"_L1)
        return IdmCaller {
            name,
            {state.options.isCommercial() ? u"internal/role/openidm-reg"_s : u"openidm-reg"_s},
            u"repo/internal/user"_s};
    return std::nullopt;
}

QByteArray cookieOf(const Received &request)
{
    for (const QByteArray &part : request.header("cookie").split(';')) {
        if (part.trimmed().startsWith("session-jwt="))
            return part.trimmed().mid(12);
    }
    return {};
}

std::optional<IdmCaller> callerBySecret(const IdmState &state, const Received &request)
{
    const QByteArray authorization = request.header("authorization");
    if (state.options.profile == IdmProfile::Cloud) {
        const bool isRight =
            !state.options.token.isEmpty() && authorization == "Bearer " + state.options.token;
        return isRight ? std::optional(administrator(state, u"service-account"_s)) : std::nullopt;
    }
    if (authorization.startsWith("Basic ")) {
        const QString pair = QString::fromUtf8(QByteArray::fromBase64(authorization.mid(6)));
        return callerOf(state, pair.section(u':', 0, 0), pair.section(u':', 1));
    }
    return callerOf(state, headerText(request.header("x-openidm-username")),
                    headerText(request.header("x-openidm-password")));
}

bool namesSomebody(const Received &request)
{
    return !request.header("authorization").isEmpty()
        || !request.header("x-openidm-username").isEmpty();
}

QByteArray newCookie(IdmState &state)
{
    const QByteArray cookie = randomToken();
    state.sessions.insert(cookie);
    return cookie;
}

} // namespace

CrestOutcome<IdmSession> logIn(IdmState &state, const Received &request)
{
    if (!namesSomebody(request)) {
        if (!state.sessions.contains(cookieOf(request)))
            return refuse(denied());
        return IdmSession {administrator(state, state.options.userName), {}, true};
    }
    const auto caller = callerBySecret(state, request);
    if (!caller)
        return refuse(denied());
    IdmSession session {*caller, {}, false};
    const bool wantsSession = request.header("x-openidm-nosession").toLower() != "true"
        && state.options.profile != IdmProfile::Cloud;
    if (wantsSession && caller->isAdmin())
        session.newCookie = newCookie(state);
    return session;
}

CrestOutcome<void> authorize(const IdmSession &session, const Received &wire,
                             const CrestRequest &request)
{
    const CrestReply refused = crestError(403, u"Access denied"_s);
    const bool isRead = request.verb == CrestVerb::Read || request.verb == CrestVerb::Query;
    if (!session.caller.isAdmin() && (request.path.value(0) != "info"_L1 || !isRead))
        return refuse(refused);
    if (!isRead && session.isByCookie && wire.header("x-requested-with").isEmpty())
        return refuse(refused);
    return {};
}

CrestReply authenticationRoute(IdmState &state, const Received &wire, const CrestRequest &request,
                               const IdmCaller &caller)
{
    if (request.verb != CrestVerb::Action)
        return unsupportedOperations(request.verb == CrestVerb::Query ? u"QUERY"_s : u"READ"_s);
    if (request.action == "logout"_L1) {
        state.sessions.remove(cookieOf(wire));
        return crestReply(QJsonObject {{u"success"_s, true}});
    }
    if (request.action == "login"_L1 && state.options.isCommercial())
        return crestReply(QJsonObject {{u"_id"_s, u"login"_s}, {u"authenticationId"_s, caller.id}});
    if (request.action == "reauthenticate"_L1) {
        const bool isRight =
            headerText(wire.header("x-openidm-reauth-password")) == state.options.password;
        return isRight ? crestReply(QJsonObject {{u"reauthenticated"_s, true}})
                       : crestError(403, u"Reauthentication failed"_s);
    }
    return crestError(500, u"Error processing action"_s);
}

} // namespace hubkeeper::practice
