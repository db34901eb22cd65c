// SPDX-License-Identifier: MIT
#include "portal/access/errorfrom.h"

#include "base/knownsecrets.h"
#include "base/redact.h"
#include "portal/access/retry.h"
#include "portal/portaltext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr qsizetype longestText = 400; // Characters of foreign text that are shown.
constexpr qsizetype longestWord = 100; // Characters of an id, a code or a name.
constexpr qsizetype mostEntries = 200; // Of fields and scopes.
constexpr qint64 longestRetryAfter = 24 * 3600; // Seconds (hubspot-api 11.3, status 477).

QString cut(const QString &text, qsizetype most)
{
    const QString clean = text.simplified();
    return clean.size() > most ? clean.left(most - 1) + u'…' : clean;
}

QString shown(const QString &text)
{
    return cut(withoutSecrets(text.left(4 * longestText)),
               longestText); // Half a secret is none that is known.
}

QString word(const QJsonValue &value)
{
    return cut(QString::fromUtf8(withoutKnownSecrets(value.toString().toUtf8())), longestWord);
}

QString sentence(QString text)
{
    if (!text.isEmpty() && !text.endsWith(u'.') && !text.endsWith(u'…') && !text.endsWith(u'!'))
        text += u'.';
    return text;
}

bool isOAuthStatus(const QString &status)
{
    return status.startsWith("BAD_"_L1) || status.endsWith("_AUTH_CODE"_L1);
}

bool isOAuthError(const QString &error)
{
    static const QStringList known {u"invalid_grant"_s, u"invalid_client"_s,
                                    u"unauthorized_client"_s};
    return known.contains(error);
}

QString categoryOf(const QJsonObject &body)
{
    const QString status = word(body["status"_L1]);
    if (isOAuthStatus(status))
        return status;
    const QString category = word(body["category"_L1]);
    return category.isEmpty() ? word(body["error"_L1]) : category;
}

/// A value of a unique property that another record has. HubSpot says so as a validation error:
/// "Cannot set PropertyValueCoordinates{portalId=1, objectTypeId=0-2, propertyName=num, value=7} on
/// 5. 4 already has that value."
struct TakenValue
{
    QString property; ///< Empty: not named.
    QString value;
    QString owner; ///< Id of the other record; empty: not named.
};

std::optional<TakenValue> takenValueIn(const QString &message)
{
    static const QRegularExpression taken(u"(?:(\\d{1,30})\\s+)?already has that value"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression coordinates(
        u"propertyName=([^,}\\s]+), value=(.*)\\} on \\d+\\. "_s,
        QRegularExpression::DotMatchesEverythingOption);
    const auto found = taken.match(message);
    if (!found.hasMatch())
        return std::nullopt;
    const auto place = coordinates.match(message);
    return TakenValue {place.captured(1), place.captured(2), found.captured(1)};
}

/// In the message or in an entry of `errors`.
std::optional<TakenValue> takenValueIn(const QJsonObject &body)
{
    if (auto taken = takenValueIn(body["message"_L1].toString()))
        return taken;
    const QJsonArray errors = body["errors"_L1].toArray();
    for (const QJsonValue &entry : errors) {
        if (auto taken = takenValueIn(entry["message"_L1].toString()))
            return taken;
    }
    return std::nullopt;
}

ErrorKind kindOf(int status, const QJsonObject &body)
{
    if (isOAuthStatus(body["status"_L1].toString()) || isOAuthError(body["error"_L1].toString()))
        return ErrorKind::Unauthorized;
    switch (status) {
    case 400:
        return takenValueIn(body) ? ErrorKind::Conflict : ErrorKind::Rejected;
    case 401:
        return ErrorKind::Unauthorized;
    case 403:
        return ErrorKind::Forbidden;
    case 404:
    case 410:
        return ErrorKind::NotFound;
    case 409:
        return ErrorKind::Conflict;
    case 429:
        return ErrorKind::RateLimited;
    case 423:
    case 477:
        return ErrorKind::ServerFault;
    default:
        break;
    }
    if (status < 400) // No address of the API redirects, and the token must not follow.
        return ErrorKind::BadReply;
    return status >= 500 ? ErrorKind::ServerFault : ErrorKind::Rejected;
}

/// `errors[]`: one fault for each property that an entry names.
QList<FieldFault> faultsIn(const QJsonArray &errors)
{
    QList<FieldFault> faults;
    for (const QJsonValue &entry : errors) {
        const QJsonValue named = entry["context"_L1]["propertyName"_L1];
        const QJsonArray names = named.isArray() ? named.toArray() : QJsonArray {named};
        for (const QJsonValue &name : names) {
            if (!name.toString().isEmpty() && faults.size() < mostEntries)
                faults << FieldFault {word(name), word(entry["code"_L1]),
                                      shown(entry["message"_L1].toString())};
        }
    }
    return faults;
}

/// The older form: JSON after the first colon of the message (hubspot-api 8.3).
QList<FieldFault> faultsInText(const QString &message)
{
    const qsizetype colon = message.indexOf(u':');
    if (colon < 0)
        return {};
    QList<FieldFault> faults;
    const QJsonArray entries =
        QJsonDocument::fromJson(QStringView(message).mid(colon + 1).trimmed().toUtf8()).array();
    for (const QJsonValue &entry : entries) {
        if (!entry["name"_L1].toString().isEmpty() && faults.size() < mostEntries)
            faults << FieldFault {word(entry["name"_L1]), word(entry["error"_L1]),
                                  shown(entry["message"_L1].toString())};
    }
    return faults;
}

QStringList scopesIn(const QJsonObject &body)
{
    QStringList scopes;
    const auto take = [&](const QJsonValue &holder) {
        const QJsonArray names = holder["context"_L1]["requiredGranularScopes"_L1].toArray();
        for (const QJsonValue &name : names) {
            if (scopes.size() < mostEntries && !scopes.contains(word(name)))
                scopes << word(name);
        }
    };
    take(body);
    const QJsonArray errors = body["errors"_L1].toArray();
    for (const QJsonValue &entry : errors)
        take(entry);
    return scopes;
}

QString existingIdIn(const QJsonObject &body)
{
    const QString named = word(body["context"_L1]["existingId"_L1][0]);
    if (!named.isEmpty())
        return named;
    if (const auto taken = takenValueIn(body); taken && !taken->owner.isEmpty())
        return taken->owner;
    static const QRegularExpression pattern(u"existing\\s+id:?\\s*(\\d{1,30})"_s,
                                            QRegularExpression::CaseInsensitiveOption);
    QStringList texts {body["message"_L1].toString()};
    const QJsonArray errors = body["errors"_L1].toArray();
    for (const QJsonValue &entry : errors)
        texts << entry["message"_L1].toString();
    for (const QString &text : texts) {
        if (const auto match = pattern.match(text); match.hasMatch())
            return match.captured(1);
    }
    return {};
}

std::optional<std::chrono::milliseconds> retryAfterOf(const HttpReply &reply)
{
    bool isNumber = false; // The header may be a date; then our own pause has to do.
    const qint64 seconds = reply.header("retry-after").trimmed().toLongLong(&isNumber);
    if (!isNumber || seconds < 0)
        return std::nullopt;
    return std::chrono::seconds(std::min(seconds, longestRetryAfter));
}

QString messageOf(const QJsonObject &body)
{
    const QString message = body["message"_L1].toString();
    return message.isEmpty() ? body["error_description"_L1].toString() : message;
}

QString redirectText(const HttpReply &reply)
{
    const QUrl target = QUrl::fromEncoded(reply.header("location"));
    const QString host = cut(target.host(), longestWord);
    return PortalText::tr(
               "The server answered with a redirect (HTTP %1)%2, which HubSpot's API never does.")
        .arg(QString::number(reply.status),
             host.isEmpty() ? QString() : PortalText::tr(" to ") + host);
}

/// What can be said of a reply that is not HubSpot's JSON.
QString foreignText(const HttpReply &reply)
{
    if (reply.status < 400)
        return redirectText(reply);
    static const QRegularExpression title(u"<title[^>]*>(.*?)</title>"_s,
                                          QRegularExpression::CaseInsensitiveOption
                                              | QRegularExpression::DotMatchesEverythingOption);
    const QString text = QString::fromUtf8(reply.body.left(16 << 10));
    const bool isHtml =
        reply.header("content-type").contains("html") || text.trimmed().startsWith(u'<');
    const QString status = QString::number(reply.status);
    QString said = shown(isHtml ? title.match(text).captured(1) : text);
    if (said == status || said.startsWith(status + u' ')) // Titles begin with it.
        said = said.mid(status.size()).trimmed();
    return said.isEmpty() ? PortalText::tr("HTTP %1 without an explanation.").arg(status)
                          : sentence(u"HTTP %1: %2"_s.arg(status, said));
}

QString sentenceOf(const TakenValue &taken)
{
    const QString owner = taken.owner.isEmpty() ? PortalText::tr("Another record")
                                                : PortalText::tr("The record %1").arg(taken.owner);
    return PortalText::tr("%1 has the value “%2” of %3 already.")
        .arg(owner, shown(taken.value), word(taken.property));
}

QString whatOf(const HttpReply &reply, const QJsonObject &body, const QList<FieldFault> &fields)
{
    const QString message = messageOf(body);
    if (message.isEmpty() && reply.status == 477)
        return PortalText::tr("The account is being moved to another data centre.");
    if (message.isEmpty() || reply.status < 400)
        return foreignText(reply);
    if (const auto taken = takenValueIn(body); taken && !taken->property.isEmpty())
        return sentenceOf(*taken);
    if (fields.isEmpty() || !message.contains(u'['))
        return sentence(shown(message));
    QStringList parts;
    for (const FieldFault &fault : fields)
        parts << fault.message;
    return sentence(shown(message.section(u':', 0, 0) + u": "_s + parts.join(u"; "_s)));
}

QString oauthRemedy(const QString &category)
{
    if (category == "BAD_CLIENT_ID"_L1 || category == "BAD_CLIENT_SECRET"_L1
        || category == "invalid_client"_L1) {
        return PortalText::tr(
            "Check client ID and secret on the app's Auth page; the secret may have been "
            "rotated.");
    }
    if (category == "BAD_HUB"_L1)
        return PortalText::tr("The HubSpot account was deleted or closed: connect to another one.");
    if (category.contains("REDIRECT_URI"_L1))
        return PortalText::tr("The redirect address must be one of those registered with the app.");
    if (category.endsWith("_AUTH_CODE"_L1))
        return PortalText::tr("The code was used twice or came too late: start again.");
    if (category == "BAD_REFRESH_TOKEN"_L1 || category == "invalid_grant"_L1) {
        return PortalText::tr(
            "The token was revoked, the app was uninstalled, or the token belongs to another "
            "client ID: connect again.");
    }
    return PortalText::tr("Connect again, or paste a valid token.");
}

QString rejectedRemedy(int status)
{
    if (status == 414)
        return PortalText::tr("The address is too long: ask for fewer properties.");
    return {};
}

QString faultRemedy(int status, const std::optional<std::chrono::milliseconds> &retryAfter)
{
    if (status == 477)
        return movingRemedy(retryAfter);
    if (status == 525 || status == 526)
        return PortalText::tr(
            "The network in front of HubSpot has trouble with TLS: try again later.");
    return PortalText::tr("Try again in a moment.");
}

QString remedyOf(const Error &error, const HttpReply &reply)
{
    switch (error.kind) {
    case ErrorKind::Unauthorized:
        return oauthRemedy(error.category);
    case ErrorKind::Forbidden:
        return error.missingScopes.isEmpty()
            ? PortalText::tr("The token is good, but the app or its user may not do this.")
            : PortalText::tr("Grant the app: %1; then connect again.")
                  .arg(error.missingScopes.join(u", "_s));
    case ErrorKind::RateLimited:
        return ratePolicyOf(reply) == RatePolicy::Daily
            ? PortalText::tr("The daily limit is used up; it starts afresh at midnight of the "
                             "account's time zone.")
            : PortalText::tr("Wait a few seconds; other programs use the same limit.");
    case ErrorKind::ServerFault:
        return faultRemedy(reply.status, error.retryAfter);
    case ErrorKind::Conflict:
        return error.existingId.isEmpty()
            ? QString()
            : PortalText::tr("Edit the record %1 instead, or use another value.")
                  .arg(error.existingId);
    case ErrorKind::BadReply:
        return PortalText::tr(
            "Something between, a sign-on page or a proxy, answers in HubSpot's place.");
    case ErrorKind::Rejected:
        return rejectedRemedy(reply.status);
    default:
        return {};
    }
}

QString durationText(std::chrono::milliseconds time)
{
    const qint64 seconds = (time.count() + 999) / 1000;
    if (seconds < 120)
        return u"%1 s"_s.arg(seconds);
    const qint64 minutes = (seconds + 59) / 60;
    if (minutes < 120)
        return PortalText::tr("%1 minutes").arg(minutes);
    return PortalText::tr("%1 hours").arg((minutes + 59) / 60);
}

} // namespace

QString movingRemedy(const std::optional<std::chrono::milliseconds> &retryAfter)
{
    if (!retryAfter)
        return PortalText::tr("Try again in a few minutes; a move can take up to a day.");
    return PortalText::tr("Try again in %1.").arg(durationText(*retryAfter));
}

Error errorFrom(const HttpReply &reply)
{
    const QJsonObject body = QJsonDocument::fromJson(reply.body).object();
    Error error;
    error.kind = kindOf(reply.status, body);
    error.httpStatus = reply.status;
    error.category = categoryOf(body);
    error.correlationId = word(body["correlationId"_L1]);
    if (error.correlationId.isEmpty())
        error.correlationId =
            cut(QString::fromLatin1(reply.header("x-hubspot-correlation-id")), longestWord);
    error.retryAfter = retryAfterOf(reply);
    error.fields = faultsIn(body["errors"_L1].toArray());
    if (error.fields.isEmpty())
        error.fields = faultsInText(messageOf(body));
    if (const auto taken = takenValueIn(body); taken && !taken->property.isEmpty())
        error.fields = {{word(taken->property), u"VALUE_TAKEN"_s, sentenceOf(*taken)}};
    error.missingScopes = scopesIn(body);
    error.existingId = existingIdIn(body);
    error.what = whatOf(reply, body, error.fields);
    error.remedy = remedyOf(error, reply);
    return error;
}

} // namespace hubkeeper
