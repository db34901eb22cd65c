// SPDX-License-Identifier: MIT
#include "provisioner/text/jsonlexer.h"

#include "provisioner/provisionertext.h"

#include <QRegularExpression>
#include <QStringConverter>
#include <QUtf8StringView>

#include <cstring>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

bool isHexDigit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

QByteArray escaped(unsigned char c)
{
    switch (c) {
    case '\t':
        return "\\t";
    case '\b':
        return "\\b";
    case '\f':
        return "\\f";
    default:
        return "\\u00" + QByteArray::number(c, 16).rightJustified(2, '0');
    }
}

SyntaxFault controlCharacter(qsizetype at, unsigned char c)
{
    const Span span {at, at + 1};
    if (c == 0) {
        return {span, ProvisionerText::tr("There is a NUL byte in this string."),
                SyntaxFaultKind::NulByte, TextEdit {at, 1, {}}, false};
    }
    const QString name = c == '\t'
        ? u"tab"_s
        : ProvisionerText::tr("control character U+%1").arg(int(c), 4, 16, QLatin1Char('0'));
    return {span,
            ProvisionerText::tr("There is a raw %1 in this string; JSON requires %2.")
                .arg(name, QString::fromLatin1(escaped(c))),
            SyntaxFaultKind::ControlCharacter, TextEdit {at, 1, escaped(c)}};
}

/// How long a good escape at the backslash is, 0 for a bad one.
int escapeLength(QByteArrayView text)
{
    if (text.size() < 2)
        return 0;
    if (text[1] != 'u')
        return text[1] != '\0' && std::strchr("\"\\/bfnrt", text[1]) ? 2 : 0;
    if (text.size() < 6)
        return 0;
    return std::all_of(text.begin() + 2, text.begin() + 6, isHexDigit) ? 6 : 0;
}

SyntaxFault badEscape(QByteArrayView all, qsizetype at)
{
    const char next = all[at + 1];
    const bool isPrintable = next > ' ' && next < 0x7f;
    const QString shown =
        isPrintable ? u"\\"_s + QLatin1Char(next) : ProvisionerText::tr("A backslash");
    // \' is an apostrophe to those who escape it; before all else a backslash was meant.
    const TextEdit fix = next == '\'' ? TextEdit {at, 1, {}} : TextEdit {at, 1, "\\\\"};
    return {{at, at + 2},
            isPrintable
                ? ProvisionerText::tr("%1 is not an escape of JSON; a backslash is written \\\\.")
                      .arg(shown)
                : ProvisionerText::tr("A backslash is written \\\\ in a string."),
            SyntaxFaultKind::BadEscape,
            fix};
}

/// Whatever is not UTF-8 read as Latin-1, which is what old editors write.
QByteArray fromLatin1Parts(QByteArrayView bytes)
{
    QByteArray result;
    for (qsizetype i = 0; i < bytes.size();) {
        qsizetype length = 1;
        while (length <= 4 && i + length <= bytes.size()
               && !QUtf8StringView(bytes.data() + i, length).isValidUtf8())
            ++length;
        if (length <= 4 && i + length <= bytes.size()) {
            result += bytes.sliced(i, length);
            i += length;
        } else {
            result += QString(QLatin1Char(bytes[i])).toUtf8();
            ++i;
        }
    }
    return result;
}

struct Signature
{
    QByteArrayView bytes;
    const char *name;
};

constexpr Signature signatures[] {
    {"PK\x03\x04", "a zip archive"},
    {"\x1f\x8b", "a gzip archive"},
    {"BZh", "a bzip2 archive"},
    {"\xfd"
     "7zXZ",
     "an xz archive"},
    {"7z\xbc\xaf", "a 7z archive"},
    {"\x28\xb5\x2f\xfd", "a zstd archive"},
    {"\xca\xfe\xba\xbe", "a Java class"},
    {"\x7f"
     "ELF",
     "a program"},
    {"\x89PNG", "an image"},
    {"%PDF", "a PDF"},
    {"<", "XML or HTML"},
};

std::optional<QStringConverter::Encoding> wideEncoding(const QByteArray &bytes)
{
    using E = QStringConverter::Encoding;
    const auto has = [&](QByteArrayView mark) { return bytes.startsWith(mark); };
    static constexpr char mark32Big[] {'\0', '\0', '\xfe', '\xff'};
    static constexpr char mark32Little[] {'\xff', '\xfe', '\0', '\0'};
    if (has({mark32Big, 4}))
        return E::Utf32BE;
    if (has({mark32Little, 4}))
        return E::Utf32LE;
    if (has("\xfe\xff"))
        return E::Utf16BE;
    if (has("\xff\xfe"))
        return E::Utf16LE;
    if (bytes.size() < 4)
        return {};
    // Without a mark: JSON begins with two ASCII characters, so the zeros say which (RFC 4627, 3).
    const int zeros = (bytes[0] == 0 ? 8 : 0) | (bytes[1] == 0 ? 4 : 0) | (bytes[2] == 0 ? 2 : 0)
        | (bytes[3] == 0 ? 1 : 0);
    switch (zeros) {
    case 0b1110:
        return E::Utf32BE;
    case 0b0111:
        return E::Utf32LE;
    case 0b1010:
        return E::Utf16BE;
    case 0b0101:
        return E::Utf16LE;
    default:
        return {};
    }
}

} // namespace

bool endsBareWord(char c)
{
    return isJsonBlank(c) || std::strchr(",:[]{}\"/;=", c); // Also NUL.
}

bool isJsonNumber(QByteArrayView word)
{
    qsizetype i = 0;
    const auto digits = [&] {
        const qsizetype start = i;
        while (i < word.size() && word[i] >= '0' && word[i] <= '9')
            ++i;
        return i > start;
    };
    if (i < word.size() && word[i] == '-')
        ++i;
    const qsizetype first = i;
    if (!digits() || (word[first] == '0' && i > first + 1))
        return false;
    if (i < word.size() && word[i] == '.') {
        ++i;
        if (!digits())
            return false;
    }
    if (i < word.size() && (word[i] == 'e' || word[i] == 'E')) {
        ++i;
        if (i < word.size() && (word[i] == '+' || word[i] == '-'))
            ++i;
        if (!digits())
            return false;
    }
    return i == word.size();
}

qsizetype stringEnd(const char *data, qsizetype size, qsizetype begin)
{
    for (qsizetype i = begin + 1; i < size; ++i) {
        if (data[i] == '\n' || data[i] == '\r')
            return -1;
        if (data[i] == '"')
            return i + 1;
        if (data[i] == '\\' && i + 1 < size && data[i + 1] != '\n' && data[i + 1] != '\r')
            ++i;
    }
    return -1;
}

int wrongQuoteWidth(QByteArrayView text)
{
    if (text.startsWith('\'') || text.startsWith('`'))
        return 1;
    // U+2018 to U+201F.
    const bool isTypographic = text.size() >= 3 && text[0] == '\xe2' && text[1] == '\x80'
        && text[2] >= '\x98' && text[2] <= '\x9f';
    return isTypographic ? 3 : 0;
}

qsizetype wrongStringEnd(const char *data, qsizetype size, qsizetype begin)
{
    const QByteArrayView all(data, size);
    const int width = wrongQuoteWidth(all.sliced(begin));
    for (qsizetype i = begin + width; i < size; ++i) {
        const char c = data[i];
        if (c == '\n' || c == '\r')
            return -1;
        if (c == '\\' && i + 1 < size && data[i + 1] != '\n' && data[i + 1] != '\r')
            ++i;
        else if (width == 1 && (c == data[begin] || (data[begin] == '`' && c == '\'')))
            return i + 1;
        else if (width == 3 && c == '"')
            return i + 1;
        else if (width == 3 && wrongQuoteWidth(all.sliced(i)) == 3)
            return i + 3;
    }
    return -1;
}

QByteArray requoted(QByteArrayView text)
{
    const int width = wrongQuoteWidth(text);
    if (width > 0 && text.size() >= width) {
        text = text.sliced(width);
        const bool closesWide = text.size() >= 3 && wrongQuoteWidth(text.last(3)) == 3;
        text.chop(closesWide ? 3 : std::min<qsizetype>(1, text.size()));
    }
    QByteArray result = "\"";
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 1 < text.size()) {
            if (text[i + 1] != '\'')
                result += '\\';
            result += text[++i];
        } else {
            if (text[i] == '"')
                result += '\\';
            result += text[i];
        }
    }
    return result + '"';
}

std::vector<SyntaxFault> stringFaults(QByteArrayView all, Span string, size_t most)
{
    std::vector<SyntaxFault> faults;
    for (qsizetype i = string.begin + 1; i < string.end - 1 && faults.size() < most; ++i) {
        const auto c = static_cast<unsigned char>(all[i]);
        if (c < 0x20) {
            faults.push_back(controlCharacter(i, c));
        } else if (c == '\\') {
            const int length = escapeLength(all.sliced(i, string.end - 1 - i));
            if (length == 0)
                faults.push_back(badEscape(all, i));
            i += std::max(length, 2) - 1;
        }
    }
    const QByteArrayView text = all.sliced(string.begin, string.size());
    if (!QUtf8StringView(text.data(), text.size()).isValidUtf8() && faults.size() < most) {
        faults.push_back({string,
                          ProvisionerText::tr("This string holds bytes that are not UTF-8."),
                          SyntaxFaultKind::NotUtf8,
                          TextEdit {string.begin, string.size(), fromLatin1Parts(text)}, false});
    }
    return faults;
}

SyntaxFault bareWordFault(QByteArrayView all, Span span)
{
    using K = SyntaxFaultKind;
    const QByteArray word = all.sliced(span.begin, span.size()).toByteArray();
    const QByteArray lower = word.toLower();
    const auto become = [&](const QByteArray &text) {
        return TextEdit {span.begin, span.size(), text};
    };
    const QString shown = QString::fromUtf8(word.left(40));
    if (lower == "true" || lower == "false" || lower == "null") {
        return {span,
                ProvisionerText::tr("%1 is written in lower case: %2.")
                    .arg(shown, QLatin1String(lower)),
                K::BareWord, become(lower)};
    }
    if (lower == "none" || lower == "nil" || lower == "undefined") {
        return {span,
                ProvisionerText::tr("%1 is not a JSON value; write null for nothing.").arg(shown),
                K::BareWord, become("null")};
    }
    static const QRegularExpression number(u"^[+-]?[0-9]*[.]?[0-9]*([eE][+-]?[0-9]+)?\\z"_s);
    const bool hasDigit =
        std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (hasDigit && number.match(QString::fromLatin1(word)).hasMatch()) {
        QByteArray fixed = word.startsWith('+') ? word.mid(1) : word;
        const bool startsWithZero = fixed.size() > 1 && fixed[0] == '0' && fixed[1] != '.';
        if (fixed.startsWith('.'))
            fixed.prepend('0');
        while (fixed.size() > 1 && fixed[0] == '0' && fixed[1] >= '0' && fixed[1] <= '9')
            fixed.remove(0, 1);
        if (fixed.endsWith('.'))
            fixed.chop(1);
        SyntaxFault fault {span, ProvisionerText::tr("This is not a JSON number."), K::BadNumber};
        if (isJsonNumber(fixed))
            fault.fix = become(fixed);
        fault.plain = !startsWithZero; // 010 may have been meant as 8.
        return fault;
    }
    SyntaxFault fault {span,
                       ProvisionerText::tr("This is not a JSON value; texts need double quotes."),
                       K::BareWord};
    if (QUtf8StringView(word.constData(), word.size()).isValidUtf8() && word.size() > 1)
        fault.fix = become(requoted(word));
    fault.plain =
        false; // Perhaps the quotes were forgotten, perhaps the text is half of something.
    return fault;
}

std::optional<SyntaxFault> foreignFault(const QByteArray &bytes)
{
    const Span whole {0, bytes.size()};
    for (const Signature &signature : signatures) {
        if (bytes.startsWith(signature.bytes)) {
            return SyntaxFault {
                whole,
                ProvisionerText::tr("The file is %1, not JSON.").arg(QLatin1String(signature.name)),
                SyntaxFaultKind::Foreign};
        }
    }
    const auto encoding = wideEncoding(bytes);
    if (!encoding)
        return {};
    const QString name = QString::fromLatin1(QStringConverter::nameForEncoding(*encoding)).left(6);
    SyntaxFault fault {whole,
                       ProvisionerText::tr("The file is written in %1; IDM reads UTF-8.").arg(name),
                       SyntaxFaultKind::WideEncoding};
    if (bytes.size() > JsonText::mostBytes)
        return fault;
    QStringDecoder decoder(*encoding);
    const QString text = decoder(bytes);
    if (!decoder.hasError())
        fault.fix = TextEdit {0, bytes.size(), text.toUtf8()};
    return fault;
}

} // namespace hubkeeper
