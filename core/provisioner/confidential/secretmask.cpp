// SPDX-License-Identifier: MIT
#include "provisioner/confidential/secretmask.h"

#include "base/redact.h"
#include "provisioner/confidential/secretvalue.h"
#include "provisioner/model/connectorproperties.h"
#include "provisioner/text/jsonedit.h"

#include <QRegularExpression>

#include <algorithm>

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

bool isPlainSubstitution(const QString &value)
{
    return holdsSubstitution(value) && value.startsWith("&{"_L1)
        && value.indexOf(u'}') == value.size() - 1 && !value.contains(u'|');
}

/// Lines in which a name like a secret's is followed by something, for texts whose tree has holes.
QByteArray maskedByLine(const QByteArray &bytes)
{
    static const QRegularExpression named(
        u"((?:secret|token|password|passphrase|api_?key)\\w*[\"']?\\s*[:=]?\\s*)"
        "(?!\"\\((?:another )?secret\\)\")([^\\s,{}\\[\\]\"'][^\\n]{2,}|[\"'][^\\s,\"'][^\\n]*)"_s,
        QRegularExpression::CaseInsensitiveOption);
    QString text = QString::fromUtf8(bytes);
    return text.replace(named, u"\\1\"(secret)\""_s).toUtf8();
}

QByteArray maskFor(const JsonText &text, int node, const JsonText *earlier)
{
    if (!earlier)
        return same;
    const int there = earlier->at(text.pointerOf(node));
    const bool equal = there != JsonText::none && earlier->rawOf(there) == text.rawOf(node);
    return there == JsonText::none || equal ? same : different;
}

QByteArray masked(const JsonText &text, const JsonText *earlier)
{
    QList<TextEdit> edits;
    for (const int node : confidentialNodes(text)) {
        const Span span = text.node(node).span;
        edits.append({span.begin, span.size(), maskFor(text, node, earlier)});
    }
    for (const Span comment : text.comments()) {
        const QByteArray raw = text.bytes().mid(comment.begin, comment.size());
        const QByteArray clean = redacted(QString::fromUtf8(raw)).toUtf8();
        if (clean != raw)
            edits.append({comment.begin, comment.size(), clean});
    }
    const QByteArray result = applied(text.bytes(), edits);
    return text.isValid() ? result : maskedByLine(result);
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
    const QString key = text.keyOf(node);
    const ConnectorProperty *property = connectorProperty(key);
    return (property && property->isConfidential()) || hasSecretName(key) || looksLikeToken(content)
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
