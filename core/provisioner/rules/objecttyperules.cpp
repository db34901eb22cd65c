// SPDX-License-Identifier: MIT
#include "provisioner/model/objecttypes.h"
#include "provisioner/provisionertext.h"
#include "provisioner/rules/rulecheck.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr Rule noObjectTypes {
    "HK600",
    Severity::Error,
    RuleStage::ObjectTypes,
    QT_TRANSLATE_NOOP("Rule", "No object types"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "The connector becomes active and offers nothing: its test succeeds, and every call to"
        " system/<name>/contact is answered with 404."),
    QT_TRANSLATE_NOOP("Rule", "Add object types, from the shipped file or from the live schema."),
    "idm-connector 2.6",
    {"/objectTypes", "{}",
     R"({"contact": {"nativeType": "contact", "properties":
         {"vid": {"type": "string", "nativeName": "__NAME__"}}}})"},
};

constexpr Rule typeIsNoObject {
    "HK601",
    Severity::Error,
    RuleStage::ObjectTypes,
    QT_TRANSLATE_NOOP("Rule", "Object type that is not an object"),
    QT_TRANSLATE_NOOP(
        "Rule", "IDM cannot read the object types, and the connector does not become active."),
    QT_TRANSLATE_NOOP("Rule", "Write an object with nativeType and properties."),
    "idm-connector 2.6",
    {"/objectTypes/company", R"("company")",
     R"({"nativeType": "company", "properties":
         {"companyId": {"type": "string", "nativeName": "__NAME__",
                        "flags": ["NOT_CREATABLE", "NOT_UPDATEABLE"]}}})"},
};

constexpr Rule noNativeType {
    "HK602",
    Severity::Error,
    RuleStage::ObjectTypes,
    QT_TRANSLATE_NOOP("Rule", "Object type without nativeType"),
    QT_TRANSLATE_NOOP("Rule",
                      "IDM does not know which object class of the connector is meant and refuses "
                      "the configuration."),
    QT_TRANSLATE_NOOP("Rule", "Add nativeType with the connector's name of the class."),
    "idm-connector 2.6",
    {"/objectTypes/contact/nativeType", nullptr, R"("contact")"},
    true,
};

constexpr Rule badNativeType {
    "HK603",
    Severity::Error,
    RuleStage::ObjectTypes,
    QT_TRANSLATE_NOOP("Rule", "nativeType that is not a name"),
    QT_TRANSLATE_NOOP("Rule",
                      "IDM does not know which object class of the connector is meant and refuses "
                      "the configuration."),
    QT_TRANSLATE_NOOP("Rule", "Write the connector's name of the class in double quotes."),
    "idm-connector 2.6",
    {"/objectTypes/contact/nativeType", R"(" ")", R"("contact")"},
};

constexpr Rule noProperties {
    "HK604",
    Severity::Error,
    RuleStage::ObjectTypes,
    QT_TRANSLATE_NOOP("Rule", "Object type without properties"),
    QT_TRANSLATE_NOOP("Rule",
                      "IDM requires the attributes of every object type but __ALL__ and refuses "
                      "the configuration."),
    QT_TRANSLATE_NOOP("Rule", "Add the object \"properties\" with the attributes."),
    "idm-connector 2.6",
    {"/objectTypes/contact/properties", nullptr,
     R"({"vid": {"type": "string", "nativeName": "__NAME__"}})"},
};

constexpr Rule badProperties {
    "HK605",
    Severity::Error,
    RuleStage::ObjectTypes,
    QT_TRANSLATE_NOOP("Rule", "properties that is not an object"),
    QT_TRANSLATE_NOOP("Rule", "IDM cannot read the attributes and refuses the configuration."),
    QT_TRANSLATE_NOOP("Rule", "Write an object with an attribute under each name."),
    "idm-connector 2.6",
    {"/objectTypes/contact/properties", R"(["email"])",
     R"({"vid": {"type": "string", "nativeName": "__NAME__"}})"},
};

constexpr Rule allWithProperties {
    "HK606",
    Severity::Error,
    RuleStage::ObjectTypes,
    QT_TRANSLATE_NOOP("Rule", "__ALL__ with properties"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "__ALL__ stands for every object class and may have no attributes; IDM refuses the"
        " configuration."),
    QT_TRANSLATE_NOOP("Rule",
                      "Remove the properties, or the whole entry: IDM adds __ALL__ by itself."),
    "idm-connector 2.6",
    {"/objectTypes/__ALL__",
     R"({"nativeType": "__ALL__", "properties": {"a": {"type": "string"}}})",
     R"({"nativeType": "__ALL__"})"},
    true,
};

constexpr Rule emptyProperties {
    "HK607",
    Severity::Warning,
    RuleStage::ObjectTypes,
    QT_TRANSLATE_NOOP("Rule", "Object type without attributes"),
    QT_TRANSLATE_NOOP("Rule", "Objects are found but have nothing except their id."),
    QT_TRANSLATE_NOOP("Rule", "Add the attributes, from the shipped file or from the live schema."),
    "idm-connector 2.6",
    {"/objectTypes/contact/properties", "{}",
     R"({"vid": {"type": "string", "nativeName": "__NAME__"}})"},
};

constexpr Rule otherId {
    "HK608",
    Severity::Info,
    RuleStage::ObjectTypes,
    QT_TRANSLATE_NOOP("Rule", "id of an object type differs from its key"),
    QT_TRANSLATE_NOOP("Rule", "Nothing: IDM uses the key, id is for people."),
    QT_TRANSLATE_NOOP("Rule", "Give both the same name if one was meant."),
    "idm-connector 2.6",
    {"/objectTypes/contact/id", R"("contacts")", R"("contact")"},
    true,
};

constexpr Rule unknownTypeMember {
    "HK609",
    Severity::Warning,
    RuleStage::ObjectTypes,
    QT_TRANSLATE_NOOP("Rule", "Unknown member of an object type"),
    QT_TRANSLATE_NOOP("Rule", "IDM ignores it."),
    QT_TRANSLATE_NOOP("Rule", "Correct the spelling, or remove it."),
    "idm-connector 2.6",
    {"/objectTypes/contact/propertys", "{}", nullptr},
};

constexpr Rule classTwice {
    "HK610",
    Severity::Info,
    RuleStage::ObjectTypes,
    QT_TRANSLATE_NOOP("Rule", "Two object types for one object class"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "Both work on the same objects of HubSpot; two mappings may undo each other's work."),
    QT_TRANSLATE_NOOP("Rule", "Keep one of them, unless two views of the same objects are wanted."),
    "idm-connector 2.6",
    {"/objectTypes/people",
     R"({"nativeType": "contact", "properties":
         {"vid": {"type": "string", "nativeName": "__NAME__",
                  "flags": ["NOT_CREATABLE", "NOT_UPDATEABLE"]}}})",
     R"({"nativeType": "company", "properties":
         {"companyId": {"type": "string", "nativeName": "__NAME__",
                        "flags": ["NOT_CREATABLE", "NOT_UPDATEABLE"]}}})"},
};

constexpr Rule notTypeObject {
    "HK611",
    Severity::Info,
    RuleStage::ObjectTypes,
    QT_TRANSLATE_NOOP("Rule", "Object type whose type is not \"object\""),
    QT_TRANSLATE_NOOP("Rule", "Nothing: IDM treats every object type as an object."),
    QT_TRANSLATE_NOOP("Rule",
                      "Write \"object\", so that other tools that read the schema are not misled."),
    "idm-connector 2.6",
    {"/objectTypes/contact/type", R"("array")", R"("object")"},
    true,
};

constexpr Rule noNameAttribute {
    "HK612",
    Severity::Info,
    RuleStage::ObjectTypes,
    QT_TRANSLATE_NOOP("Rule", "Object type without naming attribute"),
    QT_TRANSLATE_NOOP("Rule",
                      "No attribute shows __NAME__, which every object of a connector has."),
    QT_TRANSLATE_NOOP("Rule", "Map one attribute to __NAME__ if a mapping needs it."),
    "idm-connector 2.6, 4",
    {"/objectTypes/contact/properties/vid", nullptr,
     R"({"type": "string", "nativeName": "__NAME__", "flags": ["NOT_CREATABLE", "NOT_UPDATEABLE"]})"},
};

constexpr Rule awkwardKey {
    "HK613",
    Severity::Warning,
    RuleStage::ObjectTypes,
    QT_TRANSLATE_NOOP("Rule", "Name of an object type that does not fit an address"),
    QT_TRANSLATE_NOOP("Rule",
                      "The objects are at system/<name>/<object type>; a slash, a blank or a sign "
                      "of the query makes"
                      " the address mean something else."),
    QT_TRANSLATE_NOOP("Rule", "Use letters, digits, dashes and underscores."),
    "idm-connector 2.1",
    {"/objectTypes/my contact",
     R"({"nativeType": "company", "properties":
         {"companyId": {"type": "string", "nativeName": "__NAME__"}}})",
     nullptr},
};

constexpr const Rule *allObjectTypeRules[] {
    &noObjectTypes, &typeIsNoObject,    &noNativeType,    &badNativeType, &noProperties,
    &badProperties, &allWithProperties, &emptyProperties, &otherId,       &unknownTypeMember,
    &classTwice,    &notTypeObject,     &noNameAttribute, &awkwardKey,
};

const QStringList &knownTypeMembers()
{
    static const QStringList known {u"$schema"_s,    u"id"_s,    u"type"_s,       u"nativeType"_s,
                                    u"properties"_s, u"title"_s, u"description"_s};
    return known;
}

bool fitsAddress(const QString &key)
{
    return !key.isEmpty() && std::all_of(key.begin(), key.end(), [](QChar c) {
        return c.isLetterOrNumber() || c == u'_' || c == u'-' || c == u'.';
    });
}

void checkTypeMembers(RuleCheck &check, int type)
{
    for (const int member : check.children(type)) {
        if (!knownTypeMembers().contains(check.text.keyOf(member)))
            check.reportUnknownKey(unknownTypeMember, member, knownTypeMembers(),
                                   ProvisionerText::tr("member of an object type"));
    }
}

void checkNativeType(RuleCheck &check, int type, const QString &key)
{
    const int nativeType = check.member(type, "nativeType"_L1);
    if (nativeType != JsonText::none) {
        const bool isName = check.isKind(nativeType, JsonKind::String)
            && !check.text.stringOf(nativeType).trimmed().isEmpty();
        if (!isName)
            check.report(
                badNativeType, nativeType,
                ProvisionerText::tr("nativeType of %1 is not a name.").arg(shownName(key)));
        return;
    }
    std::optional<Fix> fix;
    if (shippedObjectType(key) || key == "__ALL__"_L1)
        fix = Fix {ProvisionerText::tr("Add nativeType %1").arg(shownName(key)),
                   {appendMember(check.text, type, u"nativeType"_s, jsonQuoted(key))}};
    if (check.isWhole())
        check.reportMissing(noNativeType, type,
                            ProvisionerText::tr("%1 has no nativeType.").arg(shownName(key)),
                            std::move(fix));
}

bool isAll(const RuleCheck &check, int type, const QString &key)
{
    const int nativeType = check.member(type, "nativeType"_L1);
    return key == "__ALL__"_L1
        || (nativeType != JsonText::none && check.text.stringOf(nativeType) == "__ALL__"_L1);
}

void checkAttributeName(RuleCheck &check, int properties, const QString &key)
{
    for (const int attribute : check.children(properties)) {
        const int native = check.member(attribute, "nativeName"_L1);
        const QString name =
            native == JsonText::none ? check.text.keyOf(attribute) : check.text.stringOf(native);
        if (name == "__NAME__"_L1)
            return;
    }
    check.reportKey(noNameAttribute, properties,
                    ProvisionerText::tr("No attribute of %1 is __NAME__.").arg(shownName(key)));
}

void checkProperties(RuleCheck &check, int type, const QString &key)
{
    const int properties = check.member(type, "properties"_L1);
    if (isAll(check, type, key)) {
        if (properties != JsonText::none)
            check.reportKey(allWithProperties, properties,
                            ProvisionerText::tr("%1 has properties.").arg(shownName(key)),
                            Fix {ProvisionerText::tr("Remove the properties"),
                                 {removeChild(check.text, properties)}});
        return;
    }
    if (properties == JsonText::none) {
        if (check.isWhole())
            check.reportMissing(noProperties, type,
                                ProvisionerText::tr("%1 has no properties.").arg(shownName(key)));
    } else if (!check.isKind(properties, JsonKind::Object)) {
        check.report(
            badProperties, properties,
            ProvisionerText::tr("The properties of %1 are not an object.").arg(shownName(key)));
    } else if (check.text.node(properties).childCount == 0) {
        check.reportKey(emptyProperties, properties,
                        ProvisionerText::tr("%1 has no attributes.").arg(shownName(key)));
    } else if (check.isWhole()) {
        checkAttributeName(check, properties, key);
    }
}

void checkLabels(RuleCheck &check, int type, const QString &key)
{
    const int id = check.member(type, "id"_L1);
    if (id != JsonText::none && check.text.stringOf(id) != key)
        check.report(otherId, id,
                     ProvisionerText::tr("The id of %1 is %2, not its key.")
                         .arg(shownName(key), check.shown(id)),
                     Fix {ProvisionerText::tr("Set id to %1").arg(shownName(key)),
                          {replaceValue(check.text, id, jsonQuoted(key))}});
    const int kind = check.member(type, "type"_L1);
    if (kind != JsonText::none && check.text.stringOf(kind) != "object"_L1)
        check.report(notTypeObject, kind,
                     ProvisionerText::tr("The type of %1 is %2, not object.")
                         .arg(shownName(key), check.shown(kind)),
                     Fix {ProvisionerText::tr("Set type to object"),
                          {replaceValue(check.text, kind, "\"object\"")}});
}

void checkType(RuleCheck &check, int type)
{
    const QString key = check.text.keyOf(type);
    if (!check.isKind(type, JsonKind::Object))
        return check.report(typeIsNoObject, type,
                            ProvisionerText::tr("%1 is not an object.").arg(shownName(key)));
    if (!fitsAddress(key)) {
        check.reportKey(
            awkwardKey, type,
            key.isEmpty()
                ? ProvisionerText::tr("An object type has no name, so no address leads"
                                      " to its objects.")
                : ProvisionerText::tr("An object type is called \"%1\".").arg(key.left(60)));
        if (key.isEmpty()) // Others are reached with their signs encoded.
            check.setSeverityOfLast(awkwardKey, Severity::Error);
    }
    checkTypeMembers(check, type);
    checkNativeType(check, type, key);
    checkProperties(check, type, key);
    checkLabels(check, type, key);
}

void checkClassTwice(RuleCheck &check)
{
    QSet<QString> seen;
    for (const DeclaredObjectType &type : check.objectTypes()) {
        if (seen.contains(type.nativeType))
            check.reportKey(
                classTwice, type.node,
                ProvisionerText::tr("%1 is another object type for the object class %2.")
                    .arg(shownName(type.key), shownName(type.nativeType)));
        seen.insert(type.nativeType);
    }
}

void checkObjectTypeRules(RuleCheck &check)
{
    const int all = check.member(check.text.root(), "objectTypes"_L1);
    if (!check.isKind(all, JsonKind::Object))
        return; // A missing block, or one of the wrong kind, is another finding.
    if (check.text.node(all).childCount == 0)
        check.reportKey(noObjectTypes, all, ProvisionerText::tr("There are no object types."));
    for (const int type : check.children(all))
        checkType(check, type);
    checkClassTwice(check);
}

} // namespace

const RuleSet &objectTypeRules()
{
    static constexpr RuleSet set {allObjectTypeRules, checkObjectTypeRules};
    return set;
}

} // namespace hubkeeper
