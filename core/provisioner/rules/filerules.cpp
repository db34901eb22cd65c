// SPDX-License-Identifier: MIT
#include "provisioner/confidential/secretvalue.h"
#include "provisioner/model/provisionerkeys.h"
#include "provisioner/provisionertext.h"
#include "provisioner/rules/rulecheck.h"
#include "provisioner/text/frodofile.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr Rule foreignFile {
    "HK020",
    Severity::Error,
    RuleStage::File,
    QT_TRANSLATE_NOOP("Rule", "File that is not text"),
    QT_TRANSLATE_NOOP("Rule", "IDM logs that it cannot parse the file and ignores it."),
    QT_TRANSLATE_NOOP("Rule", "Unpack the archive, or save the configuration itself as text."),
    "idm-connector 2.1",
    {"#bytes", R"(PK\x03\x04\x14\x00\x00\x00)", "{}"},
};

constexpr Rule fileName {
    "HK021",
    Severity::Error,
    RuleStage::File,
    QT_TRANSLATE_NOOP("Rule", "File name that IDM does not read as a provisioner's"),
    QT_TRANSLATE_NOOP("Rule",
                      "IDM reads conf/provisioner.openicf-<name>.json, in exactly this letter "
                      "case; it never looks"
                      " into a file of another name."),
    QT_TRANSLATE_NOOP("Rule", "Deploy it as conf/provisioner.openicf-<name>.json."),
    "idm-connector 2.1",
    {"#name", "hubspot.json", "provisioner.openicf-hubspot.json"},
};

constexpr Rule connectorNameCharacters {
    "HK022",
    Severity::Warning,
    RuleStage::File,
    QT_TRANSLATE_NOOP("Rule", "Dash or special character in the connector's name"),
    QT_TRANSLATE_NOOP("Rule",
                      "The name is a part of every path, as in system/<name>/contact; with a dash "
                      "the file name can"
                      " be cut at the wrong place, and mappings and scripts need quoting."),
    QT_TRANSLATE_NOOP("Rule", "Use letters and digits."),
    "idm-connector 2.1",
    {"#name", "provisioner.openicf-hub-spot.json", "provisioner.openicf-hubspot2.json"},
};

constexpr Rule deadlyCharacter {
    "HK039",
    Severity::Error,
    RuleStage::File,
    QT_TRANSLATE_NOOP("Rule", "Bracket, asterisk or backslash in the file name"),
    QT_TRANSLATE_NOOP("Rule",
                      "IDM puts the name into an LDAP filter as it is. Round brackets, * and \\ "
                      "break the filter, so"
                      " the file is refused, as a download \"hubspot (1)\" is."),
    QT_TRANSLATE_NOOP("Rule", "Rename the file; use letters and digits."),
    "OpenIDM 6.3.0: file name",
    {"#name", "provisioner.openicf-hubspot (1).json", "provisioner.openicf-hubspot.json"},
};

constexpr Rule communityName {
    "HK023",
    Severity::Error,
    RuleStage::File,
    QT_TRANSLATE_NOOP("Rule", "Name that community OpenIDM refuses"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "OpenIDM of the community wants a text of letters and digits; it does not register the"
        " connector. It does with accents, but then no path to it works."),
    QT_TRANSLATE_NOOP("Rule", "Use letters and digits."),
    "idm-connector 2.1",
    {"/name", R"("hub_spot")", R"("hubspot")", ServerProfile::Community},
};

constexpr Rule nameMissing {
    "HK024",
    Severity::Error,
    RuleStage::File,
    QT_TRANSLATE_NOOP("Rule", "Missing name"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "OpenIDM of the community does not register the connector, and"
        " system?_action=test answers 500 for every connector until the file is gone."),
    QT_TRANSLATE_NOOP("Rule", "Add name with the name of the connector, as in the file name."),
    "idm-connector 2.1",
    {"/name", nullptr, R"("hubspot")", ServerProfile::Community},
    true,
};

constexpr Rule nameDiffers {
    "HK025",
    Severity::Warning,
    RuleStage::File,
    QT_TRANSLATE_NOOP("Rule", "Name that differs from the file name"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "The configuration is found under one name and the connector under the other; IDM answers"
        " \"System is not available\" to anyone who uses the wrong one."),
    QT_TRANSLATE_NOOP("Rule", "Make both the same."),
    "idm-connector 2.1, 2.11",
    {"/name", R"("crm")", R"("hubspot")", ServerProfile::Community},
    true,
};

constexpr Rule wrapped {
    "HK026",
    Severity::Error,
    RuleStage::File,
    QT_TRANSLATE_NOOP("Rule", "Provisioner inside a larger document"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "IDM looks for the blocks at the top of the file. Here it finds none of them, and the "
        "connector"
        " does not start; at the next start of the server the file also keeps other connectors from"
        " being loaded."),
    QT_TRANSLATE_NOOP("Rule", "Save the inner object alone."),
    "idm-connector 2.2, 2.9",
    {"", R"({"configurations": [{"connectorRef": {}}]})", R"({"connectorRef": {}})"},
    true,
};

constexpr Rule restCopy {
    "HK027",
    Severity::Info,
    RuleStage::File,
    QT_TRANSLATE_NOOP("Rule", "Key that only the REST interface writes"),
    QT_TRANSLATE_NOOP("Rule", "IDM drops it; it has no effect and is wrong under another name."),
    QT_TRANSLATE_NOOP("Rule", "Remove it, unless the tool that deploys the file needs it."),
    "idm-connector 2.2, 2.9",
    {"/_id", R"("provisioner.openicf/hubspot")", nullptr},
    true,
};

constexpr Rule noProvisioner {
    "HK028",
    Severity::Error,
    RuleStage::File,
    QT_TRANSLATE_NOOP("Rule", "Not a provisioner"),
    QT_TRANSLATE_NOOP("Rule",
                      "IDM finds no connectorRef, and the connector does not start; at the next "
                      "start of the server"
                      " the file also keeps other connectors from being loaded."),
    QT_TRANSLATE_NOOP("Rule", "Check whether this is the right file."),
    "idm-connector 2.2",
    {"", R"({"enabled": true})", R"({"connectorRef": {}})"},
};

constexpr Rule mappingsFile {
    "HK029",
    Severity::Error,
    RuleStage::File,
    QT_TRANSLATE_NOOP("Rule", "File of mappings"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "Mappings configure reconciliation, not a connector. Under the name of a provisioner IDM "
        "refuses"
        " them, and at the next start of the server the file also keeps other connectors from being"
        " loaded; under another name nothing is wrong."),
    QT_TRANSLATE_NOOP("Rule",
                      "Deploy mappings as conf/sync.json or conf/mapping-<name>.json, and check "
                      "the provisioner they"
                      " name."),
    "idm-connector 6.1, OpenIDM 6.3.0: other connectors",
    {"", R"({"mappings": [{"name": "a", "source": "b", "target": "c"}]})",
     R"({"connectorRef": {}})"},
};

constexpr Rule notAnObject {
    "HK036",
    Severity::Error,
    RuleStage::File,
    QT_TRANSLATE_NOOP("Rule", "Document that is not an object"),
    QT_TRANSLATE_NOOP("Rule",
                      "IDM expects an object in curly brackets at the top and ignores the file; at "
                      "the next start of"
                      " the server the file also keeps other connectors from being loaded."),
    QT_TRANSLATE_NOOP("Rule", "Put the blocks of the provisioner into an object."),
    "idm-connector 2.1",
    {"", "[1, 2]", R"({"connectorRef": {}})"},
};

constexpr Rule otherConnector {
    "HK037",
    Severity::Warning,
    RuleStage::File,
    QT_TRANSLATE_NOOP("Rule", "Provisioner of another connector"),
    QT_TRANSLATE_NOOP("Rule",
                      "IDM starts that connector. Its properties and object types are not known "
                      "here, so they are not"
                      " checked."),
    QT_TRANSLATE_NOOP("Rule", "Nothing, if the file is meant for that connector."),
    "idm-connector 1.1",
    {"/connectorRef", R"json({"bundleName": "org.forgerock.openicf.connectors.ldap-connector",
        "bundleVersion": "[1.5.0.0,1.6.0.0)",
        "connectorName": "org.identityconnectors.ldap.LdapConnector"})json",
     R"json({"bundleName": "org.forgerock.openicf.connectors.hubspot-connector",
        "bundleVersion": "[1.5.0.0,1.6.0.0)",
        "connectorName": "org.forgerock.openicf.connectors.hubspot.HubspotConnector"})json"},
};

constexpr const Rule *allFileRules[] {
    &foreignFile,     &fileName,      &connectorNameCharacters,
    &deadlyCharacter, &communityName, &nameMissing,
    &nameDiffers,     &wrapped,       &restCopy,
    &noProvisioner,   &mappingsFile,  &notAnObject,
    &otherConnector,
};

/// What has a meaning in an LDAP filter.
bool hasDeadlyCharacter(const QString &name)
{
    return std::any_of(name.begin(), name.end(),
                       [](QChar c) { return QStringView(u"()*\\").contains(c); });
}

bool isProvisionerName(const QString &name)
{
    return name.startsWith("provisioner.openicf-"_L1) && name.endsWith(".json"_L1);
}

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

/// OpenIDM goes by name: if that is another, it is the finding, and the file's name hurts nobody.
bool isNamedOtherwise(const RuleCheck &check, const QString &fromFile)
{
    const int name = check.text.at(u"/name"_s);
    return !fromFile.isEmpty() && check.isKind(name, JsonKind::String)
        && check.text.stringOf(name) != fromFile;
}

void checkFileName(RuleCheck &check)
{
    const QString &name = check.options.fileName;
    if (name.isEmpty())
        return;
    const QString connector = connectorNameIn(name);
    if (!isProvisionerName(name)) {
        check.reportFile(
            fileName,
            ProvisionerText::tr("The file is called %1, not provisioner.openicf-<name>.json.")
                .arg(name));
    } else if (hasDeadlyCharacter(connector)) {
        check.reportFile(
            deadlyCharacter,
            ProvisionerText::tr("The file name of the connector %1 has one of ( ) * \\.")
                .arg(connector));
    } else if (!isPlainName(connector)
               && !(check.isCommunity() && isNamedOtherwise(check, connector))) {
        check.reportFile(
            connectorNameCharacters,
            connector.isEmpty()
                ? ProvisionerText::tr("The file name has no name for the connector.")
                : ProvisionerText::tr(
                      "The connector is called %1, which has more than letters and digits.")
                      .arg(connector));
    }
}

/// With a letter for each whole substitution.
QString withoutSubstitutions(QString name)
{
    static const QRegularExpression form(u"&\\{[^{}]+\\}"_s);
    return name.replace(form, u"x"_s);
}

void reportCommunityName(RuleCheck &check, int node)
{
    const QString name = check.text.stringOf(node);
    const bool isTrimmed = isPlainName(withoutSubstitutions(name.trimmed()));
    check.reportAs(
        isTrimmed ? Severity::Info : Severity::Error, communityName, node,
        isTrimmed ? ProvisionerText::tr("The name has blanks around it, which OpenIDM removes.")
                  : ProvisionerText::tr("The name is %1; it has to be of letters and digits.")
                        .arg(check.shown(node)));
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
            nameMissing, ProvisionerText::tr("The file has no name for the connector."),
            Fix {ProvisionerText::tr("Add the name %1").arg(proposed),
                 {appendMember(check.text, check.text.root(), u"name"_s, jsonQuoted(proposed))}});
        return;
    }
    const QString name = check.text.stringOf(node);
    if (isCommunity && !check.isKind(node, JsonKind::String))
        return check.report(
            communityName, node,
            ProvisionerText::tr("The name is %1; it has to be a text.").arg(check.shown(node)));
    if (!check.isKind(node, JsonKind::String))
        return;
    if (isCommunity && !isPlainName(withoutSubstitutions(name)))
        return reportCommunityName(check, node);
    if (check.holdsSubstitutionSign(node))
        return;
    if (!fromFile.isEmpty() && name != fromFile && !hasDeadlyCharacter(fromFile)) {
        std::optional<Fix> fix;
        if (!isCommunity || isPlainName(fromFile)) // Another name is refused there.
            fix = Fix {ProvisionerText::tr("Change the name to %1").arg(fromFile),
                       {replaceValue(check.text, node, jsonQuoted(fromFile))},
                       false};
        check.report(nameDiffers, node,
                     ProvisionerText::tr("The name is %1, the file is that of %2.")
                         .arg(shownName(name), fromFile),
                     std::move(fix));
    }
}

void checkRestKeys(RuleCheck &check)
{
    for (const QLatin1StringView key : {"_id"_L1, "_rev"_L1}) {
        const int node = check.member(check.text.root(), key);
        if (node == JsonText::none)
            continue;
        // A tool that keeps tenants sends a file of another name to the address in _id.
        const bool isOfTool = check.options.fileName.isEmpty() || isFrodoFile(check.text);
        const bool isSafe = key == "_rev"_L1 || !isOfTool;
        check.reportKey(restCopy, node,
                        ProvisionerText::tr("The file has %1, as a copy from REST has.").arg(key),
                        Fix {ProvisionerText::tr("Remove %1").arg(key),
                             {removeChild(check.text, node)},
                             isSafe});
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
        fix = Fix {ProvisionerText::tr("Keep the inner object alone"),
                   {{0, span.begin, {}}, {span.end, size - span.end, "\n"}},
                   false};
    }
    const QString place = inner.first() == check.text.root()
        ? u"/idm/"_s + check.text.keyOf(check.text.root()).replace(u'/', u"~1"_s)
        : check.text.pointerOf(inner.first());
    check.report(
        wrapped, inner.first(),
        inner.size() == 1
            ? ProvisionerText::tr("The provisioner is at %1, not at the top.").arg(place)
            : ProvisionerText::tr("There are %1 provisioners in this file, the first at %2.")
                  .arg(inner.size())
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
        check.report(notAnObject, root,
                     ProvisionerText::tr("The top of the file is not an object."));
    else if (check.isKind(check.member(root, "mappings"_L1), JsonKind::Array))
        check.reportAs(isProvisionerName(check.options.fileName) ? Severity::Error : Severity::Info,
                       mappingsFile, root, ProvisionerText::tr("The file holds mappings."));
    else if (check.isWhole())
        check.reportFile(noProvisioner,
                         ProvisionerText::tr("The file has none of a provisioner's blocks."));
}

void checkFileRules(RuleCheck &check)
{
    for (const SyntaxFault &fault : check.text.faults()) {
        if (fault.kind == SyntaxFaultKind::Foreign)
            check.reportBytes(foreignFile, fault.at, fault.message);
    }
    if (check.text.root() == JsonText::none)
        return;
    if (!looksLikeProvisioner(check.text, check.text.root()))
        return checkForeignContent(check);
    // What has the name of a server's file is read by a server, which does not know frodo's form.
    if (isFrodoFile(check.text) && isProvisionerName(check.options.fileName))
        reportWrapped(check, {check.text.root()});
    checkFileName(check);
    checkNameMember(check);
    checkRestKeys(check);
    if (isOfAnotherConnector(check.text)) {
        const int name = check.text.at(u"/connectorRef/connectorName"_s);
        check.report(otherConnector, name,
                     ProvisionerText::tr("The connector is %1, not that for HubSpot.")
                         .arg(check.shown(name)));
    }
}

} // namespace

QString nameToJudge(const QString &fileName)
{
    return fileName.startsWith("provisioner"_L1, Qt::CaseInsensitive) ? fileName : QString();
}

const RuleSet &fileRules()
{
    static constexpr RuleSet set {allFileRules, checkFileRules, true};
    return set;
}

} // namespace hubkeeper
