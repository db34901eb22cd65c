// SPDX-License-Identifier: MIT
#include "provisioner/model/connectorproperties.h"
#include "provisioner/model/provisionerkeys.h"
#include "provisioner/provisionertext.h"
#include "provisioner/rules/rulecheck.h"

#include <cmath>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr Rule unknownOperation {
    "HK320",
    Severity::Warning,
    RuleStage::Blocks,
    QT_TRANSLATE_NOOP("Rule", "Time-out for an operation that does not exist"),
    QT_TRANSLATE_NOOP("Rule", "IDM silently ignores it; the operation meant has no time-out."),
    QT_TRANSLATE_NOOP("Rule", "Use the names of the framework, in capitals."),
    "idm-connector 2.4",
    {"/operationTimeout/update", "60000", nullptr},
    true,
};

constexpr Rule notNumber {
    "HK321",
    Severity::Error,
    RuleStage::Blocks,
    QT_TRANSLATE_NOOP("Rule", "Time-out that is not a number"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "IDM takes a number of milliseconds here and refuses any other kind; the connector does not"
        " become active."),
    QT_TRANSLATE_NOOP("Rule", "Write milliseconds without quotes, -1 for no time-out."),
    "idm-connector 2.4",
    {"/operationTimeout/SEARCH", R"("60000")", "60000"},
    true,
};

constexpr Rule expiresAtOnce {
    "HK322",
    Severity::Warning,
    RuleStage::Blocks,
    QT_TRANSLATE_NOOP("Rule", "Time-out that is neither a time nor -1"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "Only -1 means no time-out; with 0 most writes expire before they begin, which gives 503"
        " \"Operation Timeout on system object\". Searches are hardly ever cut, and less than -1 "
        "is "
        "read"
        " as -1."),
    QT_TRANSLATE_NOOP("Rule", "Write -1, or the milliseconds meant."),
    "idm-connector 2.4",
    {"/operationTimeout/SEARCH", "0", "-1"},
    true,
};

constexpr Rule ignoredNumber {
    "HK324",
    Severity::Warning,
    RuleStage::Blocks,
    QT_TRANSLATE_NOOP("Rule", "Time-out that IDM ignores"),
    QT_TRANSLATE_NOOP("Rule",
                      "IDM logs that it cannot use a number with a point or exponent, or one "
                      "beyond 2147483647, and"
                      " goes on without this time-out."),
    QT_TRANSLATE_NOOP("Rule", "Write whole milliseconds without point and exponent."),
    "OpenIDM 6.3.0: time-outs",
    {"/operationTimeout/SEARCH", "60000.0", "60000"},
};

constexpr Rule looksLikeSeconds {
    "HK323",
    Severity::Warning,
    RuleStage::Blocks,
    QT_TRANSLATE_NOOP("Rule", "Time-out that looks like seconds"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "The value is in milliseconds: hardly a call to HubSpot ends in time, and IDM answers 503"
        " \"Operation Timeout on system object\"."),
    QT_TRANSLATE_NOOP("Rule", "Write milliseconds: 60000 for a minute."),
    "idm-connector 2.4",
    {"/operationTimeout/SEARCH", "60", "60000"},
    true,
};

constexpr Rule limitUnknownOperation {
    "HK330",
    Severity::Warning,
    RuleStage::Blocks,
    QT_TRANSLATE_NOOP("Rule", "Rate limit for an operation that does not exist"),
    QT_TRANSLATE_NOOP("Rule", "IDM silently ignores it; the operation meant has no limit."),
    QT_TRANSLATE_NOOP("Rule", "Use the names of the framework, in capitals."),
    "idm-connector 2.4",
    {"/operationRateLimits", R"({"SERCH": {}})", R"({"SEARCH": {}})"},
    true,
};

constexpr Rule limitKind {
    "HK331",
    Severity::Warning,
    RuleStage::Blocks,
    QT_TRANSLATE_NOOP("Rule", "Rate limit that is not an object"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "The framework expects a map of limits for each operation; it refuses or ignores anything "
        "else."),
    QT_TRANSLATE_NOOP("Rule", "Write an object, or limit the connector with permitsPerSecond."),
    "idm-connector 2.4",
    {"/operationRateLimits", R"({"SEARCH": 10})", R"({"SEARCH": {}})"},
};

constexpr const Rule *allTimeoutRules[] {
    &unknownOperation,      &notNumber, &expiresAtOnce, &looksLikeSeconds,
    &limitUnknownOperation, &limitKind, &ignoredNumber,
};

Fix timeoutFix(RuleCheck &check, int node, int number, bool safe)
{
    const QByteArray json = QByteArray::number(number);
    return {ProvisionerText::tr("Change to %1").arg(number),
            {replaceValue(check.text, node, json)},
            safe};
}

bool isWrite(const QString &operation)
{
    return operation == "CREATE"_L1 || operation == "UPDATE"_L1 || operation == "DELETE"_L1;
}

void reportIgnored(RuleCheck &check, int node, const QString &message)
{
    bool isNumber = false;
    const double number = check.text.rawOf(node).toDouble(&isNumber);
    if (isNumber && std::abs(number) < 9.3e18) // Beyond that it is another finding.
        check.report(ignoredNumber, node, message);
}

void checkTimeout(RuleCheck &check, int node)
{
    const QString shown = ProvisionerText::tr("The time-out of %1 is %2")
                              .arg(shownName(check.text.keyOf(node)), check.shown(node));
    const std::optional<qint64> value = wholeNumberAt(check.text, node);
    const bool isInt = value && int(*value) == *value;
    const QString wanted = ProvisionerText::tr("; it has to be a whole number of milliseconds.");
    if (!check.isKind(node, JsonKind::Number)) {
        std::optional<Fix> fix;
        if (check.isKind(node, JsonKind::String) && isInt)
            fix = timeoutFix(check, node, int(*value), true);
        return check.report(notNumber, node, shown + wanted, std::move(fix));
    }
    if (!isInt)
        return reportIgnored(check, node, shown + wanted);
    const int milliseconds = int(*value);
    if (milliseconds == 0 || milliseconds < -1)
        check.reportAs(milliseconds == 0 && isWrite(check.text.keyOf(node)) ? Severity::Error
                                                                            : Severity::Warning,
                       expiresAtOnce, node,
                       shown + ProvisionerText::tr(" ms; none at all is written -1."),
                       timeoutFix(check, node, -1, false));
    else if (milliseconds > 0 && milliseconds < 1000)
        check.report(looksLikeSeconds, node,
                     shown + ProvisionerText::tr(" ms, less than a second."),
                     timeoutFix(check, node, milliseconds * 1000, false));
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
    if (check.isCommunity())
        return; // Reported as a whole.
    for (const int member : check.children(limits)) {
        const QString operation = check.text.keyOf(member);
        if (!operationNames().contains(operation))
            check.reportUnknownKey(limitUnknownOperation, member, operationNames(), u"operation"_s);
        else if (check.isGiven(member) && !check.isKind(member, JsonKind::Object))
            check.report(limitKind, member,
                         ProvisionerText::tr("The limit of %1 is %2; it has to be an object.")
                             .arg(operation, check.shown(member)));
    }
}

void checkTimeoutRules(RuleCheck &check)
{
    checkTimeouts(check);
    checkLimits(check);
}

} // namespace

const RuleSet &timeoutRules()
{
    static constexpr RuleSet set {allTimeoutRules, checkTimeoutRules};
    return set;
}

} // namespace hubkeeper
