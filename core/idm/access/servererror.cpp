// SPDX-License-Identifier: MIT
#include "idm/access/servererror.h"

#include "base/redact.h"
#include "idm/idmtext.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr qsizetype longestServerText = 400; // Characters of the server's text that are shown.

QString shown(const QString &text)
{
    const QString clean = withoutSecrets(text.left(4 * longestServerText)).simplified();
    return clean.size() > longestServerText ? clean.left(longestServerText - 1) + u'…' : clean;
}

bool isHtml(const HttpReply &reply)
{
    const QByteArray start = reply.body.left(200).trimmed().toLower();
    return reply.header("content-type").toLower().startsWith("text/html")
        || start.startsWith("<!doctype") || start.startsWith("<html");
}

ErrorKind kindOf(int status)
{
    switch (status) {
    case 401:
        return ErrorKind::Unauthorized;
    case 403:
        return ErrorKind::Forbidden;
    case 404:
        return ErrorKind::NotFound;
    case 409:
    case 412:
        return ErrorKind::Conflict;
    case 429:
        return ErrorKind::RateLimited;
    default:
        return status >= 500 ? ErrorKind::ServerFault
            : status >= 400  ? ErrorKind::Rejected
                             : ErrorKind::BadReply;
    }
}

bool isConnectorsOwn(const QString &path)
{
    return path.startsWith("system/"_L1);
}

QString remedyOf(int status, const QString &message, const QString &path)
{
    switch (status) {
    case 401:
        return isConnectorsOwn(path)
            ? IdmText::tr("The server's connector could not log in to HubSpot; your own login is "
                          "accepted. Check the secrets in its configuration.")
            : IdmText::tr("Check the user name and the password, or get a new token.");
    case 403:
        return IdmText::tr("The login is known, but may not do this. Use one with the role of an "
                           "administrator.");
    case 503:
        return IdmText::tr("If the server was just started, try again in a minute.");
    default:
        break;
    }
    return message.contains("retry later"_L1)
        ? IdmText::tr("Check that the connector's bundle is in the server's connectors folder.")
        : QString();
}

/// A page where JSON was expected.
Error pageError(const HttpReply &reply)
{
    Error error;
    error.httpStatus = reply.status;
    if (reply.status == 403 || reply.status == 401) {
        error.kind = ErrorKind::Forbidden;
        error.what = IdmText::tr("Something before the server refused the request with a web page "
                                 "(status %1).")
                         .arg(reply.status);
        error.remedy = IdmText::tr("Ask who runs the load balancer or firewall.");
        return error;
    }
    if (reply.status == 414) {
        error.kind = ErrorKind::Rejected;
        error.what = IdmText::tr("The address of the request is too long for the server.");
        return error;
    }
    if (reply.status >= 500) {
        error.kind = ErrorKind::ServerFault;
        error.what =
            IdmText::tr("The server answered with a web page (status %1).").arg(reply.status);
        error.remedy = IdmText::tr("If it was just started, try again in a minute.");
        return error;
    }
    error.kind = ErrorKind::BadReply;
    error.what = IdmText::tr("There is no IDM at this address: a web page answered (status %1).")
                     .arg(reply.status);
    error.remedy = IdmText::tr("Check host, port and path; the path usually is /openidm. A server "
                               "that was just started answers like this for a few seconds.");
    return error;
}

Error errorOf(const QJsonObject &body, int status, const QString &path)
{
    Error error;
    error.kind = kindOf(status);
    error.httpStatus = status;
    const QString message = unescaped(body["message"_L1].toString());
    const QString reason = body["reason"_L1].toString();
    error.category = shown(reason);
    const QString said = shown(message.isEmpty() ? reason : message);
    error.what = said.isEmpty()
        ? IdmText::tr("The server refused the request (status %1).").arg(status)
        : IdmText::tr("The server said: %1 (status %2).", "%1 is its own sentence")
              .arg(said.endsWith(u'.') ? said.chopped(1) : said)
              .arg(status);
    error.remedy = remedyOf(status, message, path);
    return error;
}

} // namespace

QString unescaped(const QString &text)
{
    static const QRegularExpression entity(u"&(#\\d{1,7}|#[xX][0-9a-fA-F]{1,6}|\\w{2,5});"_s);
    static const QHash<QString, QChar> known {
        {u"quot"_s, u'"'}, {u"amp"_s, u'&'}, {u"lt"_s, u'<'}, {u"gt"_s, u'>'}, {u"apos"_s, u'\''}};
    QString result;
    qsizetype done = 0;
    auto found = entity.globalMatch(text);
    while (found.hasNext()) {
        const auto match = found.next();
        const QString name = match.captured(1);
        const bool isHex = name.startsWith("#x"_L1, Qt::CaseInsensitive);
        const uint code = name.startsWith(u'#')
            ? name.sliced(isHex ? 2 : 1).toUInt(nullptr, isHex ? 16 : 10)
            : known.value(name).unicode();
        if (code < 0x20 || code > 0xffff) // None, or one that is not shown as it is.
            continue;
        result += text.sliced(done, match.capturedStart() - done) + QChar(code);
        done = match.capturedEnd();
    }
    return result + text.sliced(done);
}

Error serverErrorFrom(const HttpReply &reply, const QString &path)
{
    if (isHtml(reply))
        return pageError(reply);
    return errorOf(QJsonDocument::fromJson(reply.body).object(), reply.status, path);
}

Result<QJsonValue> serverBodyFrom(const HttpReply &reply, const QString &path)
{
    if (isHtml(reply))
        return tl::unexpected(pageError(reply));
    if (reply.body.trimmed().isEmpty())
        return QJsonValue();
    QJsonParseError fault;
    const QJsonDocument document = QJsonDocument::fromJson(reply.body, &fault);
    if (fault.error != QJsonParseError::NoError)
        return fail(ErrorKind::BadReply,
                    IdmText::tr("The server's answer is not JSON: %1.").arg(fault.errorString()),
                    IdmText::tr("Check that the address is an IDM server's."));
    if (document.isArray())
        return QJsonValue(document.array());
    const QJsonObject body = document.object();
    const QJsonValue error = body["error"_L1];
    if (body["result"_L1].isArray() && error.isObject()) {
        const QJsonObject said = error.toObject();
        Error broken = errorOf(said, said["code"_L1].toInt(500), path);
        broken.what = IdmText::tr("The list ends in the middle. %1").arg(broken.what);
        return tl::unexpected(std::move(broken));
    }
    return QJsonValue(body);
}

bool isNotOffered(const Error &error)
{
    return error.kind == ErrorKind::Forbidden || error.kind == ErrorKind::NotFound
        || error.kind == ErrorKind::Rejected || error.httpStatus == 501;
}

} // namespace hubkeeper
