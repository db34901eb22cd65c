// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"
#include "base/secret.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QUrl>
#include <QUrlQuery>

namespace hubkeeper {

enum class Verb { Get, Post, Put, Patch, Delete };

/// "GET", "POST", ...
[[nodiscard]] QByteArray nameOf(Verb verb);

/// Whether a request may be sent again although the first copy may have worked
/// (hubspot-api 12.3).
enum class Repeat {
    Safe, ///< Reads, fixed-value updates, archiving.
    Never, ///< Creates, merges, code exchanges: one copy must reach the server at most.
};

/// Which of the account's limits a request counts against (hubspot-api 12.1).
enum class BudgetFamily {
    General,
    Search, ///< Five a second for the whole account.
    Exempt, ///< Token endpoints.
};

enum class Authorization { WithSecret, None };

/// One header of a request. Never a secret: it is recorded.
struct HttpHeader
{
    QByteArray name;
    QByteArray value;

    bool operator==(const HttpHeader &) const = default;
};

/// The header that carries the secret a request is sent with.
struct SecretHeader
{
    QByteArray name = "Authorization";
    QByteArray prefix = "Bearer ";
    QByteArray variable = "HUBSPOT_TOKEN"; ///< Stands for it in a command that is shown.

    bool operator==(const SecretHeader &) const = default;
};

/// One request to a portal or a server, as a value: buildable and comparable without a network.
struct HttpRequest
{
    Verb verb = Verb::Get;
    QString path; ///< Absolute, percent-decoded segments: "/crm/v3/objects/contacts". No host.
    QUrlQuery query;
    QByteArray body;
    QByteArray contentType = "application/json"; ///< Sent only with a body.
    Repeat repeat = Repeat::Safe;
    BudgetFamily family = BudgetFamily::General;
    Authorization authorization = Authorization::WithSecret;
    SecretHeader secretHeader = {}; ///< Not used with Authorization::None.
    QList<HttpHeader> headers = {}; ///< Besides those the transport makes.
    bool bodyIsSecret = false; ///< The body holds credentials: never recorded or logged.

    bool operator==(const HttpRequest &) const = default;
};

/// Where a request goes: scheme, host and port of `base`, path and query of the request. A plus
/// sign in a query value is sent as %2B, which every server reads as a plus sign.
[[nodiscard]] QUrl addressOf(const HttpRequest &request, const QUrl &base);

/// A reply of any status. Header names are in lower case.
struct HttpReply
{
    int status = 0;
    QHash<QByteArray, QByteArray> headers;
    QByteArray body; ///< Whole; the transport refuses bodies over its limit.

    [[nodiscard]] QByteArray header(const QByteArray &lowerCaseName) const
    {
        return headers.value(lowerCaseName);
    }
    /// A header that is a whole number from 0 up; -1 for any other, or none.
    [[nodiscard]] int number(const QByteArray &lowerCaseName) const;
};

/// Sends requests to one portal. Production: QnamTransport. Tests: a script of replies.
///
/// A whole reply of any status, 500 included, is a success at this level. Fails with Offline or
/// Untrusted (nothing was sent), TimedOut, ConnectionLost (a cut reply included), BadReply (not
/// HTTP, or larger than the limit), Refused or InvalidInput (a guard said no, nothing was sent) or
/// Cancelled. It must outlive its calls.
class HttpTransport
{
public:
    virtual ~HttpTransport() = default;
    /// `token` is what the secret header carries, empty for Authorization::None.
    [[nodiscard]] virtual Call<HttpReply> *send(const HttpRequest &request, const Secret &token,
                                                QObject *parent) = 0;
    /// Scheme, host and port of the portal.
    [[nodiscard]] virtual QUrl base() const = 0;
};

} // namespace hubkeeper
