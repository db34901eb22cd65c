// SPDX-License-Identifier: MIT
#include "provisioner/model/connectorproperties.h"
#include "provisioner/model/provisionerkeys.h"
#include "provisioner/rules/rulecheck.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr Rule unknownMember {
    "HK301",
    Severity::Warning,
    RuleStage::Blocks,
    "Unknown member of poolConfigOption",
    "IDM ignores it without a word; what it was to set keeps its default.",
    "Correct the spelling, or remove it.",
    "idm-connector 2.4",
    {"/poolConfigOption", R"({"maxObject": 10})", R"({"maxObjects": 10})"},
    true,
};

constexpr Rule notWhole {
    "HK302",
    Severity::Error,
    RuleStage::Blocks,
    "Pool value that is no whole number",
    "IDM cannot convert it, and the connector does not start.",
    "Write a whole number without quotes.",
    "idm-connector 2.4",
    {"/poolConfigOption", R"({"maxWait": "150 s"})", R"({"maxWait": 150000})"},
};

constexpr Rule negative {
    "HK303",
    Severity::Error,
    RuleStage::Blocks,
    "Negative pool value",
    "The pool accepts no negative number, and the connector does not start.",
    "Write 0 or more; for maxWait and minEvictableIdleTimeMillis 0 means no limit.",
    "idm-connector 2.4",
    {"/poolConfigOption", R"({"maxWait": -1})", R"({"maxWait": 0})"},
};

constexpr Rule order {
    "HK304",
    Severity::Error,
    RuleStage::Blocks,
    "Pool sizes that contradict each other",
    "The pool wants minIdle <= maxIdle <= maxObjects, defaults (1, 10, 10) included, and the"
    " connector does not start.",
    "Raise the larger one or lower the smaller one.",
    "idm-connector 2.4",
    {"/poolConfigOption", R"({"maxObjects": 5, "maxIdle": 10})",
     R"({"maxObjects": 5, "maxIdle": 5})"},
};

constexpr Rule emptyPool {
    "HK305",
    Severity::Warning,
    RuleStage::Blocks,
    "Pool without a place",
    "With maxObjects 0 no operation of a pooled connector ever gets its turn.",
    "Write at least 1.",
    "idm-connector 2.4",
    {"/poolConfigOption", R"({"maxObjects": 0, "maxIdle": 0, "minIdle": 0})",
     R"({"maxObjects": 1, "maxIdle": 1, "minIdle": 0})"},
};

constexpr Rule shortWait {
    "HK306",
    Severity::Warning,
    RuleStage::Blocks,
    "Pool time that looks like seconds",
    "The value is in milliseconds: the pool gives up, or throws idle connectors away, at once.",
    "Write milliseconds; the defaults are 150000 and 120000.",
    "idm-connector 2.4",
    {"/poolConfigOption", R"({"maxWait": 150})", R"({"maxWait": 150000})"},
    true,
};

constexpr Rule quoted {
    "HK307",
    Severity::Info,
    RuleStage::Blocks,
    "Pool value in quotes",
    "IDM converts it.",
    "Write the number without quotes, as other tools expect it.",
    "idm-connector 2.4",
    {"/poolConfigOption", R"({"maxObjects": "10"})", R"({"maxObjects": 10})"},
    true,
};

constexpr const Rule *rules[] {
    &unknownMember, &notWhole, &negative, &order, &emptyPool, &shortWait, &quoted,
};

bool isTime(const QString &key)
{
    return key == "maxWait"_L1 || key == "minEvictableIdleTimeMillis"_L1;
}

void checkValue(RuleCheck &check, int node)
{
    const QString key = check.text.keyOf(node);
    const QJsonValue value = converted(PropertyType::Integer, check.text.valueOf(node));
    const QString shown = u"%1 is %2"_s.arg(key, check.shown(node));
    if (value.isUndefined()) {
        const QString unit = isTime(key) ? u" of milliseconds"_s : QString();
        return check.report(notWhole, node,
                            shown + u"; it has to be a whole number%1."_s.arg(unit));
    }
    const int number = value.toInt();
    if (check.isKind(node, JsonKind::String)) {
        check.report(quoted, node, shown + u", a text; it has to be a number."_s,
                     Fix {u"Write %1 without quotes"_s.arg(number),
                          {replaceValue(check.text, node, QByteArray::number(number))}});
    }
    if (number < 0) {
        check.report(negative, node, shown + u"; it cannot be less than 0."_s);
    } else if (isTime(key) && number > 0 && number < 1000) {
        const QByteArray milliseconds = QByteArray::number(number * 1000);
        check.report(shortWait, node, shown + u" milliseconds, less than a second."_s,
                     Fix {u"Change to %1"_s.arg(QLatin1StringView(milliseconds)),
                          {replaceValue(check.text, node, milliseconds)},
                          false});
    }
}

struct Size
{
    int value;
    int node; ///< JsonText::none where the default holds.
};

/// Nothing where the value is filled in later or was reported already.
std::optional<Size> sizeOf(const RuleCheck &check, int pool, QLatin1StringView key, int byDefault)
{
    const int node = check.member(pool, key);
    if (node == JsonText::none || check.isKind(node, JsonKind::Null))
        return Size {byDefault, JsonText::none};
    const QJsonValue value = converted(PropertyType::Integer, check.text.valueOf(node));
    if (!check.isGiven(node) || !value.isDouble() || value.toInt() < 0)
        return {};
    return Size {value.toInt(), node};
}

void checkOrder(RuleCheck &check, const std::optional<Size> &small, const char *smallName,
                const std::optional<Size> &large, const char *largeName)
{
    if (!small || !large || small->value <= large->value)
        return;
    const int node = small->node != JsonText::none ? small->node : large->node;
    if (node == JsonText::none)
        return;
    check.report(order, node,
                 u"%1 is %2, more than %3, which is %4."_s.arg(QLatin1StringView(smallName))
                     .arg(small->value)
                     .arg(QLatin1StringView(largeName))
                     .arg(large->value));
}

void checkSizes(RuleCheck &check, int pool)
{
    const auto maxObjects = sizeOf(check, pool, "maxObjects"_L1, 10);
    const auto maxIdle = sizeOf(check, pool, "maxIdle"_L1, 10);
    const auto minIdle = sizeOf(check, pool, "minIdle"_L1, 1);
    checkOrder(check, maxIdle, "maxIdle", maxObjects, "maxObjects");
    checkOrder(check, minIdle, "minIdle", maxIdle, "maxIdle");
    if (maxObjects && maxObjects->value == 0)
        check.report(emptyPool, maxObjects->node, u"maxObjects is 0; the pool needs 1 at least."_s);
}

void check(RuleCheck &check)
{
    const int pool = check.find(u"/poolConfigOption"_s, JsonKind::Object);
    if (pool == JsonText::none)
        return;
    for (const int member : check.children(pool)) {
        if (!poolKeys().contains(check.text.keyOf(member)))
            check.reportUnknownKey(unknownMember, member, poolKeys(),
                                   u"member of poolConfigOption"_s);
        else if (check.isGiven(member))
            checkValue(check, member);
    }
    checkSizes(check, pool);
}

} // namespace

const RuleSet &poolRules()
{
    static constexpr RuleSet set {rules, check};
    return set;
}

} // namespace hubkeeper
