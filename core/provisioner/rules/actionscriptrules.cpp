// SPDX-License-Identifier: MIT
#include "provisioner/provisionertext.h"
#include "provisioner/rules/examples.h"
#include "provisioner/rules/rulecheck.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr Rule noScript {
    "HK725",
    Severity::Error,
    RuleStage::Operations,
    QT_TRANSLATE_NOOP("Rule", "Action without a script"),
    QT_TRANSLATE_NOOP("Rule",
                      "IDM refuses the configuration. It takes an empty text, but the framework "
                      "refuses to run it."),
    QT_TRANSLATE_NOOP("Rule",
                      "Write the script into actionSource, or name its file in actionFile."),
    "idm-connector 2.7, 4",
    {systemActionsPlace,
     R"([{"scriptId": "probe", "actions": [{"systemType": ".*HubspotConnector", "actionType": "groovy", "actionSource": " "}]}])",
     goodSystemActions},
};

constexpr Rule twoScripts {
    "HK726",
    Severity::Warning,
    RuleStage::Operations,
    QT_TRANSLATE_NOOP("Rule", "actionSource and actionFile together"),
    QT_TRANSLATE_NOOP("Rule", "IDM runs the file and ignores actionSource."),
    QT_TRANSLATE_NOOP("Rule", "Keep one of them."),
    "idm-connector 2.7",
    {systemActionsPlace,
     R"([{"scriptId": "probe", "actions": [{"systemType": ".*HubspotConnector", "actionType": "groovy", "actionSource": "1", "actionFile": "script/probe.groovy"}]}])",
     goodSystemActions},
};

constexpr Rule fileOutside {
    "HK733",
    Severity::Warning,
    RuleStage::Operations,
    QT_TRANSLATE_NOOP("Rule", "actionFile outside the project"),
    QT_TRANSLATE_NOOP("Rule",
                      "IDM looks for the file in its project folder and fails to load the "
                      "configuration if it is not"
                      " there; an absolute path works on one machine at best."),
    QT_TRANSLATE_NOOP("Rule", "Give a path relative to the project, as script/probe.groovy."),
    "idm-connector 2.7",
    {systemActionsPlace,
     R"([{"scriptId": "probe", "actions": [{"systemType": ".*HubspotConnector", "actionType": "groovy", "actionFile": "/opt/openidm/script/probe.groovy"}]}])",
     R"([{"scriptId": "probe", "actions": [{"systemType": ".*HubspotConnector", "actionType": "groovy", "actionFile": "script/probe.groovy"}]}])"},
};

constexpr Rule fileUnreadable {
    "HK735",
    Severity::Error,
    RuleStage::Operations,
    QT_TRANSLATE_NOOP("Rule", "actionFile that cannot be a file"),
    QT_TRANSLATE_NOOP("Rule",
                      "IDM reads the file when it loads the configuration, also where actionSource "
                      "is given: with "
                      "null,"
                      " an empty text, a folder or backslashes the connector is not registered."),
    QT_TRANSLATE_NOOP(
        "Rule",
        "Give a path relative to the project with slashes, as script/probe.groovy, or remove "
        "actionFile."),
    "OpenIDM 6.3.0: systemActions",
    {systemActionsPlace,
     R"([{"scriptId": "probe", "actions": [{"systemType": ".*HubspotConnector", "actionType": "groovy", "actionSource": "1", "actionFile": null}]}])",
     goodSystemActions},
    true,
};

constexpr Rule secretInScript {
    "HK736",
    Severity::Warning,
    RuleStage::Operations,
    QT_TRANSLATE_NOOP("Rule", "Script that returns or prints a secret"),
    QT_TRANSLATE_NOOP("Rule",
                      "The result of the script goes to whoever calls it over REST, and what it "
                      "prints goes into the"
                      " log: either shows the secret in clear."),
    QT_TRANSLATE_NOOP("Rule", "Return and print what is needed without the secret."),
    "idm-connector 2.7, 4",
    {systemActionsPlace,
     R"([{"scriptId": "probe", "actions": [{"systemType": ".*HubspotConnector", "actionType": "groovy", "actionSource": "return connector.configuration.clientSecret"}]}])",
     goodSystemActions},
};

constexpr const Rule *allActionScriptRules[] {&noScript, &twoScripts, &fileOutside, &fileUnreadable,
                                              &secretInScript};

/// The scripts of the system actions.
class ActionScriptCheck
{
public:
    explicit ActionScriptCheck(RuleCheck &check)
        : m_check(check)
        , m_text(check.text)
    {
    }

    void checkAll()
    {
        const int all = m_check.find(u"/systemActions"_s, JsonKind::Array);
        for (const int entry : m_check.children(all)) {
            const QString id = m_text.stringOf(m_check.member(entry, "scriptId"_L1));
            m_id = id.trimmed().isEmpty() ? ProvisionerText::tr("a system action") : shownName(id);
            const int actions = m_check.member(entry, "actions"_L1);
            for (const int action : m_check.children(actions)) {
                if (m_check.isKind(action, JsonKind::Object))
                    checkScript(action);
            }
        }
    }

private:
    /// IDM takes an empty value of the right kind, which cannot be called, and refuses another.
    [[nodiscard]] Severity severityOf(int node, JsonKind kind) const
    {
        return m_check.isKind(node, kind) ? Severity::Warning : Severity::Error;
    }

    void checkScript(int action)
    {
        const int source = m_check.member(action, "actionSource"_L1);
        const int file = m_check.member(action, "actionFile"_L1);
        const bool hasSource = !m_text.stringOf(source).trimmed().isEmpty();
        const QString path = m_text.stringOf(file).trimmed();
        const bool canBeFile = m_check.holdsSubstitutionSign(file)
            || (!path.isEmpty() && !path.endsWith(u'/') && !path.contains(u'\\'));
        if (file != JsonText::none && !canBeFile)
            return reportFile(file);
        const bool isOtherKind =
            path.isEmpty() && m_check.isGiven(source) && !m_check.isKind(source, JsonKind::String);
        if (isOtherKind || (!hasSource && path.isEmpty()))
            m_check.reportAs(severityOf(source, JsonKind::String), noScript, action,
                             ProvisionerText::tr("An action of %1 has no script.").arg(m_id));
        if (hasSource && showsSecret(m_text.stringOf(source)))
            m_check.report(secretInScript, source,
                           ProvisionerText::tr("An action of %1 gives out a secret.").arg(m_id));
        if (hasSource && !path.isEmpty())
            m_check.report(
                twoScripts, action,
                ProvisionerText::tr("An action of %1 has both actionSource and actionFile.")
                    .arg(m_id));
        static const QRegularExpression outside(
            u"^[/\\\\]|^[A-Za-z]:|(^|[/\\\\])\\.\\.([/\\\\]|$)"_s);
        if (path.size() < 1000 && outside.match(path).hasMatch())
            m_check.report(fileOutside, file,
                           ProvisionerText::tr("The actionFile is %1, outside the project.")
                               .arg(m_check.shown(file)));
    }

    void reportFile(int file)
    {
        std::optional<Fix> fix;
        const int source = m_check.member(m_text.node(file).parent, "actionSource"_L1);
        if (!m_text.stringOf(source).trimmed().isEmpty())
            fix =
                Fix {ProvisionerText::tr("Remove actionFile"), {removeChild(m_text, file)}, false};
        m_check.report(fileUnreadable, file,
                       ProvisionerText::tr("The actionFile is %1, which is not a file.")
                           .arg(m_check.shown(file)),
                       std::move(fix));
    }

    /// By its words: a name of a secret in a line that returns, prints or logs, or as the last
    /// expression, which is the result.
    static bool showsSecret(const QString &script)
    {
        static const QRegularExpression secret(u"clientSecret|refreshToken|access_?token"_s,
                                               QRegularExpression::CaseInsensitiveOption);
        static const QRegularExpression giving(
            u"\\b(return|print|println|printf|echo|log\\w*|console|System\\.out|throw)\\b"_s);
        QString last;
        for (const QString &line : script.split(QRegularExpression(u"[\\n;]"_s))) {
            const QString code = line.section(u"//"_s, 0, 0).trimmed();
            if (code.contains(secret) && code.contains(giving))
                return true;
            if (!code.isEmpty() && code != "}"_L1)
                last = code;
        }
        static const QRegularExpression assignment(u"[^=!<>]=[^=]"_s);
        return last.contains(secret) && !last.contains(assignment);
    }

    RuleCheck &m_check;
    const JsonText &m_text;
    QString m_id; ///< Of the present entry, for sentences.
};

void checkActionScriptRules(RuleCheck &check)
{
    ActionScriptCheck(check).checkAll();
}

} // namespace

const RuleSet &actionScriptRules()
{
    static constexpr RuleSet set {allActionScriptRules, checkActionScriptRules};
    return set;
}

} // namespace hubkeeper
