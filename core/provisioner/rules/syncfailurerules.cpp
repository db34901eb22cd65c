// SPDX-License-Identifier: MIT
#include "base/similarname.h"
#include "provisioner/provisionertext.h"
#include "provisioner/rules/rulecheck.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr auto syncFailurePlace = "/syncFailureHandler";
constexpr auto goodSyncFailure = R"({"maxRetries": 5, "postRetryAction": "logged-ignore"})";

constexpr Rule hasNoEffect {
    "HK740",
    Severity::Info,
    RuleStage::Operations,
    QT_TRANSLATE_NOOP("Rule", "Failure handling of a synchronization the connector does not have"),
    QT_TRANSLATE_NOOP("Rule",
                      "Nothing: the handler works for live synchronization, and the HubSpot "
                      "connector has none; only"
                      " reconciliation brings HubSpot's changes to IDM."),
    QT_TRANSLATE_NOOP("Rule", "Leave it, or remove the block."),
    "idm-connector 1.3",
    {syncFailurePlace, goodSyncFailure, nullptr},
    true,
};

constexpr Rule retriesAreNoNumber {
    "HK741",
    Severity::Error,
    RuleStage::Operations,
    QT_TRANSLATE_NOOP("Rule", "maxRetries that is not a whole number"),
    QT_TRANSLATE_NOOP(
        "Rule", "IDM cannot read another kind and refuses the configuration; a fraction it takes."),
    QT_TRANSLATE_NOOP("Rule", "Write a whole number without quotes."),
    "idm-connector 2.7",
    {syncFailurePlace, R"({"maxRetries": "5", "postRetryAction": "logged-ignore"})",
     goodSyncFailure},
    true,
};

constexpr Rule retriesForEver {
    "HK742",
    Severity::Info,
    RuleStage::Operations,
    QT_TRANSLATE_NOOP("Rule", "Retries without end"),
    QT_TRANSLATE_NOOP("Rule",
                      "Without maxRetries, or with a negative one, IDM repeats a failed change for "
                      "ever and does not"
                      " get to the next one."),
    QT_TRANSLATE_NOOP("Rule", "Set maxRetries and a postRetryAction."),
    "idm-connector 2.7",
    {syncFailurePlace, R"({"maxRetries": -1, "postRetryAction": "logged-ignore"})",
     goodSyncFailure},
};

constexpr Rule unknownAction {
    "HK743",
    Severity::Warning,
    RuleStage::Operations,
    QT_TRANSLATE_NOOP("Rule", "Unknown postRetryAction"),
    QT_TRANSLATE_NOOP("Rule", "After the last retry nothing happens: the change is silently lost."),
    QT_TRANSLATE_NOOP("Rule",
                      "Write logged-ignore or dead-letter-queue, or an object with a script."),
    "idm-connector 2.7, 2.11",
    {syncFailurePlace, R"({"maxRetries": 5, "postRetryAction": "log-ignore"})", goodSyncFailure},
    true,
};

constexpr Rule noAction {
    "HK744",
    Severity::Warning,
    RuleStage::Operations,
    QT_TRANSLATE_NOOP("Rule", "maxRetries without postRetryAction"),
    QT_TRANSLATE_NOOP("Rule", "After the last retry nothing happens: the change is silently lost."),
    QT_TRANSLATE_NOOP("Rule", "Add postRetryAction: logged-ignore or dead-letter-queue."),
    "idm-connector 2.7",
    {syncFailurePlace, R"({"maxRetries": 5})", goodSyncFailure},
    true,
};

constexpr Rule actionOfOtherKind {
    "HK745",
    Severity::Warning,
    RuleStage::Operations,
    QT_TRANSLATE_NOOP("Rule", "postRetryAction that is neither a name nor a script"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "IDM takes it, and after the last retry nothing happens: the change is silently lost."),
    QT_TRANSLATE_NOOP("Rule",
                      "Write logged-ignore, dead-letter-queue, or an object with a script."),
    "idm-connector 2.7",
    {syncFailurePlace, R"({"maxRetries": 5, "postRetryAction": ["logged-ignore"]})",
     goodSyncFailure},
};

constexpr Rule scriptWithoutType {
    "HK746",
    Severity::Error,
    RuleStage::Operations,
    QT_TRANSLATE_NOOP("Rule", "Script without a type"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "IDM finds no engine for a source and refuses the configuration; for a file it goes by the"
        " ending of its name. Without maxRetries it does not look here at all."),
    QT_TRANSLATE_NOOP("Rule", "Add type: text/javascript or groovy."),
    "idm-connector 2.7",
    {syncFailurePlace,
     R"({"maxRetries": 5, "postRetryAction": {"script": {"file": "script/failed.js"}}})",
     R"({"maxRetries": 5, "postRetryAction": {"script": {"type": "text/javascript", "file": "script/failed.js"}}})"},
};

constexpr Rule scriptWithoutText {
    "HK747",
    Severity::Error,
    RuleStage::Operations,
    QT_TRANSLATE_NOOP("Rule", "Script without source or file"),
    QT_TRANSLATE_NOOP("Rule",
                      "There is nothing to run, and IDM refuses the configuration; without "
                      "maxRetries it does not "
                      "look"
                      " here at all."),
    QT_TRANSLATE_NOOP("Rule", "Write the script into source, or name its file in file."),
    "idm-connector 2.7",
    {syncFailurePlace,
     R"({"maxRetries": 5, "postRetryAction": {"script": {"type": "text/javascript"}}})",
     R"({"maxRetries": 5, "postRetryAction": {"script": {"type": "text/javascript", "source": "true"}}})"},
};

constexpr Rule unknownScriptType {
    "HK749",
    Severity::Warning,
    RuleStage::Operations,
    QT_TRANSLATE_NOOP("Rule", "Script of a type that IDM cannot run"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "IDM takes it, but the script can never run: after the last retry the change is lost."),
    QT_TRANSLATE_NOOP("Rule", "Write text/javascript or groovy."),
    "idm-connector 2.7, OpenIDM 6.3.0: syncFailureHandler",
    {syncFailurePlace,
     R"({"maxRetries": 5, "postRetryAction": {"script": {"type": "text/typescript", "source": "true"}}})",
     R"({"maxRetries": 5, "postRetryAction": {"script": {"type": "text/javascript", "source": "true"}}})"},
};

constexpr Rule unknownSyncFailureMember {
    "HK748",
    Severity::Warning,
    RuleStage::Operations,
    QT_TRANSLATE_NOOP("Rule", "Unknown member of syncFailureHandler"),
    QT_TRANSLATE_NOOP("Rule", "IDM ignores it."),
    QT_TRANSLATE_NOOP("Rule", "Correct the spelling, or remove it."),
    "idm-connector 2.7",
    {syncFailurePlace, R"({"maxRetires": 5, "postRetryAction": "logged-ignore"})", goodSyncFailure},
    true,
};

constexpr const Rule *allSyncFailureRules[] {
    &hasNoEffect,       &retriesAreNoNumber, &retriesForEver,
    &unknownAction,     &noAction,           &actionOfOtherKind,
    &scriptWithoutType, &scriptWithoutText,  &unknownSyncFailureMember,
    &unknownScriptType,
};

void checkRetries(RuleCheck &check, int handler)
{
    const int node = check.member(handler, "maxRetries"_L1);
    if (node != JsonText::none && !check.isGiven(node) && !check.isKind(node, JsonKind::Null))
        return; // IDM fills it in.
    if (!check.isGiven(node)) {
        if (check.isWhole())
            check.reportKey(retriesForEver, handler,
                            ProvisionerText::tr("There is no maxRetries."));
        return;
    }
    const QByteArray raw = check.text.rawOf(node);
    bool isWhole = false;
    const qlonglong number = raw.toLongLong(&isWhole);
    if (check.isKind(node, JsonKind::Number) && isWhole) {
        if (number < 0)
            check.report(
                retriesForEver, node,
                ProvisionerText::tr("maxRetries is %1, which is without end.").arg(number));
        return;
    }
    std::optional<Fix> fix;
    const QByteArray quoted = check.text.stringOf(node).trimmed().toUtf8();
    (void)quoted.toInt(&isWhole);
    if (isWhole)
        fix = Fix {ProvisionerText::tr("Remove the quotes"),
                   {replaceValue(check.text, node, QByteArray::number(quoted.toInt()))}};
    check.reportAs(check.isKind(node, JsonKind::Number) ? Severity::Warning : Severity::Error,
                   retriesAreNoNumber, node,
                   ProvisionerText::tr("maxRetries is %1; it has to be a whole number.")
                       .arg(check.shown(node)),
                   std::move(fix));
}

/// IDM looks at postRetryAction only where the retries come to an end.
bool isActionRead(const RuleCheck &check, int action)
{
    const int retries = check.member(check.text.node(action).parent, "maxRetries"_L1);
    return check.isKind(retries, JsonKind::Number) && !check.text.rawOf(retries).startsWith('-');
}

bool isScriptType(const QString &type)
{
    static const QStringList known {
        u"text/javascript"_s, u"application/javascript"_s, u"javascript"_s, u"js"_s, u"groovy"_s,
        u"text/groovy"_s,     u"application/x-groovy"_s};
    return known.contains(type.toLower());
}

void checkScript(RuleCheck &check, int action)
{
    const int script = check.member(action, "script"_L1);
    if (!check.isKind(script, JsonKind::Object))
        return check.report(actionOfOtherKind, action,
                            ProvisionerText::tr("The object has no script."));
    const auto isEmpty = [&](QLatin1StringView key) {
        return check.text.stringOf(check.member(script, key)).trimmed().isEmpty();
    };
    const Severity severity = isActionRead(check, action) ? Severity::Error : Severity::Warning;
    const bool hasFile = !isEmpty("file"_L1);
    if (isEmpty("source"_L1) && !hasFile)
        return check.reportAs(severity, scriptWithoutText, script,
                              ProvisionerText::tr("The script has neither source nor file."));
    const int type = check.member(script, "type"_L1);
    if (isEmpty("type"_L1))
        check.reportAs(hasFile ? Severity::Warning : severity, scriptWithoutType, script,
                       ProvisionerText::tr("The script has no type."));
    else if (check.isGiven(type) && !isScriptType(check.text.stringOf(type)))
        check.report(unknownScriptType, type,
                     ProvisionerText::tr("The script is of the type %1, which IDM cannot run.")
                         .arg(check.shown(type)));
}

void checkActionName(RuleCheck &check, int action)
{
    static const QStringList known {u"logged-ignore"_s, u"dead-letter-queue"_s};
    const QString name = check.text.stringOf(action);
    if (known.contains(name))
        return;
    const auto near = mostSimilarName(name, known);
    std::optional<Fix> fix;
    if (near)
        fix = Fix {ProvisionerText::tr("Write %1").arg(*near),
                   {replaceValue(check.text, action, jsonQuoted(*near))}};
    check.report(
        unknownAction, action,
        ProvisionerText::tr("postRetryAction is %1; IDM knows logged-ignore and dead-letter-queue.")
            .arg(check.shown(action)),
        std::move(fix));
}

void checkAction(RuleCheck &check, int handler)
{
    const int action = check.member(handler, "postRetryAction"_L1);
    if (action == JsonText::none || check.isKind(action, JsonKind::Null)) {
        const bool hasRetries = check.isGiven(check.member(handler, "maxRetries"_L1));
        if (hasRetries && check.isWhole())
            check.reportKey(
                noAction, handler, ProvisionerText::tr("There is no postRetryAction."),
                Fix {ProvisionerText::tr("Add logged-ignore"),
                     setMembers(check.text, handler, {{u"postRetryAction"_s, "\"logged-ignore\""}}),
                     false});
        return;
    }
    if (!check.isGiven(action))
        return;
    if (check.isKind(action, JsonKind::String))
        checkActionName(check, action);
    else if (check.isKind(action, JsonKind::Object))
        checkScript(check, action);
    else
        check.report(actionOfOtherKind, action,
                     ProvisionerText::tr(
                         "postRetryAction is %1; it has to be a name or an object with a script.")
                         .arg(check.shown(action)));
}

void checkSyncFailureRules(RuleCheck &check)
{
    const int handler = check.find(u"/syncFailureHandler"_s, JsonKind::Object);
    if (handler == JsonText::none)
        return;
    if (!isOfAnotherConnector(check.text))
        check.reportKey(
            hasNoEffect, handler, ProvisionerText::tr("The file has a syncFailureHandler."),
            Fix {ProvisionerText::tr("Remove it"), {removeChild(check.text, handler)}, false});
    static const QStringList known {u"maxRetries"_s, u"postRetryAction"_s};
    for (const int member : check.children(handler)) {
        if (!known.contains(check.text.keyOf(member)))
            check.reportUnknownKey(unknownSyncFailureMember, member, known,
                                   ProvisionerText::tr("member of syncFailureHandler"));
    }
    checkRetries(check, handler);
    checkAction(check, handler);
}

} // namespace

const RuleSet &syncFailureRules()
{
    static constexpr RuleSet set {allSyncFailureRules, checkSyncFailureRules};
    return set;
}

} // namespace hubkeeper
