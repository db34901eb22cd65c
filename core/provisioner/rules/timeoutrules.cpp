// SPDX-License-Identifier: MIT
#include "provisioner/model/connectorproperties.h"
#include "provisioner/model/provisionerkeys.h"
#include "provisioner/rules/rulecheck.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr Rule unknownOperation {
    "HK320",
    Severity::Warning,
    RuleStage::Blocks,
    "Time-out for an operation that does not exist",
    "IDM ignores it without a word; the operation meant has no time-out.",
    "Use the names of the framework, in capitals.",
    "idm-connector 2.4",
    {"/operationTimeout/update", "60000", nullptr},
    true,
};

constexpr Rule notNumber {
    "HK321",
    Severity::Error,
    RuleStage::Blocks,
    "Time-out that is no whole number",
    "IDM takes a number of milliseconds here and refuses a text; the connector does not start.",
    "Write milliseconds without quotes, -1 for no time-out.",
    "idm-connector 2.4",
    {"/operationTimeout/SEARCH", R"("60000")", "60000"},
    true,
};

constexpr Rule expiresAtOnce {
    "HK322",
    Severity::Warning,
    RuleStage::Blocks,
    "Time-out that is neither a time nor -1",
    "Only -1 means no time-out; with 0 an operation can expire before it begins, which gives 503"
    " \"Operation Timeout on system object\".",
    "Write -1, or the milliseconds meant.",
    "idm-connector 2.4",
    {"/operationTimeout/SEARCH", "0", "-1"},
    true,
};

constexpr Rule looksLikeSeconds {
    "HK323",
    Severity::Warning,
    RuleStage::Blocks,
    "Time-out that looks like seconds",
    "The value is in milliseconds: hardly a call to HubSpot ends in time, and IDM answers 503"
    " \"Operation Timeout on system object\".",
    "Write milliseconds: 60000 for a minute.",
    "idm-connector 2.4",
    {"/operationTimeout/SEARCH", "60", "60000"},
    true,
};

constexpr Rule limitUnknownOperation {
    "HK330",
    Severity::Warning,
    RuleStage::Blocks,
    "Rate limit for an operation that does not exist",
    "IDM ignores it without a word; the operation meant has no limit.",
    "Use the names of the framework, in capitals.",
    "idm-connector 2.4",
    {"/operationRateLimits", R"({"SERCH": {}})", R"({"SEARCH": {}})"},
    true,
};

constexpr Rule limitKind {
    "HK331",
    Severity::Warning,
    RuleStage::Blocks,
    "Rate limit that is no object",
    "The framework expects a map of limits for each operation; it refuses or ignores anything "
    "else.",
    "Write an object, or limit the connector with permitsPerSecond.",
    "idm-connector 2.4",
    {"/operationRateLimits", R"({"SEARCH": 10})", R"({"SEARCH": {}})"},
};

constexpr const Rule *rules[] {
    &unknownOperation,      &notNumber, &expiresAtOnce, &looksLikeSeconds,
    &limitUnknownOperation, &limitKind,
};

Fix numberFix(RuleCheck &check, int node, int number, bool safe)
{
    const QByteArray json = QByteArray::number(number);
    return {u"Change to %1"_s.arg(number), {replaceValue(check.text, node, json)}, safe};
}

void checkTimeout(RuleCheck &check, int node)
{
    const QString shown =
        u"The time-out of %1 is %2"_s.arg(check.text.keyOf(node), check.shown(node));
    const QJsonValue value = converted(PropertyType::Integer, check.text.valueOf(node));
    if (!check.isKind(node, JsonKind::Number) || value.isUndefined()) {
        std::optional<Fix> fix;
        if (check.isKind(node, JsonKind::String) && value.isDouble())
            fix = numberFix(check, node, value.toInt(), true);
        return check.report(notNumber, node,
                            shown + u"; it has to be a whole number of milliseconds."_s,
                            std::move(fix));
    }
    const int milliseconds = value.toInt();
    if (milliseconds == 0 || milliseconds < -1)
        check.report(expiresAtOnce, node, shown + u" milliseconds; none at all is written -1."_s,
                     numberFix(check, node, -1, false));
    else if (milliseconds > 0 && milliseconds < 1000)
        check.report(looksLikeSeconds, node, shown + u" milliseconds, less than a second."_s,
                     numberFix(check, node, milliseconds * 1000, false));
}

void checkTimeouts(RuleCheck &check)
{
    const int timeouts = check.find(u"/operationTimeout"_s, JsonKind::Object);
    for (const int member : check.children(timeouts)) {
        if (!operationNames().contains(check.text.keyOf(member)))
            check.reportUnknownKey(unknownOperation, member, operationNames(), u"operation"_s);
        else if (check.isGiven(member))
            checkTimeout(check, member);
    }
}

void checkLimits(RuleCheck &check)
{
    const int limits = check.find(u"/operationRateLimits"_s, JsonKind::Object);
    if (check.options.profile == ServerProfile::Community)
        return; // Told as a whole.
    for (const int member : check.children(limits)) {
        const QString operation = check.text.keyOf(member);
        if (!operationNames().contains(operation))
            check.reportUnknownKey(limitUnknownOperation, member, operationNames(), u"operation"_s);
        else if (check.isGiven(member) && !check.isKind(member, JsonKind::Object))
            check.report(limitKind, member,
                         u"The limit of %1 is %2; it has to be an object."_s.arg(
                             operation, check.shown(member)));
    }
}

void check(RuleCheck &check)
{
    checkTimeouts(check);
    checkLimits(check);
}

} // namespace

const RuleSet &timeoutRules()
{
    static constexpr RuleSet set {rules, check};
    return set;
}

} // namespace hubkeeper
