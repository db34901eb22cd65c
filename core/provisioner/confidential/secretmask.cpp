// SPDX-License-Identifier: MIT
#include "provisioner/confidential/secretmask.h"

#include "base/redact.h"
#include "base/similarname.h"
#include "provisioner/confidential/secretscan.h"
#include "provisioner/confidential/secretvalue.h"
#include "provisioner/model/connectorproperties.h"
#include "provisioner/text/jsonedit.h"

#include <algorithm>
#include <cstdlib>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr auto same = "\"(secret)\"";
constexpr auto different = "\"(another secret)\"";

bool hasSecretName(const QString &key)
{
    static constexpr const char *words[] {"secret", "token",   "password", "passphrase",
                                          "apikey", "hapikey", "api_key",  "privatekey"};
    return std::any_of(std::begin(words), std::end(words), [&key](const char *word) {
        return key.contains(QLatin1StringView(word), Qt::CaseInsensitive);
    });
}

/// The bytes that only the right key store can read: no secret by themselves, and nobody's
/// business either.
bool isCipherText(const JsonText &text, int node, const QString &key)
{
    static const QStringList names {u"data"_s, u"iv"_s, u"salt"_s, u"mac"_s};
    if (!names.contains(key))
        return false;
    for (int up = text.node(node).parent; up != JsonText::none; up = text.node(up).parent) {
        if (text.keyOf(up) == "$crypto"_L1)
            return true;
    }
    return false;
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

/// Without the end of a block comment, for a secret may stand before it.
Span contentOf(const QByteArray &bytes, Span comment)
{
    const bool isBlock = bytes[comment.begin + 1] == '*';
    return {comment.begin, comment.end - (isBlock ? 2 : 0)};
}

QList<Hidden> hiddenIn(const JsonText &text, const JsonText *earlier)
{
    QList<Hidden> hidden;
    for (const int node : confidentialNodes(text))
        hidden.append({text.node(node).span, maskFor(text, node, earlier)});
    if (!text.isValid()) {
        addScanned(hidden, text.bytes(), {0, text.bytes().size()});
    } else {
        for (const Span comment : text.comments())
            addScanned(hidden, text.bytes(), contentOf(text.bytes(), comment));
    }
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
/// {"$string": }.
QString namingKey(const JsonText &text, int node)
{
    for (; node != JsonText::none; node = text.node(node).parent) {
        const QString key = text.keyOf(node);
        if (!key.isEmpty() && (!key.startsWith(u'$') || key == "$crypto"_L1))
            return key;
    }
    return {};
}

/// A confidential property with one letter mistyped is confidential as well.
bool isNearConfidential(const QString &key)
{
    const auto &properties = connectorProperties();
    return std::any_of(properties.begin(), properties.end(), [&](const ConnectorProperty &known) {
        const QLatin1StringView name(known.name);
        return known.isConfidential() && std::abs(key.size() - name.size()) <= 1
            && typingDistance(key, QString(name)) <= 1;
    });
}

} // namespace

bool isConfidential(const JsonText &text, int node)
{
    const JsonText::Node &value = text.node(node);
    if (value.kind == JsonKind::Object || value.kind == JsonKind::Array
        || value.kind == JsonKind::Null || value.kind == JsonKind::Boolean)
        return false;
    const QString content = text.stringOf(node);
    if (value.kind == JsonKind::String && (content.isEmpty() || isPlainSubstitution(content)))
        return false;
    const QString key = namingKey(text, node);
    return isNearConfidential(key) || hasSecretName(key) || looksLikeToken(content)
        || isCipherText(text, node, key);
}

std::vector<int> confidentialNodes(const JsonText &text)
{
    std::vector<int> nodes;
    for (int node = 0; node < text.nodeCount(); ++node) {
        if (isConfidential(text, node))
            nodes.push_back(node);
    }
    std::sort(nodes.begin(), nodes.end(),
              [&text](int a, int b) { return text.node(a).span.begin < text.node(b).span.begin; });
    return nodes;
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
