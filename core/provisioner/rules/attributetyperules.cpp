// SPDX-License-Identifier: MIT
#include "base/similarname.h"
#include "provisioner/confidential/secretvalue.h"
#include "provisioner/model/attributetypes.h"
#include "provisioner/model/objecttypes.h"
#include "provisioner/model/provisionerfields.h"
#include "provisioner/provisionertext.h"
#include "provisioner/rules/examples.h"
#include "provisioner/rules/rulecheck.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr Rule noAttributeType {
    "HK621",
    Severity::Error,
    RuleStage::ObjectTypes,
    QT_TRANSLATE_NOOP("Rule", "Attribute without type"),
    QT_TRANSLATE_NOOP("Rule", "IDM requires the type and refuses the configuration."),
    QT_TRANSLATE_NOOP("Rule", "Add type: string, boolean, integer, number, array, object or any."),
    "idm-connector 2.6",
    {emailPlace, R"({"nativeName": "email", "nativeType": "string"})", goodEmail},
    true,
};

constexpr Rule unknownAttributeType {
    "HK622",
    Severity::Error,
    RuleStage::ObjectTypes,
    QT_TRANSLATE_NOOP("Rule", "Unknown type of an attribute"),
    QT_TRANSLATE_NOOP("Rule", "IDM refuses the configuration."),
    QT_TRANSLATE_NOOP(
        "Rule",
        "Use string, boolean, integer, number, array, object or any; IDM also takes the JAVA_TYPE_ "
        "names"
        " of nativeType."),
    "idm-connector 2.6, OpenIDM 6.3.0: objectTypes",
    {emailPlace, R"({"type": "String", "nativeName": "email", "nativeType": "string"})", goodEmail},
    true,
};

constexpr Rule unknownNativeType {
    "HK623",
    Severity::Error,
    RuleStage::ObjectTypes,
    QT_TRANSLATE_NOOP("Rule", "Unknown nativeType of an attribute"),
    QT_TRANSLATE_NOOP("Rule", "IDM finds no Java type for it and refuses the configuration."),
    QT_TRANSLATE_NOOP("Rule",
                      "Use string, boolean, integer or object, or one of the JAVA_TYPE_ names."),
    "idm-connector 2.6",
    {emailPlace, R"({"type": "string", "nativeName": "email", "nativeType": "String"})", goodEmail},
    true,
};

constexpr Rule refusedNativeType {
    "HK627",
    Severity::Error,
    RuleStage::ObjectTypes,
    QT_TRANSLATE_NOOP("Rule", "nativeType that the framework refuses"),
    QT_TRANSLATE_NOOP("Rule",
                      "IDM knows the name, but the framework has no attributes of this type "
                      "(\"Attribute type ... is"
                      " not supported\"), and the connector does not become active. Without "
                      "nativeType the same goes"
                      " for type."),
    QT_TRANSLATE_NOOP("Rule",
                      "Set nativeType to the type of the connector's values, mostly string."),
    "OpenIDM 6.3.0: objectTypes",
    {emailPlace, R"({"type": "any", "nativeName": "email"})", goodEmail},
    true,
};

constexpr Rule nativeArray {
    "HK624",
    Severity::Error,
    RuleStage::ObjectTypes,
    QT_TRANSLATE_NOOP("Rule", "nativeType \"array\""),
    QT_TRANSLATE_NOOP(
        "Rule",
        "No type of the connector framework is an array: nativeType names the type of one value, "
        "and"
        " IDM refuses \"array\", also where it is taken from type because nativeType is missing."),
    QT_TRANSLATE_NOOP("Rule", "Set nativeType to the type of the elements."),
    "idm-connector 2.6",
    {emailPlace, R"({"type": "array", "items": {"type": "string"}, "nativeType": "array"})",
     R"({"type": "array", "items": {"type": "string"}, "nativeType": "string"})"},
    true,
};

constexpr Rule passwordNotGuarded {
    "HK629",
    Severity::Error,
    RuleStage::ObjectTypes,
    QT_TRANSLATE_NOOP("Rule", "__PASSWORD__ that is not a guarded string"),
    QT_TRANSLATE_NOOP("Rule",
                      "The framework takes passwords as guarded strings only, and IDM refuses the "
                      "configuration."),
    QT_TRANSLATE_NOOP("Rule", "Set nativeType to JAVA_TYPE_GUARDEDSTRING."),
    "idm-connector 2.6",
    {"/objectTypes/contact/properties/password",
     R"({"type": "string", "nativeName": "__PASSWORD__", "nativeType": "string"})", nullptr},
    true,
};

constexpr Rule badItems {
    "HK633",
    Severity::Warning,
    RuleStage::ObjectTypes,
    QT_TRANSLATE_NOOP("Rule", "items without the type of the elements"),
    QT_TRANSLATE_NOOP("Rule",
                      "IDM ignores it; whoever reads the schema learns nothing of the elements."),
    QT_TRANSLATE_NOOP("Rule", "Write an object with type and nativeType."),
    "idm-connector 2.6",
    {emailPlace, R"({"type": "array", "items": "string", "nativeType": "string"})", goodEmail},
};

constexpr Rule itemsOfNoArray {
    "HK634",
    Severity::Info,
    RuleStage::ObjectTypes,
    QT_TRANSLATE_NOOP("Rule", "items of an attribute that is not an array"),
    QT_TRANSLATE_NOOP("Rule", "Nothing: the attribute has one value."),
    QT_TRANSLATE_NOOP("Rule", "Remove items, or make the type array."),
    "idm-connector 2.6",
    {emailPlace, R"({"type": "string", "items": {"type": "string"}})", goodEmail},
    true,
};

constexpr Rule defaultOfOtherKind {
    "HK638",
    Severity::Warning,
    RuleStage::ObjectTypes,
    QT_TRANSLATE_NOOP("Rule", "Default value of another type than the attribute"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "IDM passes the default on as it is, and the conversion for the connector fails or changes"
        " it."),
    QT_TRANSLATE_NOOP("Rule", "Write a default of the attribute's type."),
    "idm-connector 2.6",
    {emailPlace, R"({"type": "string", "default": 7})",
     R"({"type": "string", "default": "a@b.example"})"},
};

constexpr const Rule *allAttributeTypeRules[] {
    &noAttributeType, &unknownAttributeType, &unknownNativeType,
    &nativeArray,     &passwordNotGuarded,   &badItems,
    &itemsOfNoArray,  &defaultOfOtherKind,   &refusedNativeType,
};

/// What people write for a type of JSON.
std::optional<QString> meantType(const QString &written)
{
    static const QHash<QString, QString> words {
        {u"int"_s, u"integer"_s},  {u"long"_s, u"integer"_s},   {u"bool"_s, u"boolean"_s},
        {u"text"_s, u"string"_s},  {u"str"_s, u"string"_s},     {u"double"_s, u"number"_s},
        {u"float"_s, u"number"_s}, {u"decimal"_s, u"number"_s}, {u"list"_s, u"array"_s},
        {u"map"_s, u"object"_s},   {u"date"_s, u"string"_s},    {u"datetime"_s, u"string"_s}};
    const auto word = words.constFind(written.toLower());
    if (word != words.constEnd())
        return *word;
    return mostSimilarName(written, attributeTypes());
}

/// The prefix all have in common says nothing of which one is meant.
std::optional<QString> meantNativeType(const QString &written)
{
    const qsizetype prefix = QLatin1StringView("JAVA_TYPE_").size();
    if (!written.startsWith("JAVA_TYPE_"_L1)) {
        const auto type = meantType(written);
        return type == u"array"_s ? std::nullopt : type; // Refused itself.
    }
    QStringList names;
    for (const QString &type : supportedJavaTypes())
        names.append(type.mid(prefix));
    const auto near = mostSimilarName(written.mid(prefix), names);
    return near ? std::optional(u"JAVA_TYPE_"_s + *near) : std::nullopt;
}

/// The types of one attribute after another.
class AttributeTypeCheck
{
public:
    AttributeTypeCheck(RuleCheck &check, const DeclaredObjectType &type)
        : m_check(check)
        , m_text(check.text)
        , m_shipped(shippedObjectType(type.nativeType))
    {
        for (const int attribute : m_check.children(type.properties)) {
            if (m_check.isKind(attribute, JsonKind::Object))
                checkAttribute(attribute);
        }
    }

private:
    void checkAttribute(int attribute)
    {
        m_name = shownName(m_text.keyOf(attribute));
        checkType(attribute);
        checkNativeType(attribute);
        checkItems(attribute);
        checkDefault(attribute);
    }

    [[nodiscard]] const DeclaredAttribute *shipped() const
    {
        return m_shipped ? m_shipped->findNative(m_name) : nullptr;
    }

    void checkType(int attribute)
    {
        const int type = m_check.member(attribute, "type"_L1);
        if (type == JsonText::none) {
            std::optional<Fix> fix;
            if (const DeclaredAttribute *known = shipped())
                fix = Fix {ProvisionerText::tr("Add type %1").arg(known->type),
                           setMembers(m_text, attribute, {{u"type"_s, jsonQuoted(known->type)}})};
            return m_check.reportMissing(noAttributeType, attribute,
                                         ProvisionerText::tr("%1 has no type.").arg(m_name),
                                         std::move(fix));
        }
        const QString written = m_text.stringOf(type);
        const bool isKnown = attributeTypes().contains(written)
            || javaTypeSupport(written, m_check.options.profile) != TypeSupport::Unknown;
        if (isKnown || isSubstituted(m_text, type) || m_check.holdsSubstitutionSign(type)
            || !m_check.hasRoom(unknownAttributeType))
            return;
        const auto meant = meantType(written);
        std::optional<Fix> fix;
        if (meant)
            fix = Fix {ProvisionerText::tr("Set type to %1").arg(*meant),
                       {replaceValue(m_text, type, jsonQuoted(*meant))}};
        m_check.report(unknownAttributeType, type,
                       ProvisionerText::tr("The type of %1 is %2, which is none of IDM's.")
                           .arg(m_name, m_check.shown(type)),
                       std::move(fix));
    }

    void checkNativeType(int attribute)
    {
        const int native = m_check.member(attribute, "nativeType"_L1);
        const int type = m_check.member(attribute, "type"_L1);
        const bool isAbsent = native == JsonText::none || m_check.isKind(native, JsonKind::Null);
        const int effective = isAbsent ? type : native;
        if (effective == JsonText::none || isSubstituted(m_text, effective)
            || m_check.holdsSubstitutionSign(effective))
            return;
        const QString written = m_text.stringOf(effective);
        if (written == "array"_L1)
            return reportNativeArray(attribute, effective);
        const TypeSupport standing = nativeTypeSupport(written, m_check.options.profile);
        if (standing == TypeSupport::Refused)
            reportRefused(attribute, effective);
        if (isAbsent)
            return;
        if (standing == TypeSupport::Unknown)
            reportUnknownNativeType(native, written);
        const int name = m_check.member(attribute, "nativeName"_L1);
        const bool isPassword =
            name != JsonText::none && m_text.stringOf(name) == "__PASSWORD__"_L1;
        if (isPassword && written != "JAVA_TYPE_GUARDEDSTRING"_L1)
            m_check.report(passwordNotGuarded, native,
                           ProvisionerText::tr("%1 is the password and of the type %2.")
                               .arg(m_name, m_check.shown(native)),
                           Fix {ProvisionerText::tr("Set nativeType to JAVA_TYPE_GUARDEDSTRING"),
                                {replaceValue(m_text, native, "\"JAVA_TYPE_GUARDEDSTRING\"")}});
    }

    void reportRefused(int attribute, int effective)
    {
        const DeclaredAttribute *known = shipped();
        const QString right = known ? known->nativeType : u"string"_s;
        m_check.report(
            refusedNativeType, effective,
            ProvisionerText::tr("The nativeType of %1 is %2, of which no attribute can be.")
                .arg(m_name, m_check.shown(effective)),
            Fix {ProvisionerText::tr("Set nativeType to %1").arg(right),
                 setMembers(m_text, attribute, {{u"nativeType"_s, jsonQuoted(right)}}),
                 known != nullptr});
    }

    void reportUnknownNativeType(int native, const QString &written)
    {
        if (!m_check.hasRoom(unknownNativeType))
            return;
        const auto near = meantNativeType(written);
        std::optional<Fix> fix;
        if (near)
            fix = Fix {ProvisionerText::tr("Set nativeType to %1").arg(*near),
                       {replaceValue(m_text, native, jsonQuoted(*near))},
                       false};
        m_check.report(
            unknownNativeType, native,
            ProvisionerText::tr("The nativeType of %1 is %2, for which there is no Java type.")
                .arg(m_name, m_check.shown(native)),
            std::move(fix));
    }

    void reportNativeArray(int attribute, int effective)
    {
        const int items = m_check.member(attribute, "items"_L1);
        const int itemType = m_check.member(items, "type"_L1);
        const DeclaredAttribute *known = shipped();
        QString element = itemType == JsonText::none ? QString() : m_text.stringOf(itemType);
        if (!attributeTypes().contains(element) || element == "array"_L1)
            element = known ? known->nativeType : u"string"_s;
        m_check.report(
            nativeArray, effective,
            ProvisionerText::tr(
                "The nativeType of %1 is \"array\", which is not the type of one value.")
                .arg(m_name),
            Fix {ProvisionerText::tr("Set nativeType to %1").arg(element),
                 setMembers(m_text, attribute, {{u"nativeType"_s, jsonQuoted(element)}})});
    }

    void checkItems(int attribute)
    {
        const int items = m_check.member(attribute, "items"_L1);
        if (items == JsonText::none)
            return;
        const int type = m_check.member(attribute, "type"_L1);
        const bool isArray = type != JsonText::none && m_text.stringOf(type) == "array"_L1;
        if (!isArray)
            return m_check.reportKey(
                itemsOfNoArray, items,
                ProvisionerText::tr("%1 is not an array and has items.").arg(m_name),
                Fix {ProvisionerText::tr("Remove items"), {removeChild(m_text, items)}});
        const int itemType = m_check.member(items, "type"_L1);
        const bool isKnown =
            itemType != JsonText::none && attributeTypes().contains(m_text.stringOf(itemType));
        if (!isKnown)
            m_check.report(badItems, items,
                           ProvisionerText::tr("The items of %1 do not name a type.").arg(m_name));
    }

    void checkDefault(int attribute)
    {
        const int value = m_check.member(attribute, "default"_L1);
        const int type = m_check.member(attribute, "type"_L1);
        if (!m_check.isGiven(value) || type == JsonText::none)
            return;
        static const QHash<QString, JsonKind> kinds {
            {u"boolean"_s, JsonKind::Boolean}, {u"integer"_s, JsonKind::Number},
            {u"number"_s, JsonKind::Number},   {u"string"_s, JsonKind::String},
            {u"object"_s, JsonKind::Object},   {u"array"_s, JsonKind::Array}};
        const auto kind = kinds.constFind(m_text.stringOf(type));
        if (kind != kinds.constEnd() && !m_check.isKind(value, *kind))
            m_check.report(defaultOfOtherKind, value,
                           ProvisionerText::tr("The default of %1 is %2, the type is %3.")
                               .arg(m_name, m_check.shown(value), m_text.stringOf(type)));
    }

    RuleCheck &m_check;
    const JsonText &m_text;
    const DeclaredObjectType *m_shipped;
    QString m_name; ///< Of the present attribute, shortened.
};

void checkAttributeTypeRules(RuleCheck &check)
{
    for (const DeclaredObjectType &type : check.objectTypes())
        AttributeTypeCheck(check, type);
}

} // namespace

const RuleSet &attributeTypeRules()
{
    static constexpr RuleSet set {allAttributeTypeRules, checkAttributeTypeRules};
    return set;
}

} // namespace hubkeeper
