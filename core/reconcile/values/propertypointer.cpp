// SPDX-License-Identifier: MIT
#include "reconcile/values/propertypointer.h"

#include <QJsonArray>
#include <QUrl>

#include <optional>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// The place in a list that a step names; nothing if it is not a number.
std::optional<qsizetype> indexOf(const QString &step)
{
    bool isNumber = false;
    const int index = step.toInt(&isNumber);
    return isNumber && index >= 0 ? std::optional<qsizetype>(index) : std::nullopt;
}

QJsonValue child(const QJsonValue &value, const QString &step)
{
    if (value.isObject())
        return value.toObject().value(step);
    if (!value.isArray())
        return QJsonValue::Undefined;
    const auto index = indexOf(step);
    return index ? value.toArray().at(*index) : QJsonValue(QJsonValue::Undefined);
}

/// `container` with the value put below it; nothing where that cannot be done. An undefined
/// container is made.
std::optional<QJsonValue> with(const QJsonValue &container, const QStringList &steps,
                               qsizetype depth, const QJsonValue &value)
{
    if (depth == steps.size())
        return value;
    const QString &step = steps[depth];
    if (container.isUndefined() || container.isObject()) {
        QJsonObject object = container.toObject();
        const auto inner = with(object.value(step), steps, depth + 1, value);
        if (!inner)
            return std::nullopt;
        object.insert(step, *inner);
        return object;
    }
    if (!container.isArray())
        return std::nullopt;
    QJsonArray array = container.toArray();
    const auto index = step == u'-' ? std::optional(array.size()) : indexOf(step);
    if (!index || *index > array.size())
        return std::nullopt;
    const QJsonValue before = *index < array.size() ? array.at(*index) : QJsonValue::Undefined;
    const auto inner = with(before, steps, depth + 1, value);
    if (!inner)
        return std::nullopt;
    if (*index < array.size())
        array.replace(*index, *inner);
    else
        array.append(*inner);
    return array;
}

} // namespace

PropertyPointer::PropertyPointer(const QString &text)
{
    const QString steps = text.startsWith(u'/') ? text.mid(1) : text;
    if (steps.isEmpty())
        return;
    m_steps = steps.split(u'/');
    for (QString &step : m_steps)
        step = QUrl::fromPercentEncoding(step.toUtf8());
}

PropertyPointer PropertyPointer::ofSteps(const QStringList &steps)
{
    PropertyPointer pointer;
    pointer.m_steps = steps;
    return pointer;
}

QJsonValue PropertyPointer::in(const QJsonValue &value) const
{
    QJsonValue found = value;
    for (const QString &step : m_steps) {
        if (found.isUndefined())
            break;
        found = child(found, step);
    }
    return found;
}

bool PropertyPointer::put(QJsonObject &object, const QJsonValue &value) const
{
    const auto changed = with(object, m_steps, 0, value);
    if (!changed || !changed->isObject())
        return false;
    object = changed->toObject();
    return true;
}

} // namespace hubkeeper
