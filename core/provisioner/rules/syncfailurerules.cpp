// SPDX-License-Identifier: MIT
#include "base/similarname.h"
#include "provisioner/rules/rulecheck.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr auto place = "/syncFailureHandler";
constexpr auto good = R"({"maxRetries": 5, "postRetryAction": "logged-ignore"})";

constexpr Rule hasNoEffect {
    "HK740",
    Severity::Info,
    RuleStage::Operations,
    "Failure handling of a synchronization the connector does not have",
    "Nothing: the handler works for live synchronization, and the HubSpot connector has none; only"
    " reconciliation brings HubSpot's changes to IDM.",
    "Leave it, or remove the block.",
    "idm-connector 1.3",
    {place, good, nullptr},
    true,
};

constexpr Rule retriesAreNoNumber {
    "HK741",
    Severity::Error,
    RuleStage::Operations,
    "maxRetries that is not a whole number",
    "IDM cannot read another kind and refuses the configuration; a fraction it takes.",
    "Write a whole number without quotes.",
    "idm-connector 2.7",
    {place, R"({"maxRetries": "5", "postRetryAction": "logged-ignore"})", good},
    true,
};

constexpr Rule retriesForEver {
    "HK742",
    Severity::Info,
    RuleStage::Operations,
    "Retries without end",
    "Without maxRetries, or with a negative one, IDM repeats a failed change for ever and does not"
    " get to the next one.",
    "Set maxRetries and a postRetryAction.",
    "idm-connector 2.7",
    {place, R"({"maxRetries": -1, "postRetryAction": "logged-ignore"})", good},
};

constexpr Rule unknownAction {
    "HK743",
    Severity::Warning,
    RuleStage::Operations,
    "Unknown postRetryAction",
    "After the last retry nothing happens: the change is silently lost.",
    "Write logged-ignore or dead-letter-queue, or an object with a script.",
    "idm-connector 2.7, 2.11",
    {place, R"({"maxRetries": 5, "postRetryAction": "log-ignore"})", good},
    true,
};

constexpr Rule noAction {
    "HK744",
    Severity::Warning,
    RuleStage::Operations,
    "maxRetries without postRetryAction",
    "After the last retry nothing happens: the change is silently lost.",
    "Add postRetryAction: logged-ignore or dead-letter-queue.",
    "idm-connector 2.7",
    {place, R"({"maxRetries": 5})", good},
    true,
};

constexpr Rule actionOfOtherKind {
    "HK745",
    Severity::Warning,
    RuleStage::Operations,
    "postRetryAction that is neither a name nor a script",
    "IDM takes it, and after the last retry nothing happens: the change is silently lost.",
    "Write logged-ignore, dead-letter-queue, or an object with a script.",
    "idm-connector 2.7",
    {place, R"({"maxRetries": 5, "postRetryAction": ["logged-ignore"]})", good},
};

constexpr Rule scriptWithoutType {
    "HK746",
    Severity::Error,
    RuleStage::Operations,
    "Script without a type",
    "IDM finds no engine for a source and refuses the configuration; for a file it goes by the"
    " ending of its name. Without maxRetries it does not look here at all.",
    "Add type: text/javascript or groovy.",
    "idm-connector 2.7",
    {place, R"({"maxRetries": 5, "postRetryAction": {"script": {"file": "script/failed.js"}}})",
     R"({"maxRetries": 5, "postRetryAction": {"script": {"type": "text/javascript", "file": "script/failed.js"}}})"},
};

constexpr Rule scriptWithoutText {
    "HK747",
    Severity::Error,
    RuleStage::Operations,
    "Script without source or file",
    "There is nothing to run, and IDM refuses the configuration; without maxRetries it does not "
    "look"
    " here at all.",
    "Write the script into source, or name its file in file.",
    "idm-connector 2.7",
    {place, R"({"maxRetries": 5, "postRetryAction": {"script": {"type": "text/javascript"}}})",
     R"({"maxRetries": 5, "postRetryAction": {"script": {"type": "text/javascript", "source": "true"}}})"},
};

constexpr Rule unknownScriptType {
    "HK749",
    Severity::Warning,
    RuleStage::Operations,
    "Script of a type that IDM cannot run",
    "IDM takes it, but the script can never run: after the last retry the change is lost.",
    "Write text/javascript or groovy.",
    "idm-connector 2.7, OpenIDM 6.3.0: syncFailureHandler",
    {place,
     R"({"maxRetries": 5, "postRetryAction": {"script": {"type": "text/typescript", "source": "true"}}})",
     R"({"maxRetries": 5, "postRetryAction": {"script": {"type": "text/javascript", "source": "true"}}})"},
};

constexpr Rule unknownMember {
    "HK748",
    Severity::Warning,
    RuleStage::Operations,
    "Unknown member of syncFailureHandler",
    "IDM ignores it.",
    "Correct the spelling, or remove it.",
    "idm-connector 2.7",
    {place, R"({"maxRetires": 5, "postRetryAction": "logged-ignore"})", good},
    true,
};

constexpr const Rule *rules[] {
    &hasNoEffect,       &retriesAreNoNumber, &retriesForEver,    &unknownAction, &noAction,
    &actionOfOtherKind, &scriptWithoutType,  &scriptWithoutText, &unknownMember, &unknownScriptType,
};

void checkRetries(RuleCheck &check, int handler)
{
    const int node = check.member(handler, "maxRetries"_L1);
    if (node != JsonText::none && !check.isGiven(node) && !check.isKind(node, JsonKind::Null))
        return; // IDM fills it in.
    if (!check.isGiven(node)) {
        if (check.isWhole())
            check.reportKey(retriesForEver, handler, u"There is no maxRetries."_s);
        return;
    }
    const QByteArray raw = check.text.rawOf(node);
    bool isWhole = false;
    const qlonglong number = raw.toLongLong(&isWhole);
    if (check.isKind(node, JsonKind::Number) && isWhole) {
        if (number < 0)
            check.report(retriesForEver, node,
                         u"maxRetries is %1, which is without end."_s.arg(number));
        return;
    }
    std::optional<Fix> fix;
    const QByteArray quoted = check.text.stringOf(node).trimmed().toUtf8();
    (void)quoted.toInt(&isWhole);
    if (isWhole)
        fix = Fix {u"Remove the quotes"_s,
                   {replaceValue(check.text, node, QByteArray::number(quoted.toInt()))}};
    check.reportAs(check.isKind(node, JsonKind::Number) ? Severity::Warning : Severity::Error,
                   retriesAreNoNumber, node,
                   u"maxRetries is %1; it has to be a whole number."_s.arg(check.shown(node)),
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
        return check.report(actionOfOtherKind, action, u"The object has no script."_s);
    const auto isEmpty = [&](QLatin1StringView key) {
        return check.text.stringOf(check.member(script, key)).trimmed().isEmpty();
    };
    const Severity severity = isActionRead(check, action) ? Severity::Error : Severity::Warning;
    const bool hasFile = !isEmpty("file"_L1);
    if (isEmpty("source"_L1) && !hasFile)
        return check.reportAs(severity, scriptWithoutText, script,
                              u"The script has neither source nor file."_s);
    const int type = check.member(script, "type"_L1);
    if (isEmpty("type"_L1))
        check.reportAs(hasFile ? Severity::Warning : severity, scriptWithoutType, script,
                       u"The script has no type."_s);
    else if (check.isGiven(type) && !isScriptType(check.text.stringOf(type)))
        check.report(
            unknownScriptType, type,
            u"The script is of the type %1, which IDM cannot run."_s.arg(check.shown(type)));
}

void checkName(RuleCheck &check, int action)
{
    static const QStringList known {u"logged-ignore"_s, u"dead-letter-queue"_s};
    const QString name = check.text.stringOf(action);
    if (known.contains(name))
        return;
    const auto near = mostSimilarName(name, known);
    std::optional<Fix> fix;
    if (near)
        fix = Fix {u"Write %1"_s.arg(*near), {replaceValue(check.text, action, jsonQuoted(*near))}};
    check.report(unknownAction, action,
                 u"postRetryAction is %1; IDM knows logged-ignore and dead-letter-queue."_s.arg(
                     check.shown(action)),
                 std::move(fix));
}

void checkAction(RuleCheck &check, int handler)
{
    const int action = check.member(handler, "postRetryAction"_L1);
    if (action == JsonText::none || check.isKind(action, JsonKind::Null)) {
        const bool hasRetries = check.isGiven(check.member(handler, "maxRetries"_L1));
        if (hasRetries && check.isWhole())
            check.reportKey(
                noAction, handler, u"There is no postRetryAction."_s,
                Fix {u"Add logged-ignore"_s,
                     setMembers(check.text, handler, {{u"postRetryAction"_s, "\"logged-ignore\""}}),
                     false});
        return;
    }
    if (!check.isGiven(action))
        return;
    if (check.isKind(action, JsonKind::String))
        checkName(check, action);
    else if (check.isKind(action, JsonKind::Object))
        checkScript(check, action);
    else
        check.report(
            actionOfOtherKind, action,
            u"postRetryAction is %1; it has to be a name or an object with a script."_s.arg(
                check.shown(action)));
}

void check(RuleCheck &check)
{
    const int handler = check.find(u"/syncFailureHandler"_s, JsonKind::Object);
    if (handler == JsonText::none)
        return;
    if (!isOfAnotherConnector(check.text))
        check.reportKey(hasNoEffect, handler, u"The file has a syncFailureHandler."_s,
                        Fix {u"Remove it"_s, {removeChild(check.text, handler)}, false});
    static const QStringList known {u"maxRetries"_s, u"postRetryAction"_s};
    for (const int member : check.children(handler)) {
        if (!known.contains(check.text.keyOf(member)))
            check.reportUnknownKey(unknownMember, member, known, u"member of syncFailureHandler"_s);
    }
    checkRetries(check, handler);
    checkAction(check, handler);
}

} // namespace

const RuleSet &syncFailureRules()
{
    static constexpr RuleSet set {rules, check};
    return set;
}

} // namespace hubkeeper
