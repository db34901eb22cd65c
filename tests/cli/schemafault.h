// SPDX-License-Identifier: MIT
#pragma once

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

namespace hubkeeper::test {

inline bool hasType(const QJsonValue &value, const QString &type)
{
    switch (value.type()) {
    case QJsonValue::Null:
        return type == QLatin1StringView("null");
    case QJsonValue::Bool:
        return type == QLatin1StringView("boolean");
    case QJsonValue::Double:
        return type == QLatin1StringView("number")
            || (type == QLatin1StringView("integer")
                && value.toDouble() == double(value.toInteger()));
    case QJsonValue::String:
        return type == QLatin1StringView("string");
    case QJsonValue::Array:
        return type == QLatin1StringView("array");
    case QJsonValue::Object:
        return type == QLatin1StringView("object");
    case QJsonValue::Undefined:
        break;
    }
    return false;
}

/// What of JSON Schema our files use. The place and kind of the first fault; empty: none.
[[nodiscard]] inline QString faultIn(const QJsonValue &value, const QJsonObject &schema,
                                     const QString &place = QStringLiteral("#"))
{
    if (place == QStringLiteral("#") && !schema.contains(QLatin1StringView("$schema")))
        return QStringLiteral("There is no such schema.");
    const QJsonValue type = schema[QLatin1StringView("type")];
    const QJsonArray types = type.isArray() ? type.toArray() : QJsonArray {type};
    const bool isOfType = type.isUndefined()
        || std::any_of(types.begin(), types.end(),
                       [&](const QJsonValue &one) { return hasType(value, one.toString()); });
    if (!isOfType)
        return place + QStringLiteral(" has another type");
    if (schema.contains(QLatin1StringView("enum"))
        && !schema[QLatin1StringView("enum")].toArray().contains(value))
        return place + QStringLiteral(" is ") + value.toString();
    const QJsonArray required = // Of objects only; it may be null.
        value.isObject() ? schema[QLatin1StringView("required")].toArray() : QJsonArray();
    for (const QJsonValue &name : required) {
        if (!value.toObject().contains(name.toString()))
            return place + QStringLiteral(" lacks ") + name.toString();
    }
    const QJsonObject properties = schema[QLatin1StringView("properties")].toObject();
    const QJsonObject object = value.toObject();
    for (auto member = object.begin(); member != object.end(); ++member) {
        const QJsonValue inner = properties.contains(member.key())
            ? properties[member.key()]
            : schema[QLatin1StringView("additionalProperties")];
        if (inner.isObject()) {
            const QString fault =
                faultIn(*member, inner.toObject(), place + QLatin1Char('/') + member.key());
            if (!fault.isEmpty())
                return fault;
        }
    }
    const QJsonArray list = value.toArray();
    for (qsizetype i = 0; i < list.size(); ++i) {
        const QString fault = faultIn(list[i], schema[QLatin1StringView("items")].toObject(),
                                      QStringLiteral("%1/%2").arg(place).arg(i));
        if (!fault.isEmpty())
            return fault;
    }
    return {};
}

} // namespace hubkeeper::test
