// SPDX-License-Identifier: MIT
#include "practice/idm/crest/jsonpatch.h"

#include "practice/idm/crest/objectquery.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

QJsonArray arrayWith(QJsonArray array, const QString &step, const QJsonValue &put)
{
    bool isNumber = false;
    const int index = step.toInt(&isNumber);
    if (!isNumber || index >= array.size())
        array.append(put); // "-" is the end of the list.
    else
        array.replace(index, put);
    return array;
}

QJsonValue withoutAt(const QJsonValue &value, const QStringList &pointer)
{
    const QString step = pointer.first();
    if (value.isObject()) {
        QJsonObject object = value.toObject();
        if (pointer.size() == 1)
            object.remove(step);
        else if (object.contains(step))
            object.insert(step, withoutAt(object.value(step), pointer.mid(1)));
        return object;
    }
    if (value.isArray()) {
        QJsonArray array = value.toArray();
        bool isNumber = false;
        const int index = step.toInt(&isNumber);
        if (!isNumber || index < 0 || index >= array.size())
            return array;
        if (pointer.size() == 1)
            array.removeAt(index);
        else
            array.replace(index, withoutAt(array.at(index), pointer.mid(1)));
        return array;
    }
    return value;
}

QJsonArray itemsOf(const QJsonValue &value)
{
    return value.isArray() ? value.toArray() : QJsonArray {value};
}

/// "add" to a list adds items, to everything else it replaces.
QJsonValue added(const QJsonObject &object, const QStringList &pointer, const QJsonValue &value)
{
    const QJsonValue before = valueAt(object, pointer);
    if (!before.isArray())
        return withValueAt(object, pointer, value);
    QJsonArray items = before.toArray();
    const QJsonArray more = itemsOf(value);
    for (const QJsonValue &item : more)
        items.append(item);
    return withValueAt(object, pointer, items);
}

/// "remove" with a value takes items off a list; of anything else only what is equal goes.
QJsonValue removed(const QJsonObject &object, const QStringList &pointer, const QJsonValue &value)
{
    const QJsonValue before = valueAt(object, pointer);
    if (value.isUndefined())
        return withoutAt(object, pointer);
    if (!before.isArray())
        return before == value ? withoutAt(object, pointer) : QJsonValue(object);
    QJsonArray left;
    const QJsonArray gone = itemsOf(value);
    const QJsonArray items = before.toArray();
    for (const QJsonValue &item : items) {
        if (!gone.contains(item))
            left.append(item);
    }
    return withValueAt(object, pointer, left);
}

CrestOutcome<QJsonValue> incremented(const QJsonObject &object, const QStringList &pointer,
                                     const QJsonValue &value)
{
    const QJsonValue before = valueAt(object, pointer);
    if (!before.isDouble() || !value.isDouble())
        return refuse(crestError(400, u"The field /%1 is not a number"_s.arg(pointer.join(u'/'))));
    return withValueAt(object, pointer, before.toDouble() + value.toDouble());
}

CrestOutcome<QJsonValue> applied(const QJsonObject &object, const QJsonObject &operation,
                                 const PatchScript &script)
{
    const QString word = operation.value("operation"_L1).toString();
    const QStringList pointer = pointerSteps(operation.value("field"_L1).toString());
    const QJsonValue value = operation.value("value"_L1);
    if (pointer.isEmpty()) {
        if (word == "replace"_L1 || word == "add"_L1)
            return QJsonValue(value.toObject());
        return refuse(crestError(400, u"The operation %1 needs a field"_s.arg(word)));
    }
    if (word == "add"_L1)
        return added(object, pointer, value);
    if (word == "replace"_L1)
        return value.isUndefined() ? withoutAt(object, pointer)
                                   : withValueAt(object, pointer, value);
    if (word == "remove"_L1)
        return removed(object, pointer, value);
    if (word == "increment"_L1)
        return incremented(object, pointer, value);
    if (word == "transform"_L1) {
        if (!script)
            return refuse(crestReply(QJsonValue::Undefined, 500));
        auto made = script(value["script"_L1], valueAt(object, pointer));
        if (!made)
            return refuse(made.error());
        return withValueAt(object, pointer, *made);
    }
    const QStringList from = pointerSteps(operation.value("from"_L1).toString());
    const QJsonValue taken = valueAt(object, from);
    const QJsonValue rest =
        word == "move"_L1 && !from.isEmpty() ? withoutAt(object, from) : QJsonValue(object);
    return withValueAt(rest, pointer, taken);
}

} // namespace

QJsonValue withValueAt(const QJsonValue &value, const QStringList &pointer, const QJsonValue &put)
{
    if (pointer.isEmpty())
        return put;
    const QString step = pointer.first();
    if (value.isArray()) {
        const QJsonArray array = value.toArray();
        if (pointer.size() == 1)
            return arrayWith(array, step, put);
        return arrayWith(array, step, withValueAt(valueAt(value, {step}), pointer.mid(1), put));
    }
    QJsonObject object = value.toObject();
    object.insert(step, withValueAt(object.value(step), pointer.mid(1), put));
    return object;
}

CrestOutcome<QJsonObject> patched(QJsonObject object, const QJsonArray &operations,
                                  const PatchScript &script)
{
    for (const QJsonValue &operation : operations) {
        auto next = applied(object, operation.toObject(), script);
        if (!next)
            return refuse(next.error());
        object = next->toObject();
    }
    return object;
}

} // namespace hubkeeper::practice
