// SPDX-License-Identifier: MIT
#include "practice/idm/crest/objectquery.h"

#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

bool itemMatches(const QString &op, const QJsonValue &item, const QJsonValue &literal)
{
    if (item.isString() && literal.isString()) {
        const QString text = item.toString();
        const QString part = literal.toString();
        if (op == "co"_L1)
            return text.contains(part);
        if (op == "sw"_L1)
            return text.startsWith(part);
        if (op == "ew"_L1)
            return text.endsWith(part);
    }
    if (op == "eq"_L1 || op == "ca"_L1)
        return item == literal;
    if (item.type() != literal.type())
        return false;
    const int order = compareJson(item, literal);
    return op == "lt"_L1 ? order < 0
        : op == "le"_L1  ? order <= 0
        : op == "gt"_L1  ? order > 0
                         : op == "ge"_L1 && order >= 0;
}

bool comparisonHolds(const CrestFilter &filter, const QJsonValue &value)
{
    if (!value.isArray())
        return !value.isUndefined() && itemMatches(filter.op, value, filter.value);
    // "co" on a list is "has this item".
    const QString op = filter.op == "co"_L1 ? u"eq"_s : filter.op;
    const QJsonArray items = value.toArray();
    return std::any_of(items.cbegin(), items.cend(),
                       [&](const QJsonValue &item) { return itemMatches(op, item, filter.value); });
}

int rank(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Bool:
        return 1;
    case QJsonValue::Double:
        return 2;
    case QJsonValue::String:
        return 3;
    case QJsonValue::Array:
        return 4;
    case QJsonValue::Object:
        return 5;
    default:
        return 0;
    }
}

void sortObjects(QList<QJsonObject> &objects, const QList<SortKey> &keys)
{
    if (keys.isEmpty())
        return;
    std::stable_sort(
        objects.begin(), objects.end(), [&](const QJsonObject &a, const QJsonObject &b) {
            for (const SortKey &key : keys) {
                const int order = compareJson(valueAt(a, key.pointer), valueAt(b, key.pointer));
                if (order != 0)
                    return key.ascending ? order < 0 : order > 0;
            }
            return false;
        });
}

void putField(QJsonObject &into, const QJsonObject &from, const QStringList &pointer)
{
    const QString step = pointer.first();
    const QJsonValue value = from.value(step);
    if (value.isUndefined())
        return;
    if (pointer.size() == 1 || !value.isObject()) {
        into.insert(step, value);
        return;
    }
    QJsonObject inner = into.value(step).toObject();
    putField(inner, value.toObject(), pointer.mid(1));
    into.insert(step, inner);
}

} // namespace

QStringList pointerSteps(const QString &text)
{
    QStringList steps;
    for (const QString &step : text.split(u'/', Qt::SkipEmptyParts))
        steps.append(QUrl::fromPercentEncoding(step.toUtf8()));
    return steps;
}

QJsonValue valueAt(const QJsonValue &value, const QStringList &pointer)
{
    QJsonValue current = value;
    for (const QString &step : pointer) {
        if (current.isObject()) {
            current = current.toObject().value(step);
        } else if (current.isArray()) {
            bool isNumber = false;
            const int index = step.toInt(&isNumber);
            const QJsonArray array = current.toArray();
            current = isNumber && index >= 0 && index < array.size()
                ? array.at(index)
                : QJsonValue(QJsonValue::Undefined);
        } else {
            return QJsonValue::Undefined;
        }
    }
    return current;
}

QString operatorBeyond(const CrestFilter &filter, const QStringList &known)
{
    if (filter.kind == CrestFilter::Compare)
        return known.contains(filter.op) ? QString() : filter.op;
    for (const CrestFilter &operand : filter.operands) {
        if (const QString beyond = operatorBeyond(operand, known); !beyond.isEmpty())
            return beyond;
    }
    return {};
}

bool objectMatches(const CrestFilter &filter, const QJsonValue &object)
{
    const auto holds = [&](const CrestFilter &operand) { return objectMatches(operand, object); };
    switch (filter.kind) {
    case CrestFilter::True:
        return true;
    case CrestFilter::False:
        return false;
    case CrestFilter::And:
        return std::all_of(filter.operands.cbegin(), filter.operands.cend(), holds);
    case CrestFilter::Or:
        return std::any_of(filter.operands.cbegin(), filter.operands.cend(), holds);
    case CrestFilter::Not:
        return !holds(filter.operands.front());
    case CrestFilter::Present: {
        const QJsonValue value = valueAt(object, filter.pointer);
        return !value.isUndefined() && !value.isNull();
    }
    case CrestFilter::Compare:
        return comparisonHolds(filter, valueAt(object, filter.pointer));
    }
    Q_UNREACHABLE();
}

int compareJson(const QJsonValue &a, const QJsonValue &b)
{
    if (rank(a) != rank(b))
        return rank(a) - rank(b);
    if (a.isString())
        return a.toString().compare(b.toString());
    const double left = a.isBool() ? a.toBool() : a.toDouble();
    const double right = b.isBool() ? b.toBool() : b.toDouble();
    return left < right ? -1 : left > right ? 1 : 0;
}

QJsonObject shownFields(const QJsonObject &object, const QStringList &fields)
{
    if (fields.isEmpty() || fields.contains("*"_L1))
        return object;
    QJsonObject shown;
    for (const QString &name : {u"_id"_s, u"_rev"_s}) {
        if (object.contains(name))
            shown.insert(name, object.value(name));
    }
    for (const QString &field : fields) {
        const QStringList pointer = pointerSteps(field);
        if (!pointer.isEmpty())
            putField(shown, object, pointer);
    }
    return shown;
}

CrestReply pageReply(QList<QJsonObject> found, const CrestQuery &query, Totals totals)
{
    sortObjects(found, query.sortKeys);
    const qsizetype first =
        std::clamp<qsizetype>(query.cookie.toLongLong() + query.offset, 0, found.size());
    const qsizetype size = query.pageSize > 0 ? query.pageSize : found.size();
    const qsizetype end = std::min(found.size(), first + size);
    QJsonArray rows;
    for (qsizetype i = first; i < end; ++i)
        rows.append(shownFields(found[i], query.fields));
    const bool isLast = end >= found.size();
    return crestReply(QJsonObject {
        {u"result"_s, rows},
        {u"resultCount"_s, rows.size()},
        {u"pagedResultsCookie"_s, isLast ? QJsonValue() : QJsonValue(QString::number(end))},
        {u"totalPagedResultsPolicy"_s, totals == Totals::Always ? u"EXACT"_s : u"NONE"_s},
        {u"totalPagedResults"_s, totals == Totals::Always ? found.size() : -1},
        {u"remainingPagedResults"_s, -1},
    });
}

} // namespace hubkeeper::practice
