// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

#include <tl/expected.hpp>

#include <chrono>
#include <optional>

namespace hubkeeper {

/// The kinds of failure a caller can tell apart, named by what can be done about them.
/// Kinds are few on purpose: add one only when some caller would act differently.
enum class ErrorKind {
    Cancelled, ///< The user or a parent call stopped it. Never shown as an error.
    Offline, ///< No connection could be made (name, route, refused, proxy). Nothing was sent.
    Untrusted, ///< TLS: the server's certificate or protocol was not accepted. Nothing was sent.
    TimedOut, ///< Nothing arrived for longer than the time-out; the request may have worked.
    ConnectionLost, ///< The request left, no whole reply came; the request may have worked.
    OutcomeUnknown, ///< A create or merge that may have happened and was not repeated. Look it up.
    Unauthorized, ///< The credentials were refused. Ask for new ones.
    Forbidden, ///< The credentials are good but lack a scope or a permission.
    NotFound, ///< The record or property does not exist, or no longer does.
    Conflict, ///< It exists already, or it changed meanwhile; see Error::existingId.
    RateLimited, ///< Over the portal's budget; see Error::retryAfter.
    Rejected, ///< Understood and refused (validation). Do not repeat; see Error::fields.
    ServerFault, ///< 5xx, 423, 477. May be repeated if the request is safe to repeat.
    BadReply, ///< What came back is not what the API promises.
    Refused, ///< A local guard said no: write mode, threshold, read-only property. Nothing sent.
    InvalidInput, ///< A file, an argument or a value typed by the user cannot be used.
    Storage, ///< What the program itself keeps is damaged or cannot be used.
    NotSaved, ///< A file could not be written; `what` says what it holds now. See savefile.h.
    NoKeychain, ///< No keychain answers (none installed, locked, denied).
};

/// The kind as one word for JSON and logs: "offline", "untrusted", "timedOut", ... Never changes.
[[nodiscard]] QString nameOf(ErrorKind kind);

/// One property the portal (or a local check) refused.
struct FieldFault
{
    QString property; ///< The portal's property name.
    QString code; ///< HubSpot's code, e.g. "INVALID_OPTION" (hubspot-api 8.3); may be empty.
    QString message;

    bool operator==(const FieldFault &) const = default;
};

/// Why something failed: one value, filled in where the failure is seen, passed up unchanged.
/// No member ever holds a secret.
struct Error
{
    ErrorKind kind = ErrorKind::BadReply;
    QString what; ///< One English sentence: what happened and where.
    QString remedy; ///< One English sentence: what to do. Empty where the kind says it all.
    int httpStatus = 0; ///< 0 when no status line arrived.
    QString category; ///< HubSpot's category or OAuth status, e.g. "MISSING_SCOPES"; may be empty.
    QString correlationId; ///< HubSpot's id for this failure, to quote to its support.
    std::optional<std::chrono::milliseconds> retryAfter; ///< Set only when the portal said so.
    QList<FieldFault> fields; ///< Refused properties, in the portal's order.
    QStringList missingScopes; ///< For Forbidden: what HubSpot names as required.
    QString existingId; ///< For Conflict: the record that has the value already.

    /// `what`, then `remedy`: for a terminal.
    [[nodiscard]] QString sentence() const;
};

/// A value or the reason there is none. Functions returning it are marked [[nodiscard]].
/// The alias is the only place that names the library.
template <typename T>
using Result = tl::expected<T, Error>;

/// Makes the failing side of a Result: `return fail(ErrorKind::BadReply, u"no results"_s);`
[[nodiscard]] inline tl::unexpected<Error> fail(ErrorKind kind, QString what, QString remedy = {})
{
    Error error;
    error.kind = kind;
    error.what = std::move(what);
    error.remedy = std::move(remedy);
    return tl::unexpected<Error>(std::move(error));
}

} // namespace hubkeeper
