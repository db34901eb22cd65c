// SPDX-License-Identifier: MIT
#include "provisioner/model/connectorproperties.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace hubkeeper {

namespace {

QJsonValue toBoolean(const QJsonValue &value)
{
    if (value.isBool())
        return value;
    if (value.isDouble() && (value.toDouble() == 0 || value.toDouble() == 1))
        return value.toDouble() == 1;
    const QString word = value.toString().toLower();
    if (word == QLatin1String("true") || word == QLatin1String("false"))
        return word == QLatin1String("true");
    return QJsonValue::Undefined;
}

std::optional<qint64> wholeNumberFrom(const QString &text)
{
    const qsizetype sign = text.startsWith(u'-') || text.startsWith(u'+') ? 1 : 0;
    const bool isDigits = text.size() > sign
        && std::all_of(text.begin() + sign, text.end(),
                       [](QChar c) { return c >= u'0' && c <= u'9'; });
    bool fits = false;
    const qint64 number = text.toLongLong(&fits);
    return isDigits && fits ? std::optional(number) : std::nullopt;
}

QJsonValue toInteger(const QJsonValue &value)
{
    if (value.isBool())
        return value.toBool() ? 1 : 0;
    double number = 0;
    if (value.isDouble()) {
        number = value.toDouble();
    } else {
        const std::optional<qint64> whole = wholeNumberFrom(value.toString());
        if (!whole)
            return QJsonValue::Undefined;
        number = double(*whole);
    }
    const bool fits = std::floor(number) == number && number >= std::numeric_limits<int>::min()
        && number <= std::numeric_limits<int>::max();
    return fits ? QJsonValue(int(number)) : QJsonValue(QJsonValue::Undefined);
}

QJsonValue toText(const QJsonValue &value)
{
    if (value.isString())
        return value;
    if (value.isBool())
        return value.toBool() ? QStringLiteral("true") : QStringLiteral("false");
    if (value.isDouble())
        return QString::number(value.toDouble(), 'g', 15);
    return QJsonValue::Undefined;
}

} // namespace

const std::array<ConnectorProperty, 10> &connectorProperties()
{
    using T = PropertyType;
    // clang-format off
    static constexpr std::array<ConnectorProperty, 10> table {{
        {"clientId", T::String, "null", true, false, false, QT_TRANSLATE_NOOP("ConnectorProperty", "Client ID"),
         QT_TRANSLATE_NOOP("ConnectorProperty", "The client ID of the HubSpot OAuth app.")},
        {"clientSecret", T::GuardedString, "null", true, false, false, QT_TRANSLATE_NOOP("ConnectorProperty", "Client secret"),
         QT_TRANSLATE_NOOP("ConnectorProperty", "The secret of the HubSpot OAuth app. IDM encrypts it when it loads the file.")},
        {"refreshToken", T::GuardedString, "null", true, false, false, QT_TRANSLATE_NOOP("ConnectorProperty", "Refresh token"),
         QT_TRANSLATE_NOOP("ConnectorProperty", "The refresh token of the authorization code flow. IDM encrypts it when it loads the file.")},
        {"acceptSelfSignedCertificates", T::Boolean, "false", false, true, true, QT_TRANSLATE_NOOP("ConnectorProperty", "Accept self-signed certificates"),
         QT_TRANSLATE_NOOP("ConnectorProperty", "Trusts a server certificate that signed itself. For laboratories only: HubSpot's own is never self-signed.")},
        {"readSchema", T::Boolean, "false", false, true, false, QT_TRANSLATE_NOOP("ConnectorProperty", "Read the schema"),
         QT_TRANSLATE_NOOP("ConnectorProperty", "Off: the built-in attributes of contacts and companies. On: the properties HubSpot defines at the moment.")},
        {"disableHostNameVerifier", T::Boolean, "false", false, true, true, QT_TRANSLATE_NOOP("ConnectorProperty", "Do not check the host name"),
         QT_TRANSLATE_NOOP("ConnectorProperty", "Accepts a certificate made out to another host. For laboratories only.")},
        {"maximumConnections", T::Integer, "10", false, true, false, QT_TRANSLATE_NOOP("ConnectorProperty", "Maximum connections"),
         QT_TRANSLATE_NOOP("ConnectorProperty", "How many HTTP connections may be open at the same time.")},
        {"permitsPerSecond", T::Integer, "10", false, true, false, QT_TRANSLATE_NOOP("ConnectorProperty", "Permits per second"),
         QT_TRANSLATE_NOOP("ConnectorProperty", "How many calls to HubSpot may start in one second. HubSpot allows an OAuth app about 11.")},
        {"httpProxyHost", T::String, "null", false, true, false, QT_TRANSLATE_NOOP("ConnectorProperty", "Proxy host"),
         QT_TRANSLATE_NOOP("ConnectorProperty", "Name of an HTTP proxy, without a scheme. The connector cannot log in to a proxy.")},
        {"httpProxyPort", T::Integer, "null", false, true, false, QT_TRANSLATE_NOOP("ConnectorProperty", "Proxy port"),
         QT_TRANSLATE_NOOP("ConnectorProperty", "Port of the HTTP proxy; needed together with the host.")},
    }};
    // clang-format on
    return table;
}

const ConnectorProperty *connectorProperty(const QString &name)
{
    for (const ConnectorProperty &property : connectorProperties()) {
        if (name == QLatin1String(property.name))
            return &property;
    }
    return nullptr;
}

QJsonValue converted(PropertyType type, const QJsonValue &value)
{
    if (value.isNull() || value.isUndefined())
        return QJsonValue::Null;
    switch (type) {
    case PropertyType::Boolean:
        return toBoolean(value);
    case PropertyType::Integer:
        return toInteger(value);
    case PropertyType::String:
        return toText(value);
    case PropertyType::GuardedString:
        return value.isString() ? value : QJsonValue(QJsonValue::Undefined);
    }
    Q_UNREACHABLE();
}

QJsonValue convertedAt(const ConnectorProperty &property, const JsonText &text, int node)
{
    if (node == JsonText::none)
        return QJsonValue::Null;
    if (text.node(node).kind == JsonKind::Number) {
        const bool isOdd = property.isPrimitive || !wholeNumberAt(text, node);
        if (isOdd && property.type != PropertyType::String)
            return QJsonValue::Undefined;
    }
    return converted(property.type, text.valueOf(node));
}

std::optional<qint64> wholeNumberAt(const JsonText &text, int node)
{
    const JsonKind kind = node == JsonText::none ? JsonKind::Invalid : text.node(node).kind;
    if (kind == JsonKind::Number)
        return wholeNumberFrom(QString::fromLatin1(text.rawOf(node)));
    return kind == JsonKind::String ? wholeNumberFrom(text.stringOf(node)) : std::nullopt;
}

} // namespace hubkeeper
