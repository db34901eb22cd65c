// SPDX-License-Identifier: MIT
#include "changes/set/signedchanges.h"

#include "base/qtcompat.h"
#include "changes/changestext.h"
#include "changes/set/rowjson.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr qsizetype digestSize = 32; // Bytes.

void appendJson(QByteArray &out, const QString &text)
{
    static constexpr char digits[] = "0123456789abcdef";
    const auto escape = [&](char16_t unit) {
        out += "\\u";
        for (int shift = 12; shift >= 0; shift -= 4)
            out += digits[(unit >> shift) & 0xf];
    };
    out += '"';
    // Qt drops a byte order mark at the start of a text, unless it is escaped.
    qsizetype plain = 0; // From here on nothing needs an escape.
    const auto flush = [&](qsizetype end) {
        out += QStringView(text).sliced(plain, end - plain).toUtf8();
        plain = end + 1;
    };
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        const bool isPair =
            c.isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        if (isPair) {
            ++i;
            continue;
        }
        if (c == u'"' || c == u'\\') {
            flush(i);
            out += '\\';
            out += char(c.unicode());
        } else if (c < u' ' || c.isSurrogate() || c == QChar::ByteOrderMark) {
            flush(i);
            const qsizetype known = QByteArrayView("\b\f\n\r\t").indexOf(char(c.unicode()));
            if (c < u' ' && known >= 0) {
                out += '\\';
                out += "bfnrt"[known];
            } else {
                escape(c.unicode());
            }
        }
    }
    flush(text.size());
    out += '"';
}

void appendJson(QByteArray &out, const QJsonValue &value);

void appendJson(QByteArray &out, const QJsonObject &object)
{
    out += '{';
    bool isFirst = true;
    for (auto member = object.begin(); member != object.end(); ++member) { // Sorted by UTF-16.
        if (!isFirst)
            out += ',';
        isFirst = false;
        appendJson(out, member.key());
        out += ':';
        appendJson(out, member.value());
    }
    out += '}';
}

/// No number of a change set has a fraction.
void appendJson(QByteArray &out, const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Object:
        return appendJson(out, value.toObject());
    case QJsonValue::String:
        return appendJson(out, value.toString());
    case QJsonValue::Double:
        out += QByteArray::number(value.toInteger());
        return;
    case QJsonValue::Bool:
        out += value.toBool() ? "true" : "false";
        return;
    case QJsonValue::Array: {
        out += '[';
        bool isFirst = true;
        const QJsonArray array = value.toArray();
        for (const QJsonValue &one : array) {
            if (!isFirst)
                out += ',';
            isFirst = false;
            appendJson(out, one);
        }
        out += ']';
        return;
    }
    default:
        out += "null";
    }
}

QByteArray base64In(const QJsonObject &json, QLatin1StringView name)
{
    const auto decoded = QByteArray::fromBase64Encoding(json.value(name).toString().toLatin1(),
                                                        QByteArray::AbortOnBase64DecodingErrors);
    return decoded ? decoded.decoded : QByteArray();
}

} // namespace

QByteArray canonicalLine(const QJsonObject &json)
{
    QByteArray line;
    appendJson(line, json);
    line += '\n';
    return line;
}

QByteArray signedLineOf(const RowChange &row)
{
    RowChange staged = row;
    staged.state = RowState::Staged;
    staged.error.reset();
    staged.theirs.clear();
    staged.writtenId.clear();
    staged.run.clear();
    if (staged.subject == RowSubject::Record && staged.kind == ChangeKind::Create)
        staged.basedOn = {}; // When it was sent.
    QJsonObject json = jsonOf(staged);
    json.remove("state"_L1);
    return canonicalLine(json);
}

QByteArray lineDigest(QByteArrayView line)
{
    return QCryptographicHash::hash(QByteArray::fromRawData(line.data(), line.size()),
                                    QCryptographicHash::Sha256);
}

qint64 SignedChanges::rowCount() const
{
    return rowDigests.size() / digestSize;
}

void SignedChanges::prepare()
{
    m_sorted.clear();
    m_sorted.reserve(size_t(rowCount()));
    for (qsizetype at = 0; at + digestSize <= rowDigests.size(); at += digestSize)
        m_sorted.push_back(rowDigests.sliced(at, digestSize));
    std::sort(m_sorted.begin(), m_sorted.end());
    ContentDigest content;
    content.add(header);
    content.add(rowDigests);
    m_digest = content.finish();
}

bool SignedChanges::contains(const RowChange &row) const
{
    return std::binary_search(m_sorted.begin(), m_sorted.end(), lineDigest(signedLineOf(row)));
}

bool SignedChanges::operator==(const SignedChanges &other) const
{
    return header == other.header && rowDigests == other.rowDigests
        && signatures == other.signatures && gone == other.gone;
}

QString keptForm(const SignedChanges &changes)
{
    QJsonArray signatures;
    for (const Signature &signature : changes.signatures)
        signatures.append(jsonOf(signature));
    const QJsonObject json {{u"header"_s, QString::fromUtf8(changes.header)},
                            {u"rows"_s, QString::fromLatin1(changes.rowDigests.toBase64())},
                            {u"gone"_s, changes.gone},
                            {u"signatures"_s, signatures}};
    return QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact));
}

std::optional<SignedChanges> signedChangesFrom(const QString &keptForm)
{
    const QJsonObject json = QJsonDocument::fromJson(keptForm.toUtf8()).object();
    if (json.isEmpty())
        return std::nullopt;
    SignedChanges changes;
    changes.header = json["header"_L1].toString().toUtf8();
    const QJsonObject header = QJsonDocument::fromJson(changes.header).object();
    changes.portalId = header["portal"_L1].toString().toLongLong();
    changes.author = header["author"_L1].toString();
    changes.rowDigests = base64In(json, "rows"_L1);
    changes.gone = json["gone"_L1].toInteger();
    const QJsonArray signatures = json["signatures"_L1].toArray();
    for (const QJsonValue &one : signatures) {
        if (const auto signature = signatureFromJson(one.toObject()))
            changes.signatures.append(*signature);
    }
    changes.prepare();
    return changes;
}

QJsonObject jsonOf(const Signature &signature)
{
    return {{u"signature"_s, u"ed25519"_s},
            {u"key"_s, QString::fromLatin1(signature.key.toBase64())},
            {u"signedAt"_s, signature.signedAt.toUTC().toString(Qt::ISODate)},
            {u"digest"_s, QString::fromLatin1(signature.digest.toHex())},
            {u"value"_s, QString::fromLatin1(signature.value.toBase64())}};
}

tl::expected<Signature, QString> signatureFromJson(const QJsonObject &json)
{
    static constexpr std::array known {"signature"_L1, "key"_L1, "signedAt"_L1, "digest"_L1,
                                       "value"_L1};
    for (auto member = json.begin(); member != json.end(); ++member) {
        if (std::find(known.begin(), known.end(), member.key()) == known.end())
            return tl::unexpected(
                ChangesText::tr("\"%1\" is not known").arg(member.key().left(40)));
    }
    if (json.value("signature"_L1) != QJsonValue(u"ed25519"_s))
        return tl::unexpected(ChangesText::tr("\"%1\" has an unknown value").arg("signature"_L1));
    Signature signature;
    signature.key = base64In(json, "key"_L1);
    signature.value = base64In(json, "value"_L1);
    signature.digest = QByteArray::fromHex(json.value("digest"_L1).toString().toLatin1());
    signature.signedAt =
        QDateTime::fromString(json.value("signedAt"_L1).toString(), Qt::ISODate).toUTC();
    // Only what is written back as it was read: every byte of the line counts.
    if (jsonOf(signature) != json)
        return tl::unexpected(ChangesText::tr("it is not a signature"));
    return signature;
}

} // namespace hubkeeper
