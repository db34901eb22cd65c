// SPDX-License-Identifier: MIT
#include "provisioner/confidential/secretmask.h"

#include "base/redact.h"
#include "base/similarname.h"
#include "provisioner/confidential/confidentialtexts.h"
#include "provisioner/confidential/publicwords.h"
#include "provisioner/confidential/secretscan.h"
#include "provisioner/confidential/secretvalue.h"
#include "provisioner/model/connectorproperties.h"
#include "provisioner/text/jsonedit.h"

#include <algorithm>
#include <cstdlib>
#include <string_view>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr auto same = "\"(secret)\"";
constexpr auto different = "\"(another secret)\"";

/// Words that only secrets have in their names, in small letters.
constexpr std::string_view secretWords[] {"secret", "token",   "password", "passphrase",
                                          "apikey", "hapikey", "api_key",  "privatekey"};

constexpr char lowered(char c)
{
    return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
}

/// Letter case does not count. Written out, since every key of every file passes here.
bool hasSecretName(QByteArrayView key)
{
    const auto beginsAt = [key](qsizetype at, std::string_view word) {
        if (key.size() - at < qsizetype(word.size()))
            return false;
        return std::equal(word.begin(), word.end(), key.begin() + at,
                          [](char a, char b) { return a == lowered(b); });
    };
    for (qsizetype at = 0; at < key.size(); ++at) {
        for (const std::string_view word : secretWords) {
            if (lowered(key[at]) == word.front() && beginsAt(at, word))
                return true;
        }
    }
    return false;
}

/// What a `$crypto` block says beside its cipher text (idm-connector 2.8).
bool isCryptoMetadata(const QString &key)
{
    static const QStringList names {u"type"_s,    u"cipher"_s,  u"key"_s,      u"stableId"_s,
                                    u"keySize"_s, u"purpose"_s, u"algorithm"_s};
    return names.contains(key);
}

/// Whether an object describes an attribute, whose name says nothing of what is in it.
bool isAttribute(const JsonText &text, int node)
{
    return text.node(node).kind == JsonKind::Object && text.node(node).parent != JsonText::none
        && text.keyOf(text.node(node).parent) == "properties"_L1;
}

/// HubSpot's private app tokens begin like this (hubspot-api 2.1).
bool looksLikeToken(const QString &value)
{
    return value.startsWith("pat-"_L1) || value.startsWith("Bearer "_L1, Qt::CaseInsensitive);
}

QByteArray maskFor(const JsonText &text, int node, const JsonText *earlier)
{
    if (!earlier)
        return same;
    const int there = earlier->at(text.pointerOf(node));
    const bool equal = there != JsonText::none && earlier->rawOf(there) == text.rawOf(node);
    return there == JsonText::none || equal ? same : different;
}

/// A stretch of bytes that must not be seen, and what is shown in its place.
struct Hidden
{
    Span span;
    QByteArray mask;
};

/// In order, those that overlap as one.
QList<Hidden> joined(QList<Hidden> hidden)
{
    std::stable_sort(hidden.begin(), hidden.end(),
                     [](const Hidden &a, const Hidden &b) { return a.span.begin < b.span.begin; });
    QList<Hidden> result;
    for (const Hidden &next : std::as_const(hidden)) {
        if (result.isEmpty() || next.span.begin >= result.last().span.end)
            result.append(next);
        else
            result.last().span.end = std::max(result.last().span.end, next.span.end);
    }
    return result;
}

void addScanned(QList<Hidden> &hidden, const QByteArray &bytes, Span part)
{
    for (const Span &span : scannedSecrets(bytes.mid(part.begin, part.size())))
        hidden.append({{span.begin + part.begin, span.end + part.begin}, same});
}

/// Without its signs, for a secret may stand right beside them.
Span contentOf(const QByteArray &bytes, Span comment)
{
    const bool isBlock = bytes[comment.begin + 1] == '*';
    return {comment.begin + 2, std::max(comment.begin + 2, comment.end - (isBlock ? 2 : 0))};
}

/// What is left of a stretch when what is hidden is taken out.
QByteArray seen(const QByteArray &bytes, Span stretch, const QList<Hidden> &hidden)
{
    QByteArray words = bytes.mid(stretch.begin, stretch.size());
    for (const Hidden &part : hidden) {
        const qsizetype begin = std::max(part.span.begin, stretch.begin);
        const qsizetype end = std::min(part.span.end, stretch.end);
        if (begin < end)
            std::fill(words.begin() + begin - stretch.begin, words.begin() + end - stretch.begin,
                      ' ');
    }
    return words;
}

/// Comments that repeat a secret, and those that go on where one with the name of a secret ends.
void addRevealingComments(QList<Hidden> &hidden, const JsonText &text)
{
    if (text.comments().empty())
        return;
    ConfidentialTexts known;
    for (const Hidden &part : std::as_const(hidden))
        known.add(text.bytes().mid(part.span.begin, part.span.size()));
    const QList<Hidden> before = hidden;
    bool goesOn = false;
    qsizetype end = 0;
    for (const Span comment : text.comments()) {
        const Span content = contentOf(text.bytes(), comment);
        const QByteArray whole = text.bytes().mid(content.begin, content.size());
        const QByteArray words = seen(text.bytes(), content, before);
        const bool isNext = text.bytes().mid(end, comment.begin - end).trimmed().isEmpty();
        if ((goesOn && isNext) || known.isIn(QString::fromUtf8(words)))
            hidden.append({content, same});
        goesOn = hasSecretName(whole) && words == whole;
        end = comment.end;
    }
}

QList<Hidden> hiddenIn(const JsonText &text, const JsonText *earlier)
{
    QList<Hidden> hidden;
    for (const int node : confidentialNodes(text))
        hidden.append({text.node(node).span, maskFor(text, node, earlier)});
    for (const int member : shiftedValues(text))
        hidden.append({text.node(member).key, same});
    if (!text.isValid()) {
        addScanned(hidden, text.bytes(), {0, text.bytes().size()});
    } else {
        for (const Span comment : text.comments())
            addScanned(hidden, text.bytes(), contentOf(text.bytes(), comment));
    }
    addRevealingComments(hidden, text);
    return joined(std::move(hidden));
}

/// What log lines may not hold, as addresses, is not shown of comments either.
QList<TextEdit> cleanedComments(const JsonText &text, const QList<Hidden> &hidden)
{
    QList<TextEdit> edits;
    auto next = hidden.begin();
    for (const Span comment : text.comments()) {
        qsizetype at = comment.begin;
        while (at < comment.end) {
            while (next != hidden.end() && next->span.end <= at)
                ++next;
            const qsizetype end =
                next == hidden.end() ? comment.end : std::min(comment.end, next->span.begin);
            if (end > at) {
                const QByteArray raw = text.bytes().mid(at, end - at);
                const QByteArray clean = redacted(QString::fromUtf8(raw)).toUtf8();
                if (clean != raw)
                    edits.append({at, end - at, clean});
            }
            at = next == hidden.end() || end == comment.end ? end : next->span.end;
        }
    }
    return edits;
}

QByteArray masked(const JsonText &text, const JsonText *earlier)
{
    const QList<Hidden> hidden = hiddenIn(text, earlier);
    QList<TextEdit> edits = cleanedComments(text, hidden);
    for (const Hidden &part : hidden)
        edits.append({part.span.begin, part.span.size(), part.mask});
    return applied(text.bytes(), edits);
}

/// The key a value goes by: that of its list, or of the object it is the one value of, as
/// {"$string": }. What the provisioner itself goes by names nothing in it.
QString namingKey(const JsonText &text, int node)
{
    for (; node != JsonText::none && node != text.root(); node = text.node(node).parent) {
        const QString key = text.keyOf(node);
        if (!key.isEmpty() && (!key.startsWith(u'$') || key == "$crypto"_L1))
            return key;
    }
    return {};
}

/// Whether two texts are alike but for two letters at one place: what one slip of a finger makes.
bool mayBeOneSlip(QStringView a, QLatin1StringView b)
{
    const qsizetype shorter = std::min(a.size(), b.size());
    const auto match = [](QChar c, QChar d) { return c.toCaseFolded() == d.toCaseFolded(); };
    qsizetype alike = 0;
    while (alike < shorter && match(a[alike], QChar(b[alike])))
        ++alike;
    qsizetype tail = 0;
    while (tail < shorter - alike && match(a[a.size() - 1 - tail], QChar(b[b.size() - 1 - tail])))
        ++tail;
    return alike + tail >= shorter - 2;
}

/// A confidential property with one letter mistyped is confidential as well.
bool isNearConfidential(const QString &key)
{
    const auto &properties = connectorProperties();
    return std::any_of(properties.begin(), properties.end(), [&](const ConnectorProperty &known) {
        const QLatin1StringView name(known.name);
        return known.isConfidential() && std::abs(key.size() - name.size()) <= 1
            && mayBeOneSlip(key, name) && typingDistance(key, QString(name)) <= 1;
    });
}

bool namesSecret(const QString &key)
{
    return !key.isEmpty() && (hasSecretName(key.toUtf8()) || isNearConfidential(key));
}

/// What the objects and lists around a value say of it.
enum class Around { Nothing, Secret, Crypto };

/// Of one level: whatever is in an object or a list with a secret's name may be it.
Around saidBy(const JsonText &text, int node)
{
    if (node == text.root())
        return Around::Nothing;
    const QString key = text.keyOf(node);
    if (key == "$crypto"_L1)
        return Around::Crypto;
    return namesSecret(key) && !isAttribute(text, node) ? Around::Secret : Around::Nothing;
}

/// What nobody calls a property: long, and with more than letters in it.
bool isOpaque(const QString &key)
{
    static constexpr qsizetype shortest = 8;
    const bool isName = std::all_of(key.begin(), key.end(),
                                    [](QChar c) { return c.isLetter() || u"_.$- "_s.contains(c); });
    return key.size() >= shortest && !isName && !isPublicWord(key);
}

/// Whether a key is where the value of a secret would after a quote, a colon or a comma was
/// lost or moved: beside the name of one, or below it.
bool isShiftedValue(const JsonText &text, int node, int before)
{
    const JsonText::Node &member = text.node(node);
    const auto isSecret = [&text](int other) {
        return other != JsonText::none && other != text.root() && namesSecret(text.keyOf(other));
    };
    return member.key.size() > 0
        && (isSecret(before) || isSecret(member.next) || isSecret(member.parent))
        && isOpaque(text.keyOf(node));
}

bool canBeSecret(const JsonText &text, int node)
{
    const JsonText::Node &value = text.node(node);
    if (value.kind != JsonKind::String)
        return value.kind == JsonKind::Number || value.kind == JsonKind::Invalid;
    const QString content = text.stringOf(node);
    return !content.isEmpty() && !isPlainSubstitution(content);
}

/// Of a `$crypto` block only what says how it was made may be seen.
bool isConfidential(const JsonText &text, int node, Around around)
{
    if (!canBeSecret(text, node))
        return false;
    if (around == Around::Secret || looksLikeToken(text.stringOf(node)))
        return true;
    const QString key = namingKey(text, node);
    return namesSecret(key) || (around == Around::Crypto && !isCryptoMetadata(key));
}

} // namespace

bool isConfidential(const JsonText &text, int node)
{
    Around around = Around::Nothing;
    for (int up = text.node(node).parent; up != JsonText::none && around == Around::Nothing;
         up = text.node(up).parent)
        around = saidBy(text, up);
    return isConfidential(text, node, around);
}

std::vector<int> confidentialNodes(const JsonText &text)
{
    std::vector<int> nodes;
    std::vector<Around> inside; // Of each object and list: what is said of what is in it.
    inside.resize(size_t(text.nodeCount()), Around::Nothing);
    for (int node = 0; node < text.nodeCount(); ++node) {
        const int parent = text.node(node).parent; // Comes before what is in it.
        const Around around = parent == JsonText::none ? Around::Nothing : inside[size_t(parent)];
        if (isConfidential(text, node, around))
            nodes.push_back(node);
        if (text.node(node).firstChild == JsonText::none)
            continue;
        const Around said = saidBy(text, node);
        inside[size_t(node)] = said == Around::Nothing ? around : said;
    }
    std::sort(nodes.begin(), nodes.end(),
              [&text](int a, int b) { return text.node(a).span.begin < text.node(b).span.begin; });
    return nodes;
}

std::vector<int> shiftedValues(const JsonText &text)
{
    std::vector<int> members;
    for (int object = 0; object < text.nodeCount(); ++object) {
        if (text.node(object).kind != JsonKind::Object)
            continue;
        int before = JsonText::none;
        for (int child = text.node(object).firstChild; child != JsonText::none;
             child = text.node(child).next) {
            if (isShiftedValue(text, child, before))
                members.push_back(child);
            before = child;
        }
    }
    return members;
}

QList<Span> confidentialSpans(const JsonText &text)
{
    QList<Span> spans;
    for (const Hidden &hidden : hiddenIn(text, nullptr))
        spans.append(hidden.span);
    return spans;
}

QByteArray maskedText(const JsonText &text, const JsonText &earlier)
{
    return masked(text, &earlier);
}

QByteArray maskedText(const JsonText &text)
{
    return masked(text, nullptr);
}

} // namespace hubkeeper
