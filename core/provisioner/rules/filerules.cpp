// SPDX-License-Identifier: MIT
#include "provisioner/confidential/secretvalue.h"
#include "provisioner/model/provisionerkeys.h"
#include "provisioner/rules/rulecheck.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr Rule foreignFile {
    "HK020",
    Severity::Error,
    RuleStage::File,
    "File that is no text",
    "IDM logs that it cannot parse the file and ignores it.",
    "Unpack the archive, or save the configuration itself as text.",
    "idm-connector 2.1",
    {"#bytes", R"(PK\x03\x04\x14\x00\x00\x00)", "{}"},
};

constexpr Rule fileName {
    "HK021",
    Severity::Warning,
    RuleStage::File,
    "File name that IDM does not read as a provisioner's",
    "IDM takes the part before the first dash for the kind of configuration and the rest for the"
    " name of the connector; a file of another name configures no connector.",
    "Deploy it as conf/provisioner.openicf-<name>.json.",
    "idm-connector 2.1",
    {"#name", "hubspot.json", "provisioner.openicf-hubspot.json"},
};

constexpr Rule connectorNameCharacters {
    "HK022",
    Severity::Warning,
    RuleStage::File,
    "Dash or special character in the connector's name",
    "The name is a part of every path, as in system/<name>/contact; with a dash the file name can"
    " be cut at the wrong place, and mappings and scripts need quoting.",
    "Use letters and digits.",
    "idm-connector 2.1",
    {"#name", "provisioner.openicf-hub-spot.json", "provisioner.openicf-hubspot2.json"},
};

constexpr Rule communityName {
    "HK023",
    Severity::Error,
    RuleStage::File,
    "Name that community OpenIDM refuses",
    "Community OpenIDM accepts letters and digits alone; the connector does not start.",
    "Use letters and digits.",
    "idm-connector 2.1",
    {"/name", R"("hub_spot")", R"("hubspot")", ServerProfile::Community},
};

constexpr Rule nameMissing {
    "HK024",
    Severity::Error,
    RuleStage::File,
    "Missing name",
    "Without a name the service of community OpenIDM quietly does nothing.",
    "Add name with the name of the connector, as in the file name.",
    "idm-connector 2.1",
    {"/name", nullptr, R"("hubspot")", ServerProfile::Community},
    true,
};

constexpr Rule nameDiffers {
    "HK025",
    Severity::Warning,
    RuleStage::File,
    "Name that differs from the file name",
    "The configuration is found under one name and the connector under the other; IDM answers"
    " \"System is not available\" to those who use the wrong one.",
    "Make both the same.",
    "idm-connector 2.1, 2.11",
    {"/name", R"("crm")", R"("hubspot")", ServerProfile::Community},
    true,
};

constexpr Rule wrapped {
    "HK026",
    Severity::Error,
    RuleStage::File,
    "Provisioner inside a larger document",
    "IDM looks for the blocks at the top of the file. Here it finds none of them, and the connector"
    " does not start.",
    "Save the inner object alone.",
    "idm-connector 2.2, 2.9",
    {"", R"({"configurations": [{"connectorRef": {}}]})", R"({"connectorRef": {}})"},
    true,
};

constexpr Rule restCopy {
    "HK027",
    Severity::Warning,
    RuleStage::File,
    "Key that only the REST interface writes",
    "The server strips it when the file is sent by REST; in a file it has no effect and is wrong"
    " under another name.",
    "Remove it.",
    "idm-connector 2.2, 2.9",
    {"/_id", R"("provisioner.openicf/hubspot")", nullptr},
    true,
};

constexpr Rule noProvisioner {
    "HK028",
    Severity::Error,
    RuleStage::File,
    "Not a provisioner",
    "IDM finds no connectorRef, and the connector does not start.",
    "Check whether this is the right file.",
    "idm-connector 2.2",
    {"", R"({"enabled": true})", R"({"connectorRef": {}})"},
};

constexpr Rule mappingsFile {
    "HK029",
    Severity::Info,
    RuleStage::File,
    "File of mappings",
    "It configures reconciliation, not a connector; nothing more is checked in it.",
    "Check the provisioner the mappings name.",
    "idm-connector 6.1",
    {"", R"({"mappings": [{"name": "a", "source": "b", "target": "c"}]})",
     R"({"connectorRef": {}})"},
};

constexpr Rule notAnObject {
    "HK036",
    Severity::Error,
    RuleStage::File,
    "Document that is no object",
    "IDM expects an object in curly brackets at the top and ignores the file.",
    "Put the blocks of the provisioner into an object.",
    "idm-connector 2.1",
    {"", "[1, 2]", R"({"connectorRef": {}})"},
};

constexpr Rule otherConnector {
    "HK037",
    Severity::Warning,
    RuleStage::File,
    "Provisioner of another connector",
    "IDM starts that connector. Its properties and object types are not known here, so they are not"
    " checked.",
    "Nothing, if the file is meant for that connector.",
    "idm-connector 1.1",
    {"/connectorRef", R"json({"bundleName": "org.forgerock.openicf.connectors.ldap-connector",
        "bundleVersion": "[1.5.0.0,1.6.0.0)",
        "connectorName": "org.identityconnectors.ldap.LdapConnector"})json",
     R"json({"bundleName": "org.forgerock.openicf.connectors.hubspot-connector",
        "bundleVersion": "[1.5.0.0,1.6.0.0)",
        "connectorName": "org.forgerock.openicf.connectors.hubspot.HubspotConnector"})json"},
};

constexpr const Rule *rules[] {
    &foreignFile,   &fileName,    &connectorNameCharacters,
    &communityName, &nameMissing, &nameDiffers,
    &wrapped,       &restCopy,    &noProvisioner,
    &mappingsFile,  &notAnObject, &otherConnector,
};

/// `<name>` of `provisioner.openicf-<name>.json`; empty if the name is another.
QString connectorNameIn(const QString &name)
{
    static const QRegularExpression pattern(u"^provisioner\\.openicf-(.+)\\.json\\z"_s);
    return pattern.match(name).captured(1);
}

bool isPlainName(const QString &name)
{
    static const QRegularExpression pattern(u"^[A-Za-z0-9]+\\z"_s);
    return pattern.match(name).hasMatch();
}

void checkFileName(RuleCheck &check)
{
    const QString &name = check.options.fileName;
    if (name.isEmpty())
        return;
    const QString connector = connectorNameIn(name);
    if (connector.isEmpty()) {
        check.reportFile(
            fileName, u"The file is called %1, not provisioner.openicf-<name>.json."_s.arg(name));
    } else if (!isPlainName(connector)) {
        check.reportFile(
            connectorNameCharacters,
            u"The connector is called %1, which has more than letters and digits."_s.arg(
                connector));
    }
}

void checkNameMember(RuleCheck &check)
{
    const bool isCommunity = check.options.profile == ServerProfile::Community;
    const QString fromFile = connectorNameIn(check.options.fileName);
    const int node = check.text.at(u"/name"_s);
    if (node == JsonText::none) {
        if (!isCommunity || !check.isWhole())
            return;
        const QString proposed = isPlainName(fromFile) ? fromFile : u"hubspot"_s;
        check.reportFile(
            nameMissing, u"The file has no name for the connector."_s,
            Fix {u"Add the name %1"_s.arg(proposed),
                 {appendMember(check.text, check.text.root(), u"name"_s, jsonQuoted(proposed))}});
        return;
    }
    const QString name = check.text.stringOf(node);
    if (!check.isKind(node, JsonKind::String) || holdsSubstitution(name))
        return;
    if (isCommunity && !isPlainName(name)) {
        check.report(
            communityName, node,
            u"The name is %1, which has more than letters and digits."_s.arg(check.shown(node)));
    } else if (!fromFile.isEmpty() && name != fromFile) {
        check.report(nameDiffers, node,
                     u"The name is %1, the file is that of %2."_s.arg(name.left(60), fromFile),
                     Fix {u"Change the name to %1"_s.arg(fromFile),
                          {replaceValue(check.text, node, jsonQuoted(fromFile))},
                          false});
    }
}

void checkRestKeys(RuleCheck &check)
{
    for (const QLatin1StringView key : {"_id"_L1, "_rev"_L1}) {
        const int node = check.member(check.text.root(), key);
        if (node != JsonText::none) {
            check.reportKey(restCopy, node, u"The file has %1, as a copy from REST has."_s.arg(key),
                            Fix {u"Remove %1"_s.arg(key), {removeChild(check.text, node)}});
        }
    }
}

/// Provisioners at most three levels below the top: in the answer to a query, an export, a list.
QList<int> innerProvisioners(const JsonText &text)
{
    constexpr int deepest = 3;
    QList<int> found;
    QList<int> level {text.root()};
    for (int depth = 0; depth < deepest; ++depth) {
        QList<int> below;
        for (const int parent : std::as_const(level)) {
            for (const int child : Children(text, parent)) {
                if (text.member(child, u"connectorRef"_s) != JsonText::none)
                    found.append(child);
                else if (text.node(child).childCount > 0)
                    below.append(child);
            }
        }
        level = below;
    }
    return found;
}

void reportWrapped(RuleCheck &check, const QList<int> &inner)
{
    const Span &span = check.text.node(inner.first()).span;
    std::optional<Fix> fix;
    if (inner.size() == 1) {
        const qsizetype size = check.text.bytes().size();
        fix = Fix {u"Keep the inner object alone"_s,
                   {{0, span.begin, {}}, {span.end, size - span.end, "\n"}},
                   false};
    }
    const QString place = check.text.pointerOf(inner.first());
    check.report(wrapped, inner.first(),
                 inner.size() == 1
                     ? u"The provisioner stands at %1, not at the top."_s.arg(place)
                     : u"%1 provisioners stand in this file, the first at %2."_s.arg(inner.size())
                           .arg(place),
                 std::move(fix));
}

void checkForeignContent(RuleCheck &check)
{
    const int root = check.text.root();
    const QList<int> inner = innerProvisioners(check.text);
    if (!inner.isEmpty())
        reportWrapped(check, inner);
    else if (!check.isKind(root, JsonKind::Object))
        check.report(notAnObject, root, u"The file holds no object at its top."_s);
    else if (check.isKind(check.member(root, "mappings"_L1), JsonKind::Array))
        check.report(mappingsFile, root, u"The file holds mappings."_s);
    else if (check.isWhole())
        check.reportFile(noProvisioner, u"The file has none of a provisioner's blocks."_s);
}

void check(RuleCheck &check)
{
    for (const SyntaxFault &fault : check.text.faults()) {
        if (fault.kind == SyntaxFaultKind::Foreign)
            check.reportBytes(foreignFile, fault.at, fault.message);
    }
    if (check.text.root() == JsonText::none)
        return;
    if (!looksLikeProvisioner(check.text, check.text.root()))
        return checkForeignContent(check);
    checkFileName(check);
    checkNameMember(check);
    checkRestKeys(check);
    if (isOfAnotherConnector(check.text)) {
        const int name = check.text.at(u"/connectorRef/connectorName"_s);
        check.report(otherConnector, name,
                     u"The connector is %1, not that for HubSpot."_s.arg(check.shown(name)));
    }
}

} // namespace

const RuleSet &fileRules()
{
    static constexpr RuleSet set {rules, check, true};
    return set;
}

} // namespace hubkeeper
