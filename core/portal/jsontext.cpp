// SPDX-License-Identifier: MIT
#include "portal/jsontext.h"

#include "base/qtcompat.h"
#include "portal/portaltext.h"

#include <QJsonDocument>
#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace hubkeeper {

Result<QJsonObject> objectFrom(const QByteArray &json, const QString &what)
{
    QJsonParseError syntax;
    const QJsonDocument document = QJsonDocument::fromJson(json, &syntax);
    if (document.isObject())
        return document.object();
    const QString reason = syntax.error == QJsonParseError::NoError
        ? PortalText::tr("not an object")
        : syntax.errorString();
    return fail(ErrorKind::BadReply,
                PortalText::tr("The portal's reply for %1 is not the JSON it should be: %2.")
                    .arg(what, reason));
}

Result<QJsonArray> resultsFrom(const QJsonObject &reply, const QString &what)
{
    const QJsonValue results = reply["results"_L1];
    if (!results.isArray())
        return fail(ErrorKind::BadReply,
                    PortalText::tr("The portal's reply for %1 has no list of results.").arg(what));
    return results.toArray();
}

QString textOf(const QJsonValue &value)
{
    if (value.isString())
        return value.toString();
    if (value.isBool())
        return value.toBool() ? u"true"_s : u"false"_s;
    if (!value.isDouble())
        return {};
    const qint64 whole = value.toInteger(std::numeric_limits<qint64>::min());
    if (whole != std::numeric_limits<qint64>::min())
        return QString::number(whole);
    return QString::number(value.toDouble(), 'g', 17);
}

QDateTime instantOf(const QString &text)
{
    bool isNumber = false;
    const qint64 sinceEpoch = text.toLongLong(&isNumber);
    if (isNumber)
        return QDateTime::fromMSecsSinceEpoch(sinceEpoch, utc);
    return QDateTime::fromString(text, Qt::ISODateWithMs).toUTC();
}

QDateTime instantOf(const QJsonValue &value)
{
    const QString text = textOf(value);
    return text.isEmpty() ? QDateTime() : instantOf(text);
}

QString cursorOf(const QJsonObject &reply)
{
    return textOf(reply["paging"_L1]["next"_L1]["after"_L1]);
}

} // namespace hubkeeper
