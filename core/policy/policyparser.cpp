// SPDX-License-Identifier: MIT
#include "policy/policyparser.h"

#include "policy/policytext.h"
#include "provisioner/text/jsontext.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr auto formatName = "hubkeeper-policy"_L1;
constexpr int formatVersion = 1;
constexpr int mostRecords = 100'000'000;
constexpr int mostSignatures = 10;
constexpr qsizetype keySize = 32; // Bytes.

class PolicyParser
{
public:
    PolicyParser(const QByteArray &content, const QString &path)
        : m_text(content)
    {
        m_parsed.policy.file = path;
    }

    [[nodiscard]] ParsedPolicy parse()
    {
        for (const SyntaxFault &fault : m_text.faults())
            refuseAt(fault.at.begin, withoutStop(fault.message));
        for (const Span &comment : m_text.comments())
            refuseAt(comment.begin, PolicyText::tr("a comment is not JSON"));
        if (m_parsed.faults.isEmpty() && m_text.nodeCount() > 0)
            readRoot();
        std::stable_sort(m_parsed.faults.begin(), m_parsed.faults.end(),
                         [](const PolicyFault &a, const PolicyFault &b) {
                             return std::tie(a.line, a.column) < std::tie(b.line, b.column);
                         });
        return m_parsed;
    }

private:
    using Node = JsonText::Node;

    static QString withoutStop(const QString &sentence)
    {
        return sentence.endsWith(u'.') ? sentence.chopped(1) : sentence;
    }

    void refuseAt(qsizetype offset, const QString &phrase)
    {
        const TextPosition at = m_text.positionOf(offset);
        m_parsed.faults.append({at.line, at.column, phrase});
    }
    void refuse(int node, const QString &phrase) { refuseAt(m_text.node(node).span.begin, phrase); }

    [[nodiscard]] int lineOf(int node) const
    {
        const Node &value = m_text.node(node);
        return m_text.positionOf(value.key.size() > 0 ? value.key.begin : value.span.begin).line;
    }
    [[nodiscard]] RulePlace placeOf(const QString &rule, int node) const
    {
        return {rule, lineOf(node)};
    }

    /// Calls `read(key, node)` for each member; it says whether it knows the key.
    template <typename Read>
    void members(int object, Read read)
    {
        if (m_text.node(object).kind != JsonKind::Object)
            return refuse(object, PolicyText::tr("it is not an object"));
        QSet<QString> seen;
        for (int child = m_text.node(object).firstChild; child != JsonText::none;
             child = m_text.node(child).next) {
            const QString key = m_text.keyOf(child);
            const qsizetype at = m_text.node(child).key.begin;
            if (seen.contains(key))
                refuseAt(at, PolicyText::tr("\"%1\" is there twice").arg(key.left(40)));
            else if (!read(key, child))
                refuseAt(at, PolicyText::tr("\"%1\" is not known").arg(key.left(40)));
            seen.insert(key);
        }
    }

    template <typename Read>
    void elements(int array, const QString &name, Read read)
    {
        if (m_text.node(array).kind != JsonKind::Array)
            return refuse(array, PolicyText::tr("\"%1\" is not a list").arg(name));
        int index = 0;
        for (int child = m_text.node(array).firstChild; child != JsonText::none;
             child = m_text.node(child).next)
            read(child, index++);
    }

    [[nodiscard]] QString text(int node, const QString &name)
    {
        const QString value = m_text.stringOf(node);
        if (m_text.node(node).kind != JsonKind::String)
            refuse(node, PolicyText::tr("\"%1\" is not a text").arg(name));
        else if (value.trimmed().isEmpty())
            refuse(node, PolicyText::tr("\"%1\" is empty").arg(name));
        return value;
    }

    [[nodiscard]] std::optional<int> number(int node, const QString &name, int least, int most)
    {
        bool isNumber = false;
        const int value = m_text.rawOf(node).toInt(&isNumber);
        if (m_text.node(node).kind == JsonKind::Number && isNumber && value >= least
            && value <= most)
            return value;
        refuse(node,
               PolicyText::tr("\"%1\" is not a whole number from %2 to %3")
                   .arg(name)
                   .arg(least)
                   .arg(most));
        return std::nullopt;
    }

    [[nodiscard]] std::optional<Ruled<int>> ruled(int node, const QString &rule,
                                                  const QString &name, int most)
    {
        const auto value = number(node, name, 1, most);
        return value ? std::optional(Ruled<int> {*value, placeOf(rule, node)}) : std::nullopt;
    }

    [[nodiscard]] bool boolean(int node, const QString &name)
    {
        if (m_text.node(node).kind != JsonKind::Boolean)
            refuse(node, PolicyText::tr("\"%1\" is neither true nor false").arg(name));
        return m_text.rawOf(node) == "true";
    }

    [[nodiscard]] WriteMode mode(int node)
    {
        const QString name = text(node, u"mode"_s);
        const auto known = writeModeFrom(name);
        if (!known && !name.trimmed().isEmpty())
            refuse(node, PolicyText::tr("\"mode\" is none of read-only, review, confirm and free"));
        return known.value_or(WriteMode::ReadOnly);
    }

    [[nodiscard]] QStringList portalIds(int node, const QString &name)
    {
        QStringList ids;
        elements(node, name, [&](int one, int) {
            const bool isNumber = m_text.node(one).kind == JsonKind::Number;
            const QString id =
                isNumber ? QString::fromLatin1(m_text.rawOf(one)) : m_text.stringOf(one);
            bool isId = false;
            const qint64 number = id.toLongLong(&isId);
            if (isId && number > 0 && QString::number(number) == id)
                ids.append(id);
            else
                refuse(one,
                       PolicyText::tr("\"%1\" holds something that is not the id of a portal")
                           .arg(name));
        });
        return ids;
    }

    [[nodiscard]] QStringList addresses(int node, const QString &name)
    {
        QStringList found;
        elements(node, name, [&](int one, int) {
            const QUrl url(m_text.stringOf(one), QUrl::StrictMode);
            const bool isWeb = url.scheme() == "https"_L1 || url.scheme() == "http"_L1;
            if (!url.isValid() || url.host().isEmpty() || !isWeb || !url.userInfo().isEmpty()
                || url.hasQuery() || url.hasFragment())
                refuse(one,
                       PolicyText::tr("\"%1\" holds something that is not the address of a server")
                           .arg(name));
            else
                found.append(comparedAddress(url));
        });
        return found;
    }

    void readRoot()
    {
        constexpr int root = 0; // The outermost value.
        Policy &policy = m_parsed.policy;
        bool hasFormat = false;
        bool hasVersion = false;
        members(root, [&](const QString &key, int node) {
            if (key == "format"_L1) {
                hasFormat = true;
                if (m_text.stringOf(node) != formatName)
                    refuse(node, PolicyText::tr("\"format\" is not \"%1\"").arg(formatName));
            } else if (key == "version"_L1) {
                hasVersion = true;
                readVersion(node);
            } else if (key == "contact"_L1) {
                policy.contact = text(node, key);
            } else if (key == "allowedPortals"_L1) {
                policy.allowedPortals = {portalIds(node, key), placeOf(key, node)};
            } else if (key == "allowedServers"_L1) {
                policy.allowedServers = {addresses(node, key), placeOf(key, node)};
            } else if (key == "portals"_L1) {
                elements(node, key, [this](int one, int index) { readPortalRule(one, index); });
            } else if (key == "servers"_L1) {
                elements(node, key, [this](int one, int index) { readServerRule(one, index); });
            } else if (key == "masking"_L1) {
                if (boolean(node, key))
                    policy.masking = placeOf(key, node);
            } else if (key == "trustedKeys"_L1) {
                elements(node, key, [this](int one, int) { readTrustedKey(one); });
            } else {
                return false;
            }
            return true;
        });
        for (const auto &[has, name] :
             {std::pair(hasFormat, "format"_L1), {hasVersion, "version"_L1}})
            if (!has)
                refuse(root, PolicyText::tr("\"%1\" is missing").arg(name));
        checkSignatures();
    }

    void readVersion(int node)
    {
        bool isNumber = false;
        const int version = m_text.rawOf(node).toInt(&isNumber);
        if (isNumber && version > formatVersion)
            refuse(node,
                   PolicyText::tr("its version is newer than %1, which this program knows")
                       .arg(formatVersion));
        else if (!isNumber || version != formatVersion)
            refuse(node, PolicyText::tr("\"version\" is not %1").arg(formatVersion));
    }

    void readPortalRule(int object, int index)
    {
        Policy::PortalRule rule;
        PortalLimits &limits = rule.limits;
        const QString start = u"portals[%1]."_s.arg(index);
        members(object, [&](const QString &key, int node) {
            const QString name = start + key;
            if (key == "ids"_L1) {
                rule.ids = portalIds(node, key);
                limits.unclear = placeOf(name, node);
                if (rule.ids.isEmpty())
                    refuse(node, PolicyText::tr("\"ids\" is empty; leave it out to mean all"));
            } else if (key == "mode"_L1) {
                limits.mode = {mode(node), placeOf(name, node)};
            } else if (key == "mostRows"_L1) {
                limits.mostRows = ruled(node, name, key, mostRecords);
            } else if (key == "mostArchives"_L1) {
                limits.mostArchives = ruled(node, name, key, mostRecords);
            } else if (key == "mostPercent"_L1) {
                limits.mostPercent = ruled(node, name, key, 100);
            } else if (key == "archiving"_L1) {
                if (!boolean(node, key))
                    limits.noArchiving = placeOf(name, node);
            } else if (key == "protectedProperties"_L1) {
                elements(node, key, [&](int one, int) {
                    limits.protectedProperties.append({text(one, key), placeOf(name, one)});
                });
            } else if (key == "signatures"_L1) {
                limits.signatures = ruled(node, name, key, mostSignatures);
                if (limits.signatures)
                    m_signatureNodes.append(node);
            } else {
                return false;
            }
            return true;
        });
        m_parsed.policy.portals.append(std::move(rule));
    }

    void readServerRule(int object, int index)
    {
        Policy::ServerRule rule;
        bool hasMode = false;
        members(object, [&](const QString &key, int node) {
            if (key == "addresses"_L1) {
                rule.addresses = addresses(node, key);
                if (rule.addresses.isEmpty())
                    refuse(node,
                           PolicyText::tr("\"addresses\" is empty; leave it out to mean all"));
            } else if (key == "mode"_L1) {
                hasMode = true;
                rule.mode = {mode(node), placeOf(u"servers[%1].mode"_s.arg(index), node)};
            } else {
                return false;
            }
            return true;
        });
        if (!hasMode)
            refuse(object, PolicyText::tr("\"%1\" is missing").arg("mode"_L1));
        m_parsed.policy.servers.append(std::move(rule));
    }

    void readTrustedKey(int object)
    {
        TrustedKey trusted;
        bool hasKey = false;
        members(object, [&](const QString &key, int node) {
            if (key == "name"_L1) {
                trusted.name = text(node, key);
            } else if (key == "key"_L1) {
                hasKey = true;
                readKey(node, trusted);
            } else if (key == "accounts"_L1) {
                elements(node, key, [&](int one, int) { trusted.accounts.append(text(one, key)); });
            } else {
                return false;
            }
            return true;
        });
        if (trusted.name.isEmpty())
            refuse(object, PolicyText::tr("\"%1\" is missing").arg("name"_L1));
        if (!hasKey)
            refuse(object, PolicyText::tr("\"%1\" is missing").arg("key"_L1));
        if (trusted.accounts.isEmpty())
            refuse(object,
                   PolicyText::tr("\"accounts\" is missing: without it nobody knows whether "
                                  "a signer is the author"));
        m_parsed.policy.trustedKeys.append(std::move(trusted));
    }

    void readKey(int node, TrustedKey &trusted)
    {
        const auto decoded = QByteArray::fromBase64Encoding(
            m_text.stringOf(node).toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
        if (!decoded || decoded.decoded.size() != keySize)
            return refuse(node, PolicyText::tr("\"key\" is not a public key (32 bytes as base64)"));
        trusted.key = decoded.decoded;
        const auto &keys = m_parsed.policy.trustedKeys;
        if (std::any_of(keys.begin(), keys.end(),
                        [&](const TrustedKey &other) { return other.key == trusted.key; }))
            refuse(node, PolicyText::tr("the key is there twice"));
    }

    void checkSignatures()
    {
        qsizetype index = 0;
        for (const Policy::PortalRule &rule : std::as_const(m_parsed.policy.portals)) {
            if (!rule.limits.signatures)
                continue;
            if (rule.limits.signatures->value > m_parsed.policy.trustedKeys.size())
                refuse(m_signatureNodes[index],
                       PolicyText::tr("\"signatures\" is more than there are trusted keys"));
            ++index;
        }
    }

    const JsonText m_text;
    ParsedPolicy m_parsed;
    QList<int> m_signatureNodes; // Of the rules that have such a number, in order.
};

} // namespace

ParsedPolicy parsePolicy(const QByteArray &content, const QString &path)
{
    return PolicyParser(content, path).parse();
}

QString summaryOf(const QList<PolicyFault> &faults)
{
    if (faults.isEmpty())
        return {};
    const PolicyFault &first = faults.first();
    //: %1 is a number, %2 a phrase.
    const QString phrase = PolicyText::tr("line %1: %2").arg(first.line).arg(first.text);
    if (faults.size() == 1)
        return phrase;
    //: %1 is a phrase, %2 a number above 1.
    return PolicyText::tr("%1 (the first of %2 faults)").arg(phrase).arg(faults.size());
}

} // namespace hubkeeper
