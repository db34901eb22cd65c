// SPDX-License-Identifier: MIT
#include "provisioner/confidential/secretvalue.h"
#include "provisioner/model/provisionerkeys.h"
#include "provisioner/model/versionrange.h"
#include "provisioner/provisionertext.h"
#include "provisioner/rules/rulecheck.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr Rule bundleNameMissing {
    "HK201",
    Severity::Error,
    RuleStage::Reference,
    QT_TRANSLATE_NOOP("Rule", "Missing bundleName"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "IDM cannot find the connector and refuses the configuration. At the next start"
        " of the server the file also keeps other connectors from being loaded."),
    QT_TRANSLATE_NOOP("Rule", "Add bundleName org.forgerock.openicf.connectors.hubspot-connector."),
    "idm-connector 1.1, 2.3",
    {"/connectorRef/bundleName", nullptr,
     R"("org.forgerock.openicf.connectors.hubspot-connector")"},
    true,
};

constexpr Rule bundleVersionMissing {
    "HK202",
    Severity::Error,
    RuleStage::Reference,
    QT_TRANSLATE_NOOP("Rule", "Missing bundleVersion"),
    QT_TRANSLATE_NOOP("Rule",
                      "IDM cannot choose a version of the connector and refuses the configuration. "
                      "At the next start"
                      " of the server the file also keeps other connectors from being loaded."),
    QT_TRANSLATE_NOOP(
        "Rule", "Add the range of the shipped files, [1.5.0.0,1.6.0.0), or an exact version."),
    "idm-connector 1.1, 2.3",
    {"/connectorRef/bundleVersion", nullptr, R"json("[1.5.0.0,1.6.0.0)")json"},
    true,
};

constexpr Rule connectorNameMissing {
    "HK203",
    Severity::Error,
    RuleStage::Reference,
    QT_TRANSLATE_NOOP("Rule", "Missing connectorName"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "IDM cannot find the connector and refuses the configuration. At the next start"
        " of the server the file also keeps other connectors from being loaded."),
    QT_TRANSLATE_NOOP(
        "Rule", "Add connectorName org.forgerock.openicf.connectors.hubspot.HubspotConnector."),
    "idm-connector 1.1, 2.3",
    {"/connectorRef/connectorName", nullptr,
     R"("org.forgerock.openicf.connectors.hubspot.HubspotConnector")"},
    true,
};

constexpr Rule notText {
    "HK204",
    Severity::Error,
    RuleStage::Reference,
    QT_TRANSLATE_NOOP("Rule", "Part of connectorRef that is not a text"),
    QT_TRANSLATE_NOOP("Rule",
                      "IDM reads texts here and refuses the configuration. At the next start"
                      " of the server the file also keeps other connectors from being loaded."),
    QT_TRANSLATE_NOOP("Rule", "Put the value in double quotes."),
    "idm-connector 2.3",
    {"/connectorRef/bundleVersion", "1.5", R"("1.5.20.11")"},
};

constexpr Rule bundleNameWrong {
    "HK205",
    Severity::Error,
    RuleStage::Reference,
    QT_TRANSLATE_NOOP("Rule", "Misspelt bundleName"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "IDM finds no bundle of that name. It does not fail, it waits (\"Wait for meta data for"
        " config\"), and the connector is not there."),
    QT_TRANSLATE_NOOP("Rule", "Write org.forgerock.openicf.connectors.hubspot-connector."),
    "idm-connector 1.1, 2.3",
    {"/connectorRef/bundleName", R"("org.forgerock.openicf.connectors.hubspot")",
     R"("org.forgerock.openicf.connectors.hubspot-connector")"},
    true,
};

constexpr Rule connectorNameWrong {
    "HK206",
    Severity::Error,
    RuleStage::Reference,
    QT_TRANSLATE_NOOP("Rule", "Misspelt connectorName"),
    QT_TRANSLATE_NOOP("Rule",
                      "The bundle holds no class of that name. IDM does not fail, it waits, and "
                      "the connector is not"
                      " there."),
    QT_TRANSLATE_NOOP(
        "Rule", "Write org.forgerock.openicf.connectors.hubspot.HubspotConnector, with a small s."),
    "idm-connector 1.1, 2.3",
    {"/connectorRef/connectorName",
     R"("org.forgerock.openicf.connectors.hubspot.HubSpotConnector")",
     R"("org.forgerock.openicf.connectors.hubspot.HubspotConnector")"},
    true,
};

constexpr Rule versionUnreadable {
    "HK207",
    Severity::Error,
    RuleStage::Reference,
    QT_TRANSLATE_NOOP("Rule", "Version range that IDM cannot read"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "IDM stops with \"invalid range\", and the connector does not start. At the next start"
        " of the server the file also keeps other connectors from being loaded."),
    QT_TRANSLATE_NOOP(
        "Rule", "Write one version, or two with a comma between brackets: [1.5.0.0,1.6.0.0)."),
    "idm-connector 2.3",
    {"/connectorRef/bundleVersion", R"("[1.5.0.0,1.6.0.0")", R"json("[1.5.0.0,1.6.0.0)")json"},
    true,
};

constexpr Rule versionEmpty {
    "HK208",
    Severity::Error,
    RuleStage::Reference,
    QT_TRANSLATE_NOOP("Rule", "Version range that holds no version"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "No bundle can match. IDM does not fail, it waits, and the connector is not there."),
    QT_TRANSLATE_NOOP("Rule",
                      "Put the smaller version first; a bracket [ or ] includes its version."),
    "idm-connector 2.3",
    {"/connectorRef/bundleVersion", R"json("[1.6.0.0,1.5.0.0)")json",
     R"json("[1.5.0.0,1.6.0.0)")json"},
    true,
};

constexpr Rule versionUnknown {
    "HK209",
    Severity::Warning,
    RuleStage::Reference,
    QT_TRANSLATE_NOOP("Rule", "Version range without a known version of the connector"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "All documented versions of the HubSpot connector are 1.5.x. If none matches, IDM does not"
        " fail, it waits, and the connector is not there."),
    QT_TRANSLATE_NOOP("Rule", "Use the range of the shipped files, [1.5.0.0,1.6.0.0)."),
    "idm-connector 1.1, 2.3",
    {"/connectorRef/bundleVersion", R"json("[1.4.0.0,1.5.0.0)")json",
     R"json("[1.4.6.0,1.6.0.0)")json"},
    true,
};

constexpr Rule versionPinned {
    "HK210",
    Severity::Info,
    RuleStage::Reference,
    QT_TRANSLATE_NOOP("Rule", "Exact version of the connector"),
    QT_TRANSLATE_NOOP(
        "Rule", "After an update of the connector's jar nothing matches, and IDM silently waits."),
    QT_TRANSLATE_NOOP("Rule", "Use a range if updates are to be taken."),
    "idm-connector 2.3",
    {"/connectorRef/bundleVersion", R"("1.5.20.11")", R"json("[1.5.0.0,1.6.0.0)")json"},
};

constexpr Rule versionQualifier {
    "HK211",
    Severity::Info,
    RuleStage::Reference,
    QT_TRANSLATE_NOOP("Rule", "Qualifier in a version"),
    QT_TRANSLATE_NOOP("Rule",
                      "IDM ignores what comes after the dash: 1.5.0.0-SNAPSHOT is 1.5.0.0."),
    QT_TRANSLATE_NOOP("Rule", "Leave the qualifier out."),
    "idm-connector 2.3",
    {"/connectorRef/bundleVersion", R"json("[1.5.0.0-SNAPSHOT,1.6.0.0)")json",
     R"json("[1.5.0.0,1.6.0.0)")json"},
    true,
};

constexpr Rule systemTypeOther {
    "HK214",
    Severity::Info,
    RuleStage::Reference,
    QT_TRANSLATE_NOOP("Rule", "Other systemType than usual"),
    QT_TRANSLATE_NOOP("Rule", "IDM goes by the name of the file; other tools read this."),
    QT_TRANSLATE_NOOP("Rule", "Write provisioner.openicf."),
    "idm-connector 1.1, 2.3",
    {"/connectorRef/systemType", R"("openicf")", R"("provisioner.openicf")"},
    true,
};

constexpr Rule substitutedReference {
    "HK216",
    Severity::Error,
    RuleStage::Reference,
    QT_TRANSLATE_NOOP("Rule", "Substitution in connectorRef"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "OpenIDM reads connectorRef before it substitutes anything: it looks for a connector of "
        "this"
        " very text and never finds one. In bundleVersion the text is an invalid range, and then "
        "the"
        " file also keeps other connectors from being loaded at the next start of the server."),
    QT_TRANSLATE_NOOP("Rule", "Write the value itself."),
    "OpenIDM 6.3.0: connectorRef",
    {"/connectorRef/bundleVersion", R"("&{hubspot.version}")", R"json("[1.5.0.0,1.6.0.0)")json",
     ServerProfile::Community},
};

constexpr Rule informativeKind {
    "HK217",
    Severity::Warning,
    RuleStage::Reference,
    QT_TRANSLATE_NOOP("Rule", "displayName or systemType that is not a text"),
    QT_TRANSLATE_NOOP("Rule", "IDM does not read the two; tools that show them may stumble."),
    QT_TRANSLATE_NOOP("Rule", "Write a text in double quotes."),
    "idm-connector 2.3, OpenIDM 6.3.0: connectorRef",
    {"/connectorRef/displayName", "5", R"("Hubspot Connector")"},
};

constexpr Rule oneVersionRange {
    "HK218",
    Severity::Error,
    RuleStage::Reference,
    QT_TRANSLATE_NOOP("Rule", "Range of a single version"),
    QT_TRANSLATE_NOOP("Rule",
                      "OpenIDM takes a range with the same version at both ends and never finds "
                      "the connector, also"
                      " if that version is installed."),
    QT_TRANSLATE_NOOP("Rule", "Write the version without brackets."),
    "OpenIDM 6.3.0: connectorRef",
    {"/connectorRef/bundleVersion", R"("[1.5.20.30,1.5.20.30]")", R"("1.5.20.30")",
     ServerProfile::Community},
    true,
};

constexpr Rule notLetterForLetter {
    "HK219",
    Severity::Error,
    RuleStage::Reference,
    QT_TRANSLATE_NOOP("Rule", "Exact version that no connector is called by"),
    QT_TRANSLATE_NOOP("Rule",
                      "OpenIDM compares a version without brackets letter for letter with that of "
                      "the bundle: with"
                      " blanks, leading zeros, a qualifier or fewer than four numbers it never "
                      "finds the connector."),
    QT_TRANSLATE_NOOP("Rule", "Write four plain numbers, as in 1.5.20.30, or a range."),
    "OpenIDM 6.3.0: connectorRef",
    {"/connectorRef/bundleVersion", R"("1.5.20.30-SNAPSHOT")", R"("1.5.20.30")",
     ServerProfile::Community},
    true,
};

constexpr Rule unknownReferenceMember {
    "HK215",
    Severity::Warning,
    RuleStage::Reference,
    QT_TRANSLATE_NOOP("Rule", "Unknown member of connectorRef"),
    QT_TRANSLATE_NOOP("Rule", "IDM silently ignores it."),
    QT_TRANSLATE_NOOP("Rule", "Correct the spelling, or remove it."),
    "idm-connector 2.3",
    {"/connectorRef/connectorHostref", R"("#LOCAL")", nullptr},
    true,
};

constexpr const Rule *allReferenceRules[] {
    &bundleNameMissing,      &bundleVersionMissing, &connectorNameMissing, &notText,
    &bundleNameWrong,        &connectorNameWrong,   &versionUnreadable,    &versionEmpty,
    &versionUnknown,         &versionPinned,        &versionQualifier,     &systemTypeOther,
    &unknownReferenceMember, &substitutedReference, &informativeKind,      &oneVersionRange,
    &notLetterForLetter,
};

Fix valueFix(RuleCheck &check, int node, const QString &value, bool safe)
{
    return {ProvisionerText::tr("Change to %1").arg(value),
            {replaceValue(check.text, node, jsonQuoted(value))},
            safe};
}

/// A text that is there as it is, neither null nor filled in later; else reports what is wrong
/// with it.
std::optional<QString> textOf(RuleCheck &check, int node)
{
    if (check.isCommunity() && check.holdsSubstitutionSign(node)) {
        check.report(substitutedReference, node,
                     ProvisionerText::tr("%1 holds a substitution.").arg(check.text.keyOf(node)));
        return {};
    }
    if (!check.isGiven(node))
        return {};
    if (check.isKind(node, JsonKind::String))
        return check.text.stringOf(node);
    check.report(notText, node,
                 ProvisionerText::tr("%1 is %2; it has to be a text.")
                     .arg(check.text.keyOf(node), check.shown(node)));
    return {};
}

void checkMissing(RuleCheck &check, int reference, const Rule &rule, const QString &key,
                  const QString &value)
{
    const int node = check.text.member(reference, key);
    const bool isAbsent = node == JsonText::none || check.isKind(node, JsonKind::Null)
        || (check.isKind(node, JsonKind::String) && check.text.stringOf(node).trimmed().isEmpty());
    if (!isAbsent || !check.isWhole())
        return;
    const QByteArray json = jsonQuoted(value);
    const TextEdit edit = node == JsonText::none ? appendMember(check.text, reference, key, json)
                                                 : replaceValue(check.text, node, json);
    // Which connector is meant is a guess as long as nothing names it.
    check.reportMissing(
        rule, reference, ProvisionerText::tr("connectorRef has no %1.").arg(key),
        Fix {ProvisionerText::tr("Add %1").arg(key), {edit}, !isOfAnotherConnector(check.text)});
}

void checkName(RuleCheck &check, int node, const Rule &rule, QLatin1StringView right)
{
    const std::optional<QString> name = textOf(check, node);
    if (name && !name->trimmed().isEmpty() && *name != right)
        check.report(rule, node,
                     ProvisionerText::tr("%1 is %2; the connector's is %3.")
                         .arg(check.text.keyOf(node), check.shown(node), right),
                     valueFix(check, node, right, true));
}

QString turnedRound(VersionRange range)
{
    std::swap(range.lower, range.upper);
    return range.toString();
}

/// Whether an exact version is written as a bundle's own version is.
bool isPlainVersion(const QString &text)
{
    static const QRegularExpression form(u"^(0|[1-9][0-9]*)(\\.(0|[1-9][0-9]*)){3}\\z"_s);
    return form.match(text).hasMatch();
}

/// What OpenIDM takes and never finds a connector for.
bool checkExactness(RuleCheck &check, int node, const VersionRange &range)
{
    const QString version = range.lower.toString();
    if (range.isSingle && !isPlainVersion(check.text.stringOf(node))) {
        check.report(
            notLetterForLetter, node,
            ProvisionerText::tr("The version is %1; no bundle writes its version like this.")
                .arg(check.shown(node)),
            valueFix(check, node, version, false));
        return true;
    }
    if (!range.isSingle && !range.isEmpty() && range.lower == range.upper) {
        check.report(oneVersionRange, node,
                     ProvisionerText::tr("%1 is a range of one version.").arg(check.shown(node)),
                     valueFix(check, node, version, true));
        return true;
    }
    return false;
}

void checkRange(RuleCheck &check, int node, const VersionRange &range)
{
    if (check.isCommunity() && checkExactness(check, node, range))
        return;
    static const VersionRange known = *versionRangeFrom(connector::usualVersions);
    const QString shown = check.shown(node);
    if (range.isEmpty()) {
        const bool isTurned = range.lower > range.upper;
        const QString fixed = isTurned ? turnedRound(range) : QString(connector::usualVersions);
        check.report(versionEmpty, node, ProvisionerText::tr("No version lies in %1.").arg(shown),
                     valueFix(check, node, fixed, isTurned));
    } else if (!range.meets(known) && !isOfAnotherConnector(check.text)) {
        check.report(
            versionUnknown, node,
            ProvisionerText::tr("No known version of the connector lies in %1.").arg(shown),
            valueFix(check, node, connector::usualVersions, false));
    } else if (range.isSingle) {
        check.report(versionPinned, node,
                     ProvisionerText::tr("The version is pinned to %1.").arg(shown));
    }
    if (!range.lower.qualifier.isEmpty() || !range.upper.qualifier.isEmpty()) {
        check.report(versionQualifier, node, ProvisionerText::tr("%1 has a qualifier.").arg(shown),
                     valueFix(check, node, range.toString(), true));
    }
}

void checkVersion(RuleCheck &check, int node)
{
    const std::optional<QString> text = textOf(check, node);
    if (!text || text->trimmed().isEmpty())
        return;
    const Result<VersionRange> range = versionRangeFrom(*text);
    if (range)
        return checkRange(check, node, *range);
    check.report(versionUnreadable, node,
                 ProvisionerText::tr("%1 is not a version range: %2")
                     .arg(check.shown(node), range.error().what),
                 valueFix(check, node, connector::usualVersions, false));
}

void checkInformative(RuleCheck &check, int node)
{
    if (!check.isGiven(node))
        return;
    const QString key = check.text.keyOf(node);
    if (!check.isKind(node, JsonKind::String))
        check.report(
            informativeKind, node,
            ProvisionerText::tr("%1 is %2; it has to be a text.").arg(key, check.shown(node)));
    else if (key == "systemType"_L1)
        checkName(check, node, systemTypeOther, connector::systemType);
}

void checkMembers(RuleCheck &check, int reference)
{
    const bool isForeign = isOfAnotherConnector(check.text);
    for (const int member : check.children(reference)) {
        const QString key = check.text.keyOf(member);
        if (key == "bundleVersion"_L1)
            checkVersion(check, member);
        else if (key == "bundleName"_L1 && !isForeign)
            checkName(check, member, bundleNameWrong, connector::bundleName);
        else if (key == "connectorName"_L1 && !isForeign)
            checkName(check, member, connectorNameWrong, connector::connectorName);
        else if (key == "systemType"_L1 || key == "displayName"_L1)
            checkInformative(check, member);
        else if (connectorRefKeys().contains(key))
            textOf(check, member);
        else
            check.reportUnknownKey(unknownReferenceMember, member, connectorRefKeys(),
                                   ProvisionerText::tr("member of connectorRef"));
    }
}

void checkReferenceRules(RuleCheck &check)
{
    const int reference = check.find(u"/connectorRef"_s, JsonKind::Object);
    if (reference == JsonText::none)
        return;
    checkMissing(check, reference, bundleNameMissing, u"bundleName"_s, connector::bundleName);
    checkMissing(check, reference, bundleVersionMissing, u"bundleVersion"_s,
                 connector::usualVersions);
    checkMissing(check, reference, connectorNameMissing, u"connectorName"_s,
                 connector::connectorName);
    checkMembers(check, reference);
}

} // namespace

const RuleSet &referenceRules()
{
    static constexpr RuleSet set {allReferenceRules, checkReferenceRules};
    return set;
}

} // namespace hubkeeper
