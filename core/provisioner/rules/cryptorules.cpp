// SPDX-License-Identifier: MIT
#include "provisioner/rules/cryptorules.h"

#include "provisioner/model/connectorproperties.h"
#include "provisioner/model/encryption.h"
#include "provisioner/provisionertext.h"
#include "provisioner/rules/rulecheck.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

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
        m_isSecret = property && property->isConfidential();
        m_isProperty = property != nullptr;
        m_isSound = true;
        if (m_text.node(holder).childCount > 1)
            reportCompany(holder, crypto);
        checkContent(crypto, property);
        if (m_isSound && !m_isSecret && (m_isProperty || isForPeople(holder)))
            m_check.report(crypto::notConfidential, holder,
                           ProvisionerText::tr("%1 is not a secret and is here encrypted.")
                               .arg(m_text.keyOf(holder)));
    }

    void checkContent(int crypto, const ConnectorProperty *property)
    {
        const int type = m_text.member(crypto, u"type"_s);
        if (!m_check.isKind(type, JsonKind::String))
            return reportUnrecognised(
                crypto::noCryptoType, crypto,
                ProvisionerText::tr("The block has no type, or one that is not a text."));
        const int value = m_text.member(crypto, u"value"_s);
        if (!m_check.isKind(value, JsonKind::Object))
            return reportUnrecognised(
                crypto::noValue, crypto,
                ProvisionerText::tr("The block has no value, or one that is not an object."));
        checkType(type, value, property);
    }

    /// IDM leaves such a block an object, which only a property refuses.
    void reportUnrecognised(const Rule &rule, int node, const QString &message)
    {
        m_isSound = false;
        m_check.reportAs(m_isProperty ? Severity::Error : Severity::Warning, rule, node, message);
    }

    /// Below the top, what may be of any kind; everywhere else an object is found for itself.
    [[nodiscard]] bool isForPeople(int node) const
    {
        static const QStringList keys {u"$schema"_s,
                                       u"id"_s,
                                       u"title"_s,
                                       u"description"_s,
                                       u"onDeny"_s,
                                       u"items"_s,
                                       u"operationOptionInfo"_s};
        const int parent = m_text.node(node).parent;
        return parent != JsonText::none && parent != m_text.root()
            && m_text.keyOf(parent) != "properties"_L1 && keys.contains(m_text.keyOf(node));
    }

    /// The connector's property a node is the value of, or null.
    [[nodiscard]] const ConnectorProperty *propertyAt(int node) const
    {
        const int parent = m_text.node(node).parent;
        const bool isThere = parent != JsonText::none
            && parent == m_check.find(u"/configurationProperties"_s, JsonKind::Object);
        return isThere ? connectorProperty(m_text.keyOf(node)) : nullptr;
    }

    void reportBroken(const Rule &rule, int node, const QString &message)
    {
        m_isSound = false;
        m_check.report(rule, node, message);
    }

    void reportCompany(int holder, int crypto)
    {
        std::optional<Fix> fix;
        if (m_isProperty) // Elsewhere the other members may be what was meant.
            fix =
                Fix {ProvisionerText::tr("Leave $crypto alone in its object"),
                     {replaceValue(m_text, holder, "{\"$crypto\": " + m_text.rawOf(crypto) + '}')},
                     false};
        m_check.report(crypto::besideCrypto, holder,
                       ProvisionerText::tr("$crypto is not the only member of its object."),
                       std::move(fix));
    }

    void checkType(int type, int value, const ConnectorProperty *property)
    {
        const QString name = m_text.stringOf(type);
        if (name == "salted-hash"_L1) {
            if (property)
                reportBroken(
                    crypto::hashed, type,
                    ProvisionerText::tr("%1 is hashed.").arg(QLatin1String(property->name)));
        } else if (name == "x-simple-encryption"_L1) {
            checkEncryption(value);
        } else {
            reportUnrecognised(
                crypto::unknownCryptoType, type,
                ProvisionerText::tr("There is no type %1.").arg(m_check.shown(type)));
        }
    }

    void checkEncryption(int value)
    {
        // Both are findings of the encryption rules.
        m_isSound =
            isKnownCipher(textOf(value, u"cipher"_s)) && !isMadeUp(textOf(value, u"data"_s));
        const bool hasNewerParts = has(value, u"stableId"_s) || has(value, u"purpose"_s);
        // The community's server goes by key and ignores what else is there.
        const bool isNewer = hasNewerParts && !(m_check.isCommunity() && has(value, u"key"_s));
        if (has(value, u"key"_s) && hasNewerParts)
            m_check.report(crypto::mixedForms, value,
                           ProvisionerText::tr("The block has both key and stableId or purpose."));
        else if (isNewer && m_check.isCommunity())
            return reportBroken(crypto::newerBlock, value,
                                ProvisionerText::tr("The block is of the newer form."));
        checkMembers(value, isNewer);
        for (const QString &name : {u"data"_s, u"iv"_s})
            checkBytes(value, name);
        if (isNewer) { // The older form has no such parts, and nobody reads them there.
            checkBytes(value, u"salt"_s);
            checkBytes(value, u"mac"_s);
        }
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
            reportBroken(crypto::missingMember, value,
                         ProvisionerText::tr("The block lacks %1.").arg(missing.join(u", "_s)));
        else if (!isKey(key))
            reportBroken(crypto::missingMember, key,
                         ProvisionerText::tr("key of the block is neither the alias of a key nor an"
                                             " object with cipher, key and data."));
    }

    /// An alias, or a key that is itself encrypted with an asymmetric one; absent in the newer
    /// form.
    [[nodiscard]] bool isKey(int node) const
    {
        if (node == JsonText::none || m_check.isKind(node, JsonKind::String)
            || m_check.isKind(node, JsonKind::Null))
            return true;
        return m_check.isKind(node, JsonKind::Object) && has(node, u"cipher"_s)
            && has(node, u"key"_s) && has(node, u"data"_s);
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
            return reportBroken(crypto::notBase64, node,
                                ProvisionerText::tr("%1 is not Base64.").arg(name));
        const bool isAesCbc = textOf(value, u"cipher"_s) == "AES/CBC/PKCS5Padding"_L1;
        const qsizetype size = decoded.decoded.size();
        const bool fits = name == "iv"_L1 ? size == aesBlock : size % aesBlock == 0;
        if (isAesCbc && (name == "iv"_L1 || name == "data"_L1) && !fits)
            reportBroken(
                crypto::wrongLength, node,
                ProvisionerText::tr("%1 has %2 bytes; it has to have %3.")
                    .arg(name)
                    .arg(size)
                    .arg(name == "iv"_L1 ? u"16"_s : ProvisionerText::tr("a multiple of 16")));
    }

    void checkPurpose(int value)
    {
        const int node = m_text.member(value, u"purpose"_s);
        if (node != JsonText::none && m_text.stringOf(node) != "idm.config.encryption"_L1)
            m_check.report(crypto::otherPurpose, node,
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
            m_check.report(crypto::sameBlock, data,
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
    bool m_isSound = true; ///< Nothing was found that keeps it from being decrypted.
};

void checkCryptoRules(RuleCheck &check)
{
    CryptoCheck(check).checkAll();
}

} // namespace

const RuleSet &cryptoRules()
{
    static const RuleSet set {crypto::rules(), checkCryptoRules};
    return set;
}

} // namespace hubkeeper
