// SPDX-License-Identifier: MIT
#include "provisioner/model/connectorproperties.h"
#include "provisioner/provisionertext.h"
#include "provisioner/rules/rulecheck.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr Rule unknownProperty {
    "HK401",
    Severity::Warning,
    RuleStage::Properties,
    QT_TRANSLATE_NOOP("Rule", "Unknown configuration property"),
    QT_TRANSLATE_NOOP("Rule",
                      "IDM silently skips keys the connector does not define; what it was to set "
                      "keeps its default."),
    QT_TRANSLATE_NOOP("Rule", "Correct the spelling, letter case counts; or remove it."),
    "idm-connector 1.2, 2.5",
    {"/configurationProperties",
     R"({"clientID": "3f8a1c52-7b1e-4a6d-9c0e-5d2f6b7a8c91",
        "clientSecret": "&{hubspot.client.secret}", "refreshToken": "&{hubspot.refresh.token}"})",
     R"({"clientId": "3f8a1c52-7b1e-4a6d-9c0e-5d2f6b7a8c91",
        "clientSecret": "&{hubspot.client.secret}", "refreshToken": "&{hubspot.refresh.token}"})"},
    true,
};

constexpr Rule otherSignIn {
    "HK402",
    Severity::Warning,
    RuleStage::Properties,
    QT_TRANSLATE_NOOP("Rule", "Property the connector does not have"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "IDM silently skips it. The connector signs in with clientId, clientSecret and"
        " refreshToken alone and always calls https://api.hubapi.com."),
    QT_TRANSLATE_NOOP("Rule", "Remove it."),
    "idm-connector 1.2",
    {"/configurationProperties/baseUrl", R"("https://api.hubapi.com")", nullptr},
    true,
};

constexpr Rule notConvertible {
    "HK403",
    Severity::Error,
    RuleStage::Properties,
    QT_TRANSLATE_NOOP("Rule", "Value that IDM cannot convert"),
    QT_TRANSLATE_NOOP("Rule",
                      "IDM converts every value to the type of the property; where that fails the "
                      "connector does not"
                      " become active. 10.0 and 1e1 are not whole numbers, \" 10 \" is not a "
                      "number, and a secret is "
                      "a"
                      " text."),
    QT_TRANSLATE_NOOP("Rule", "Write a value of the type named."),
    "idm-connector 2.5",
    {"/configurationProperties/maximumConnections", R"("ten")", "10"},
};

constexpr Rule nullPrimitive {
    "HK414",
    Severity::Error,
    RuleStage::Properties,
    QT_TRANSLATE_NOOP("Rule", "null for a property that is true or false"),
    QT_TRANSLATE_NOOP(
        "Rule", "null cannot become a Java boolean, and the connector does not become active."),
    QT_TRANSLATE_NOOP("Rule", "Write true or false, or remove the property."),
    "idm-connector 1.2, OpenIDM 6.3.0: configurationProperties",
    {"/configurationProperties/acceptSelfSignedCertificates", "null", "false"},
    true,
};

constexpr Rule nullForDefault {
    "HK415",
    Severity::Warning,
    RuleStage::Properties,
    QT_TRANSLATE_NOOP("Rule", "null where the default was meant"),
    QT_TRANSLATE_NOOP("Rule",
                      "null replaces the default: the connector gets no value at all, which it may "
                      "not be able to "
                      "work"
                      " with."),
    QT_TRANSLATE_NOOP("Rule", "Write the value, or remove the property to have its default."),
    "idm-connector 1.2, OpenIDM 6.3.0: configurationProperties",
    {"/configurationProperties/readSchema", "null", "false"},
    true,
};

constexpr Rule quotedValue {
    "HK404",
    Severity::Info,
    RuleStage::Properties,
    QT_TRANSLATE_NOOP("Rule", "Number or boolean in quotes"),
    QT_TRANSLATE_NOOP("Rule", "IDM converts it; shipped files do the same."),
    QT_TRANSLATE_NOOP("Rule", "Write it without quotes, as other tools expect it."),
    "idm-connector 1.2, 2.5",
    {"/configurationProperties/permitsPerSecond", R"("6")", "6"},
    true,
};

constexpr Rule looseValue {
    "HK405",
    Severity::Info,
    RuleStage::Properties,
    QT_TRANSLATE_NOOP("Rule", "Value of another type than the property"),
    QT_TRANSLATE_NOOP("Rule",
                      "IDM converts it: 0 and 1 to false and true for readSchema, true to 1, a "
                      "number to a text."),
    QT_TRANSLATE_NOOP("Rule", "Write the value in the property's own type."),
    "idm-connector 2.5",
    {"/configurationProperties/readSchema", "0", "false"},
    true,
};

constexpr Rule requiredMissing {
    "HK406",
    Severity::Error,
    RuleStage::Properties,
    QT_TRANSLATE_NOOP("Rule", "Missing required property"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "The connector refuses its configuration, so the test fails and IDM does not start it."),
    QT_TRANSLATE_NOOP(
        "Rule", "Enter the value; all three come from the HubSpot app and its authorization."),
    "idm-connector 1.2",
    {"/configurationProperties/clientId", nullptr, R"("3f8a1c52-7b1e-4a6d-9c0e-5d2f6b7a8c91")"},
};

constexpr Rule requiredStillMissing {
    "HK407",
    Severity::Info,
    RuleStage::Properties,
    QT_TRANSLATE_NOOP("Rule", "Required property not entered yet"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "Nothing as long as the connector is switched off; switched on, it would refuse its"
        " configuration."),
    QT_TRANSLATE_NOOP("Rule", "Enter the value before enabled is set to true."),
    "idm-connector 1.2, 1.4",
    {"", R"({"enabled": false, "configurationProperties": {"clientId": null}})",
     R"({"enabled": false, "configurationProperties": {
        "clientId": "3f8a1c52-7b1e-4a6d-9c0e-5d2f6b7a8c91",
        "clientSecret": "&{hubspot.client.secret}", "refreshToken": "&{hubspot.refresh.token}"}})"},
};

constexpr Rule emptyText {
    "HK408",
    Severity::Info,
    RuleStage::Properties,
    QT_TRANSLATE_NOOP("Rule", "Empty text where nothing is meant"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "The connector gets an empty text instead of its default, which it may take for a value."),
    QT_TRANSLATE_NOOP("Rule", "Write null, as the shipped file does."),
    "idm-connector 1.2, 1.4",
    {"/configurationProperties/httpProxyHost", R"("")", "null"},
    true,
};

constexpr Rule blanksAround {
    "HK409",
    Severity::Warning,
    RuleStage::Properties,
    QT_TRANSLATE_NOOP("Rule", "Blanks around a value"),
    QT_TRANSLATE_NOOP("Rule",
                      "IDM passes them on; HubSpot or the proxy compares them like any other "
                      "character and refuses"
                      " the value."),
    QT_TRANSLATE_NOOP("Rule", "Take the blanks out."),
    "idm-connector 2.5",
    {"/configurationProperties/clientId", R"(" 3f8a1c52-7b1e-4a6d-9c0e-5d2f6b7a8c91")",
     R"("3f8a1c52-7b1e-4a6d-9c0e-5d2f6b7a8c91")"},
    true,
};

constexpr const Rule *allPropertyRules[] {
    &unknownProperty, &otherSignIn,     &notConvertible,       &quotedValue,
    &looseValue,      &requiredMissing, &requiredStillMissing, &emptyText,
    &blanksAround,    &nullPrimitive,   &nullForDefault,
};

const QStringList &propertyNames()
{
    static const QStringList names = [] {
        QStringList list;
        for (const ConnectorProperty &property : connectorProperties())
            list.append(QString::fromLatin1(property.name));
        return list;
    }();
    return names;
}

/// What files for other connectors and other ways to sign in have, in small letters.
bool isOfOtherSignIn(const QString &key)
{
    static const QStringList names {u"accesstoken"_s,
                                    u"access_token"_s,
                                    u"apikey"_s,
                                    u"api_key"_s,
                                    u"authtoken"_s,
                                    u"baseurl"_s,
                                    u"base_url"_s,
                                    u"hapikey"_s,
                                    u"host"_s,
                                    u"password"_s,
                                    u"port"_s,
                                    u"portalid"_s,
                                    u"redirecturi"_s,
                                    u"scope"_s,
                                    u"scopes"_s,
                                    u"serviceurl"_s,
                                    u"serviceuri"_s,
                                    u"token"_s,
                                    u"tokenurl"_s,
                                    u"tokenendpoint"_s,
                                    u"username"_s,
                                    u"user"_s,
                                    u"granttype"_s,
                                    u"apiversion"_s,
                                    u"url"_s,
                                    u"httpproxyuser"_s,
                                    u"httpproxypassword"_s,
                                    u"httpproxyusername"_s};
    return names.contains(key.toLower());
}

void checkUnknown(RuleCheck &check, int member)
{
    const QString key = check.text.keyOf(member);
    if (isOfOtherSignIn(key)) {
        check.reportKey(
            otherSignIn, member,
            ProvisionerText::tr("The connector has no property %1.").arg(shownName(key)),
            Fix {ProvisionerText::tr("Remove %1").arg(shownName(key)),
                 {removeChild(check.text, member)},
                 false});
    } else {
        check.reportUnknownKey(unknownProperty, member, propertyNames(),
                               ProvisionerText::tr("configuration property"));
    }
}

QString typeName(PropertyType type)
{
    switch (type) {
    case PropertyType::Boolean:
        return ProvisionerText::tr("true or false");
    case PropertyType::Integer:
        return ProvisionerText::tr("a whole number");
    case PropertyType::String:
    case PropertyType::GuardedString:
        return ProvisionerText::tr("a text");
    }
    Q_UNREACHABLE();
}

void reportConvertible(RuleCheck &check, const ConnectorProperty &property, int node,
                       const QJsonValue &value)
{
    const bool isQuoted = check.isKind(node, JsonKind::String);
    const QString name = QString::fromLatin1(property.name);
    const QByteArray json = value.isString() ? jsonQuoted(value.toString())
        : value.isBool()                     ? QByteArray(value.toBool() ? "true" : "false")
                                             : QByteArray::number(value.toInt());
    Fix fix {ProvisionerText::tr("Write it as %1").arg(typeName(property.type)),
             {replaceValue(check.text, node, json)}};
    const QString message = ProvisionerText::tr("%1 is %2; it has to be %3.")
                                .arg(name, check.shown(node), typeName(property.type));
    check.report(isQuoted ? quotedValue : looseValue, node, message, std::move(fix));
}

void checkBlanks(RuleCheck &check, const ConnectorProperty &property, int node)
{
    const QString text = check.text.stringOf(node);
    const QString trimmed = text.trimmed();
    const QString name = QString::fromLatin1(property.name);
    if (property.type == PropertyType::Integer || property.type == PropertyType::Boolean)
        return;
    if (trimmed.isEmpty()) {
        if (!property.required)
            check.report(emptyText, node, ProvisionerText::tr("%1 is an empty text.").arg(name),
                         Fix {ProvisionerText::tr("Change to null"),
                              {replaceValue(check.text, node, "null")}});
        return;
    }
    if (text != trimmed) {
        check.report(blanksAround, node,
                     ProvisionerText::tr("%1 has blanks around its value.").arg(name),
                     Fix {ProvisionerText::tr("Take the blanks out"),
                          {replaceValue(check.text, node, jsonQuoted(trimmed))}});
    }
}

/// Removing the property is what gives the default.
void checkNull(RuleCheck &check, const ConnectorProperty &property, int node)
{
    const QString name = QString::fromLatin1(property.name);
    const QByteArray otherwise = property.defaultJson;
    if (property.required || otherwise == "null")
        return; // Missing is another finding; for the proxy null is the default.
    check.report(property.isPrimitive ? nullPrimitive : nullForDefault, node,
                 ProvisionerText::tr("%1 is null; the default is %2.")
                     .arg(name, QLatin1StringView(otherwise)),
                 Fix {ProvisionerText::tr("Change to %1").arg(QLatin1StringView(otherwise)),
                      {replaceValue(check.text, node, otherwise)},
                      property.isPrimitive});
}

void checkPropertyValue(RuleCheck &check, const ConnectorProperty &property, int node)
{
    if (check.isKind(node, JsonKind::Null))
        return checkNull(check, property, node);
    if (!check.isGiven(node) || check.text.member(node, u"$crypto"_s) != JsonText::none)
        return; // Looked at with the secrets.
    if (check.isKind(node, JsonKind::String))
        checkBlanks(check, property, node);
    const QJsonValue value = check.text.valueOf(node);
    const QJsonValue meant = convertedAt(property, check.text, node);
    if (meant.isUndefined()) {
        const QString shown =
            property.isConfidential() ? ProvisionerText::tr("of another kind") : check.shown(node);
        check.report(notConvertible, node,
                     ProvisionerText::tr("%1 is %2; it has to be %3.")
                         .arg(QLatin1StringView(property.name), shown, typeName(property.type)));
    } else if (meant.type() != value.type()) {
        reportConvertible(check, property, node, meant);
    }
}

bool isSwitchedOff(const RuleCheck &check)
{
    const int enabled = check.text.at(u"/enabled"_s);
    return converted(PropertyType::Boolean, check.text.valueOf(enabled)) == QJsonValue(false);
}

void checkRequired(RuleCheck &check, int properties)
{
    const Rule &rule = isSwitchedOff(check) ? requiredStillMissing : requiredMissing;
    for (const ConnectorProperty &property : connectorProperties()) {
        const QString name = QString::fromLatin1(property.name);
        const int node = check.text.member(properties, name);
        const bool isEmptyText =
            check.isKind(node, JsonKind::String) && check.text.stringOf(node).trimmed().isEmpty();
        if (!property.required
            || (node != JsonText::none && !check.isKind(node, JsonKind::Null) && !isEmptyText))
            continue;
        if (node == JsonText::none)
            check.reportMissing(rule, properties, ProvisionerText::tr("%1 is missing.").arg(name));
        else
            check.report(rule, node, ProvisionerText::tr("%1 is empty.").arg(name));
    }
}

void checkPropertyRules(RuleCheck &check)
{
    const int properties = check.find(u"/configurationProperties"_s, JsonKind::Object);
    if (properties == JsonText::none)
        return;
    for (const int member : check.children(properties)) {
        const ConnectorProperty *property = connectorProperty(check.text.keyOf(member));
        if (property == nullptr)
            checkUnknown(check, member);
        else
            checkPropertyValue(check, *property, member);
    }
    if (check.isWhole())
        checkRequired(check, properties);
}

} // namespace

const RuleSet &propertyRules()
{
    static constexpr RuleSet set {allPropertyRules, checkPropertyRules, false, true};
    return set;
}

} // namespace hubkeeper
