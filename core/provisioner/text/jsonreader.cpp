// SPDX-License-Identifier: MIT
#include "provisioner/text/jsonreader.h"

#include "provisioner/provisionertext.h"
#include "provisioner/text/jsonlexer.h"

#include <cstring>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr size_t mostFaults = 100;

/// Whether nothing but brackets, commas and blanks is left: what a copied part trails after it.
bool isLeftOver(QByteArrayView text)
{
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return isJsonBlank(c) || c == '}' || c == ']' || c == ','; });
}

bool isWordCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'
        || c == '$' || c == '-' || c == '.';
}

} // namespace

JsonReader::JsonReader(JsonText &text)
    : m_text(text)
    , m_data(text.m_bytes.constData())
    , m_size(text.m_bytes.size())
{
}

bool JsonReader::inObject() const
{
    return !m_open.empty() && m_text.m_nodes[size_t(m_open.back())].kind == JsonKind::Object;
}

void JsonReader::fault(SyntaxFault fault)
{
    if (m_text.m_faults.size() < mostFaults)
        m_text.m_faults.push_back(std::move(fault));
}

void JsonReader::commaTooMany(Span comma, const QString &message)
{
    fault(
        {comma, message, SyntaxFaultKind::CommaTooMany, TextEdit {comma.begin, comma.size(), {}}});
}

void JsonReader::read()
{
    if (auto foreign = foreignFault(m_text.m_bytes))
        return fault(*std::move(foreign));
    if (m_size > JsonText::mostBytes) {
        return fault({{0, 0},
                      ProvisionerText::tr("The file has %1 MB; a provisioner has a few KB.")
                          .arg(m_size >> 20),
                      SyntaxFaultKind::TooLarge});
    }
    if (m_size >= 3 && std::memcmp(m_data, "\xEF\xBB\xBF", 3) == 0)
        m_at = 3;
    m_text.m_nodes.reserve(size_t(std::min<qsizetype>(m_size / 12, JsonText::mostValues)));
    skipBlanks();
    if (atEnd())
        return fault(
            {{m_at, m_at}, ProvisionerText::tr("The file is empty."), SyntaxFaultKind::Empty});
    readValue();
    while (!m_open.empty()) {
        if (m_isGivenUp)
            return closeAll();
        skipBlanks();
        if (atEnd())
            return reportNotClosed();
        readInside();
    }
    skipBlanks();
    if (!atEnd())
        reportTextBehind();
}

/// Nobody looks further: what is open ends here, and nothing is said of what comes.
void JsonReader::closeAll()
{
    for (const int node : m_open)
        m_text.m_nodes[size_t(node)].span.end = m_size;
    m_open.clear();
}

void JsonReader::reportNotClosed()
{
    const JsonText::Node &open = m_text.m_nodes[size_t(m_open.back())];
    const bool isObject = open.kind == JsonKind::Object;
    QByteArray closing;
    for (auto it = m_open.rbegin(); it != m_open.rend(); ++it)
        closing += m_text.m_nodes[size_t(*it)].kind == JsonKind::Object ? '}' : ']';
    closeAll();
    fault({{m_size, m_size},
           ProvisionerText::tr(
               "The file ends before the %1 that begins in line %2 is closed with %3.")
               .arg(isObject ? u"object"_s : u"array"_s)
               .arg(m_text.positionOf(open.span.begin).line)
               .arg(QChar(isObject ? u'}' : u']')),
           SyntaxFaultKind::NotClosed,
           TextEdit {m_size, 0, closing + '\n'},
           false});
}

void JsonReader::reportTextBehind()
{
    SyntaxFault found {{m_at, m_size},
                       ProvisionerText::tr("There is more text after the end of the document."),
                       SyntaxFaultKind::TextBehind};
    if (isLeftOver(QByteArrayView(m_data + m_at, m_size - m_at)))
        found.fix = TextEdit {m_lastEnd, m_size - m_lastEnd, "\n"};
    fault(std::move(found));
}

void JsonReader::skipBlanks()
{
    for (;;) {
        while (!atEnd() && isJsonBlank(here()))
            ++m_at;
        if (!atEnd() && here() == '\0') {
            const qsizetype begin = m_at;
            while (!atEnd() && here() == '\0')
                ++m_at;
            fault({{begin, m_at},
                   ProvisionerText::tr("There are NUL bytes in the text."),
                   SyntaxFaultKind::NulByte,
                   TextEdit {begin, m_at - begin, {}},
                   false});
        } else if (m_at + 1 < m_size && here() == '/'
                   && (m_data[m_at + 1] == '/' || m_data[m_at + 1] == '*')) {
            skipComment();
        } else {
            return;
        }
    }
}

void JsonReader::skipComment()
{
    const qsizetype begin = m_at;
    if (m_data[m_at + 1] == '/') {
        while (!atEnd() && here() != '\n' && here() != '\r')
            ++m_at;
        m_text.m_comments.push_back({begin, m_at});
        return;
    }
    for (m_at += 2; m_at + 1 < m_size; ++m_at) {
        if (here() == '*' && m_data[m_at + 1] == '/') {
            m_at += 2;
            m_text.m_comments.push_back({begin, m_at});
            return;
        }
    }
    m_at = m_size;
    fault({{begin, m_size},
           ProvisionerText::tr("This comment is not closed with */."),
           SyntaxFaultKind::OpenComment});
}

void JsonReader::readInside()
{
    switch (m_expect) {
    case Expect::KeyOrEnd:
    case Expect::Key:
        return readKey();
    case Expect::Colon:
        return readColon();
    case Expect::CommaOrEnd:
        return readCommaOrEnd();
    case Expect::ValueOrEnd:
        if (here() == ']')
            return closeContainer();
        return readValue();
    case Expect::Value:
        return readValue();
    }
}

void JsonReader::readKey()
{
    const char c = here();
    if (c == '}') {
        if (m_expect == Expect::Key)
            commaTooMany(m_comma,
                         ProvisionerText::tr("There is a comma before the closing brace."));
        return closeContainer();
    }
    if (c == ',') {
        commaTooMany({m_at, m_at + 1},
                     ProvisionerText::tr("There is a comma where a key was expected."));
        ++m_at;
        return;
    }
    const int wrongQuote = wrongQuoteWidth({m_data + m_at, m_size - m_at});
    if (wrongQuote > 0)
        return readWrongKey(wrongQuote);
    if (isWordCharacter(c))
        return readBareKey();
    if (c != '"') {
        fault({{m_at, m_at + 1}, ProvisionerText::tr("A key in double quotes was expected here.")});
        return skipToSeparator();
    }
    const qsizetype end = stringEnd(m_data, m_size, m_at);
    if (end < 0) {
        fault({{m_at, m_at + 1},
               ProvisionerText::tr("This key is not closed with a double quote."),
               SyntaxFaultKind::OpenString});
        return skipToSeparator();
    }
    m_key = {m_at, end};
    m_isPlainKey = std::memchr(m_data + m_at, '\\', size_t(end - m_at)) == nullptr;
    checkString(m_key);
    m_at = m_lastEnd = end;
    m_expect = Expect::Colon;
}

void JsonReader::readWrongKey(int quoteWidth)
{
    const qsizetype end = wrongStringEnd(m_data, m_size, m_at);
    if (end < 0) {
        fault({{m_at, m_at + quoteWidth},
               ProvisionerText::tr("This key is not closed, and JSON wants double quotes."),
               SyntaxFaultKind::OpenString});
        return skipToSeparator();
    }
    m_key = {m_at, end};
    m_isPlainKey = false;
    fault({m_key, ProvisionerText::tr("This key is not in double quotes."),
           SyntaxFaultKind::WrongQuotes,
           TextEdit {m_at, end - m_at, requoted({m_data + m_at, end - m_at})}});
    m_at = m_lastEnd = end;
    m_expect = Expect::Colon;
}

void JsonReader::readBareKey()
{
    const qsizetype begin = m_at;
    while (!atEnd() && isWordCharacter(here()))
        ++m_at;
    m_key = {begin, m_at};
    m_isPlainKey = false;
    fault({m_key, ProvisionerText::tr("This key has no double quotes."), SyntaxFaultKind::BareKey,
           TextEdit {begin, m_at - begin, requoted({m_data + begin, m_at - begin})}});
    m_lastEnd = m_at;
    m_expect = Expect::Colon;
}

void JsonReader::readColon()
{
    m_expect = Expect::Value;
    const char c = here();
    if (c == ':') {
        ++m_at;
        return;
    }
    if (c == '=') {
        fault({{m_at, m_at + 1},
               ProvisionerText::tr("A colon belongs here instead of the equals sign."),
               SyntaxFaultKind::MissingColon,
               TextEdit {m_at, 1, ":"}});
        ++m_at;
        return;
    }
    SyntaxFault found {{m_at, m_at + 1},
                       ProvisionerText::tr("A colon was expected after the key."),
                       SyntaxFaultKind::MissingColon};
    const bool hasValue = c != ',' && c != '}' && c != ']';
    if (hasValue)
        found.fix = TextEdit {m_lastEnd, 0, ":"};
    fault(std::move(found));
    if (!hasValue) {
        addNode(JsonKind::Invalid);
        valueEnded();
    }
}

void JsonReader::readCommaOrEnd()
{
    const char c = here();
    if (c == ',') {
        m_comma = {m_at, m_at + 1};
        ++m_at;
        m_expect = inObject() ? Expect::Key : Expect::Value;
        return;
    }
    if (c == '}' || c == ']')
        return closeContainer();
    if (c == ';') {
        fault({{m_at, m_at + 1},
               ProvisionerText::tr("A comma belongs here instead of the semicolon."),
               SyntaxFaultKind::MissingComma,
               TextEdit {m_at, 1, ","}});
        m_comma = {m_at, m_at + 1};
        ++m_at;
        m_expect = inObject() ? Expect::KeyOrEnd : Expect::ValueOrEnd;
        return;
    }
    SyntaxFault found {{m_at, m_at + 1},
                       ProvisionerText::tr("A comma is missing before this."),
                       SyntaxFaultKind::MissingComma};
    const bool startsAnother = c == '"' || c == '{' || c == '[' || !endsBareWord(c);
    if (startsAnother) {
        found.fix = TextEdit {m_lastEnd, 0, ","};
        m_expect = inObject() ? Expect::KeyOrEnd : Expect::ValueOrEnd;
    } else {
        found.kind = SyntaxFaultKind::Other;
        found.message = ProvisionerText::tr("A comma or a closing bracket was expected here.");
        ++m_at;
    }
    fault(std::move(found));
}

int JsonReader::addNode(JsonKind kind)
{
    const int index = int(m_text.m_nodes.size());
    JsonText::Node node;
    node.kind = kind;
    node.span = {m_at, m_at};
    node.key = m_key;
    node.hasPlainKey = m_isPlainKey;
    m_key = {};
    if (m_open.empty()) {
        m_text.m_root = index;
    } else {
        node.parent = m_open.back();
        JsonText::Node &parent = m_text.m_nodes[size_t(node.parent)];
        if (parent.firstChild == JsonText::none)
            parent.firstChild = index;
        else
            m_text.m_nodes[size_t(parent.lastChild)].next = index;
        parent.lastChild = index;
        ++parent.childCount;
    }
    m_text.m_nodes.push_back(node);
    if (index + 1 == JsonText::mostValues) {
        fault({{m_at, m_at},
               ProvisionerText::tr(
                   "The file has more than %1 values; a provisioner has about a thousand.")
                   .arg(JsonText::mostValues),
               SyntaxFaultKind::TooLarge});
        m_isGivenUp = true;
    }
    return index;
}

void JsonReader::valueEnded()
{
    m_lastEnd = m_at;
    m_expect = Expect::CommaOrEnd;
}

void JsonReader::readValue()
{
    switch (here()) {
    case '{':
        return openContainer(JsonKind::Object);
    case '[':
        return openContainer(JsonKind::Array);
    case '"':
        return readString(addNode(JsonKind::String));
    case ',':
    case '}':
    case ']':
        return readNoValue();
    default:
        if (wrongQuoteWidth({m_data + m_at, m_size - m_at}) > 0)
            return readWrongString(addNode(JsonKind::String));
        return readBare(addNode(JsonKind::Invalid));
    }
}

void JsonReader::readNoValue()
{
    const Span at {m_at, m_at + 1};
    if (m_open.empty()) {
        fault({at, ProvisionerText::tr("A value was expected here.")});
        m_at = m_size;
        return;
    }
    if (!inObject() && here() == ']') {
        commaTooMany(m_comma, ProvisionerText::tr("There is a comma before the closing bracket."));
    } else if (!inObject() && here() == ',') {
        commaTooMany(at, ProvisionerText::tr("There is a comma where a value was expected."));
        ++m_at;
        return;
    } else {
        fault({at, ProvisionerText::tr("A value was expected here."), SyntaxFaultKind::MissingValue,
               TextEdit {m_at, 0, "null"}, false});
        addNode(JsonKind::Invalid);
    }
    m_expect = Expect::CommaOrEnd;
}

void JsonReader::openContainer(JsonKind kind)
{
    if (int(m_open.size()) >= JsonText::mostDepth) {
        fault(
            {{m_at, m_at + 1},
             ProvisionerText::tr("The nesting is deeper than %1 levels.").arg(JsonText::mostDepth),
             SyntaxFaultKind::TooDeep});
        addNode(JsonKind::Invalid);
        m_isGivenUp = true;
        return valueEnded();
    }
    const int node = addNode(kind);
    m_open.push_back(node);
    ++m_at;
    m_comma = {};
    m_expect = kind == JsonKind::Object ? Expect::KeyOrEnd : Expect::ValueOrEnd;
}

void JsonReader::closeContainer()
{
    const char wanted = inObject() ? '}' : ']';
    if (here() != wanted) {
        fault({{m_at, m_at + 1},
               ProvisionerText::tr("%1 was expected here to close what was opened before.")
                   .arg(QLatin1Char(wanted)),
               SyntaxFaultKind::WrongBracket,
               TextEdit {m_at, 1, QByteArray(1, wanted)},
               false});
    }
    ++m_at;
    m_text.m_nodes[size_t(m_open.back())].span.end = m_at;
    m_open.pop_back();
    valueEnded();
}

void JsonReader::checkString(Span string)
{
    const char *begin = m_data + string.begin;
    const bool isOrdinary = std::all_of(begin, begin + string.size(),
                                        [](char c) { return c >= ' ' && c < 0x7f && c != '\\'; });
    if (isOrdinary) // Nearly all are.
        return;
    for (SyntaxFault &inside : stringFaults(m_text.m_bytes, string, mostFaults))
        fault(std::move(inside));
}

void JsonReader::readString(int node)
{
    const qsizetype begin = m_at;
    qsizetype end = stringEnd(m_data, m_size, begin);
    if (end < 0)
        return readOpenString(node);
    checkString({begin, end});
    m_at = end;
    m_text.m_nodes[size_t(node)].span = {begin, end};
    valueEnded();
}

void JsonReader::readWrongString(int node)
{
    const qsizetype begin = m_at;
    const qsizetype end = wrongStringEnd(m_data, m_size, begin);
    if (end < 0)
        return readOpenString(node);
    fault({{begin, end},
           ProvisionerText::tr("This text is not in double quotes."),
           SyntaxFaultKind::WrongQuotes,
           TextEdit {begin, end - begin, requoted({m_data + begin, end - begin})}});
    m_at = end;
    m_text.m_nodes[size_t(node)].span = {begin, end};
    valueEnded();
}

void JsonReader::readOpenString(int node)
{
    const qsizetype begin = m_at;
    fault({{begin, begin + 1},
           ProvisionerText::tr("This string is not closed with a double quote on its line."),
           SyntaxFaultKind::OpenString});
    while (!atEnd() && here() != '\n' && here() != '\r')
        ++m_at;
    m_text.m_nodes[size_t(node)].kind = JsonKind::Invalid;
    m_text.m_nodes[size_t(node)].span = {begin, m_at};
    valueEnded();
    // The comma was most likely swallowed with the rest of the line.
    m_expect = inObject() ? Expect::KeyOrEnd : Expect::ValueOrEnd;
}

void JsonReader::readBare(int node)
{
    const qsizetype begin = m_at;
    while (!atEnd() && !endsBareWord(here()))
        ++m_at;
    if (m_at == begin) // A lone character that begins nothing.
        ++m_at;
    const QByteArrayView word(m_data + begin, m_at - begin);
    JsonText::Node &value = m_text.m_nodes[size_t(node)];
    value.span = {begin, m_at};
    if (word == "true" || word == "false")
        value.kind = JsonKind::Boolean;
    else if (word == "null")
        value.kind = JsonKind::Null;
    else if (isJsonNumber(word))
        value.kind = JsonKind::Number;
    else
        fault(bareWordFault(m_text.m_bytes, value.span));
    valueEnded();
}

/// Goes to the next comma or closing bracket of the present container.
void JsonReader::skipToSeparator()
{
    while (!atEnd()) {
        const char c = here();
        if (c == ',' || c == '}' || c == ']' || c == '\n')
            break;
        if (c == '"') {
            const qsizetype end = stringEnd(m_data, m_size, m_at);
            m_at = end < 0 ? m_at + 1 : end;
        } else {
            ++m_at;
        }
    }
    if (!atEnd() && here() == '\n') {
        ++m_at;
        m_expect = inObject() ? Expect::KeyOrEnd : Expect::ValueOrEnd;
    } else {
        valueEnded();
    }
}

} // namespace hubkeeper
