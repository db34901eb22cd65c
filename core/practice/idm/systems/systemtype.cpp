// SPDX-License-Identifier: MIT
#include "practice/idm/systems/systemtype.h"

#include <QJsonArray>

#include <cmath>

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

/// Whole numbers that were written without a point; Qt keeps the difference.
bool isWhole(const QJsonValue &value)
{
    return value.isDouble() && value.toVariant().typeId() == QMetaType::LongLong;
}

std::optional<QJsonValue> asText(const QJsonValue &value)
{
    if (value.isString())
        return value;
    if (value.isBool())
        return QJsonValue(value.toBool() ? u"true"_s : u"false"_s);
    if (value.isDouble())
        return QJsonValue(value.toVariant().toString());
    return std::nullopt;
}

std::optional<QJsonValue> asWhole(const QJsonValue &value)
{
    if (isWhole(value))
        return value;
    if (value.isBool())
        return QJsonValue(value.toBool() ? 1 : 0);
    bool isNumber = false;
    const qint64 number = value.toString().toLongLong(&isNumber);
    return value.isString() && isNumber ? std::optional(QJsonValue(number)) : std::nullopt;
}

std::optional<QJsonValue> asNumber(const QJsonValue &value)
{
    if (value.isDouble())
        return value;
    bool isNumber = false;
    const double number = value.toString().toDouble(&isNumber);
    return value.isString() && isNumber ? std::optional(QJsonValue(number)) : std::nullopt;
}

std::optional<QJsonValue> asBoolean(const QJsonValue &value)
{
    if (value.isBool())
        return value;
    if (value == "true"_L1 || value == "false"_L1)
        return QJsonValue(value == "true"_L1);
    return std::nullopt;
}

std::optional<QJsonValue> builtItem(const QString &type, const QJsonValue &value)
{
    if (type == "string"_L1)
        return asText(value);
    if (type == "integer"_L1)
        return asWhole(value);
    if (type == "number"_L1)
        return asNumber(value);
    if (type == "boolean"_L1)
        return asBoolean(value);
    return value;
}

std::optional<QJsonValue> builtList(const QString &type, const QJsonArray &items)
{
    QJsonArray list;
    for (const QJsonValue &item : items) {
        const auto built = item.isNull() ? std::optional(QJsonValue()) : builtItem(type, item);
        if (!built)
            return std::nullopt;
        list.append(*built);
    }
    return QJsonValue(list);
}

AttributeType attributeOf(const QString &name, const QJsonObject &json)
{
    AttributeType attribute;
    attribute.name = name;
    attribute.nativeName = json.value("nativeName"_L1).toString(name);
    attribute.isList = json.value("type"_L1) == "array"_L1;
    attribute.type = attribute.isList ? json.value("items"_L1)["type"_L1].toString()
                                      : json.value("type"_L1).toString();
    attribute.isRequired = json.value("required"_L1).toBool();
    const QJsonArray flags = json.value("flags"_L1).toArray();
    attribute.isCreatable = !flags.contains(u"NOT_CREATABLE"_s);
    attribute.isUpdateable = !flags.contains(u"NOT_UPDATEABLE"_s);
    return attribute;
}

CrestReply unknownAttribute(const QString &name)
{
    return crestError(400, u"Target does not support attribute %1"_s.arg(name));
}

bool isValueless(const QJsonValue &value)
{
    return value.isNull() || value.isUndefined() || (value.isArray() && value.toArray().isEmpty());
}

} // namespace

std::optional<QJsonValue> builtValue(const AttributeType &attribute, const QJsonValue &value)
{
    if (value.isNull() || value.isUndefined())
        return QJsonValue();
    if (attribute.isList)
        return builtList(attribute.type, value.isArray() ? value.toArray() : QJsonArray {value});
    if (!value.isArray())
        return builtItem(attribute.type, value);
    const QJsonArray items = value.toArray();
    if (items.isEmpty())
        return QJsonValue();
    return items.size() == 1 ? builtItem(attribute.type, items.first()) : std::nullopt;
}

SystemType::SystemType(QString name, const QJsonObject &json)
    : m_name(std::move(name))
    , m_nativeType(json.value("nativeType"_L1).toString(m_name))
{
    const QJsonObject properties = json.value("properties"_L1).toObject();
    for (auto it = properties.begin(); it != properties.end(); ++it)
        m_attributes.append(attributeOf(it.key(), it.value().toObject()));
}

const AttributeType *SystemType::attribute(const QString &name) const
{
    for (const AttributeType &one : m_attributes) {
        if (one.name == name)
            return &one;
    }
    return nullptr;
}

CrestOutcome<QJsonObject> SystemType::built(const QJsonObject &object, bool isCreate) const
{
    QJsonObject sent;
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (it.key() == "_id"_L1 || it.key() == "_rev"_L1)
            continue;
        const AttributeType *type = attribute(it.key());
        if (!type)
            return refuse(unknownAttribute(it.key()));
        if (isCreate ? !type->isCreatable : !type->isUpdateable)
            continue;
        if (type->nativeName == "__NAME__"_L1) // Follows from what it is the name of.
            continue;
        const auto value = builtValue(*type, it.value());
        if (!value)
            return refuse(crestError(500, u"Failed build %1 attribute."_s.arg(it.key())));
        if (!isCreate || !isValueless(*value))
            sent.insert(type->nativeName, *value);
    }
    for (const AttributeType &type : m_attributes) {
        if (isCreate && type.isRequired && type.isCreatable && isValueless(object.value(type.name)))
            return refuse(
                crestError(400, u"Required attribute '%1' value is null"_s.arg(type.name)));
    }
    return sent;
}

CrestOutcome<NativeFilter> SystemType::native(const CrestFilter &filter, bool isFiltered) const
{
    if (filter.kind == CrestFilter::True)
        return NativeFilter();
    if (filter.kind == CrestFilter::False)
        return NativeFilter(filter);
    if (filter.kind == CrestFilter::Present || filter.kind == CrestFilter::Compare) {
        if (filter.pointer.size() != 1)
            return refuse(crestError(400, u"Only one level JsonPointer supported"_s));
        const QString name = filter.pointer.first();
        const AttributeType *type = attribute(name);
        if (!type && name != "_id"_L1)
            return refuse(unknownAttribute(name));
        if (filter.kind == CrestFilter::Present && !isFiltered)
            return NativeFilter(); // The connector is not asked, and nobody else filters.
        static const QStringList known {u"eq"_s, u"co"_s, u"sw"_s, u"ew"_s, u"lt"_s,
                                        u"le"_s, u"gt"_s, u"ge"_s, u"ca"_s};
        if (filter.kind == CrestFilter::Compare && !known.contains(filter.op))
            return refuse(crestError(400, u"ExtendedMatchFilter is not supported"_s));
        CrestFilter native = filter;
        native.pointer = {type ? type->nativeName : u"__UID__"_s};
        if (type && filter.kind == CrestFilter::Compare)
            native.value = builtItem(type->type, filter.value).value_or(filter.value);
        return NativeFilter(native);
    }
    std::vector<CrestFilter> operands;
    for (const CrestFilter &operand : filter.operands) {
        auto native = this->native(operand, isFiltered);
        if (!native)
            return native;
        if (!*native) { // Everything: the whole of an "or" or of a negation is everything.
            if (filter.kind != CrestFilter::And)
                return NativeFilter();
            continue;
        }
        operands.push_back(**native);
    }
    if (filter.kind == CrestFilter::Not)
        return NativeFilter(CrestFilter::negated(operands.front()));
    if (operands.empty())
        return NativeFilter();
    return NativeFilter(filter.kind == CrestFilter::And ? CrestFilter::allOf(std::move(operands))
                                                        : CrestFilter::anyOf(std::move(operands)));
}

QJsonObject SystemType::shown(const NativeObject &object) const
{
    QJsonObject json {{u"_id"_s, object.uid}};
    for (const AttributeType &type : m_attributes) {
        const QJsonValue value = type.nativeName == "__NAME__"_L1
            ? QJsonValue(object.name)
            : object.attributes.value(type.nativeName);
        if (!value.isUndefined())
            json.insert(type.name, value);
    }
    return json;
}

} // namespace hubkeeper::practice
