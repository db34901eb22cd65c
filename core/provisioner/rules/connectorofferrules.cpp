// SPDX-License-Identifier: MIT
#include "base/similarname.h"
#include "provisioner/model/attributetypes.h"
#include "provisioner/model/connectorproperties.h"
#include "provisioner/model/objecttypes.h"
#include "provisioner/provisionertext.h"
#include "provisioner/rules/rulecheck.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr Rule unknownClass {
    "HK660",
    Severity::Error,
    RuleStage::ObjectTypes,
    QT_TRANSLATE_NOOP("Rule", "Object class that the connector does not offer"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "Every call for this object type fails: the connector knows contact, company, owner,"
        " contactProperties and companyProperties only."),
    QT_TRANSLATE_NOOP("Rule", "Use one of the five as nativeType, or remove the object type."),
    "idm-connector 1.3, 1.4",
    {"/objectTypes/contact/nativeType", R"("contacts")", R"("contact")"},
    true,
};

constexpr Rule classCase {
    "HK661",
    Severity::Warning,
    RuleStage::ObjectTypes,
    QT_TRANSLATE_NOOP("Rule", "Object class in another letter case"),
    QT_TRANSLATE_NOOP("Rule",
                      "The framework compares class names without regard to letter case, but "
                      "messages, scripts and"
                      " mappings that name the class do not match."),
    QT_TRANSLATE_NOOP("Rule", "Write it as the connector does."),
    "idm-connector 1.4",
    {"/objectTypes/contact/nativeType", R"("Contact")", R"("contact")"},
    true,
};

constexpr Rule notOffered {
    "HK662",
    Severity::Warning,
    RuleStage::ObjectTypes,
    QT_TRANSLATE_NOOP("Rule", "Attribute that the connector does not offer"),
    QT_TRANSLATE_NOOP(
        "Rule", "With the built-in schema the connector never returns it and refuses to write it."),
    QT_TRANSLATE_NOOP(
        "Rule", "Correct nativeName, or set readSchema to true if HubSpot has such a property."),
    "idm-connector 1.2, 1.4",
    {"/objectTypes/contact/properties/jobtitle", R"({"type": "string"})", nullptr},
};

constexpr Rule operational {
    "HK663",
    Severity::Warning,
    RuleStage::ObjectTypes,
    QT_TRANSLATE_NOOP("Rule", "Operational attribute that HubSpot does not have"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "The connector offers none of the framework's operational attributes except __NAME__, so"
        " reading gives nothing and writing fails."),
    QT_TRANSLATE_NOOP("Rule", "Remove the attribute."),
    "idm-connector 4",
    {"/objectTypes/contact/properties/active",
     R"({"type": "boolean", "nativeName": "__ENABLE__", "nativeType": "boolean"})", nullptr},
};

// What ends with an interface that HubSpot still serves is a dated rule: HK805 and HK806.
constexpr Rule alwaysAbsent {
    "HK664",
    Severity::Info,
    RuleStage::ObjectTypes,
    QT_TRANSLATE_NOOP("Rule", "Attribute that HubSpot does not have any more"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "It belonged to an interface that HubSpot has removed, so it is absent from every record."),
    QT_TRANSLATE_NOOP("Rule", "Remove it, and whatever a mapping or a script makes of it."),
    "idm-connector 1.4",
    {"/objectTypes/owner",
     R"({"nativeType": "owner", "properties": {
         "ownerId": {"type": "string", "nativeName": "__NAME__",
                     "flags": ["NOT_CREATABLE", "NOT_UPDATEABLE"]},
         "remoteList": {"type": "array", "nativeType": "object",
                        "flags": ["NOT_CREATABLE", "NOT_UPDATEABLE"]}}})",
     R"({"nativeType": "owner", "properties": {
         "ownerId": {"type": "string", "nativeName": "__NAME__",
                     "flags": ["NOT_CREATABLE", "NOT_UPDATEABLE"]}}})"},
};

constexpr Rule computed {
    "HK665",
    Severity::Warning,
    RuleStage::ObjectTypes,
    QT_TRANSLATE_NOOP("Rule", "Writable attribute that HubSpot computes"),
    QT_TRANSLATE_NOOP(
        "Rule", "IDM passes values on, and HubSpot refuses the whole write or ignores the value."),
    QT_TRANSLATE_NOOP("Rule",
                      "Mark it NOT_CREATABLE and NOT_UPDATEABLE, as the shipped file does."),
    "idm-connector 1.4",
    {"/objectTypes/contact/properties/addedAt", R"({"type": "string"})",
     R"({"type": "string", "flags": ["NOT_CREATABLE", "NOT_UPDATEABLE"]})"},
    true,
};

constexpr Rule ownerWritable {
    "HK666",
    Severity::Warning,
    RuleStage::ObjectTypes,
    QT_TRANSLATE_NOOP("Rule", "Writable attribute of an owner"),
    QT_TRANSLATE_NOOP(
        "Rule", "Owners are users of HubSpot: its API cannot write them, so every write fails."),
    QT_TRANSLATE_NOOP("Rule", "Mark it NOT_CREATABLE and NOT_UPDATEABLE."),
    "idm-connector 1.4",
    {"/objectTypes/owner",
     R"({"nativeType": "owner", "properties": {
         "ownerId": {"type": "string", "nativeName": "__NAME__",
                     "flags": ["NOT_CREATABLE", "NOT_UPDATEABLE"]},
         "email": {"type": "string"}}})",
     R"({"nativeType": "owner", "properties": {
         "ownerId": {"type": "string", "nativeName": "__NAME__",
                     "flags": ["NOT_CREATABLE", "NOT_UPDATEABLE"]},
         "email": {"type": "string", "flags": ["NOT_CREATABLE", "NOT_UPDATEABLE"]}}})"},
    true,
};

constexpr Rule otherType {
    "HK667",
    Severity::Warning,
    RuleStage::ObjectTypes,
    QT_TRANSLATE_NOOP("Rule", "Type other than the connector's"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "IDM converts as the file says. With another type a query is answered with 500 as soon as a"
        " value does not convert; with another nativeType create, update and filters fail or "
        "change the"
        " value; one value for a list arrives as a list of one."),
    QT_TRANSLATE_NOOP("Rule", "Use the type of the shipped file."),
    "idm-connector 1.4, 2.6",
    {"/objectTypes/contact/properties/email", R"({"type": "array", "nativeType": "string"})",
     R"({"type": "string", "nativeType": "string"})"},
    true,
};

constexpr Rule nativeCase {
    "HK668",
    Severity::Warning,
    RuleStage::ObjectTypes,
    QT_TRANSLATE_NOOP("Rule", "Native name in another letter case"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "HubSpot's names are case-sensitive: reading gives nothing, and writes are refused."),
    QT_TRANSLATE_NOOP("Rule", "Write it as the connector does."),
    "idm-connector 1.4",
    {"/objectTypes/contact/properties/firstname",
     R"({"type": "string", "nativeName": "firstName"})",
     R"({"type": "string", "nativeName": "firstname"})"},
    true,
};

constexpr const Rule *allConnectorOfferRules[] {
    &unknownClass, &classCase,     &notOffered, &operational, &alwaysAbsent,
    &computed,     &ownerWritable, &otherType,  &nativeCase,
};

/// Of the shipped file, and of the owners API version 2, which is gone since 2025-03-24
/// (idm-connector 1.4).
bool isAlwaysAbsent(const QString &nativeType, const QString &nativeName)
{
    return nativeType == "owner"_L1
        && nativeName.compare("remoteList"_L1, Qt::CaseInsensitive) == 0;
}

/// Whether contacts and companies have the built-in attributes: nothing is known of a value that
/// IDM fills in.
bool hasBuiltInSchema(const RuleCheck &check)
{
    const int node = check.text.at(u"/configurationProperties/readSchema"_s);
    return node == JsonText::none
        || (check.isGiven(node)
            && converted(PropertyType::Boolean, check.text.valueOf(node)) == QJsonValue(false));
}

/// One object type of the file beside the class of the connector.
class ConnectorOfferCheck
{
public:
    ConnectorOfferCheck(RuleCheck &check, const DeclaredObjectType &type)
        : m_check(check)
        , m_text(check.text)
        , m_type(type)
    {
        for (const DeclaredObjectType &shipped : shippedObjectTypes()) {
            if (shipped.nativeType.compare(type.nativeType, Qt::CaseInsensitive) == 0)
                m_offered = &shipped;
        }
    }

    void checkAll()
    {
        if (m_type.key == "__ALL__"_L1 || m_type.nativeType == "__ALL__"_L1)
            return;
        if (!m_offered)
            return reportUnknownClass();
        checkClassCase();
        for (const DeclaredAttribute &attribute : m_type.attributes)
            checkAttribute(attribute);
    }

private:
    [[nodiscard]] int nativeTypeNode() const
    {
        return m_check.member(m_type.node, "nativeType"_L1);
    }

    void reportUnknownClass()
    {
        const int node = nativeTypeNode();
        if (!m_check.isGiven(node) || m_type.nativeType.trimmed().isEmpty())
            return; // That it is missing is another finding.
        if (!m_check.hasRoom(unknownClass))
            return;
        QStringList names;
        for (const DeclaredObjectType &shipped : shippedObjectTypes())
            names.append(shipped.nativeType);
        const auto near = mostSimilarName(m_type.nativeType, names);
        std::optional<Fix> fix;
        QString message = ProvisionerText::tr("The connector has no object class %1.")
                              .arg(shownName(m_type.nativeType));
        if (near) {
            fix = Fix {ProvisionerText::tr("Set nativeType to %1").arg(*near),
                       {replaceValue(m_text, node, jsonQuoted(*near))}};
            message.insert(message.size() - 1,
                           ProvisionerText::tr("; the nearest is %1").arg(*near));
        }
        m_check.report(unknownClass, node, message, std::move(fix));
    }

    void checkClassCase()
    {
        const int node = nativeTypeNode();
        if (node == JsonText::none || m_type.nativeType == m_offered->nativeType)
            return;
        m_check.report(classCase, node,
                       ProvisionerText::tr("nativeType is %1; the connector's class is called %2.")
                           .arg(shownName(m_type.nativeType), m_offered->nativeType),
                       Fix {ProvisionerText::tr("Set nativeType to %1").arg(m_offered->nativeType),
                            {replaceValue(m_text, node, jsonQuoted(m_offered->nativeType))}});
    }

    void checkAttribute(const DeclaredAttribute &attribute)
    {
        const QString &native = attribute.nativeName;
        const bool isOwner = m_offered->nativeType == "owner"_L1;
        if (isOwner && (attribute.isCreatable() || attribute.isUpdateable()))
            reportReadOnly(ownerWritable, attribute,
                           ProvisionerText::tr("%1 of an owner can be written here.")
                               .arg(shownName(attribute.name)));
        if (native == "__UID__"_L1 || native.trimmed().isEmpty() || native.contains("&{"_L1))
            return;
        const DeclaredAttribute *offered = m_offered->findNative(native);
        if (!offered)
            offered = findByName(native);
        if (!offered)
            return reportNotOffered(attribute);
        checkAgainst(attribute, *offered, isOwner);
    }

    /// The naming attribute under its own name: vid, companyId, ownerId.
    [[nodiscard]] const DeclaredAttribute *findByName(const QString &name) const
    {
        for (const DeclaredAttribute &attribute : m_offered->attributes) {
            if (attribute.name.compare(name, Qt::CaseInsensitive) == 0)
                return &attribute;
        }
        return nullptr;
    }

    void reportNotOffered(const DeclaredAttribute &attribute)
    {
        if (attribute.nativeName.startsWith("__"_L1) && attribute.nativeName.endsWith("__"_L1))
            return m_check.reportKey(
                operational, attribute.node,
                ProvisionerText::tr("%1 is %2, which the connector does not offer.")
                    .arg(shownName(attribute.name), shownName(attribute.nativeName)));
        const bool fromPortal =
            m_offered->nativeType == "contact"_L1 || m_offered->nativeType == "company"_L1;
        if ((fromPortal && !hasBuiltInSchema(m_check)) || !m_check.hasRoom(notOffered))
            return;
        QStringList names;
        for (const DeclaredAttribute &offered : m_offered->attributes)
            names.append(offered.name);
        QString message = ProvisionerText::tr("%1 has no attribute %2.")
                              .arg(m_offered->nativeType, shownName(attribute.nativeName));
        if (const auto near = mostSimilarName(attribute.nativeName, names))
            message.insert(message.size() - 1,
                           ProvisionerText::tr("; the nearest is %1").arg(*near));
        m_check.reportKey(notOffered, attribute.node, message);
    }

    void checkAgainst(const DeclaredAttribute &attribute, const DeclaredAttribute &offered,
                      bool isOwner)
    {
        const QString name = shownName(attribute.name);
        if (isAlwaysAbsent(m_offered->nativeType, offered.nativeName))
            m_check.reportKey(alwaysAbsent, attribute.node,
                              ProvisionerText::tr("%1 of an owner never has a value.").arg(name));
        const bool isTooLax = (attribute.isCreatable() && !offered.isCreatable())
            || (attribute.isUpdateable() && !offered.isUpdateable());
        if (isTooLax && !isOwner)
            reportReadOnly(computed, attribute,
                           ProvisionerText::tr("%1 is computed by HubSpot and can be written here.")
                               .arg(name));
        checkType(attribute, offered);
        const int native = m_check.member(attribute.node, "nativeName"_L1);
        const bool isOtherCase = attribute.nativeName != offered.nativeName
            && attribute.nativeName.compare(offered.nativeName, Qt::CaseInsensitive) == 0;
        if (isOtherCase && native != JsonText::none)
            m_check.report(nativeCase, native,
                           ProvisionerText::tr("nativeName is %1; the connector's name is %2.")
                               .arg(shownName(attribute.nativeName), offered.nativeName),
                           Fix {ProvisionerText::tr("Set nativeName to %1").arg(offered.nativeName),
                                {replaceValue(m_text, native, jsonQuoted(offered.nativeName))}});
    }

    /// As `type`, these Java types show a text as it is.
    static bool isTextOnRead(const QString &here, const QString &there)
    {
        const ValueClass mine = valueClassOf(here);
        return valueClassOf(there) == ValueClass::Text
            && (mine == ValueClass::OneCharacter || mine == ValueClass::Guarded
                || mine == ValueClass::Bytes);
    }

    /// Only where both are known: an unknown type is another finding.
    static bool differ(const QString &here, const QString &there)
    {
        const ValueClass mine = valueClassOf(here);
        const ValueClass theirs = valueClassOf(there);
        return mine != ValueClass::Any && theirs != ValueClass::Any && mine != theirs;
    }

    void checkType(const DeclaredAttribute &attribute, const DeclaredAttribute &offered)
    {
        const int type = m_check.member(attribute.node, "type"_L1);
        if (!m_check.isGiven(type) || !hasBuiltInSchema(m_check))
            return;
        const int native = m_check.member(attribute.node, "nativeType"_L1);
        const bool isRefused = !m_check.holdsSubstitutionSign(native)
            && nativeTypeSupport(attribute.nativeType, m_check.options.profile)
                != TypeSupport::Supported;
        if (isRefused)
            return; // Another finding.
        const bool isOtherType =
            !isTextOnRead(attribute.type, offered.type) && differ(attribute.type, offered.type);
        const bool isOtherNative = !isOtherType && m_check.isGiven(native)
            && differ(attribute.nativeType, offered.nativeType);
        if (!isOtherType && !isOtherNative)
            return;
        m_check.report(otherType, isOtherNative ? native : type,
                       ProvisionerText::tr("%1 is \"%2\" here and \"%3\" in the connector.")
                           .arg(shownName(attribute.name),
                                shownName(isOtherNative ? attribute.nativeType : attribute.type),
                                isOtherNative ? offered.nativeType : offered.type),
                       Fix {ProvisionerText::tr("Set type to %1").arg(offered.type),
                            setMembers(m_text, attribute.node,
                                       {{u"type"_s, jsonQuoted(offered.type)},
                                        {u"nativeType"_s, jsonQuoted(offered.nativeType)}})});
    }

    void reportReadOnly(const Rule &rule, const DeclaredAttribute &attribute,
                        const QString &message)
    {
        const int flags = m_check.member(attribute.node, "flags"_L1);
        for (const int flag : m_check.children(flags)) {
            if (!m_check.isKind(flag, JsonKind::String) && !m_check.isKind(flag, JsonKind::Null))
                return; // Another finding.
        }
        std::optional<Fix> fix;
        if (flags == JsonText::none || m_check.isKind(flags, JsonKind::Array)) {
            QByteArrayList wanted;
            for (const int flag : m_check.children(flags))
                wanted.append(m_text.rawOf(flag));
            for (const char *flag : {"\"NOT_CREATABLE\"", "\"NOT_UPDATEABLE\""}) {
                if (!wanted.contains(flag))
                    wanted.append(flag);
            }
            fix = Fix {
                ProvisionerText::tr("Mark it NOT_CREATABLE and NOT_UPDATEABLE"),
                setMembers(m_text, attribute.node, {{u"flags"_s, '[' + wanted.join(", ") + ']'}})};
        }
        m_check.reportKey(rule, attribute.node, message, std::move(fix));
    }

    RuleCheck &m_check;
    const JsonText &m_text;
    const DeclaredObjectType &m_type;
    const DeclaredObjectType *m_offered = nullptr;
};

void checkConnectorOfferRules(RuleCheck &check)
{
    for (const DeclaredObjectType &type : check.objectTypes())
        ConnectorOfferCheck(check, type).checkAll();
}

} // namespace

const RuleSet &connectorOfferRules()
{
    static constexpr RuleSet set {allConnectorOfferRules, checkConnectorOfferRules, false, true};
    return set;
}

} // namespace hubkeeper
