// SPDX-License-Identifier: MIT
#include "reconcile/values/jsonmatch.h"

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
    if (filter.op == "eq"_L1)
        return *order == 0;
    if (filter.op == "lt"_L1)
        return *order < 0;
    if (filter.op == "le"_L1)
        return *order <= 0;
    if (filter.op == "gt"_L1)
        return *order > 0;
    return filter.op == "ge"_L1 && *order >= 0;
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
    const auto holds = [&value](const CrestFilter &operand) { return matchesJson(operand, value); };
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
        const QJsonValue found = PropertyPointer::ofSteps(filter.pointer).in(value);
        return !found.isUndefined() && !found.isNull();
    }
    case CrestFilter::Compare:
        return comparisonHolds(filter, PropertyPointer::ofSteps(filter.pointer).in(value));
    }
    Q_UNREACHABLE();
}

} // namespace hubkeeper
