// SPDX-License-Identifier: MIT
#include "provisioner/confidential/secretspans.h"

#include "provisioner/confidential/secretmask.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

bool isQuote(char c)
{
    return c == '"' || c == '\'' || c == '`';
}

/// The cipher text of a whole `$crypto` block (idm-connector 2.8) is not a secret by itself.
bool isEncrypted(const JsonText &text, qsizetype offset)
{
    if (!text.isValid())
        return false;
    const int node = text.covering(offset);
    const int value = node == JsonText::none ? JsonText::none : text.node(node).parent;
    const int block = value == JsonText::none ? JsonText::none : text.node(value).parent;
    static const QStringList bytes {u"data"_s, u"iv"_s, u"salt"_s, u"mac"_s};
    return block != JsonText::none && text.keyOf(block) == "$crypto"_L1
        && text.keyOf(value) == "value"_L1 && bytes.contains(text.keyOf(node));
}

} // namespace

QList<Span> plainSecretSpans(const QByteArray &bytes)
{
    const JsonText text(bytes);
    QList<Span> spans;
    for (const Span &whole : confidentialSpans(text)) {
        if (isEncrypted(text, whole.begin))
            continue;
        for (qsizetype begin = whole.begin; begin < whole.end;) {
            qsizetype end = begin; // Of the part on this line.
            while (end < whole.end && bytes[end] != '\n' && bytes[end] != '\r')
                ++end;
            const qsizetype next = end + 1;
            while (begin < end && (isQuote(bytes[begin]) || bytes[begin] == ' '))
                ++begin;
            while (begin < end && isQuote(bytes[end - 1]))
                --end;
            if (begin < end)
                spans.append({begin, end});
            begin = next;
        }
    }
    return spans;
}

} // namespace hubkeeper
