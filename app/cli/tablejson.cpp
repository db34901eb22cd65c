// SPDX-License-Identifier: MIT
#include "tablejson.h"

#include "interrupt.h"
#include "tables/encoding/utf8.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

constexpr qsizetype blockBytes = 256 << 10;

bool isPlain(char letter)
{
    const auto byte = static_cast<unsigned char>(letter);
    return byte >= 0x20 && byte < 0x7F && letter != '"' && letter != '\\';
}

char32_t characterAt(std::string_view text, size_t length)
{
    auto character = char32_t(static_cast<unsigned char>(text[0]));
    if (length == 1)
        return character;
    character &= 0xFFu >> (length + 1);
    for (size_t i = 1; i < length; ++i)
        character = (character << 6) | (static_cast<unsigned char>(text[i]) & 0x3F);
    return character;
}

bool steersTerminals(char32_t character)
{
    return (character >= 0x7F && character < 0xA0) || character == 0xFEFF || character == 0x200E
        || character == 0x200F || (character >= 0x2028 && character <= 0x202E)
        || (character >= 0x2066 && character <= 0x2069);
}

void appendEscape(QByteArray &json, char32_t character)
{
    switch (character) {
    case U'"':
        json += "\\\"";
        return;
    case U'\\':
        json += "\\\\";
        return;
    case U'\n':
        json += "\\n";
        return;
    case U'\r':
        json += "\\r";
        return;
    case U'\t':
        json += "\\t";
        return;
    default:
        json += "\\u" + QByteArray::number(uint(character), 16).rightJustified(4, '0');
    }
}

QByteArray jsonText(const QString &text)
{
    QByteArray json;
    appendJsonText(json, text.toStdString());
    return json;
}

QByteArray textOrNull(const QString &text)
{
    return text.isEmpty() ? QByteArray("null") : jsonText(text);
}

QByteArray flag(bool value)
{
    return value ? "true" : "false";
}

} // namespace

void appendJsonText(QByteArray &json, std::string_view text)
{
    json += '"';
    while (!text.empty()) {
        size_t plain = 0;
        while (plain < text.size() && isPlain(text[plain]))
            ++plain;
        json.append(text.data(), qsizetype(plain));
        text.remove_prefix(plain);
        if (text.empty())
            break;
        const size_t length = std::max<size_t>(1, utf8Length(text));
        const char32_t character = characterAt(text, length);
        if (character < 0x20 || character == U'"' || character == U'\\'
            || steersTerminals(character))
            appendEscape(json, character);
        else
            json.append(text.data(), qsizetype(length));
        text.remove_prefix(length);
    }
    json += '"';
}

TableJson::TableJson(Sink sink)
    : m_sink(std::move(sink))
{
}

void TableJson::writeHead(const TableFormat *format)
{
    m_hasBegun = true;
    const TableFormat none;
    const TableFormat &found = format ? *format : none;
    m_block += "{\"encoding\":" + textOrNull(found.encoding);
    m_block += ",\"byteOrderMark\":" + flag(found.hasByteOrderMark);
    m_block += ",\"separator\":" + textOrNull(found.separator);
    m_block += ",\"quote\":" + textOrNull(found.quote);
    m_block += ",\"backslashEscapes\":" + flag(found.hasBackslashEscapes);
    m_block += ",\"header\":" + (format ? flag(found.headerRow > 0) : QByteArray("null"));
    m_block += ",\"headerRow\":"
        + (found.headerRow > 0 ? QByteArray::number(found.headerRow) : QByteArray("null"));
    m_block += ",\"sheet\":" + textOrNull(found.sheet) + ",\"sheets\":[";
    for (qsizetype i = 0; i < found.sheets.size(); ++i)
        m_block += (i > 0 ? "," : "") + jsonText(found.sheets[i]);
    m_block += "],\"rows\":[";
}

bool TableJson::begin(const TableFormat &format)
{
    writeHead(&format);
    return true;
}

bool TableJson::row(const TableRow &row)
{
    m_block += m_rows++ > 0 ? ",\n[" : "\n[";
    for (size_t i = 0; i < row.cells.size(); ++i) {
        if (i > 0)
            m_block += ',';
        appendJsonText(m_block, row.cells[i]);
    }
    m_block += ']';
    if (m_block.size() >= blockBytes)
        m_sink(std::exchange(m_block, {}));
    return !Interrupt::wasRequested();
}

void TableJson::fault(const TableFault &fault)
{
    ++m_faultCount;
    if (m_faults.size() < mostFaults)
        m_faults.append(fault);
}

void TableJson::end(const std::optional<Error> &refused)
{
    if (!m_hasBegun)
        writeHead(nullptr);
    m_block += m_rows > 0 ? "\n],\"faults\":[" : "],\"faults\":[";
    for (qsizetype i = 0; i < m_faults.size(); ++i) {
        const TableFault &fault = m_faults[i];
        m_block += (i > 0 ? ",\n" : "\n") + QByteArray("{\"row\":") + QByteArray::number(fault.row);
        m_block += ",\"column\":"
            + (fault.column > 0 ? QByteArray::number(fault.column) : QByteArray("null"));
        m_block +=
            ",\"line\":" + (fault.line > 0 ? QByteArray::number(fault.line) : QByteArray("null"));
        m_block +=
            ",\"kind\":" + jsonText(nameOf(fault.kind)) + ",\"text\":" + jsonText(fault.text) + '}';
    }
    m_block += "],\"faultCount\":" + QByteArray::number(m_faultCount);
    m_block +=
        ",\"refused\":" + (refused ? jsonText(refused->sentence()) : QByteArray("null")) + "}\n";
    m_sink(std::exchange(m_block, {}));
}

} // namespace hubkeeper::cli
