// SPDX-License-Identifier: MIT
#include "provisioner/confidential/secretvalue.h"
#include "provisioner/model/connectorproperties.h"
#include "provisioner/model/provisionerkeys.h"
#include "provisioner/provisionertext.h"
#include "provisioner/rules/rulecheck.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr Rule unknownKey {
    "HK101",
    Severity::Warning,
    RuleStage::Shape,
    QT_TRANSLATE_NOOP("Rule", "Unknown top-level key"),
    QT_TRANSLATE_NOOP("Rule", "IDM silently ignores it; what it was to set keeps its default."),
    QT_TRANSLATE_NOOP("Rule", "Correct the spelling, letter case counts; or remove it."),
    "idm-connector 2.2",
    {"/poolConfigOptions", R"({"maxObjects": 10})", nullptr},
    true,
};

constexpr Rule blockKind {
    "HK103",
    Severity::Error,
    RuleStage::Shape,
    QT_TRANSLATE_NOOP("Rule", "Block of the wrong kind"),
    QT_TRANSLATE_NOOP("Rule", "IDM cannot read the block, and the connector does not start."),
    QT_TRANSLATE_NOOP("Rule", "Write an object in curly brackets, for systemActions an array."),
    "idm-connector 2.2 to 2.7",
    {"/operationOptions", "[]", "{}"},
};

constexpr Rule skippedBlock {
    "HK115",
    Severity::Warning,
    RuleStage::Shape,
    QT_TRANSLATE_NOOP("Rule", "Block of the wrong kind that IDM skips"),
    QT_TRANSLATE_NOOP("Rule", "IDM silently skips the block, and the defaults hold."),
    QT_TRANSLATE_NOOP("Rule", "Write an object in curly brackets."),
    "idm-connector 2.4, OpenIDM 6.3.0: pool, handlers, time-outs",
    {"/poolConfigOption", "[]", "{}"},
};

constexpr Rule referenceMissing {
    "HK104",
    Severity::Error,
    RuleStage::Shape,
    QT_TRANSLATE_NOOP("Rule", "Missing connectorRef"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "IDM does not know which connector to start. At the next start of the server the file also "
        "keeps"
        " other connectors from being loaded."),
    QT_TRANSLATE_NOOP("Rule", "Add connectorRef with bundleName, bundleVersion and connectorName."),
    "idm-connector 2.3",
    {"/connectorRef", nullptr,
     R"json({"bundleName": "org.forgerock.openicf.connectors.hubspot-connector",
        "bundleVersion": "[1.5.0.0,1.6.0.0)",
        "connectorName": "org.forgerock.openicf.connectors.hubspot.HubspotConnector"})json"},
    true,
};

constexpr Rule propertiesMissing {
    "HK105",
    Severity::Error,
    RuleStage::Shape,
    QT_TRANSLATE_NOOP("Rule", "Missing configurationProperties"),
    QT_TRANSLATE_NOOP("Rule", "The object is required: without it the connector does not start."),
    QT_TRANSLATE_NOOP("Rule",
                      "Add configurationProperties with clientId, clientSecret and refreshToken."),
    "idm-connector 2.5",
    {"/configurationProperties", nullptr,
     R"({"clientId": "3f8a1c52-7b1e-4a6d-9c0e-5d2f6b7a8c91",
        "clientSecret": "&{hubspot.client.secret}", "refreshToken": "&{hubspot.refresh.token}"})"},
};

constexpr Rule switchKind {
    "HK106",
    Severity::Error,
    RuleStage::Shape,
    QT_TRANSLATE_NOOP("Rule", "Switch that is neither true nor false"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "IDM reads a boolean here and refuses a text or a number; the connector does not start."),
    QT_TRANSLATE_NOOP("Rule", "Write true or false without quotes."),
    "idm-connector 2.2",
    {"/enabled", R"("true")", "true"},
    true,
};

constexpr Rule unreadSwitch {
    "HK117",
    Severity::Warning,
    RuleStage::Shape,
    QT_TRANSLATE_NOOP("Rule", "Switch of another kind that OpenIDM does not read"),
    QT_TRANSLATE_NOOP("Rule",
                      "OpenIDM of the community reads neither connectorPoolingSupported nor "
                      "excludeUnmodified; the"
                      " commercial server refuses this value."),
    QT_TRANSLATE_NOOP("Rule", "Write true or false without quotes, or remove it."),
    "OpenIDM 6.3.0: top level",
    {"/connectorPoolingSupported", R"("true")", "true", ServerProfile::Community},
    true,
};

constexpr Rule disabled {
    "HK107",
    Severity::Info,
    RuleStage::Shape,
    QT_TRANSLATE_NOOP("Rule", "Connector that is switched off"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "IDM reads the file, but does not start the connector; calls are answered with 503."),
    QT_TRANSLATE_NOOP("Rule", "Set enabled to true when the secrets are in place."),
    "idm-connector 2.2, 2.11",
    {"/enabled", "false", "true"},
    false,
    {{},
     QT_TRANSLATE_NOOP("Rule",
                       "OpenIDM reads the file and does not register the connector; calls are "
                       "answered with 404."),
     nullptr},
};

constexpr Rule bufferSizeName {
    "HK108",
    Severity::Warning,
    RuleStage::Shape,
    QT_TRANSLATE_NOOP("Rule", "Buffer size under the name of the other server"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "The commercial server reads producerBufferSize, community OpenIDM reads bufferSize; each"
        " ignores the other name."),
    QT_TRANSLATE_NOOP("Rule", "Use the name of the server the file is for."),
    "idm-connector 2.2",
    {"/bufferSize", "100", nullptr},
    true,
};

constexpr Rule bufferSizeValue {
    "HK109",
    Severity::Error,
    RuleStage::Shape,
    QT_TRANSLATE_NOOP("Rule", "Buffer size that is not a number"),
    QT_TRANSLATE_NOOP("Rule",
                      "IDM reads a number of objects here; with a value of another kind the "
                      "connector does not become"
                      " active."),
    QT_TRANSLATE_NOOP("Rule", "Write a whole number of at least 1, without quotes."),
    "idm-connector 2.2, OpenIDM 6.3.0: top level",
    {"/producerBufferSize", R"("100")", "100"},
};

constexpr Rule bufferSizeRange {
    "HK116",
    Severity::Warning,
    RuleStage::Shape,
    QT_TRANSLATE_NOOP("Rule", "Buffer size that is not a positive whole number"),
    QT_TRANSLATE_NOOP(
        "Rule", "IDM takes the number and does something else than to buffer so many objects."),
    QT_TRANSLATE_NOOP("Rule", "Write a whole number of at least 1."),
    "idm-connector 2.2, OpenIDM 6.3.0: top level",
    {"/producerBufferSize", "0", "100"},
};

constexpr Rule textKind {
    "HK110",
    Severity::Warning,
    RuleStage::Shape,
    QT_TRANSLATE_NOOP("Rule", "Description that is not a text"),
    QT_TRANSLATE_NOOP(
        "Rule", "These keys are for people; the Admin UI shows a wrong kind badly or not at all."),
    QT_TRANSLATE_NOOP("Rule", "Write a text in double quotes."),
    "idm-connector 2.2",
    {"/displayName", "{}", R"("HubSpot")"},
};

constexpr Rule objectTypesMissing {
    "HK111",
    Severity::Error,
    RuleStage::Shape,
    QT_TRANSLATE_NOOP("Rule", "Missing objectTypes"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "The connector starts and offers nothing: its test succeeds, and every call to"
        " system/<name>/contact is answered with 404."),
    QT_TRANSLATE_NOOP("Rule", "Add the object types of the sample."),
    "idm-connector 2.6",
    {"/objectTypes", nullptr, R"({"contact": {"nativeType": "contact", "properties":
        {"email": {"type": "string"}}}})"},
};

constexpr Rule misplacedProperty {
    "HK112",
    Severity::Warning,
    RuleStage::Shape,
    QT_TRANSLATE_NOOP("Rule", "Property of the connector at the top"),
    QT_TRANSLATE_NOOP("Rule",
                      "IDM ignores it there; the connector gets its properties from "
                      "configurationProperties alone."),
    QT_TRANSLATE_NOOP("Rule", "Move it into configurationProperties."),
    "idm-connector 2.2, 2.5",
    {"/httpProxyHost", "null", nullptr},
    true,
};

constexpr Rule misplacedReference {
    "HK113",
    Severity::Warning,
    RuleStage::Shape,
    QT_TRANSLATE_NOOP("Rule", "Part of connectorRef at the top"),
    QT_TRANSLATE_NOOP("Rule", "IDM ignores it there and looks into connectorRef alone."),
    QT_TRANSLATE_NOOP("Rule", "Move it into connectorRef."),
    "idm-connector 2.2, 2.3",
    {"/connectorHostRef", R"("#LOCAL")", nullptr},
    true,
};

constexpr Rule limitsUnknown {
    "HK114",
    Severity::Warning,
    RuleStage::Shape,
    QT_TRANSLATE_NOOP("Rule", "Rate limits for a server that has none"),
    QT_TRANSLATE_NOOP("Rule",
                      "operationRateLimits came with framework 1.5.20.26 of the commercial server; "
                      "community OpenIDM"
                      " ignores it."),
    QT_TRANSLATE_NOOP("Rule", "Remove it, or limit the connector with permitsPerSecond."),
    "idm-connector 2.2, 7",
    {"/operationRateLimits", "{}", nullptr, ServerProfile::Community},
    true,
};

constexpr const Rule *allShapeRules[] {
    &unknownKey,    &blockKind,          &referenceMissing,  &propertiesMissing,
    &switchKind,    &disabled,           &bufferSizeName,    &bufferSizeValue,
    &textKind,      &objectTypesMissing, &misplacedProperty, &misplacedReference,
    &limitsUnknown, &skippedBlock,       &bufferSizeRange,   &unreadSwitch,
};

const ProvisionerKey *keyOf(const QString &name)
{
    for (const ProvisionerKey &key : provisionerKeys()) {
        if (name == QLatin1StringView(key.name))
            return &key;
    }
    return nullptr;
}

/// Takes a member out of the top and puts it into a block, if there is one without it.
std::optional<Fix> moveInto(RuleCheck &check, int member, const QString &block)
{
    const JsonText &text = check.text;
    const int target = text.at(u'/' + block);
    const QString key = text.keyOf(member);
    if (!check.isKind(target, JsonKind::Object) || text.member(target, key) != JsonText::none)
        return {};
    return Fix {ProvisionerText::tr("Move to %1").arg(block),
                {removeChild(text, member), appendMember(text, target, key, text.rawOf(member))}};
}

void checkUnknownKey(RuleCheck &check, int member, const QStringList &known)
{
    const QString key = check.text.keyOf(member);
    if (connectorProperty(key) != nullptr) {
        check.reportKey(
            misplacedProperty, member,
            ProvisionerText::tr("%1 is at the top of the file, not in configurationProperties.")
                .arg(key),
            moveInto(check, member, u"configurationProperties"_s));
    } else if (connectorRefKeys().contains(key)) {
        check.reportKey(
            misplacedReference, member,
            ProvisionerText::tr("%1 is at the top of the file, not in connectorRef.").arg(key),
            moveInto(check, member, u"connectorRef"_s));
    } else {
        check.reportUnknownKey(unknownKey, member, known, ProvisionerText::tr("top-level key"));
    }
}

void checkOnOff(RuleCheck &check, int node)
{
    const QJsonValue meant = converted(PropertyType::Boolean, check.text.valueOf(node));
    std::optional<Fix> fix;
    if (meant.isBool()) {
        const QByteArray json = meant.toBool() ? "true" : "false";
        fix = Fix {ProvisionerText::tr("Write %1").arg(QLatin1StringView(json)),
                   {replaceValue(check.text, node, json)}};
    }
    const bool isUnread = check.isCommunity() && check.text.keyOf(node) != "enabled"_L1;
    check.report(isUnread ? unreadSwitch : switchKind, node,
                 ProvisionerText::tr("%1 is %2; it has to be true or false, without quotes.")
                     .arg(check.text.keyOf(node), check.shown(node)),
                 std::move(fix));
}

/// Keys whose value has a rule of its own: one cause, one finding.
bool isJudgedElsewhere(const RuleCheck &check, const QString &key)
{
    return key.startsWith(u'_') || (check.isCommunity() && key == "name"_L1);
}

void checkBufferSize(RuleCheck &check, int node)
{
    const bool isNumber = check.isKind(node, JsonKind::Number);
    bool isWhole = false;
    const qlonglong size = check.text.rawOf(node).toLongLong(&isWhole);
    if (!isNumber || !isWhole || size < 1)
        check.report(isNumber ? bufferSizeRange : bufferSizeValue, node,
                     ProvisionerText::tr(
                         "The buffer size is %1; it has to be a number of objects, from 1 on.")
                         .arg(check.shown(node)));
}

/// Whether IDM goes on without a block that it cannot read; any other stops the connector.
bool isSkippable(const QString &block)
{
    static const QStringList names {u"poolConfigOption"_s, u"resultsHandlerConfig"_s,
                                    u"operationTimeout"_s, u"syncFailureHandler"_s,
                                    u"operationRateLimits"_s};
    return names.contains(block);
}

/// A text is not a block, whatever is substituted in it; only a coercion object makes one of it.
void checkBlockKind(RuleCheck &check, const ProvisionerKey &key, int node)
{
    const QString name = QString::fromLatin1(key.name);
    const bool isNothing = check.isKind(node, JsonKind::Null)
        || check.isKind(node, JsonKind::Invalid) || check.isKind(node, key.kind);
    const bool isCoerced = isSubstituted(check.text, node) && check.isKind(node, JsonKind::Object)
        && !check.isCommunity();
    if (isNothing || isCoerced)
        return;
    check.report(isSkippable(name) ? skippedBlock : blockKind, node,
                 key.kind == JsonKind::Array
                     ? ProvisionerText::tr("%1 is not an array.").arg(name)
                     : ProvisionerText::tr("%1 is not an object.").arg(name));
}

void checkKind(RuleCheck &check, const ProvisionerKey &key, int node)
{
    const QString name = QString::fromLatin1(key.name);
    const bool isBufferSize = key.kind == JsonKind::Number;
    if (isBufferSize && check.isCommunity() && check.isKind(node, JsonKind::Null))
        return check.report(bufferSizeValue, node, ProvisionerText::tr("The buffer size is null."));
    if (key.kind == JsonKind::Object || key.kind == JsonKind::Array)
        return checkBlockKind(check, key, node);
    if (!check.isGiven(node))
        return;
    const bool isRight = check.isKind(node, key.kind);
    switch (key.kind) {
    case JsonKind::Number:
        return checkBufferSize(check, node);
    case JsonKind::Boolean:
        return isRight ? void() : checkOnOff(check, node);
    case JsonKind::String:
        if (!isRight && !isJudgedElsewhere(check, name))
            check.report(
                textKind, node,
                ProvisionerText::tr("%1 is %2; it has to be a text.").arg(name, check.shown(node)));
        return;
    default:
        return;
    }
}

void checkOtherServer(RuleCheck &check, int node)
{
    const bool isCommunity = check.options.profile == ServerProfile::Community;
    const QString key = check.text.keyOf(node);
    if (key == "operationRateLimits"_L1) {
        return check.reportKey(limitsUnknown, node,
                               ProvisionerText::tr("The file has operationRateLimits."),
                               Fix {ProvisionerText::tr("Remove operationRateLimits"),
                                    {removeChild(check.text, node)},
                                    false});
    }
    const QString right = isCommunity ? u"bufferSize"_s : u"producerBufferSize"_s;
    std::optional<Fix> fix;
    if (check.text.member(check.text.root(), right) == JsonText::none)
        fix = Fix {ProvisionerText::tr("Rename to %1").arg(right),
                   {renameKey(check.text, node, right)}};
    check.reportKey(bufferSizeName, node,
                    ProvisionerText::tr("%1 is read by the %2 server.")
                        .arg(key, isCommunity ? u"commercial"_s : u"community"_s),
                    std::move(fix));
}

void checkTopMembers(RuleCheck &check)
{
    const bool isCommunity = check.options.profile == ServerProfile::Community;
    const QStringList known = provisionerKeyNames(check.options.profile);
    for (const int member : check.children(check.text.root())) {
        const ProvisionerKey *key = keyOf(check.text.keyOf(member));
        if (check.deepMembers().contains(member) && key == nullptr)
            continue; // Reported for its depth.
        if (key == nullptr) {
            checkUnknownKey(check, member, known);
            continue;
        }
        // What a server never reads can be of any kind.
        if (isCommunity ? !key->community : !key->commercial)
            checkOtherServer(check, member);
        else
            checkKind(check, *key, member);
    }
}

bool isAbsent(const RuleCheck &check, QLatin1StringView block)
{
    const int node = check.member(check.text.root(), block);
    return node == JsonText::none || check.isKind(node, JsonKind::Null);
}

void checkMissingBlocks(RuleCheck &check)
{
    const int root = check.text.root();
    if (isAbsent(check, "connectorRef"_L1)) {
        std::optional<Fix> fix;
        if (check.member(root, "connectorRef"_L1) == JsonText::none) {
            const QString reference =
                u"{\"bundleName\": \"%1\", \"bundleVersion\": \"%2\", \"connectorName\": \"%3\"}"_s
                    .arg(connector::bundleName, connector::usualVersions, connector::connectorName);
            fix = Fix {ProvisionerText::tr("Add the reference to the HubSpot connector"),
                       {appendMember(check.text, root, u"connectorRef"_s, reference.toUtf8())},
                       false};
        }
        check.reportMissing(referenceMissing, root,
                            ProvisionerText::tr("The file has no connectorRef."), std::move(fix));
    }
    if (isAbsent(check, "configurationProperties"_L1)) {
        check.reportMissing(propertiesMissing, root,
                            ProvisionerText::tr("The file has no configurationProperties."));
    }
    if (isAbsent(check, "objectTypes"_L1))
        check.reportMissing(objectTypesMissing, root,
                            ProvisionerText::tr("The file has no objectTypes."));
}

void checkEnabled(RuleCheck &check)
{
    const int enabled = check.find(u"/enabled"_s, JsonKind::Boolean);
    if (enabled != JsonText::none && check.text.rawOf(enabled) == "false")
        check.report(disabled, enabled, ProvisionerText::tr("The connector is switched off."));
}

void checkShapeRules(RuleCheck &check)
{
    checkTopMembers(check);
    if (check.isWhole())
        checkMissingBlocks(check);
    checkEnabled(check);
}

} // namespace

const RuleSet &shapeRules()
{
    static constexpr RuleSet set {allShapeRules, checkShapeRules};
    return set;
}

} // namespace hubkeeper
