// SPDX-License-Identifier: MIT
#include "provisioner/model/connectorproperties.h"
#include "provisioner/model/encryption.h"
#include "provisioner/provisionertext.h"
#include "provisioner/rules/examples.h"
#include "provisioner/rules/rulecheck.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr Rule unknownEncryptionCipher {
    "HK523",
    Severity::Error,
    RuleStage::Secrets,
    QT_TRANSLATE_NOOP("Rule", "Encrypted value with an unknown cipher"),
    QT_TRANSLATE_NOOP("Rule", "IDM cannot decrypt it, and the connector is not registered."),
    QT_TRANSLATE_NOOP("Rule",
                      "Restore the whole block from the server that made it, or replace it."),
    "idm-connector 2.8, OpenIDM 6.3.0: configurationProperties",
    {secretPlace,
     R"({"$crypto": {"type": "x-simple-encryption", "value":
         {"data": "RkFLRS1DSVBIRVJURVhUIQ==", "cipher": "AES/NONE/None", "key": "openidm-sym-default",
          "iv": "RkFLRS1JVi0xNi1CWVRFUw=="}}})",
     substitutedSecret},
};

constexpr Rule otherAlias {
    "HK524",
    Severity::Warning,
    RuleStage::Secrets,
    QT_TRANSLATE_NOOP("Rule", "Encrypted with a key of another name"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "IDM encrypts configuration with openidm-sym-default. If the server that reads the file "
        "has no"
        " key of this alias, it cannot decrypt the value and the connector is not registered."),
    QT_TRANSLATE_NOOP("Rule",
                      "Check that the server's keystore has the alias, or let the server encrypt "
                      "the value anew."),
    "idm-connector 2.8",
    {secretPlace,
     R"({"$crypto": {"type": "x-simple-encryption", "value":
         {"data": "RkFLRS1DSVBIRVJURVhUIQ==", "cipher": "AES/CBC/PKCS5Padding", "key": "tenant-two-key",
          "iv": "RkFLRS1JVi0xNi1CWVRFUw=="}}})",
     substitutedSecret},
    false,
    {Severity::Error,
     QT_TRANSLATE_NOOP("Rule",
                       "OpenIDM has no key of this alias unless it was added to the keystore: it "
                       "cannot decrypt the"
                       " value, and the connector is not registered."),
     nullptr},
};

constexpr Rule madeUp {
    "HK525",
    Severity::Error,
    RuleStage::Secrets,
    QT_TRANSLATE_NOOP("Rule", "Encrypted value that nobody encrypted"),
    QT_TRANSLATE_NOOP("Rule",
                      "The data is plain words in Base64, as in an example. IDM decrypts every "
                      "block wherever it is,"
                      " and one that it cannot decrypt keeps the connector from being registered."),
    QT_TRANSLATE_NOOP("Rule", "Replace the block by the value itself, or remove it."),
    "OpenIDM 6.3.0: configurationProperties",
    {"/description",
     R"({"$crypto": {"type": "x-simple-encryption", "value":
         {"data": "RkFLRS1DSVBIRVJURVhUIQ==", "cipher": "AES/CBC/PKCS5Padding", "key": "openidm-sym-default",
          "iv": "RkFLRS1JVi0xNi1CWVRFUw=="}}})",
     R"("The connector to HubSpot")"},
};

constexpr const Rule *allEncryptionRules[] {&unknownEncryptionCipher, &otherAlias, &madeUp};

/// With what a value was encrypted, if it was.
class EncryptionCheck
{
public:
    explicit EncryptionCheck(RuleCheck &check)
        : m_check(check)
        , m_text(check.text)
    {
    }

    void checkAll()
    {
        const int properties = m_check.find(u"/configurationProperties"_s, JsonKind::Object);
        for (int node = m_text.root(); node < m_check.endOfValues(); ++node) {
            const Span &key = m_text.node(node).key;
            if (QByteArrayView(m_text.bytes()).sliced(key.begin, key.size()) != "\"$crypto\"")
                continue;
            const int type = m_check.member(node, "type"_L1);
            const int value = m_check.member(node, "value"_L1);
            if (m_text.stringOf(type) != "x-simple-encryption"_L1
                || !m_check.isKind(value, JsonKind::Object))
                continue; // Other findings.
            const int holder = m_text.node(node).parent;
            const ConnectorProperty *property = connectorProperty(m_text.keyOf(holder));
            m_isSecret =
                property && property->isConfidential() && m_text.node(holder).parent == properties;
            checkCipher(value);
            checkAlias(value);
            checkOrigin(value);
        }
    }

private:
    void checkCipher(int value)
    {
        const int node = m_text.member(value, u"cipher"_s);
        if (node != JsonText::none && !isKnownCipher(m_text.stringOf(node)))
            m_check.report(unknownEncryptionCipher, node,
                           ProvisionerText::tr("The cipher is %1, which IDM cannot work with.")
                               .arg(m_check.shown(node)));
    }

    void checkAlias(int value)
    {
        for (const QString &name : {u"key"_s, u"stableId"_s}) {
            const int node = m_text.member(value, name);
            if (node != JsonText::none && m_check.isKind(node, JsonKind::String)
                && !isUsualAlias(m_text.stringOf(node)))
                return m_check.report(
                    otherAlias, node,
                    ProvisionerText::tr("The key is called %1, not openidm-sym-default.")
                        .arg(m_check.shown(node)));
        }
    }

    /// In a secret that is what samples have in place of one.
    void checkOrigin(int value)
    {
        if (isMadeUp(textOf(value, u"data"_s)))
            m_check.reportAs(m_isSecret ? Severity::Info : Severity::Error, madeUp,
                             m_text.member(value, u"data"_s),
                             ProvisionerText::tr("The data is readable text in Base64."));
    }

    [[nodiscard]] QString textOf(int object, const QString &name) const
    {
        const int node = m_text.member(object, name);
        return node == JsonText::none ? QString() : m_text.stringOf(node);
    }

    RuleCheck &m_check;
    const JsonText &m_text;
    bool m_isSecret = false; ///< The present block is in a confidential property.
};

void checkEncryptionRules(RuleCheck &check)
{
    EncryptionCheck(check).checkAll();
}

} // namespace

const RuleSet &encryptionRules()
{
    static constexpr RuleSet set {allEncryptionRules, checkEncryptionRules};
    return set;
}

} // namespace hubkeeper
