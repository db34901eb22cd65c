// SPDX-License-Identifier: MIT
#include "reconcile/values/jsonmatch.h"

#include "filter/filterlogic.h"
#include "reconcile/values/exactjson.h"
#include "reconcile/values/propertypointer.h"

#include <QJsonArray>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// Less than, equal to, more than 0; nothing where the two do not compare.
std::optional<int> compared(const QJsonValue &a, const QJsonValue &b)
{
    if (a.isString() && b.isString())
        return a.toString().compare(b.toString());
    if (a.isDouble() && b.isDouble()) {
        const double left = a.toDouble();
        const double right = b.toDouble();
        return left < right ? -1 : (right < left ? 1 : 0);
    }
    if (a.isBool() && b.isBool())
        return int(a.toBool()) - int(b.toBool());
    return std::nullopt;
}

bool textMatches(const QString &op, const QJsonValue &item, const QJsonValue &literal)
{
    if (!item.isString() || !literal.isString())
        return false;
    const QString whole = item.toString();
    const QString part = literal.toString();
    if (op == "co"_L1)
        return whole.contains(part);
    return op == "sw"_L1 ? whole.startsWith(part) : whole.endsWith(part);
}

bool itemMatches(const CrestFilter &filter, const QJsonValue &found)
{
    static const QStringList ofTexts {u"co"_s, u"sw"_s, u"ew"_s};
    const QJsonValue item = withoutMarks(found);
    if (ofTexts.contains(filter.op))
        return textMatches(filter.op, item, filter.value);
    const auto order = compared(item, filter.value);
    if (!order)
        return false;
    return orderHolds(filter.op, *order);
}

bool comparisonHolds(const CrestFilter &filter, const QJsonValue &found)
{
    if (!found.isArray())
        return itemMatches(filter, found);
    const QJsonArray items = found.toArray();
    return std::any_of(items.begin(), items.end(),
                       [&](const QJsonValue &item) { return itemMatches(filter, item); });
}

} // namespace

bool matchesJson(const CrestFilter &filter, const QJsonValue &value)
{
    return filterHolds(filter, [&value](const CrestFilter &leaf) {
        const QJsonValue found = PropertyPointer::ofSteps(leaf.pointer).in(value);
        if (leaf.kind == CrestFilter::Present)
            return !found.isUndefined() && !found.isNull();
        return comparisonHolds(leaf, found);
    });
}

} // namespace hubkeeper
