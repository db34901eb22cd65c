// SPDX-License-Identifier: MIT
#include "base/similarname.h"
#include "provisioner/model/javapattern.h"
#include "provisioner/model/provisionerkeys.h"
#include "provisioner/provisionertext.h"
#include "provisioner/rules/examples.h"
#include "provisioner/rules/rulecheck.h"

#include <QRegularExpression>
#include <QSet>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr Rule entryIsNoObject {
    "HK720",
    Severity::Error,
    RuleStage::Operations,
    QT_TRANSLATE_NOOP("Rule", "System action that is not an object"),
    QT_TRANSLATE_NOOP("Rule", "IDM cannot read the actions and refuses the configuration."),
    QT_TRANSLATE_NOOP("Rule", "Write an object with scriptId and actions."),
    "idm-connector 2.7",
    {systemActionsPlace, R"(["probe"])", goodSystemActions},
};

constexpr Rule noScriptId {
    "HK721",
    Severity::Error,
    RuleStage::Operations,
    QT_TRANSLATE_NOOP("Rule", "System action without scriptId"),
    QT_TRANSLATE_NOOP("Rule",
                      "IDM refuses the configuration. It takes an empty text, but then the script "
                      "cannot be called:"
                      " REST names it by scriptId."),
    QT_TRANSLATE_NOOP("Rule", "Give it a scriptId."),
    "idm-connector 2.7, 2.9",
    {systemActionsPlace,
     R"([{"actions": [{"systemType": ".*HubspotConnector", "actionType": "groovy", "actionSource": "1"}]}])",
     goodSystemActions},
};

constexpr Rule scriptIdTwice {
    "HK722",
    Severity::Warning,
    RuleStage::Operations,
    QT_TRANSLATE_NOOP("Rule", "scriptId given twice"),
    QT_TRANSLATE_NOOP("Rule", "The last one wins; the others are never run."),
    QT_TRANSLATE_NOOP("Rule", "Give each system action an id of its own."),
    "idm-connector 2.7, 2.11",
    {systemActionsPlace,
     R"([{"scriptId": "a", "actions": [{"systemType": ".*HubspotConnector", "actionType": "groovy", "actionSource": "1"}]},
         {"scriptId": "a", "actions": [{"systemType": ".*HubspotConnector", "actionType": "groovy", "actionSource": "2"}]}])",
     goodSystemActions},
};

constexpr Rule noActions {
    "HK723",
    Severity::Error,
    RuleStage::Operations,
    QT_TRANSLATE_NOOP("Rule", "System action without actions"),
    QT_TRANSLATE_NOOP("Rule",
                      "IDM refuses the configuration. It takes an empty array, but then there is "
                      "nothing to run."),
    QT_TRANSLATE_NOOP("Rule", "Add an array with at least one action."),
    "idm-connector 2.7",
    {systemActionsPlace, R"([{"scriptId": "probe", "actions": []}])", goodSystemActions},
};

constexpr Rule actionIsNoObject {
    "HK724",
    Severity::Error,
    RuleStage::Operations,
    QT_TRANSLATE_NOOP("Rule", "Action that is not an object"),
    QT_TRANSLATE_NOOP("Rule", "IDM cannot read the actions and refuses the configuration."),
    QT_TRANSLATE_NOOP(
        "Rule", "Write an object with systemType, actionType and actionSource or actionFile."),
    "idm-connector 2.7",
    {systemActionsPlace, R"([{"scriptId": "probe", "actions": ["1 + 1"]}])", goodSystemActions},
};

constexpr Rule noLanguage {
    "HK727",
    Severity::Error,
    RuleStage::Operations,
    QT_TRANSLATE_NOOP("Rule", "Action without actionType"),
    QT_TRANSLATE_NOOP("Rule",
                      "IDM refuses the configuration. It takes an empty text, but then the script "
                      "cannot be run."),
    QT_TRANSLATE_NOOP("Rule", "Write the language: groovy."),
    "idm-connector 2.7, 4",
    {systemActionsPlace,
     R"([{"scriptId": "probe", "actions": [{"systemType": ".*HubspotConnector", "actionSource": "1"}]}])",
     goodSystemActions},
};

constexpr Rule unknownLanguage {
    "HK728",
    Severity::Warning,
    RuleStage::Operations,
    QT_TRANSLATE_NOOP("Rule", "Language that the connector cannot run"),
    QT_TRANSLATE_NOOP("Rule",
                      "The HubSpot connector runs in the Java framework, which brings Groovy only; "
                      "the call fails."),
    QT_TRANSLATE_NOOP("Rule", "Write the script in Groovy."),
    "idm-connector 2.7, 4",
    {systemActionsPlace,
     R"([{"scriptId": "probe", "actions": [{"systemType": ".*HubspotConnector", "actionType": "grovy", "actionSource": "1"}]}])",
     goodSystemActions},
    true,
};

constexpr Rule javaScript {
    "HK729",
    Severity::Info,
    RuleStage::Operations,
    QT_TRANSLATE_NOOP("Rule", "JavaScript action"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "Hubkeeper runs it; the Java framework of the server brings Groovy only, so IDM cannot."),
    QT_TRANSLATE_NOOP("Rule", "Keep it for use here, or write it in Groovy for the server."),
    "idm-connector 4",
    {systemActionsPlace,
     R"([{"scriptId": "probe", "actions": [{"systemType": ".*HubspotConnector", "actionType": "javascript", "actionSource": "1"}]}])",
     goodSystemActions},
};

constexpr Rule noSystemType {
    "HK730",
    Severity::Error,
    RuleStage::Operations,
    QT_TRANSLATE_NOOP("Rule", "Action without systemType"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "IDM cannot tell for which connector the action is, and refuses the configuration; with an "
        "empty"
        " text the action is never run."),
    QT_TRANSLATE_NOOP("Rule", "Add systemType, a regular expression for the connectorName."),
    "idm-connector 2.7",
    {systemActionsPlace,
     R"([{"scriptId": "probe", "actions": [{"actionType": "groovy", "actionSource": "1"}]}])",
     goodSystemActions},
    true,
};

constexpr Rule badPattern {
    "HK731",
    Severity::Error,
    RuleStage::Operations,
    QT_TRANSLATE_NOOP("Rule", "systemType that is not a regular expression"),
    QT_TRANSLATE_NOOP("Rule", "IDM cannot compile it, and the configuration fails to load."),
    QT_TRANSLATE_NOOP("Rule",
                      "Write a regular expression that matches the whole connectorName, as "
                      ".*HubspotConnector does."),
    "idm-connector 2.7",
    {systemActionsPlace,
     R"([{"scriptId": "probe", "actions": [{"systemType": "*HubspotConnector", "actionType": "groovy", "actionSource": "1"}]}])",
     goodSystemActions},
    true,
};

constexpr Rule matchesNothing {
    "HK732",
    Severity::Warning,
    RuleStage::Operations,
    QT_TRANSLATE_NOOP("Rule", "systemType that does not match the connector"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "The connector works, and the action is silently left out: the expression has to match the "
        "whole"
        " connectorName."),
    QT_TRANSLATE_NOOP("Rule", "Write .*HubspotConnector."),
    "idm-connector 2.7, 2.11",
    {systemActionsPlace,
     R"([{"scriptId": "probe", "actions": [{"systemType": "HubspotConnector", "actionType": "groovy", "actionSource": "1"}]}])",
     goodSystemActions},
    true,
};

constexpr Rule unknownSystemActionMember {
    "HK734",
    Severity::Warning,
    RuleStage::Operations,
    QT_TRANSLATE_NOOP("Rule", "Unknown member of a system action"),
    QT_TRANSLATE_NOOP("Rule", "IDM ignores it."),
    QT_TRANSLATE_NOOP("Rule", "Correct the spelling, or remove it."),
    "idm-connector 2.7",
    {systemActionsPlace,
     R"([{"scriptId": "probe", "actions": [{"systemtype": ".*HubspotConnector", "actionType": "groovy", "actionSource": "1"}]}])",
     goodSystemActions},
    true,
};

constexpr const Rule *allSystemActionRules[] {
    &entryIsNoObject,  &noScriptId, &scriptIdTwice,   &noActions,
    &actionIsNoObject, &noLanguage, &unknownLanguage, &javaScript,
    &noSystemType,     &badPattern, &matchesNothing,  &unknownSystemActionMember,
};

constexpr auto usualSystemType = R"(".*HubspotConnector")";

enum class PatternVerdict { Matches, MatchesNothing, Broken, Unknown };

/// Both texts come from the file, so the effort is bounded (PCRE's own limit).
PatternVerdict verdictOf(const QString &pattern, const QString &name)
{
    constexpr qsizetype longest = 1000;
    if (pattern.size() > longest || name.size() > longest)
        return PatternVerdict::Unknown;
    if (isRefusedByJavaAlone(pattern))
        return PatternVerdict::Broken;
    const QRegularExpression expression(u"(*LIMIT_MATCH=10000)\\A(?:"_s + pattern + u")\\z"_s);
    if (!QRegularExpression(pattern).isValid() || !expression.isValid())
        return hasJavaOnlyParts(pattern) ? PatternVerdict::Unknown : PatternVerdict::Broken;
    const QRegularExpressionMatch match = expression.match(name);
    if (!match.isValid())
        return PatternVerdict::Unknown;
    return match.hasMatch() ? PatternVerdict::Matches : PatternVerdict::MatchesNothing;
}

class SystemActionCheck
{
public:
    explicit SystemActionCheck(RuleCheck &check)
        : m_check(check)
        , m_text(check.text)
    {
        const int name = check.text.at(u"/connectorRef/connectorName"_s);
        if (check.isGiven(name))
            m_connectorName = check.text.stringOf(name);
    }

    void checkAll()
    {
        const int all = m_check.find(u"/systemActions"_s, JsonKind::Array);
        for (const int entry : m_check.children(all)) {
            if (m_check.isKind(entry, JsonKind::Object))
                checkEntry(entry);
            else
                m_check.report(entryIsNoObject, entry,
                               ProvisionerText::tr("A system action is not an object."));
        }
    }

private:
    void checkEntry(int entry)
    {
        checkMembers(entry, {u"scriptId"_s, u"actions"_s});
        checkScriptId(entry);
        const int actions = m_check.member(entry, "actions"_L1);
        const bool hasSome =
            m_check.isKind(actions, JsonKind::Array) && m_text.node(actions).childCount > 0;
        if (!hasSome && m_check.isWhole())
            return m_check.reportAs(severityOf(actions, JsonKind::Array), noActions, entry,
                                    ProvisionerText::tr("%1 has no actions.").arg(m_id));
        for (const int action : m_check.children(actions)) {
            if (m_check.isKind(action, JsonKind::Object))
                checkAction(action);
            else
                m_check.report(actionIsNoObject, action,
                               ProvisionerText::tr("An action of %1 is not an object.").arg(m_id));
        }
    }

    /// IDM takes an empty value of the right kind, which cannot be called, and refuses another.
    [[nodiscard]] Severity severityOf(int node, JsonKind kind) const
    {
        return m_check.isKind(node, kind) ? Severity::Warning : Severity::Error;
    }

    void checkScriptId(int entry)
    {
        const int node = m_check.member(entry, "scriptId"_L1);
        const QString id = m_text.stringOf(node);
        m_id = id.trimmed().isEmpty() ? ProvisionerText::tr("A system action") : shownName(id);
        if (id.trimmed().isEmpty())
            return m_check.reportAs(severityOf(node, JsonKind::String), noScriptId,
                                    node == JsonText::none ? entry : node,
                                    ProvisionerText::tr("A system action has no scriptId."));
        if (m_ids.contains(id))
            m_check.report(scriptIdTwice, node,
                           ProvisionerText::tr("Another system action is called %1.").arg(m_id));
        m_ids.insert(id);
    }

    void checkMembers(int object, const QStringList &known)
    {
        for (const int member : m_check.children(object)) {
            if (!known.contains(m_text.keyOf(member)))
                m_check.reportUnknownKey(unknownSystemActionMember, member, known,
                                         ProvisionerText::tr("member of a system action"));
        }
    }

    void checkAction(int action)
    {
        checkMembers(action,
                     {u"systemType"_s, u"actionType"_s, u"actionSource"_s, u"actionFile"_s});
        checkSystemType(action);
        checkLanguage(action);
    }

    void checkSystemType(int action)
    {
        const int node = m_check.member(action, "systemType"_L1);
        if (!m_check.isGiven(node) && node != JsonText::none
            && !m_check.isKind(node, JsonKind::Null))
            return; // IDM fills it in.
        const QString pattern = m_text.stringOf(node);
        const bool isHubspot = m_connectorName == connector::connectorName;
        if (pattern.isEmpty()) {
            std::optional<Fix> fix;
            if (isHubspot)
                fix = Fix {ProvisionerText::tr("Add systemType"),
                           setMembers(m_text, action, {{u"systemType"_s, usualSystemType}})};
            return m_check.reportAs(
                severityOf(node, JsonKind::String), noSystemType, action,
                ProvisionerText::tr("An action of %1 has no systemType.").arg(m_id),
                std::move(fix));
        }
        const PatternVerdict verdict = verdictOf(pattern, m_connectorName);
        std::optional<Fix> fix;
        if (isHubspot)
            fix = Fix {ProvisionerText::tr("Write .*HubspotConnector"),
                       {replaceValue(m_text, node, usualSystemType)}};
        if (verdict == PatternVerdict::Broken)
            m_check.report(
                badPattern, node,
                ProvisionerText::tr("%1 is not a regular expression.").arg(m_check.shown(node)),
                std::move(fix));
        else if (verdict == PatternVerdict::MatchesNothing && !m_connectorName.isEmpty())
            m_check.report(matchesNothing, node,
                           ProvisionerText::tr("%1 does not match %2.")
                               .arg(m_check.shown(node), shownName(m_connectorName)),
                           std::move(fix));
    }

    void checkLanguage(int action)
    {
        const int node = m_check.member(action, "actionType"_L1);
        const QString language = m_text.stringOf(node);
        if (language.trimmed().isEmpty())
            return m_check.reportAs(
                severityOf(node, JsonKind::String), noLanguage,
                node == JsonText::none ? action : node,
                ProvisionerText::tr("An action of %1 has no actionType.").arg(m_id));
        const QString word = language.toLower();
        if (word == "groovy"_L1 || isOfAnotherConnector(m_text))
            return;
        if (word == "javascript"_L1 || word == "text/javascript"_L1)
            return m_check.report(
                javaScript, node,
                ProvisionerText::tr("An action of %1 is written in JavaScript.").arg(m_id));
        std::optional<Fix> fix;
        if (mostSimilarName(language, {u"groovy"_s}))
            fix = Fix {ProvisionerText::tr("Write groovy"),
                       {replaceValue(m_text, node, "\"groovy\"")}};
        m_check.report(unknownLanguage, node,
                       ProvisionerText::tr("The actionType is %1; the connector runs groovy alone.")
                           .arg(m_check.shown(node)),
                       std::move(fix));
    }

    RuleCheck &m_check;
    const JsonText &m_text;
    QString m_connectorName;
    QString m_id; ///< Of the present entry, for sentences.
    QSet<QString> m_ids;
};

void checkSystemActionRules(RuleCheck &check)
{
    SystemActionCheck(check).checkAll();
}

} // namespace

const RuleSet &systemActionRules()
{
    static constexpr RuleSet set {allSystemActionRules, checkSystemActionRules};
    return set;
}

} // namespace hubkeeper
