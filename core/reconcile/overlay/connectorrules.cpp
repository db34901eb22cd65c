// SPDX-License-Identifier: MIT
#include "reconcile/overlay/targetrules.h"
#include "reconcile/reconciletext.h"
#include "reconcile/values/exactjson.h"

#include <QJsonArray>

#include <cmath>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

tl::unexpected<ObjectFault> refused(int code, const QString &message)
{
    return tl::unexpected(ObjectFault {ObjectFault::Refused, code, message});
}

/// An integer of it; undefined where none can be made.
QJsonValue asInteger(const QJsonValue &value)
{
    if (value.isBool())
        return value.toBool() ? 1 : 0;
    if (value.isString()) {
        bool isNumber = false;
        const qint64 number = value.toString().toLongLong(&isNumber);
        return isNumber ? QJsonValue(number) : QJsonValue(QJsonValue::Undefined);
    }
    if (value.isDouble() && std::floor(value.toDouble()) == value.toDouble())
        return value;
    return QJsonValue::Undefined;
}

QJsonValue asText(const QJsonValue &value)
{
    if (value.isString())
        return value;
    if (value.isBool())
        return value.toBool() ? u"true"_s : u"false"_s;
    if (isMarkedNumber(value))
        return QString::number(withoutMarks(value).toDouble(), 'f', 1);
    if (value.isDouble())
        return value.toVariant().toString();
    return QJsonValue::Undefined;
}

QJsonValue asNumber(const QJsonValue &value)
{
    if (isMarkedNumber(value) || value.isDouble())
        return value;
    if (!value.isString())
        return QJsonValue::Undefined;
    bool isNumber = false;
    const double number = value.toString().toDouble(&isNumber);
    return isNumber ? QJsonValue(number) : QJsonValue(QJsonValue::Undefined);
}

QJsonValue asBoolean(const QJsonValue &value)
{
    if (value.isBool())
        return value;
    if (value == "true"_L1 || value == "false"_L1)
        return value == "true"_L1;
    return QJsonValue::Undefined;
}

/// One value as the type has it; undefined where it cannot be made of it.
QJsonValue converted(const QString &type, const QJsonValue &value)
{
    if (type == "integer"_L1)
        return asInteger(value);
    if (type == "number"_L1)
        return asNumber(value);
    if (type == "boolean"_L1)
        return asBoolean(value);
    if (type == "string"_L1)
        return asText(value);
    return value;
}

/// The value of an attribute as a list of what is sent; undefined where it cannot be built.
QJsonValue built(const AttributeRule &rule, const QJsonValue &value)
{
    if (value.isNull())
        return value;
    const QJsonArray items = value.isArray() ? value.toArray() : QJsonArray {value};
    if (!rule.isList && items.size() > 1)
        return QJsonValue::Undefined;
    QJsonArray list;
    for (const QJsonValue &item : items) {
        const QJsonValue made = item.isNull() ? item : converted(rule.type, item);
        if (made.isUndefined())
            return made;
        list.append(made);
    }
    return list;
}

/// Attributes as they are kept, from what is sent.
void keep(const ConnectorType &type, const QJsonObject &sent, QJsonObject &object)
{
    for (auto it = sent.begin(); it != sent.end(); ++it) {
        if (it.value().isNull())
            object.remove(it.key());
        else if (type.attributes.value(it.key()).isList)
            object.insert(it.key(), it.value());
        else if (it.value().toArray().isEmpty())
            object.remove(it.key());
        else
            object.insert(it.key(), it.value().toArray().first());
    }
    if (!type.nameAttribute.isEmpty() && object.contains(type.nameAttribute))
        object.insert(u"__NAME__"_s, object.value(type.nameAttribute));
}

} // namespace

ConnectorRules::ConnectorRules(ConnectorType type)
    : m_type(std::move(type))
{
}

/// What is sent: everything of the object that may be written, as lists.
Answer<QJsonObject> ConnectorRules::built(const QJsonObject &object, bool isNew) const
{
    QJsonObject sent;
    for (auto it = object.begin(); it != object.end(); ++it) {
        static const QStringList ownKeys {u"_id"_s, u"_rev"_s, u"__NAME__"_s};
        if (ownKeys.contains(it.key()))
            continue;
        const auto rule = m_type.attributes.constFind(it.key());
        if (rule == m_type.attributes.constEnd())
            return refused(
                400,
                ReconcileText::tr("The target does not support the attribute %1.").arg(it.key()));
        if (isNew ? !rule->isCreatable : !rule->isUpdatable)
            continue; // Dropped without a word.
        const QJsonValue value = hubkeeper::built(*rule, it.value());
        if (value.isUndefined())
            return refused(400,
                           ReconcileText::tr("The attribute %1 cannot be built from its value.")
                               .arg(it.key()));
        if (!isNew || !(value.isNull() || value.toArray().isEmpty()))
            sent.insert(it.key(), value);
    }
    return sent;
}

/// What the connector itself refuses.
std::optional<ObjectFault> ConnectorRules::refusal(const QJsonObject &sent, const QJsonObject &kept,
                                                   bool isNew, const Taken &taken) const
{
    for (auto it = m_type.attributes.begin(); it != m_type.attributes.end(); ++it) {
        if (!it->isRequired || !(isNew || sent.contains(it.key())))
            continue;
        if (kept.value(it.key()).toString().isEmpty())
            return ObjectFault {
                ObjectFault::Refused, 400,
                ReconcileText::tr("The attribute %1 must have a value.").arg(it.key())};
    }
    for (const QString &attribute : m_type.unique) {
        const QJsonValue value = kept.value(attribute);
        if (isNew && !value.isUndefined() && taken(attribute, value)) // Of CREATE only (162).
            return ObjectFault {
                ObjectFault::Refused, 412,
                ReconcileText::tr("An object with the same %1 exists already.").arg(attribute)};
    }
    if (m_type.refusesByName && kept["lastname"_L1].toString().startsWith("x-"_L1)
        && kept["lastname"_L1] != "x-nodelete"_L1 && sent.contains("lastname"_L1))
        return ObjectFault {ObjectFault::Refused, 400,
                            ReconcileText::tr("The connector refuses the last name %1.")
                                .arg(kept["lastname"_L1].toString())};
    return std::nullopt;
}

Answer<KeptObject> ConnectorRules::create(const QJsonObject &object, const Taken &taken) const
{
    if (!object["_id"_L1].isUndefined() && !object["_id"_L1].isNull())
        return refused(400, ReconcileText::tr("An object cannot be created with an id of ours."));
    for (auto it = m_type.attributes.begin(); it != m_type.attributes.end(); ++it) {
        const QJsonValue value = object.value(it.key());
        if (it->isRequired && (value.isUndefined() || value.isNull()))
            return refused(
                400, ReconcileText::tr("The required attribute %1 has no value.").arg(it.key()));
    }
    const auto sent = built(object, true);
    if (!sent)
        return tl::unexpected(sent.error());
    KeptObject kept;
    kept.sent = *sent;
    keep(m_type, *sent, kept.object);
    kept.refusal = refusal(*sent, kept.object, true, taken);
    return kept;
}

Answer<KeptObject> ConnectorRules::update(const QJsonObject &before, const QJsonObject &object,
                                          const Taken &taken) const
{
    const auto sent = built(object, false);
    if (!sent)
        return tl::unexpected(sent.error());
    KeptObject kept;
    kept.sent = *sent;
    kept.object = before;
    keep(m_type, *sent, kept.object);
    kept.refusal = refusal(*sent, kept.object, false, taken);
    return kept;
}

std::optional<ObjectFault> ConnectorRules::remove(const QJsonObject &object,
                                                  const QString &id) const
{
    if (m_type.refusesByName && object["lastname"_L1] == "x-nodelete"_L1)
        return ObjectFault {ObjectFault::Refused, 403,
                            ReconcileText::tr("The connector does not delete object %1.").arg(id)};
    return std::nullopt;
}

/// As the recorded connector: what is not compared is not filtered, what it does not know fails.
Answer<CrestFilter> ConnectorRules::understood(const CrestFilter &filter) const
{
    return understood(filter, false);
}

/// `pr` finds everything (facts 24), and so does its negation; hence a "not" goes down to what it
/// negates at last.
Answer<CrestFilter> ConnectorRules::understood(const CrestFilter &filter, bool isNegated) const
{
    if (filter.kind == CrestFilter::Not && !m_type.filtersByItself)
        return understood(filter.operands[0], !isNegated);
    CrestFilter result = filter;
    if (filter.kind == CrestFilter::Present && !m_type.filtersByItself)
        return CrestFilter();
    if (filter.kind == CrestFilter::Compare) {
        static const QStringList known {u"eq"_s, u"co"_s, u"sw"_s, u"ew"_s, u"ca"_s,
                                        u"lt"_s, u"le"_s, u"gt"_s, u"ge"_s};
        static const QStringList ownKeys {u"_id"_s, u"__UID__"_s, u"__NAME__"_s};
        const QString name = filter.pointer.value(0);
        if (!known.contains(filter.op)
            || (!m_type.attributes.contains(name) && !ownKeys.contains(name)))
            return tl::unexpected(
                ObjectFault {ObjectFault::Unsupported, 400,
                             ReconcileText::tr("The connector cannot search by \"%1\".")
                                 .arg(filter.toString())});
        return isNegated ? CrestFilter::negated(std::move(result)) : result;
    }
    if (filter.operands.empty())
        return isNegated ? CrestFilter::negated(std::move(result)) : result;
    for (CrestFilter &operand : result.operands) {
        auto inner = understood(operand, isNegated);
        if (!inner)
            return inner;
        operand = std::move(*inner);
    }
    if (isNegated)
        result.kind = filter.kind == CrestFilter::And ? CrestFilter::Or : CrestFilter::And;
    return result;
}

Answer<QString> ConnectorRules::queryAttribute(const QString &queryId) const
{
    return TargetRules::queryAttribute(queryId);
}

} // namespace hubkeeper
