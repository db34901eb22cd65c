// SPDX-License-Identifier: MIT
#include "provisioner/model/connectorproperties.h"
#include "provisioner/model/decisiveplaces.h"
#include "provisioner/model/substitution.h"
#include "provisioner/provisionertext.h"
#include "provisioner/rules/rulecheck.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr Rule substitutionNotClosed {
    "HK550",
    Severity::Warning,
    RuleStage::Secrets,
    QT_TRANSLATE_NOOP("Rule", "Substitution without closing brace"),
    QT_TRANSLATE_NOOP("Rule",
                      "Nothing is substituted, and the text itself is used. For a credential, a "
                      "number or a switch "
                      "the"
                      " connector cannot work with it."),
    QT_TRANSLATE_NOOP("Rule", "Close the substitution with }."),
    "idm-connector 2.8",
    {"/configurationProperties/clientId", R"("&{hubspot.client.id")", R"("&{hubspot.client.id}")"},
};

constexpr Rule emptyName {
    "HK551",
    Severity::Warning,
    RuleStage::Secrets,
    QT_TRANSLATE_NOOP("Rule", "Substitution without a name"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "There is no property of an empty name, so the default or the text itself is used."),
    QT_TRANSLATE_NOOP("Rule", "Name the property to take the value from."),
    "idm-connector 2.8",
    {"/configurationProperties/clientId", R"("&{|abc}")", R"("&{hubspot.client.id}")"},
    false,
    {{},
     QT_TRANSLATE_NOOP(
         "Rule",
         "OpenIDM does not start the connector where &{} is anywhere in the file (\"key can't be"
         " empty\"), and uses any other such text as it is.")},
};

constexpr Rule shellStyle {
    "HK552",
    Severity::Warning,
    RuleStage::Secrets,
    QT_TRANSLATE_NOOP("Rule", "${...} instead of &{...}"),
    QT_TRANSLATE_NOOP("Rule", "Nothing is substituted, and the text itself is used."),
    QT_TRANSLATE_NOOP("Rule", "Write &{name}: in configuration IDM knows no other form."),
    "idm-connector 2.8",
    {"/configurationProperties/clientId", R"("${hubspot.client.id}")", R"("&{hubspot.client.id}")"},
    true,
};

constexpr Rule esvWithDashes {
    "HK553",
    Severity::Warning,
    RuleStage::Secrets,
    QT_TRANSLATE_NOOP("Rule", "ESV named with dashes"),
    QT_TRANSLATE_NOOP("Rule",
                      "No variable is found under this name: a substitution names esv-group-name "
                      "as esv.group.name."),
    QT_TRANSLATE_NOOP("Rule", "Write dots where the variable's own name has dashes."),
    "idm-connector 2.8",
    {"/configurationProperties/clientId", R"("&{esv-hubspot-clientid}")",
     R"("&{esv.hubspot.clientid}")"},
    true,
};

constexpr Rule blankInName {
    "HK554",
    Severity::Warning,
    RuleStage::Secrets,
    QT_TRANSLATE_NOOP("Rule", "Blank around the name of a substitution"),
    QT_TRANSLATE_NOOP("Rule", "The blank counts as part of the name, so no property is found."),
    QT_TRANSLATE_NOOP("Rule", "Remove the blank."),
    "idm-connector 2.8",
    {"/configurationProperties/clientId", R"("&{ hubspot.client.id }")",
     R"("&{hubspot.client.id}")"},
    true,
};

constexpr Rule defaultInCommunity {
    "HK555",
    Severity::Warning,
    RuleStage::Secrets,
    QT_TRANSLATE_NOOP("Rule", "Default value that OpenIDM does not know"),
    QT_TRANSLATE_NOOP("Rule",
                      "The community's server knows no default: it looks for a property of the "
                      "whole name with bar"
                      " and default, finds none, and uses the text itself."),
    QT_TRANSLATE_NOOP("Rule", "Set the property in boot.properties and write &{name}."),
    "idm-connector 2.8",
    {"/configurationProperties/clientId", R"("&{hubspot.client.id|abc}")",
     R"("&{hubspot.client.id}")", ServerProfile::Community},
};

constexpr Rule twoDefaults {
    "HK556",
    Severity::Info,
    RuleStage::Secrets,
    QT_TRANSLATE_NOOP("Rule", "One property with two defaults"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "Where the property is not set, the same name means one thing here and another there."),
    QT_TRANSLATE_NOOP("Rule", "Give both the same default, or set the property."),
    "idm-connector 2.8",
    {"/configurationProperties/httpProxyHost", R"("&{a|proxy-1.example}, &{a|proxy-2.example}")",
     "null"},
};

constexpr Rule insideCrypto {
    "HK557",
    Severity::Warning,
    RuleStage::Secrets,
    QT_TRANSLATE_NOOP("Rule", "Substitution inside an encrypted value"),
    QT_TRANSLATE_NOOP("Rule",
                      "Encrypted values are not substituted, so the value cannot be decrypted."),
    QT_TRANSLATE_NOOP("Rule", "Replace the whole $crypto block by the substitution."),
    "idm-connector 2.8",
    {"/configurationProperties/clientSecret",
     R"({"$crypto": {"type": "x-simple-encryption", "value": {"data": "&{hubspot.secret}"}}})",
     R"("&{hubspot.secret}")"},
    false,
    {{},
     nullptr,
     QT_TRANSLATE_NOOP("Rule",
                       "Replace the whole $crypto block by the secret itself; OpenIDM encrypts "
                       "it as soon as it takes the file.")},
};

constexpr const Rule *allSubstitutionRules[] {
    &substitutionNotClosed, &emptyName,          &shellStyle,  &esvWithDashes,
    &blankInName,           &defaultInCommunity, &twoDefaults, &insideCrypto,
};

constexpr qsizetype longestPart = 2000; // Characters.

/// Scripts have placeholders of their own: a Groovy text may hold ${...}.
bool isScript(const JsonText &text, int node)
{
    const QString key = text.keyOf(node);
    return key == "source"_L1 || key == "actionSource"_L1;
}

bool isInsideCrypto(const JsonText &text, int node)
{
    for (int at = node; at != JsonText::none; at = text.node(at).parent) {
        if (text.keyOf(at) == "$crypto"_L1)
            return true;
    }
    return false;
}

/// The string with `replacement` instead of a part of its text.
Fix retyped(const JsonText &text, int node, const QString &title, Substitution part,
            const QString &replacement)
{
    QString value = text.stringOf(node);
    value.replace(part.begin, part.end - part.begin, replacement);
    return {title, {replaceValue(text, node, jsonQuoted(value))}};
}

class SubstitutionCheck
{
public:
    explicit SubstitutionCheck(RuleCheck &check)
        : m_check(check)
        , m_text(check.text)
    {
    }

    void checkString(int node)
    {
        const Span &span = m_text.node(node).span;
        const QByteArrayView raw = QByteArrayView(m_text.bytes()).sliced(span.begin, span.size());
        if (!raw.contains('{') || isJudgedAsAWhole(node))
            return;
        m_value = m_text.stringOf(node);
        if (isScript(m_text, node))
            return checkScript(node);
        checkShellStyle(node);
        for (const Substitution &part : substitutionsIn(m_value))
            checkPart(node, part);
    }

private:
    /// Scripts keep what looks like a substitution, but the one without a name stops even them.
    void checkScript(int node)
    {
        const auto stops = [this](const Substitution &part) {
            return part.isClosed && !part.hasDefault() && part.name(m_value).isEmpty();
        };
        const QList<Substitution> parts = substitutionsIn(m_value);
        if (m_check.isCommunity() && std::any_of(parts.begin(), parts.end(), stops))
            m_check.reportAs(Severity::Error, emptyName, node,
                             ProvisionerText::tr("A substitution names no property."));
    }

    /// Where a community server reads the text itself, the form of the substitution does not
    /// matter.
    [[nodiscard]] bool isJudgedAsAWhole(int node) const
    {
        if (!m_check.isCommunity() || !m_check.holdsSubstitutionSign(node))
            return false;
        const ConnectorProperty *property = connectorProperty(m_text.keyOf(node));
        const int parent = m_text.node(node).parent;
        const QString block = parent == JsonText::none ? QString() : m_text.keyOf(parent);
        return (property && property->isConfidential() && block == "configurationProperties"_L1)
            || (block == "connectorRef"_L1 && isDecisive(m_text, node, m_check.options.profile));
    }

    void checkShellStyle(int node)
    {
        static const QRegularExpression form(u"\\$\\{[A-Za-z][A-Za-z0-9_.-]*\\}"_s);
        const QRegularExpressionMatch match = form.match(m_value);
        if (!match.hasMatch())
            return;
        QString value = m_value;
        value.replace(match.capturedStart(), 1, u"&"_s);
        Fix fix {ProvisionerText::tr("Write &%1").arg(match.captured().mid(1)),
                 {replaceValue(m_text, node, jsonQuoted(value))},
                 false};
        m_check.reportAs(
            severityAt(node), shellStyle, node,
            ProvisionerText::tr("%1 is text to IDM, not a substitution.").arg(match.captured()),
            std::move(fix));
    }

    void checkPart(int node, const Substitution &part)
    {
        if (!part.isClosed) {
            if (part.depth == 0)
                m_check.reportAs(
                    severityAt(node), substitutionNotClosed, node,
                    ProvisionerText::tr("A substitution begins with &{ and has no end."));
            return;
        }
        if (isInsideCrypto(m_text, node))
            return m_check.report(
                insideCrypto, node,
                ProvisionerText::tr("%1 of an encrypted value holds a substitution.")
                    .arg(shownName(m_text.keyOf(node))));
        if (part.end - part.begin > longestPart)
            return; // Nested in each other, they would be copied again and again.
        const QString name = part.name(m_value).toString();
        if (name.trimmed().isEmpty())
            return reportEmptyName(node, part, name);
        // A coercion object is one finding there, whatever is in it.
        if (m_check.isCommunity() && m_text.keyOf(node).startsWith(u'$'))
            return;
        checkName(node, part, name);
        if (part.hasDefault())
            checkDefault(node, part, name);
    }

    /// Of what is used as it is written, because nothing is substituted.
    [[nodiscard]] Severity severityAt(int node) const
    {
        return isDecisive(m_text, node, m_check.options.profile) ? Severity::Error
                                                                 : Severity::Warning;
    }

    /// A commercial server finds no property of a wrong name and uses the default, if there is one.
    [[nodiscard]] Severity severityOfWrongName(int node, const Substitution &part) const
    {
        return part.hasDefault() && !m_check.isCommunity() ? Severity::Warning : severityAt(node);
    }

    void reportEmptyName(int node, const Substitution &part, const QString &name)
    {
        const bool stopsAll = m_check.isCommunity() && name.isEmpty() && !part.hasDefault();
        m_check.reportAs(stopsAll ? Severity::Error : severityOfWrongName(node, part), emptyName,
                         node, ProvisionerText::tr("A substitution names no property."));
    }

    void checkName(int node, const Substitution &part, const QString &name)
    {
        const QString rest =
            part.hasDefault() ? u"|"_s + part.defaultText(m_value).toString() : QString();
        if (name.trimmed() != name) {
            m_check.reportAs(
                severityOfWrongName(node, part), blankInName, node,
                ProvisionerText::tr("The name \"%1\" begins or ends with a blank.").arg(name),
                retyped(m_text, node, ProvisionerText::tr("Remove the blank"), part,
                        u"&{%1%2}"_s.arg(name.trimmed(), rest)));
        }
        if (name.startsWith("esv-"_L1)) {
            QString dotted = name;
            dotted.replace(u'-', u'.');
            m_check.reportAs(
                severityOfWrongName(node, part), esvWithDashes, node,
                ProvisionerText::tr("%1 is how the variable is named, not how it is used.")
                    .arg(name),
                retyped(m_text, node, ProvisionerText::tr("Write %1").arg(dotted), part,
                        u"&{%1%2}"_s.arg(dotted, rest)));
        }
    }

    void checkDefault(int node, const Substitution &part, const QString &name)
    {
        const QString value = part.defaultText(m_value).toString();
        if (m_check.isCommunity())
            m_check.reportAs(
                severityAt(node), defaultInCommunity, node,
                ProvisionerText::tr("The substitution of %1 has a default.").arg(name));
        const auto known = m_defaults.constFind(name);
        if (known == m_defaults.constEnd())
            m_defaults.insert(name, value);
        else if (*known != value) // Which values these are stays out: one may be a secret.
            m_check.report(
                twoDefaults, node,
                ProvisionerText::tr("%1 has another default elsewhere in this file.").arg(name));
    }

    RuleCheck &m_check;
    const JsonText &m_text;
    QString m_value;
    QHash<QString, QString> m_defaults;
};

void checkSubstitutionRules(RuleCheck &check)
{
    SubstitutionCheck checking(check);
    for (int node = check.text.root(); node < check.endOfValues(); ++node) {
        if (check.text.node(node).kind == JsonKind::String)
            checking.checkString(node);
    }
}

} // namespace

const RuleSet &substitutionRules()
{
    static constexpr RuleSet set {allSubstitutionRules, checkSubstitutionRules};
    return set;
}

} // namespace hubkeeper
