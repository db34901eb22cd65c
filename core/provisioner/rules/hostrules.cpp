// SPDX-License-Identifier: MIT
#include "base/similarname.h"
#include "provisioner/provisionertext.h"
#include "provisioner/rules/rulecheck.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr Rule hostMisspelt {
    "HK212",
    Severity::Error,
    RuleStage::Reference,
    QT_TRANSLATE_NOOP("Rule", "Host reference that looks like a misspelt #LOCAL"),
    QT_TRANSLATE_NOOP("Rule",
                      "Everything but #LOCAL, in any letter case and without blanks, names a "
                      "remote connector server;"
                      " IDM waits for one of this name, silently and for ever."),
    QT_TRANSLATE_NOOP("Rule", "Write #LOCAL for the server itself, or leave connectorHostRef out."),
    "idm-connector 2.3",
    {"/connectorRef/connectorHostRef", R"("localhost")", R"("#LOCAL")"},
    true,
};

constexpr Rule hostRemote {
    "HK213",
    Severity::Info,
    RuleStage::Reference,
    QT_TRANSLATE_NOOP("Rule", "Connector on a remote server"),
    QT_TRANSLATE_NOOP("Rule",
                      "IDM starts the connector on the remote connector server, server group or "
                      "client of that name;"
                      " the jar has to lie there."),
    QT_TRANSLATE_NOOP(
        "Rule", "Check that provisioner.openicf.connectorinfoprovider.json declares the name."),
    "idm-connector 2.3",
    {"/connectorRef/connectorHostRef", R"("hubspot-rcs")", R"("#local")"},
};

constexpr const Rule *allHostRules[] {&hostMisspelt, &hostRemote};

/// What people write for the server itself. Nobody calls a remote server by a name with #.
bool isMisspeltLocal(const QString &text)
{
    static const QStringList meant {u"local"_s, u"localhost"_s, u"127.0.0.1"_s, u"::1"_s,
                                    u"none"_s,  u"null"_s,      u"self"_s,      u"this"_s};
    const QString letters = text.trimmed().toLower();
    return letters.startsWith(u'#') || meant.contains(letters)
        || mostSimilarName(letters, {u"local"_s, u"localhost"_s}).has_value();
}

void checkHost(RuleCheck &check, int node)
{
    const QString text = check.text.stringOf(node);
    if (!check.isGiven(node) || text.trimmed().isEmpty()
        || text.compare("#LOCAL"_L1, Qt::CaseInsensitive) == 0)
        return;
    const bool isOsgi = text.startsWith("osgi"_L1, Qt::CaseInsensitive);
    if (isOsgi && !check.isCommunity())
        return;
    if (isOsgi || isMisspeltLocal(text)) {
        check.report(hostMisspelt, node,
                     ProvisionerText::tr("connectorHostRef is %1; IDM itself is called #LOCAL.")
                         .arg(check.shown(node)),
                     Fix {ProvisionerText::tr("Change to #LOCAL"),
                          {replaceValue(check.text, node, jsonQuoted(u"#LOCAL"_s))},
                          !isOsgi});
    } else {
        check.report(hostRemote, node,
                     ProvisionerText::tr("The connector runs on %1.").arg(check.shown(node)));
    }
}

void checkHostRules(RuleCheck &check)
{
    const int node = check.text.at(u"/connectorRef/connectorHostRef"_s);
    if (check.isKind(node, JsonKind::String))
        checkHost(check, node);
}

} // namespace

const RuleSet &hostRules()
{
    static constexpr RuleSet set {allHostRules, checkHostRules};
    return set;
}

} // namespace hubkeeper
