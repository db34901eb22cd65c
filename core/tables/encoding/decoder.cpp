// SPDX-License-Identifier: MIT
#include "tables/encoding/decoder.h"

#include "tables/encoding/codepages.h"
#include "tables/encoding/iconvdecoder.h"
#include "tables/encoding/utf8.h"
#include "tables/rows/tablestext.h"

#include <cstring>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr char32_t replacement = 0xFFFD;
constexpr qsizetype mostWaitingFaults = 100'000; // Of text that no row has taken yet.

class Utf8Decoder final : public Decoder
{
protected:
    size_t decodePiece(std::string_view bytes, bool isLast, std::string &text) override
    {
        const size_t tail = isLast ? 0 : cutUtf8Tail(bytes);
        bytes.remove_suffix(tail);
        const bool hasNul = std::memchr(bytes.data(), 0, bytes.size()) != nullptr;
        if (!hasNul && isUtf8(bytes))
            text.append(bytes);
        else
            decodeSlowly(bytes, text);
        return tail;
    }

private:
    void decodeSlowly(std::string_view bytes, std::string &text)
    {
        while (!bytes.empty()) {
            size_t length = utf8Length(bytes);
            if (length > 0) {
                if (bytes.front() == '\0')
                    note(text, TableFaultKind::Nul, bytes.substr(0, 1));
                text.append(bytes.substr(0, length));
            } else {
                const bool isSurrogate = bytes.size() >= 3 && bytes[0] == '\xED'
                    && static_cast<unsigned char>(bytes[1]) >= 0xA0
                    && (static_cast<unsigned char>(bytes[2]) & 0xC0) == 0x80;
                length = isSurrogate ? 3 : brokenUtf8Length(bytes);
                note(text, isSurrogate ? TableFaultKind::LoneSurrogate : TableFaultKind::Encoding,
                     bytes.substr(0, length));
                appendUtf8(text, replacement);
            }
            bytes.remove_prefix(length);
        }
    }
};

class Utf16Decoder final : public Decoder
{
public:
    explicit Utf16Decoder(bool isLittleEndian)
        : m_low(isLittleEndian ? 0 : 1)
    {
    }

protected:
    size_t decodePiece(std::string_view bytes, bool isLast, std::string &text) override
    {
        while (bytes.size() >= 2) {
            const char16_t unit = unitAt(bytes, 0);
            const bool isHigh = unit >= 0xD800 && unit < 0xDC00;
            if (isHigh && bytes.size() < 4 && !isLast)
                return bytes.size();
            size_t taken = 2;
            if (isHigh && bytes.size() >= 4 && (unitAt(bytes, 2) & 0xFC00) == 0xDC00) {
                appendUtf8(text,
                           0x10000 + ((char32_t(unit) & 0x3FF) << 10) + (unitAt(bytes, 2) & 0x3FF));
                taken = 4;
            } else if (unit >= 0xD800 && unit < 0xE000) {
                note(text, TableFaultKind::LoneSurrogate, bytes.substr(0, 2));
                appendUtf8(text, replacement);
            } else {
                if (unit == 0)
                    note(text, TableFaultKind::Nul, bytes.substr(0, 2));
                appendUtf8(text, unit);
            }
            bytes.remove_prefix(taken);
        }
        if (!isLast || bytes.empty())
            return bytes.size();
        note(text, TableFaultKind::Encoding, bytes);
        appendUtf8(text, replacement);
        return 0;
    }

private:
    [[nodiscard]] char16_t unitAt(std::string_view bytes, size_t at) const
    {
        const auto low = static_cast<unsigned char>(bytes[at + m_low]);
        const auto high = static_cast<unsigned char>(bytes[at + 1 - m_low]);
        return static_cast<char16_t>(low | (high << 8));
    }

    size_t m_low;
};

class Utf32Decoder final : public Decoder
{
public:
    explicit Utf32Decoder(bool isLittleEndian)
        : m_isLittleEndian(isLittleEndian)
    {
    }

protected:
    size_t decodePiece(std::string_view bytes, bool isLast, std::string &text) override
    {
        for (; bytes.size() >= 4; bytes.remove_prefix(4)) {
            char32_t character = 0;
            for (size_t i = 0; i < 4; ++i) {
                const auto byte = static_cast<unsigned char>(bytes[m_isLittleEndian ? 3 - i : i]);
                character = (character << 8) | byte;
            }
            const bool isSurrogate = character >= 0xD800 && character < 0xE000;
            if (isSurrogate || character > 0x10FFFF) {
                note(text, isSurrogate ? TableFaultKind::LoneSurrogate : TableFaultKind::Encoding,
                     bytes.substr(0, 4));
                character = replacement;
            } else if (character == 0) {
                note(text, TableFaultKind::Nul, bytes.substr(0, 4));
            }
            appendUtf8(text, character);
        }
        if (!isLast || bytes.empty())
            return bytes.size();
        note(text, TableFaultKind::Encoding, bytes);
        appendUtf8(text, replacement);
        return 0;
    }

private:
    bool m_isLittleEndian;
};

class CodePageDecoder final : public Decoder
{
public:
    explicit CodePageDecoder(const CodePage &page)
    {
        for (size_t i = 0; i < 128; ++i)
            appendUtf8(m_upper[i], page.upper[i]);
    }

protected:
    size_t decodePiece(std::string_view bytes, bool /*isLast*/, std::string &text) override
    {
        static const std::string nothing = "\xEF\xBF\xBD";
        while (!bytes.empty()) {
            size_t plain = 0;
            while (plain < bytes.size() && static_cast<unsigned char>(bytes[plain] - 1) < 0x7F)
                ++plain; // 1 to 0x7F.
            text.append(bytes.substr(0, plain));
            bytes.remove_prefix(plain);
            if (bytes.empty())
                break;
            const auto byte = static_cast<unsigned char>(bytes.front());
            if (byte == 0) {
                note(text, TableFaultKind::Nul, bytes.substr(0, 1));
                text.push_back('\0');
            } else {
                const std::string &meaning = m_upper[byte - 0x80];
                if (meaning == nothing)
                    note(text, TableFaultKind::Encoding, bytes.substr(0, 1));
                text += meaning;
            }
            bytes.remove_prefix(1);
        }
        return 0;
    }

private:
    std::string m_upper[128];
};

} // namespace

void Decoder::decode(std::string_view bytes, bool isLast, std::string &text)
{
    std::string joined;
    if (!m_rest.empty()) {
        joined = std::exchange(m_rest, {});
        joined += bytes;
        bytes = joined;
    }
    m_from = text.size();
    const size_t rest = decodePiece(bytes, isLast, text);
    m_rest = bytes.substr(bytes.size() - rest);
    m_before += qint64(text.size() - m_from);
}

void Decoder::note(const std::string &text, TableFaultKind kind, std::string_view bytes)
{
    if (qsizetype(m_faults.size()) < mostWaitingFaults) {
        m_faults.push_back({m_before + qint64(text.size() - m_from), kind,
                            QByteArray(bytes.data(), qsizetype(bytes.size()))});
    }
}

Result<std::unique_ptr<Decoder>> decoderFor(const QString &encoding)
{
    if (encoding == "UTF-8"_L1)
        return std::make_unique<Utf8Decoder>();
    if (encoding == "UTF-16LE"_L1 || encoding == "UTF-16BE"_L1)
        return std::make_unique<Utf16Decoder>(encoding == "UTF-16LE"_L1);
    if (encoding == "UTF-32LE"_L1 || encoding == "UTF-32BE"_L1)
        return std::make_unique<Utf32Decoder>(encoding == "UTF-32LE"_L1);
    if (const CodePage *page = codePage(encoding))
        return std::make_unique<CodePageDecoder>(*page);
    if (auto decoder = IconvDecoder::make(encoding))
        return decoder;
    return fail(ErrorKind::InvalidInput,
                TablesText::tr("There is no encoding \"%1\".").arg(encoding),
                TablesText::tr("Name another one, such as UTF-8 or windows-1252."));
}

} // namespace hubkeeper
