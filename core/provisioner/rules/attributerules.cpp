// SPDX-License-Identifier: MIT
#include "provisioner/model/encryption.h"
#include "provisioner/model/objecttypes.h"
#include "provisioner/provisionertext.h"
#include "provisioner/rules/examples.h"
#include "provisioner/rules/rulecheck.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr Rule noObject {
    "HK620",
    Severity::Error,
    RuleStage::ObjectTypes,
    QT_TRANSLATE_NOOP("Rule", "Attribute that is not an object"),
    QT_TRANSLATE_NOOP("Rule", "IDM cannot read the object type and refuses the configuration."),
    QT_TRANSLATE_NOOP("Rule", "Write an object with type, nativeName and nativeType."),
    "idm-connector 2.6",
    {emailPlace, R"("string")", goodEmail},
    true,
};

constexpr Rule blankNativeName {
    "HK625",
    Severity::Error,
    RuleStage::ObjectTypes,
    QT_TRANSLATE_NOOP("Rule", "Blank nativeName"),
    QT_TRANSLATE_NOOP("Rule", "IDM refuses an attribute without a name on the connector's side."),
    QT_TRANSLATE_NOOP(
        "Rule", "Write the connector's name, or leave nativeName out: the key is its default."),
    "idm-connector 2.6",
    {emailPlace, R"({"type": "string", "nativeName": " ", "nativeType": "string"})", goodEmail},
    true,
};

constexpr Rule nativeNameTwice {
    "HK626",
    Severity::Warning,
    RuleStage::ObjectTypes,
    QT_TRANSLATE_NOOP("Rule", "Two attributes with one nativeName"),
    QT_TRANSLATE_NOOP("Rule",
                      "A write with both is refused, since the connector may get one attribute "
                      "once only; letter case"
                      " does not tell them apart."),
    QT_TRANSLATE_NOOP("Rule", "Remove one of them, or correct its nativeName."),
    "idm-connector 2.6, 4",
    {"/objectTypes/contact/properties/mail",
     R"({"type": "string", "nativeName": "Email", "nativeType": "string"})",
     R"({"type": "string", "nativeName": "city", "nativeType": "string"})"},
};

constexpr Rule uidMapped {
    "HK628",
    Severity::Info,
    RuleStage::ObjectTypes,
    QT_TRANSLATE_NOOP("Rule", "__UID__ mapped"),
    QT_TRANSLATE_NOOP("Rule", "The id is shown twice: every object has it as _id."),
    QT_TRANSLATE_NOOP("Rule", "Remove the attribute and use _id."),
    "idm-connector 2.6",
    {"/objectTypes/contact/properties/id",
     R"({"type": "string", "nativeName": "__UID__", "flags": ["NOT_CREATABLE", "NOT_UPDATEABLE"]})",
     nullptr},
};

constexpr Rule requiredIsNoBoolean {
    "HK630",
    Severity::Error,
    RuleStage::ObjectTypes,
    QT_TRANSLATE_NOOP("Rule", "required that is not a boolean"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "IDM takes true or false only, not null either, and the connector does not become active."),
    QT_TRANSLATE_NOOP("Rule", "Write true or false without quotes."),
    "idm-connector 2.6, OpenIDM 6.3.0: objectTypes",
    {emailPlace, R"({"type": "string", "required": "true"})", goodEmail},
    true,
};

constexpr Rule runAsUserIsNoBoolean {
    "HK631",
    Severity::Warning,
    RuleStage::ObjectTypes,
    QT_TRANSLATE_NOOP("Rule", "runAsUser that is not a boolean"),
    QT_TRANSLATE_NOOP("Rule", "IDM takes the file and does not run anything as the user."),
    QT_TRANSLATE_NOOP("Rule", "Write true or false without quotes."),
    "idm-connector 2.6",
    {emailPlace, R"({"type": "string", "runAsUser": "false"})", goodEmail},
    true,
};

constexpr Rule runsAsUser {
    "HK632",
    Severity::Warning,
    RuleStage::ObjectTypes,
    QT_TRANSLATE_NOOP("Rule", "Attribute written as the end user"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "A write by an administrator goes on as before; for a write by the user, IDM wants the "
        "user's "
        "own"
        " password and hands it to the connector, and HubSpot knows the app's token only."),
    QT_TRANSLATE_NOOP("Rule", "Remove runAsUser."),
    "idm-connector 2.6",
    {emailPlace, R"({"type": "string", "runAsUser": true})", goodEmail},
    true,
};

constexpr Rule unknownAttributeMember {
    "HK635",
    Severity::Warning,
    RuleStage::ObjectTypes,
    QT_TRANSLATE_NOOP("Rule", "Unknown member of an attribute"),
    QT_TRANSLATE_NOOP("Rule", "IDM ignores it."),
    QT_TRANSLATE_NOOP("Rule", "Correct the spelling, or remove it."),
    "idm-connector 2.6",
    {emailPlace, R"({"type": "string", "nativename": "email"})", goodEmail},
    true,
};

constexpr Rule cipherWithoutKey {
    "HK636",
    Severity::Warning,
    RuleStage::ObjectTypes,
    QT_TRANSLATE_NOOP("Rule", "cipher without key"),
    QT_TRANSLATE_NOOP("Rule", "IDM encrypts the value only with a key, so it stays as it is."),
    QT_TRANSLATE_NOOP("Rule", "Name the alias of the key, or remove cipher."),
    "idm-connector 2.6",
    {emailPlace, R"({"type": "string", "cipher": "AES/CBC/PKCS5Padding"})",
     R"({"type": "string", "cipher": "AES/CBC/PKCS5Padding", "key": "openidm-sym-default"})"},
};

constexpr Rule otherKey {
    "HK639",
    Severity::Warning,
    RuleStage::ObjectTypes,
    QT_TRANSLATE_NOOP("Rule", "Attribute encrypted with a key that IDM may not have"),
    QT_TRANSLATE_NOOP(
        "Rule", "If the keystore has no key of this alias, every query is answered with 500."),
    QT_TRANSLATE_NOOP("Rule", "Use openidm-sym-default, or check that the keystore has the alias."),
    "idm-connector 2.6, OpenIDM 6.3.0: objectTypes",
    {emailPlace, R"({"type": "string", "key": "no-such-key"})",
     R"({"type": "string", "key": "openidm-sym-default"})"},
    false,
    {Severity::Error,
     QT_TRANSLATE_NOOP("Rule",
                       "OpenIDM has no key of this alias unless it was added to the keystore: "
                       "every query is answered"
                       " with 500."),
     nullptr},
};

constexpr Rule keyIsNoText {
    "HK650",
    Severity::Warning,
    RuleStage::ObjectTypes,
    QT_TRANSLATE_NOOP("Rule", "key that is not a text"),
    QT_TRANSLATE_NOOP("Rule", "IDM ignores it, so nothing is encrypted."),
    QT_TRANSLATE_NOOP("Rule", "Write the alias of the key in double quotes, or remove it."),
    "OpenIDM 6.3.0: objectTypes",
    {emailPlace, R"({"type": "string", "key": 5})",
     R"({"type": "string", "key": "openidm-sym-default"})"},
};

constexpr Rule unknownCipher {
    "HK651",
    Severity::Error,
    RuleStage::ObjectTypes,
    QT_TRANSLATE_NOOP("Rule", "Unknown cipher of an attribute"),
    QT_TRANSLATE_NOOP("Rule", "IDM cannot encrypt with it, and every query is answered with 500."),
    QT_TRANSLATE_NOOP("Rule", "Write AES/CBC/PKCS5Padding, or remove cipher."),
    "OpenIDM 6.3.0: objectTypes",
    {emailPlace, R"({"type": "string", "key": "openidm-sym-default", "cipher": "AES/NONE"})",
     R"({"type": "string", "key": "openidm-sym-default", "cipher": "AES/CBC/PKCS5Padding"})"},
};

constexpr Rule reservedName {
    "HK637",
    Severity::Warning,
    RuleStage::ObjectTypes,
    QT_TRANSLATE_NOOP("Rule", "Attribute name that begins with an underscore"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "Such names are IDM's own: it does not report an unknown one, and _id and _rev are"
        " overwritten."),
    QT_TRANSLATE_NOOP("Rule", "Choose a name without it; nativeName may keep it."),
    "idm-connector 2.6",
    {"/objectTypes/contact/properties/_city", R"({"type": "string", "nativeName": "city"})",
     nullptr},
};

constexpr const Rule *allAttributeRules[] {
    &noObject,
    &blankNativeName,
    &nativeNameTwice,
    &uidMapped,
    &requiredIsNoBoolean,
    &runAsUserIsNoBoolean,
    &runsAsUser,
    &unknownAttributeMember,
    &cipherWithoutKey,
    &reservedName,
    &otherKey,
    &keyIsNoText,
    &unknownCipher,
};

const QStringList &knownAttributeMembers()
{
    static const QStringList known {
        u"type"_s,  u"nativeType"_s, u"nativeName"_s,  u"items"_s,  u"required"_s,
        u"flags"_s, u"runAsUser"_s,  u"default"_s,     u"key"_s,    u"cipher"_s,
        u"id"_s,    u"title"_s,      u"description"_s, u"$schema"_s};
    return known;
}

/// The members of one attribute after another of one object type.
class AttributeCheck
{
public:
    AttributeCheck(RuleCheck &check, const DeclaredObjectType &type)
        : m_check(check)
        , m_text(check.text)
        , m_type(type)
    {
    }

    void checkAll()
    {
        for (const int attribute : m_check.children(m_type.properties)) {
            m_name = shownName(m_text.keyOf(attribute));
            if (m_check.isKind(attribute, JsonKind::Object))
                checkAttribute(attribute);
            else
                reportNoObject(attribute);
        }
        checkNativeNames();
    }

private:
    void checkAttribute(int attribute)
    {
        const bool isOfIdm = m_name.startsWith(u'_') && !m_name.startsWith("__"_L1);
        if (isOfIdm)
            m_check.reportKey(reservedName, attribute,
                              ProvisionerText::tr("An attribute is called %1.").arg(m_name));
        checkMemberNames(attribute);
        checkNativeName(attribute);
        checkBoolean(requiredIsNoBoolean, attribute, "required"_L1);
        checkBoolean(runAsUserIsNoBoolean, attribute, "runAsUser"_L1);
        checkRunAsUser(attribute);
        checkCipher(attribute);
    }

    void reportNoObject(int attribute)
    {
        std::optional<Fix> fix;
        const QString type = m_text.stringOf(attribute);
        static const QStringList simple {u"string"_s, u"boolean"_s, u"integer"_s, u"number"_s};
        if (simple.contains(type))
            fix = Fix {ProvisionerText::tr("Write it as an object"),
                       {replaceValue(m_text, attribute, "{\"type\": " + jsonQuoted(type) + '}')}};
        m_check.report(noObject, attribute, ProvisionerText::tr("%1 is not an object.").arg(m_name),
                       std::move(fix));
    }

    void checkMemberNames(int attribute)
    {
        for (const int member : m_check.children(attribute)) {
            if (!knownAttributeMembers().contains(m_text.keyOf(member)))
                m_check.reportUnknownKey(unknownAttributeMember, member, knownAttributeMembers(),
                                         ProvisionerText::tr("member of an attribute"));
        }
    }

    void checkNativeName(int attribute)
    {
        const int native = m_check.member(attribute, "nativeName"_L1);
        if (native == JsonText::none || m_check.isKind(native, JsonKind::Null))
            return;
        const QString written = m_text.stringOf(native);
        if (written == "__UID__"_L1)
            m_check.report(
                uidMapped, native,
                ProvisionerText::tr("%1 has the nativeName __UID__, the object's id.").arg(m_name));
        if (m_check.isKind(native, JsonKind::String) && !written.trimmed().isEmpty())
            return;
        m_check.report(blankNativeName, native,
                       ProvisionerText::tr("The nativeName of %1 is not a name.").arg(m_name),
                       Fix {ProvisionerText::tr("Set nativeName to %1").arg(m_name),
                            {replaceValue(m_text, native, jsonQuoted(m_text.keyOf(attribute)))}});
    }

    void checkBoolean(const Rule &rule, int attribute, QLatin1StringView key)
    {
        const int node = m_check.member(attribute, key);
        const bool isWrongNull =
            node != JsonText::none && m_check.isKind(node, JsonKind::Null) && key == "required"_L1;
        if (!isWrongNull && (!m_check.isGiven(node) || m_check.isKind(node, JsonKind::Boolean)))
            return;
        const QString word = m_text.stringOf(node).trimmed().toLower();
        std::optional<Fix> fix;
        if (word == "true"_L1 || word == "false"_L1)
            fix = Fix {ProvisionerText::tr("Remove the quotes"),
                       {replaceValue(m_text, node, word.toUtf8())}};
        m_check.report(
            rule, node,
            ProvisionerText::tr("%1 of %2 is %3; it has to be true or false, without quotes.")
                .arg(key, m_name, m_check.shown(node)),
            std::move(fix));
    }

    void checkRunAsUser(int attribute)
    {
        const int node = m_check.member(attribute, "runAsUser"_L1);
        if (node != JsonText::none && m_text.rawOf(node) == "true")
            m_check.report(runsAsUser, node,
                           ProvisionerText::tr("%1 is written as the end user.").arg(m_name),
                           Fix {ProvisionerText::tr("Set runAsUser to false"),
                                {replaceValue(m_text, node, "false")}});
    }

    void checkCipher(int attribute)
    {
        const int cipher = m_check.member(attribute, "cipher"_L1);
        const int key = m_check.member(attribute, "key"_L1);
        if (m_check.isGiven(key)) {
            checkKey(key);
            const bool isUsed = m_check.isKind(key, JsonKind::String);
            if (isUsed && m_check.isGiven(cipher) && !isKnownCipher(m_text.stringOf(cipher)))
                m_check.report(
                    unknownCipher, cipher,
                    ProvisionerText::tr("The cipher of %1 is %2, which IDM cannot work with.")
                        .arg(m_name, m_check.shown(cipher)));
        } else if (m_check.isGiven(cipher) && !m_check.holdsSubstitutionSign(key)) {
            m_check.report(cipherWithoutKey, cipher,
                           ProvisionerText::tr("%1 has a cipher and no key.").arg(m_name));
        }
    }

    void checkKey(int key)
    {
        if (!m_check.isKind(key, JsonKind::String))
            m_check.report(keyIsNoText, key,
                           ProvisionerText::tr("The key of %1 is %2; it has to be a text.")
                               .arg(m_name, m_check.shown(key)));
        else if (!isUsualAlias(m_text.stringOf(key)))
            m_check.report(
                otherKey, key,
                ProvisionerText::tr("%1 is encrypted with the key %2, not openidm-sym-default.")
                    .arg(m_name, m_check.shown(key)));
    }

    void checkNativeNames()
    {
        QHash<QString, QString> seen; // Native name in lower case, to the attribute's.
        for (const DeclaredAttribute &attribute : m_type.attributes) {
            const QString native = attribute.nativeName.trimmed().toLower();
            if (native.isEmpty())
                continue;
            const auto other = seen.constFind(native);
            // A key that appears twice is another finding.
            if (other != seen.constEnd() && *other != attribute.name)
                m_check.reportKey(nativeNameTwice, attribute.node,
                                  ProvisionerText::tr("%1 and %2 are both %3 of the connector.")
                                      .arg(shownName(*other), shownName(attribute.name),
                                           shownName(attribute.nativeName)));
            else
                seen.insert(native, attribute.name);
        }
    }

    RuleCheck &m_check;
    const JsonText &m_text;
    const DeclaredObjectType &m_type;
    QString m_name; ///< Of the present attribute, shortened.
};

void checkAttributeRules(RuleCheck &check)
{
    for (const DeclaredObjectType &type : check.objectTypes())
        AttributeCheck(check, type).checkAll();
}

} // namespace

const RuleSet &attributeRules()
{
    static constexpr RuleSet set {allAttributeRules, checkAttributeRules};
    return set;
}

} // namespace hubkeeper
