// SPDX-License-Identifier: MIT
#include "provisioner/confidential/secretvalue.h"
#include "provisioner/model/connectorproperties.h"
#include "provisioner/model/provisionerkeys.h"
#include "provisioner/provisionertext.h"
#include "provisioner/rules/rulecheck.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr Rule unknownPoolMember {
    "HK301",
    Severity::Warning,
    RuleStage::Blocks,
    QT_TRANSLATE_NOOP("Rule", "Unknown member of poolConfigOption"),
    QT_TRANSLATE_NOOP("Rule", "IDM silently ignores it; what it was to set keeps its default."),
    QT_TRANSLATE_NOOP("Rule", "Correct the spelling, or remove it."),
    "idm-connector 2.4",
    {"/poolConfigOption", R"({"maxObject": 10})", R"({"maxObjects": 10})"},
    true,
};

constexpr Rule notWhole {
    "HK302",
    Severity::Error,
    RuleStage::Blocks,
    QT_TRANSLATE_NOOP("Rule", "Pool value that is not a whole number"),
    QT_TRANSLATE_NOOP("Rule",
                      "IDM cannot convert it, and the connector does not become active, whether it "
                      "is pooled or not."),
    QT_TRANSLATE_NOOP("Rule", "Write a whole number without quotes."),
    "idm-connector 2.4",
    {"/poolConfigOption", R"({"maxWait": "150 s"})", R"({"maxWait": 150000})"},
};

constexpr Rule negative {
    "HK303",
    Severity::Error,
    RuleStage::Blocks,
    QT_TRANSLATE_NOOP("Rule", "Negative pool value"),
    QT_TRANSLATE_NOOP(
        "Rule", "The pool accepts no negative number, and the test of a pooled connector fails."),
    QT_TRANSLATE_NOOP(
        "Rule", "Write 0 or more; for maxWait and minEvictableIdleTimeMillis 0 means no limit."),
    "idm-connector 2.4",
    {"/poolConfigOption", R"({"maxWait": -1})", R"({"maxWait": 0})"},
};

constexpr Rule order {
    "HK304",
    Severity::Error,
    RuleStage::Blocks,
    QT_TRANSLATE_NOOP("Rule", "Pool sizes that contradict each other"),
    QT_TRANSLATE_NOOP("Rule",
                      "The pool wants minIdle <= maxIdle <= maxObjects, defaults (1, 10, 10) "
                      "included; else the test"
                      " of a pooled connector fails."),
    QT_TRANSLATE_NOOP("Rule", "Raise the larger one or lower the smaller one."),
    "idm-connector 2.4",
    {"/poolConfigOption", R"({"maxObjects": 5, "maxIdle": 10})",
     R"({"maxObjects": 5, "maxIdle": 5})"},
};

constexpr Rule emptyPool {
    "HK305",
    Severity::Error,
    RuleStage::Blocks,
    QT_TRANSLATE_NOOP("Rule", "Pool without a place"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "A pooled connector with maxObjects 0 waits for a place for ever, and the server waits "
        "with it:"
        " other connectors are no longer loaded, and it cannot be stopped in the ordinary way."),
    QT_TRANSLATE_NOOP("Rule", "Write at least 1."),
    "idm-connector 2.4",
    {"/poolConfigOption", R"({"maxObjects": 0, "maxIdle": 0, "minIdle": 0})",
     R"({"maxObjects": 1, "maxIdle": 1, "minIdle": 0})"},
};

constexpr Rule shortWait {
    "HK306",
    Severity::Warning,
    RuleStage::Blocks,
    QT_TRANSLATE_NOOP("Rule", "Pool time that looks like seconds"),
    QT_TRANSLATE_NOOP("Rule",
                      "The value is in milliseconds: the pool gives up, or throws idle connectors "
                      "away, at once."),
    QT_TRANSLATE_NOOP("Rule", "Write milliseconds; the defaults are 150000 and 120000."),
    "idm-connector 2.4",
    {"/poolConfigOption", R"({"maxWait": 150})", R"({"maxWait": 150000})"},
    true,
};

constexpr Rule quoted {
    "HK307",
    Severity::Info,
    RuleStage::Blocks,
    QT_TRANSLATE_NOOP("Rule", "Pool value in quotes"),
    QT_TRANSLATE_NOOP("Rule", "IDM converts it."),
    QT_TRANSLATE_NOOP("Rule", "Write the number without quotes, as other tools expect it."),
    "idm-connector 2.4",
    {"/poolConfigOption", R"({"maxObjects": "10"})", R"({"maxObjects": 10})"},
    true,
};

constexpr const Rule *allPoolRules[] {
    &unknownPoolMember, &notWhole, &negative, &order, &emptyPool, &shortWait, &quoted,
};

bool isTime(const QString &key)
{
    return key == "maxWait"_L1 || key == "minEvictableIdleTimeMillis"_L1;
}

/// A whole number or its digits in quotes; the two times may be larger than an int.
std::optional<qint64> poolNumber(const JsonText &text, int node)
{
    const std::optional<qint64> number = wholeNumberAt(text, node);
    const bool fits = number && (isTime(text.keyOf(node)) || int(*number) == *number);
    return fits ? number : std::nullopt;
}

void checkPoolValue(RuleCheck &check, int node)
{
    const QString key = check.text.keyOf(node);
    const std::optional<qint64> value = poolNumber(check.text, node);
    const QString shown = u"%1 is %2"_s.arg(key, check.shown(node));
    if (!value) {
        const QString unit = isTime(key) ? ProvisionerText::tr(" of milliseconds") : QString();
        return check.report(
            notWhole, node,
            shown + ProvisionerText::tr("; it has to be a whole number%1.").arg(unit));
    }
    const qint64 number = *value;
    if (check.isKind(node, JsonKind::String)) {
        check.report(quoted, node, shown + ProvisionerText::tr(", a text; it has to be a number."),
                     Fix {ProvisionerText::tr("Write %1 without quotes").arg(number),
                          {replaceValue(check.text, node, QByteArray::number(number))}});
    }
    if (number < 0) {
        check.report(negative, node, shown + ProvisionerText::tr("; it cannot be less than 0."));
    } else if (isTime(key) && number > 0 && number < 1000) {
        const QByteArray milliseconds = QByteArray::number(number * 1000);
        check.report(shortWait, node, shown + ProvisionerText::tr(" ms, less than a second."),
                     Fix {ProvisionerText::tr("Change to %1").arg(QLatin1StringView(milliseconds)),
                          {replaceValue(check.text, node, milliseconds)},
                          false});
    }
}

struct Size
{
    qint64 value;
    int node; ///< JsonText::none where the default holds.
};

/// Nothing where the value is filled in later or was reported already.
std::optional<Size> sizeOf(const RuleCheck &check, int pool, QLatin1StringView key, int byDefault)
{
    const int node = check.member(pool, key);
    if (node == JsonText::none || check.isKind(node, JsonKind::Null))
        return Size {byDefault, JsonText::none};
    const std::optional<qint64> value = poolNumber(check.text, node);
    if (!check.isGiven(node) || !value || *value < 0)
        return {};
    return Size {*value, node};
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
                 ProvisionerText::tr("%1 is %2, more than %3, which is %4.")
                     .arg(QLatin1StringView(smallName))
                     .arg(small->value)
                     .arg(QLatin1StringView(largeName))
                     .arg(large->value));
}

/// What a community server never fills in: coercion objects, defaults, names with blanks.
bool isNeverFilledIn(const JsonText &text, int node)
{
    const QString value = text.stringOf(node);
    return text.node(node).kind != JsonKind::String || !isPlainSubstitution(value)
        || value.contains(u' ');
}

/// A maximum that is filled in later must not be less than what the file says beside it.
void checkSubstitutedMaximum(RuleCheck &check, int pool, const std::optional<Size> &maxIdle)
{
    const int node = check.member(pool, "maxObjects"_L1);
    const bool isLater = node != JsonText::none && isSubstituted(check.text, node)
        && !(check.isCommunity() && isNeverFilledIn(check.text, node));
    if (isLater && maxIdle && maxIdle->value > 1)
        check.report(order, node,
                     ProvisionerText::tr("maxObjects is a substitution; with less than %1, which is"
                                         " maxIdle, the pool refuses it.")
                         .arg(maxIdle->value));
}

void checkSizes(RuleCheck &check, int pool)
{
    const auto maxObjects = sizeOf(check, pool, "maxObjects"_L1, 10);
    const auto maxIdle = sizeOf(check, pool, "maxIdle"_L1, 10);
    const auto minIdle = sizeOf(check, pool, "minIdle"_L1, 1);
    checkOrder(check, maxIdle, "maxIdle", maxObjects, "maxObjects");
    checkOrder(check, minIdle, "minIdle", maxIdle, "maxIdle");
    checkSubstitutedMaximum(check, pool, maxIdle);
    if (maxObjects && maxObjects->value == 0)
        check.report(emptyPool, maxObjects->node,
                     ProvisionerText::tr("maxObjects is 0; the pool needs 1 at least."));
}

void checkPoolRules(RuleCheck &check)
{
    const int pool = check.find(u"/poolConfigOption"_s, JsonKind::Object);
    if (pool == JsonText::none)
        return;
    for (const int member : check.children(pool)) {
        if (!poolKeys().contains(check.text.keyOf(member)))
            check.reportUnknownKey(unknownPoolMember, member, poolKeys(),
                                   ProvisionerText::tr("member of poolConfigOption"));
        else if (check.isGiven(member))
            checkPoolValue(check, member);
    }
    checkSizes(check, pool);
}

} // namespace

const RuleSet &poolRules()
{
    static constexpr RuleSet set {allPoolRules, checkPoolRules};
    return set;
}

} // namespace hubkeeper
