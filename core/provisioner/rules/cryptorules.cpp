// SPDX-License-Identifier: MIT
#include "provisioner/model/connectorproperties.h"
#include "provisioner/model/encryption.h"
#include "provisioner/provisionertext.h"
#include "provisioner/rules/examples.h"
#include "provisioner/rules/rulecheck.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr Rule noCryptoType {
    "HK510",
    Severity::Error,
    RuleStage::Secrets,
    QT_TRANSLATE_NOOP("Rule", "Encrypted value without a type"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "IDM does not recognize the block as encrypted, and the connector refuses an object here."),
    QT_TRANSLATE_NOOP("Rule",
                      "Restore the whole block from the server that made it, or replace it."),
    "idm-connector 2.8",
    {secretPlace, R"({"$crypto": {"value": {"data": "YQ=="}}})", substitutedSecret},
};

constexpr Rule unknownCryptoType {
    "HK511",
    Severity::Error,
    RuleStage::Secrets,
    QT_TRANSLATE_NOOP("Rule", "Encrypted value of an unknown type"),
    QT_TRANSLATE_NOOP("Rule",
                      "IDM knows no way to decrypt it, and the connector does not become active."),
    QT_TRANSLATE_NOOP("Rule",
                      "Restore the whole block from the server that made it, or replace it."),
    "idm-connector 2.8",
    {secretPlace, R"({"$crypto": {"type": "simple-encryption", "value": {"data": "YQ=="}}})",
     substitutedSecret},
};

constexpr Rule noValue {
    "HK512",
    Severity::Error,
    RuleStage::Secrets,
    QT_TRANSLATE_NOOP("Rule", "Encrypted value without its content"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "IDM does not recognize the block as encrypted, and the connector refuses an object here."),
    QT_TRANSLATE_NOOP("Rule",
                      "Restore the whole block from the server that made it, or replace it."),
    "idm-connector 2.8",
    {secretPlace, R"({"$crypto": {"type": "x-simple-encryption"}})", substitutedSecret},
};

constexpr Rule missingMember {
    "HK513",
    Severity::Error,
    RuleStage::Secrets,
    QT_TRANSLATE_NOOP("Rule", "Encrypted value with a part missing"),
    QT_TRANSLATE_NOOP("Rule", "IDM cannot decrypt it, and the connector does not become active."),
    QT_TRANSLATE_NOOP("Rule",
                      "Restore the whole block from the server that made it, or replace it."),
    "idm-connector 2.8",
    {secretPlace,
     R"({"$crypto": {"type": "x-simple-encryption", "value":
         {"data": "RkFLRS1DSVBIRVJURVhUIQ==", "cipher": "AES/CBC/PKCS5Padding", "key": "openidm-sym-default"}}})",
     R"({"$crypto": {"type": "x-simple-encryption", "value":
         {"data": "RkFLRS1DSVBIRVJURVhUIQ==", "cipher": "AES/CBC/PKCS5Padding", "key": "openidm-sym-default",
          "iv": "RkFLRS1JVi0xNi1CWVRFUw=="}}})"},
};

constexpr Rule notBase64 {
    "HK514",
    Severity::Error,
    RuleStage::Secrets,
    QT_TRANSLATE_NOOP("Rule", "Encrypted value that is not Base64"),
    QT_TRANSLATE_NOOP("Rule", "IDM cannot decrypt it, and the connector does not become active."),
    QT_TRANSLATE_NOOP("Rule",
                      "Restore the whole block from the server that made it, or replace it."),
    "idm-connector 2.8",
    {secretPlace,
     R"({"$crypto": {"type": "x-simple-encryption", "value":
         {"data": "not base64!", "cipher": "AES/CBC/PKCS5Padding", "key": "openidm-sym-default",
          "iv": "RkFLRS1JVi0xNi1CWVRFUw=="}}})",
     substitutedSecret},
};

constexpr Rule wrongLength {
    "HK515",
    Severity::Error,
    RuleStage::Secrets,
    QT_TRANSLATE_NOOP("Rule", "Encrypted value of an impossible length"),
    QT_TRANSLATE_NOOP("Rule",
                      "AES works on blocks of 16 bytes: something was cut off or added, so IDM "
                      "cannot decrypt it."),
    QT_TRANSLATE_NOOP("Rule",
                      "Restore the whole block from the server that made it, or replace it."),
    "idm-connector 2.8",
    {secretPlace,
     R"({"$crypto": {"type": "x-simple-encryption", "value":
         {"data": "RkFLRQ==", "cipher": "AES/CBC/PKCS5Padding", "key": "openidm-sym-default",
          "iv": "RkFLRS1JVi0xNi1CWVRFUw=="}}})",
     substitutedSecret},
};

constexpr Rule otherPurpose {
    "HK516",
    Severity::Warning,
    RuleStage::Secrets,
    QT_TRANSLATE_NOOP("Rule", "Encrypted for another purpose"),
    QT_TRANSLATE_NOOP("Rule",
                      "IDM encrypts configuration with the purpose idm.config.encryption; a block "
                      "for another purpose"
                      " may belong to another key."),
    QT_TRANSLATE_NOOP(
        "Rule", "Replace it by a substitution or the plain text, and let IDM encrypt it anew."),
    "idm-connector 2.8",
    {secretPlace,
     R"({"$crypto": {"type": "x-simple-encryption", "value":
         {"data": "RkFLRS1DSVBIRVJURVhUIQ==", "cipher": "AES/CBC/PKCS5Padding", "stableId": "openidm-sym-default",
          "iv": "RkFLRS1JVi0xNi1CWVRFUw==", "salt": "YQ==", "mac": "YQ==", "keySize": 16,
          "purpose": "idm.password.encryption"}}})",
     substitutedSecret},
};

constexpr Rule hashed {
    "HK517",
    Severity::Error,
    RuleStage::Secrets,
    QT_TRANSLATE_NOOP("Rule", "Hash instead of an encrypted value"),
    QT_TRANSLATE_NOOP("Rule",
                      "A hash cannot be turned back into the secret, so the connector has nothing "
                      "to log in with."),
    QT_TRANSLATE_NOOP("Rule", "Enter the secret anew and let IDM encrypt it."),
    "idm-connector 2.8",
    {secretPlace,
     R"({"$crypto": {"type": "salted-hash", "value": {"algorithm": "SHA-256", "data": "YQ=="}}})",
     substitutedSecret},
};

constexpr Rule notConfidential {
    "HK518",
    Severity::Warning,
    RuleStage::Secrets,
    QT_TRANSLATE_NOOP("Rule", "Encrypted value for a property that is not a secret"),
    QT_TRANSLATE_NOOP("Rule",
                      "IDM decrypts every block wherever it is, so the value works; nobody can "
                      "read in the file what"
                      " it is, and the file no longer works on another server."),
    QT_TRANSLATE_NOOP("Rule", "Write the value itself."),
    "idm-connector 2.5",
    {"/configurationProperties/httpProxyHost",
     R"({"$crypto": {"type": "x-simple-encryption", "value":
         {"data": "RkFLRS1DSVBIRVJURVhUIQ==", "cipher": "AES/CBC/PKCS5Padding", "key": "openidm-sym-default",
          "iv": "RkFLRS1JVi0xNi1CWVRFUw=="}}})",
     "null"},
};

constexpr Rule besideCrypto {
    "HK519",
    Severity::Warning,
    RuleStage::Secrets,
    QT_TRANSLATE_NOOP("Rule", "Members beside an encrypted value"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "IDM replaces the whole object by the decrypted secret; the other members are lost."),
    QT_TRANSLATE_NOOP("Rule", "Leave $crypto alone in its object."),
    "idm-connector 2.8",
    {secretPlace,
     R"({"comment": "of June", "$crypto": {"type": "x-simple-encryption", "value":
         {"data": "RkFLRS1DSVBIRVJURVhUIQ==", "cipher": "AES/CBC/PKCS5Padding", "key": "openidm-sym-default",
          "iv": "RkFLRS1JVi0xNi1CWVRFUw=="}}})",
     substitutedSecret},
    true,
};

constexpr Rule sameBlock {
    "HK520",
    Severity::Warning,
    RuleStage::Secrets,
    QT_TRANSLATE_NOOP("Rule", "Two secrets with one encrypted value"),
    QT_TRANSLATE_NOOP("Rule", "Both decrypt to the same text, so HubSpot refuses one of the two."),
    QT_TRANSLATE_NOOP("Rule", "Enter the secret that was overwritten anew."),
    "idm-connector 2.8",
    {"/configurationProperties",
     R"({"clientId": "3f8a1c52-7b1e-4a6d-9c0e-5d2f6b7a8c91",
         "clientSecret": {"$crypto": {"type": "x-simple-encryption", "value":
         {"data": "RkFLRS1DSVBIRVJURVhUIQ==", "cipher": "AES/CBC/PKCS5Padding", "key": "openidm-sym-default",
          "iv": "RkFLRS1JVi0xNi1CWVRFUw=="}}},
         "refreshToken": {"$crypto": {"type": "x-simple-encryption", "value":
         {"data": "RkFLRS1DSVBIRVJURVhUIQ==", "cipher": "AES/CBC/PKCS5Padding", "key": "openidm-sym-default",
          "iv": "RkFLRS1JVi0xNi1CWVRFUw=="}}}})",
     R"({"clientId": "3f8a1c52-7b1e-4a6d-9c0e-5d2f6b7a8c91",
         "clientSecret": "&{hubspot.client.secret}", "refreshToken": "&{hubspot.refresh.token}"})"},
};

constexpr Rule newerBlock {
    "HK521",
    Severity::Error,
    RuleStage::Secrets,
    QT_TRANSLATE_NOOP("Rule", "Encrypted value that OpenIDM cannot read"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "The community's server knows the older form with a key alias only and cannot decrypt this"
        " one."),
    QT_TRANSLATE_NOOP(
        "Rule", "Replace it by the plain text or a substitution, and let OpenIDM encrypt it."),
    "idm-connector 2.8, 7",
    {secretPlace,
     R"({"$crypto": {"type": "x-simple-encryption", "value":
         {"data": "RkFLRS1DSVBIRVJURVhUIQ==", "cipher": "AES/CBC/PKCS5Padding", "stableId": "openidm-sym-default",
          "iv": "RkFLRS1JVi0xNi1CWVRFUw==", "salt": "YQ==", "mac": "YQ==", "keySize": 16,
          "purpose": "idm.config.encryption"}}})",
     substitutedSecret, ServerProfile::Community},
};

constexpr Rule mixedForms {
    "HK522",
    Severity::Warning,
    RuleStage::Secrets,
    QT_TRANSLATE_NOOP("Rule", "Encrypted value of both forms at once"),
    QT_TRANSLATE_NOOP("Rule",
                      "The older form names its key with key, the newer one with stableId, salt "
                      "and mac. A block with"
                      " both was put together by hand: community OpenIDM decrypts it by the older "
                      "form and ignores "
                      "the"
                      " rest, another server may not."),
    QT_TRANSLATE_NOOP("Rule",
                      "Restore the whole block from the server that made it, or replace it."),
    "idm-connector 2.8",
    {secretPlace,
     R"({"$crypto": {"type": "x-simple-encryption", "value":
         {"data": "RkFLRS1DSVBIRVJURVhUIQ==", "cipher": "AES/CBC/PKCS5Padding", "key": "openidm-sym-default",
          "stableId": "openidm-sym-default", "iv": "RkFLRS1JVi0xNi1CWVRFUw=="}}})",
     substitutedSecret},
};

constexpr const Rule *allCryptoRules[] {
    &noCryptoType, &unknownCryptoType, &noValue,    &missingMember,   &notBase64,
    &wrongLength,  &otherPurpose,      &hashed,     &notConfidential, &besideCrypto,
    &sameBlock,    &newerBlock,        &mixedForms,
};

class CryptoCheck
{
public:
    explicit CryptoCheck(RuleCheck &check)
        : m_check(check)
        , m_text(check.text)
    {
    }

    void checkAll()
    {
        for (int node = m_text.root(); node < m_check.endOfValues(); ++node) {
            const Span &key = m_text.node(node).key;
            if (QByteArrayView(m_text.bytes()).sliced(key.begin, key.size()) == "\"$crypto\"")
                checkBlock(node);
        }
    }

private:
    void checkBlock(int crypto)
    {
        const int holder = m_text.node(crypto).parent;
        const ConnectorProperty *property = propertyAt(holder);
        if (property && !property->isConfidential())
            m_check.report(notConfidential, holder,
                           ProvisionerText::tr("%1 is not a secret and is here encrypted.")
                               .arg(QLatin1String(property->name)));
        m_isSecret = property && property->isConfidential();
        m_isProperty = property != nullptr;
        if (m_text.node(holder).childCount > 1)
            reportCompany(holder, crypto);
        const int type = m_text.member(crypto, u"type"_s);
        if (!m_check.isKind(type, JsonKind::String))
            return reportUnrecognised(
                noCryptoType, crypto,
                ProvisionerText::tr("The block has no type, or one that is not a text."));
        const int value = m_text.member(crypto, u"value"_s);
        if (!m_check.isKind(value, JsonKind::Object))
            return reportUnrecognised(
                noValue, crypto,
                ProvisionerText::tr("The block has no value, or one that is not an object."));
        checkType(type, value, property);
    }

    /// IDM leaves such a block an object, which only a property refuses.
    void reportUnrecognised(const Rule &rule, int node, const QString &message)
    {
        m_check.reportAs(m_isProperty ? Severity::Error : Severity::Warning, rule, node, message);
    }

    /// The connector's property a node is the value of, or null.
    [[nodiscard]] const ConnectorProperty *propertyAt(int node) const
    {
        const int parent = m_text.node(node).parent;
        const bool isThere = parent != JsonText::none
            && parent == m_check.find(u"/configurationProperties"_s, JsonKind::Object);
        return isThere ? connectorProperty(m_text.keyOf(node)) : nullptr;
    }

    void reportCompany(int holder, int crypto)
    {
        std::optional<Fix> fix;
        if (m_isProperty) // Elsewhere the other members may be what was meant.
            fix =
                Fix {ProvisionerText::tr("Leave $crypto alone in its object"),
                     {replaceValue(m_text, holder, "{\"$crypto\": " + m_text.rawOf(crypto) + '}')},
                     false};
        m_check.report(besideCrypto, holder,
                       ProvisionerText::tr("$crypto is not the only member of its object."),
                       std::move(fix));
    }

    void checkType(int type, int value, const ConnectorProperty *property)
    {
        const QString name = m_text.stringOf(type);
        if (name == "salted-hash"_L1) {
            if (property)
                m_check.report(
                    hashed, type,
                    ProvisionerText::tr("%1 is hashed.").arg(QLatin1String(property->name)));
        } else if (name == "x-simple-encryption"_L1) {
            checkEncryption(value);
        } else {
            reportUnrecognised(
                unknownCryptoType, type,
                ProvisionerText::tr("There is no type %1.").arg(m_check.shown(type)));
        }
    }

    void checkEncryption(int value)
    {
        const bool hasNewerParts = has(value, u"stableId"_s) || has(value, u"purpose"_s);
        // The community's server goes by key and ignores what else is there.
        const bool isNewer = hasNewerParts && !(m_check.isCommunity() && has(value, u"key"_s));
        if (has(value, u"key"_s) && hasNewerParts)
            m_check.report(mixedForms, value,
                           ProvisionerText::tr("The block has both key and stableId or purpose."));
        else if (isNewer && m_check.isCommunity())
            return m_check.report(newerBlock, value,
                                  ProvisionerText::tr("The block is of the newer form."));
        checkMembers(value, isNewer);
        for (const QString &name : {u"data"_s, u"iv"_s, u"salt"_s, u"mac"_s})
            checkBytes(value, name);
        checkPurpose(value);
        if (m_isSecret)
            checkRepetition(value);
    }

    void checkMembers(int value, bool isNewer)
    {
        QStringList needed {u"data"_s, u"cipher"_s};
        const int key = m_text.member(value, u"key"_s);
        const bool isAsymmetric = m_check.isKind(key, JsonKind::Object);
        if (!isAsymmetric && !textOf(value, u"cipher"_s).contains(u"ECB"_s))
            needed.append(u"iv"_s);
        if (isNewer)
            needed += {u"stableId"_s, u"salt"_s, u"mac"_s};
        else
            needed.append(u"key"_s);
        QStringList missing;
        for (const QString &name : std::as_const(needed)) {
            if (!has(value, name))
                missing.append(name);
        }
        if (!missing.isEmpty())
            m_check.report(missingMember, value,
                           ProvisionerText::tr("The block lacks %1.").arg(missing.join(u", "_s)));
    }

    void checkBytes(int value, const QString &name)
    {
        const int node = m_text.member(value, name);
        if (node == JsonText::none)
            return;
        const QByteArray text = m_text.stringOf(node).toLatin1();
        const auto decoded =
            QByteArray::fromBase64Encoding(text, QByteArray::AbortOnBase64DecodingErrors);
        // One character too many is too little for a byte; Qt overlooks it.
        const bool isGood = m_check.isKind(node, JsonKind::String) && text.size() % 4 != 1
            && !decoded.decoded.isEmpty()
            && decoded.decodingStatus == QByteArray::Base64DecodingStatus::Ok;
        if (!isGood)
            return m_check.report(notBase64, node,
                                  ProvisionerText::tr("%1 is not Base64.").arg(name));
        const bool isAesCbc = textOf(value, u"cipher"_s) == "AES/CBC/PKCS5Padding"_L1;
        const qsizetype size = decoded.decoded.size();
        const bool fits = name == "iv"_L1 ? size == aesBlock : size % aesBlock == 0;
        if (isAesCbc && (name == "iv"_L1 || name == "data"_L1) && !fits)
            m_check.report(
                wrongLength, node,
                ProvisionerText::tr("%1 has %2 bytes; it has to have %3.")
                    .arg(name)
                    .arg(size)
                    .arg(name == "iv"_L1 ? u"16"_s : ProvisionerText::tr("a multiple of 16")));
    }

    void checkPurpose(int value)
    {
        const int node = m_text.member(value, u"purpose"_s);
        if (node != JsonText::none && m_text.stringOf(node) != "idm.config.encryption"_L1)
            m_check.report(otherPurpose, node,
                           ProvisionerText::tr("The purpose is %1, not idm.config.encryption.")
                               .arg(m_check.shown(node)));
    }

    void checkRepetition(int value)
    {
        const int data = m_text.member(value, u"data"_s);
        if (data == JsonText::none)
            return;
        const QByteArray raw = m_text.rawOf(data);
        if (m_seen.contains(raw))
            m_check.report(sameBlock, data,
                           ProvisionerText::tr("Another secret has the same encrypted value."));
        m_seen.insert(raw);
    }

    [[nodiscard]] bool has(int object, const QString &name) const
    {
        const int node = m_text.member(object, name);
        return node != JsonText::none && m_text.node(node).kind != JsonKind::Null;
    }

    [[nodiscard]] QString textOf(int object, const QString &name) const
    {
        const int node = m_text.member(object, name);
        return node == JsonText::none ? QString() : m_text.stringOf(node);
    }

    RuleCheck &m_check;
    const JsonText &m_text;
    QSet<QByteArray> m_seen;
    bool m_isSecret = false; ///< The present block is in a confidential property.
    bool m_isProperty = false; ///< Or in another property of the connector.
};

void checkCryptoRules(RuleCheck &check)
{
    CryptoCheck(check).checkAll();
}

} // namespace

const RuleSet &cryptoRules()
{
    static constexpr RuleSet set {allCryptoRules, checkCryptoRules};
    return set;
}

} // namespace hubkeeper
