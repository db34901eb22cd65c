// SPDX-License-Identifier: MIT
#pragma once

#include "idm/access/serverlogin.h"

#include <QJsonValue>

namespace hubkeeper {

class AccountTokens;
class Clock;
class TrafficLog;

/// One request to an IDM server.
struct IdmRequest
{
    Verb verb = Verb::Get;
    QString path; ///< Below the context path, without a slash at the start: "config/sync".
    QUrlQuery query;
    QJsonValue body = QJsonValue::Undefined; ///< An object or an array, or undefined.
    QByteArray ifMatch; ///< Empty: not sent.
    QByteArray ifNoneMatch;
    bool bodyIsSecret = false; ///< Never recorded.
    bool writes = false; ///< It may change something on the server: never sent twice.
    bool keepsBytes = false; ///< The reply has its body as it came, for numbers to the letter.
};

/// An answer of status 2xx.
struct IdmReply
{
    int status = 0;
    QJsonValue body; ///< Undefined or null without one.
    QHash<QByteArray, QByteArray> headers; ///< Names in lower case.
    QByteArray bytes; ///< Of the body, where IdmRequest::keepsBytes asked for them.
};

/// Sends requests to one IDM server and reads its answers (servererror.h).
///
/// - Every request logs in by itself and asks for no session; X-Requested-With is always there,
///   since a server refuses writes without it.
/// - Nothing is repeated; a write whose answer is lost fails with OutcomeUnknown. Only the request
///   of a service account that was refused with 401, and so not carried out, is sent once more with
///   another token: the first may have ended.
/// - Exchanges are recorded in `traffic`, without the secret.
///
/// Holds references; must not outlive them. Belongs to one thread.
class IdmClient
{
public:
    /// `context` is the path of IDM on the server, "/openidm" as a rule.
    /// `secret` is the password, the token or the key that belongs to `login`.
    IdmClient(HttpTransport &transport, Clock &clock, TrafficLog &traffic, ServerLogin login,
              const Secret &secret, QString context);
    ~IdmClient();
    IdmClient(const IdmClient &) = delete;
    IdmClient &operator=(const IdmClient &) = delete;

    [[nodiscard]] Call<IdmReply> *send(const IdmRequest &request, QObject *parent);
    /// GET of one path.
    [[nodiscard]] Call<IdmReply> *get(const QString &path, QObject *parent,
                                      const QUrlQuery &query = {});
    /// The request as it goes to the wire; the secret is not in it.
    [[nodiscard]] HttpRequest wireRequest(const IdmRequest &request) const;

private:
    class Sending;

    HttpTransport &m_transport;
    Clock &m_clock;
    TrafficLog &m_traffic;
    const ServerLogin m_login;
    const Secret m_secret;
    const QString m_context;
    const std::unique_ptr<AccountTokens> m_tokens; // Of a service account; else null.
    QObject m_lifetime; // Goes first, and with it what is under way.
};

} // namespace hubkeeper
