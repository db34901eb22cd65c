// SPDX-License-Identifier: MIT
#include "records/conditions/conditionleaf.h"

#include "portal/jsontext.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

using Op = ConditionOp;

struct ConditionText
{
    Q_DECLARE_TR_FUNCTIONS(hubkeeper::ConditionRow)
};

struct Comparison
{
    ConditionOp op;
    QLatin1StringView word;
    bool isNegated;
};

constexpr Comparison comparisons[] {
    {Op::Is, "eq"_L1, false},         {Op::IsNot, "eq"_L1, true},
    {Op::Less, "lt"_L1, false},       {Op::AtMost, "le"_L1, false},
    {Op::More, "gt"_L1, false},       {Op::AtLeast, "ge"_L1, false},
    {Op::Contains, "co"_L1, false},   {Op::ContainsNot, "co"_L1, true},
    {Op::StartsWith, "sw"_L1, false}, {Op::EndsWith, "ew"_L1, false},
    {Op::Word, "word"_L1, false},     {Op::NotWord, "word"_L1, true},
};

std::optional<ConditionLeaf> comparisonFrom(const CrestFilter &filter, bool isNegated)
{
    if (filter.kind != CrestFilter::Compare || filter.pointer.size() != 1)
        return std::nullopt;
    for (const Comparison &one : comparisons) {
        if (one.word == filter.op && one.isNegated == isNegated)
            return ConditionLeaf {filter.pointer.constFirst(), one.op, {textOf(filter.value)}};
    }
    return std::nullopt;
}

/// Several values of one property.
std::optional<ConditionLeaf> listFrom(const CrestFilter &filter, ConditionOp op)
{
    if (filter.kind != CrestFilter::Or)
        return std::nullopt;
    ConditionLeaf leaf {{}, op, {}};
    for (const CrestFilter &operand : filter.operands) {
        const auto one = comparisonFrom(operand, false);
        const bool fits =
            one && one->op == Op::Is && (leaf.property.isEmpty() || leaf.property == one->property);
        if (!fits)
            return std::nullopt;
        leaf.property = one->property;
        leaf.values += one->values;
    }
    return leaf;
}

std::optional<ConditionLeaf> rangeFrom(const CrestFilter &filter)
{
    if (filter.kind != CrestFilter::And || filter.operands.size() != 2)
        return std::nullopt;
    const auto low = comparisonFrom(filter.operands[0], false);
    const auto high = comparisonFrom(filter.operands[1], false);
    if (!low || !high || low->op != Op::AtLeast || high->op != Op::AtMost
        || low->property != high->property)
        return std::nullopt;
    return ConditionLeaf {low->property, Op::Between, low->values + high->values};
}

CrestFilter equalsAny(const ConditionLeaf &leaf)
{
    std::vector<CrestFilter> equalities;
    for (const QString &value : leaf.values)
        equalities.push_back(CrestFilter::compare(leaf.property, u"eq"_s, value));
    return CrestFilter::anyOf(std::move(equalities));
}

} // namespace

QList<ConditionOp> operatorsOf(ConditionFamily family)
{
    switch (family) {
    case ConditionFamily::Choices:
        return {Op::Is, Op::IsNot, Op::OneOf, Op::NoneOf, Op::Present, Op::Absent};
    case ConditionFamily::Numbers:
    case ConditionFamily::Dates:
        return {Op::Is,      Op::IsNot,   Op::Less,    Op::AtMost, Op::More,
                Op::AtLeast, Op::Between, Op::Present, Op::Absent};
    case ConditionFamily::Texts:
        return {Op::Is,   Op::IsNot,   Op::Contains, Op::ContainsNot, Op::StartsWith, Op::EndsWith,
                Op::Word, Op::NotWord, Op::OneOf,    Op::NoneOf,      Op::Present,    Op::Absent};
    }
    Q_UNREACHABLE();
}

QString textOf(ConditionOp op, ConditionFamily family)
{
    const bool isDate = family == ConditionFamily::Dates;
    switch (op) {
    case Op::Is:
        return ConditionText::tr("is");
    case Op::IsNot:
        return ConditionText::tr("is not");
    case Op::OneOf:
        return ConditionText::tr("is one of");
    case Op::NoneOf:
        return ConditionText::tr("is none of");
    case Op::Less:
        return isDate ? ConditionText::tr("is before") : ConditionText::tr("is less than");
    case Op::AtMost:
        return isDate ? ConditionText::tr("is on or before") : ConditionText::tr("is at most");
    case Op::More:
        return isDate ? ConditionText::tr("is after") : ConditionText::tr("is more than");
    case Op::AtLeast:
        return isDate ? ConditionText::tr("is on or after") : ConditionText::tr("is at least");
    case Op::Between:
        return ConditionText::tr("is between");
    case Op::Contains:
        return ConditionText::tr("contains");
    case Op::ContainsNot:
        return ConditionText::tr("does not contain");
    case Op::StartsWith:
        return ConditionText::tr("starts with");
    case Op::EndsWith:
        return ConditionText::tr("ends with");
    case Op::Word:
        return ConditionText::tr("contains word");
    case Op::NotWord:
        return ConditionText::tr("does not contain word");
    case Op::Present:
        return ConditionText::tr("has a value");
    case Op::Absent:
        return ConditionText::tr("has no value");
    }
    Q_UNREACHABLE();
}

int valuesOf(ConditionOp op)
{
    switch (op) {
    case Op::OneOf:
    case Op::NoneOf:
        return -1;
    case Op::Between:
        return 2;
    case Op::Present:
    case Op::Absent:
        return 0;
    default:
        return 1;
    }
}

CrestFilter filterOf(const ConditionLeaf &leaf)
{
    switch (leaf.op) {
    case Op::OneOf:
        return equalsAny(leaf);
    case Op::NoneOf:
        return CrestFilter::negated(equalsAny(leaf));
    case Op::Between:
        return CrestFilter::allOf(
            {CrestFilter::compare(leaf.property, u"ge"_s, leaf.values.value(0)),
             CrestFilter::compare(leaf.property, u"le"_s, leaf.values.value(1))});
    case Op::Present:
        return CrestFilter::present(leaf.property);
    case Op::Absent:
        return CrestFilter::negated(CrestFilter::present(leaf.property));
    default:
        break;
    }
    const auto *one = std::find_if(std::begin(comparisons), std::end(comparisons),
                                   [&](const Comparison &other) { return other.op == leaf.op; });
    const CrestFilter compared =
        CrestFilter::compare(leaf.property, QString(one->word), leaf.values.value(0));
    return one->isNegated ? CrestFilter::negated(compared) : compared;
}

std::optional<ConditionLeaf> leafFrom(const CrestFilter &filter)
{
    if (filter.kind == CrestFilter::Present && filter.pointer.size() == 1)
        return ConditionLeaf {filter.pointer.constFirst(), Op::Present, {}};
    if (filter.kind == CrestFilter::Not) {
        const CrestFilter &inner = filter.operands.front();
        if (inner.kind == CrestFilter::Present && inner.pointer.size() == 1)
            return ConditionLeaf {inner.pointer.constFirst(), Op::Absent, {}};
        if (const auto list = listFrom(inner, Op::NoneOf))
            return list;
        return comparisonFrom(inner, true);
    }
    if (const auto list = listFrom(filter, Op::OneOf))
        return list;
    if (const auto range = rangeFrom(filter))
        return range;
    return comparisonFrom(filter, false);
}

} // namespace hubkeeper
