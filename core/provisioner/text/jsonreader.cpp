// SPDX-License-Identifier: MIT
#include "provisioner/text/jsonreader.h"

#include "provisioner/provisionertext.h"
#include "provisioner/text/jsonlexer.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

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
    , m_cursor(text.m_bytes, text.m_comments, text.m_faults)
    , m_tree(text.m_nodes, text.m_root)
{
}

void JsonReader::commaTooMany(Span comma, const QString &message)
{
    m_cursor.report(
        {comma, message, SyntaxFaultKind::CommaTooMany, TextEdit {comma.begin, comma.size(), {}}});
}

void JsonReader::read()
{
    const qsizetype size = m_cursor.size();
    if (auto foreign = foreignFault(m_text.m_bytes))
        return m_cursor.report(*std::move(foreign));
    if (size > JsonText::mostBytes) {
        return m_cursor.report(
            {{0, 0},
             ProvisionerText::tr("The file has %1 MB; a provisioner has a few KB.").arg(size >> 20),
             SyntaxFaultKind::TooLarge});
    }
    if (m_cursor.bytes().startsWith("\xEF\xBB\xBF"))
        m_cursor.moveTo(3);
    m_text.m_nodes.reserve(size_t(std::min<qsizetype>(size / 12, JsonText::mostValues)));
    m_cursor.skipBlanks();
    if (m_cursor.atEnd())
        return m_cursor.report(
            {{size, size}, ProvisionerText::tr("The file is empty."), SyntaxFaultKind::Empty});
    readValue();
    while (m_tree.isAnyOpen()) {
        if (m_isGivenUp) // Nobody looks further, and nothing is said of what comes.
            return m_tree.closeAll(size);
        m_cursor.skipBlanks();
        if (m_cursor.atEnd())
            return reportNotClosed();
        readInside();
    }
    m_cursor.skipBlanks();
    if (!m_cursor.atEnd())
        reportTextBehind();
}

void JsonReader::reportNotClosed()
{
    const qsizetype end = m_cursor.size();
    const JsonText::Node &open = m_tree.innermost();
    const bool isObject = open.kind == JsonKind::Object;
    const int line = m_text.positionOf(open.span.begin).line;
    const QByteArray closing = m_tree.closingBrackets();
    m_tree.closeAll(end);
    m_cursor.report({{end, end},
                     ProvisionerText::tr(
                         "The file ends before the %1 that begins in line %2 is closed with %3.")
                         .arg(isObject ? u"object"_s : u"array"_s)
                         .arg(line)
                         .arg(QChar(isObject ? u'}' : u']')),
                     SyntaxFaultKind::NotClosed,
                     TextEdit {end, 0, closing + '\n'},
                     false});
}

void JsonReader::reportTextBehind()
{
    const qsizetype end = m_cursor.size();
    SyntaxFault found {{m_cursor.at(), end},
                       ProvisionerText::tr("There is more text after the end of the document."),
                       SyntaxFaultKind::TextBehind};
    if (isLeftOver(m_cursor.rest()))
        found.fix = TextEdit {m_lastEnd, end - m_lastEnd, "\n"};
    m_cursor.report(std::move(found));
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
        if (m_cursor.here() == ']')
            return closeContainer();
        return readValue();
    case Expect::Value:
        return readValue();
    }
}

void JsonReader::readKey()
{
    const char c = m_cursor.here();
    if (c == '}') {
        if (m_expect == Expect::Key)
            commaTooMany(m_comma,
                         ProvisionerText::tr("There is a comma before the closing brace."));
        return closeContainer();
    }
    if (c == ',') {
        commaTooMany(m_cursor.spanHere(),
                     ProvisionerText::tr("There is a comma where a key was expected."));
        return m_cursor.step();
    }
    const int wrongQuote = wrongQuoteWidth(m_cursor.rest());
    if (wrongQuote > 0)
        return readWrongKey(wrongQuote);
    if (isWordCharacter(c))
        return readBareKey();
    if (c != '"') {
        m_cursor.report({m_cursor.spanHere(),
                         ProvisionerText::tr("A key in double quotes was expected here.")});
        return skipToSeparator();
    }
    const qsizetype end = stringEnd(m_cursor.data(), m_cursor.size(), m_cursor.at());
    if (end < 0) {
        m_cursor.report({m_cursor.spanHere(),
                         ProvisionerText::tr("This key is not closed with a double quote."),
                         SyntaxFaultKind::OpenString});
        return skipToSeparator();
    }
    const Span key {m_cursor.at(), end};
    m_scalars.check(key);
    keyEnded(key, !m_cursor.bytes(key).contains('\\'));
}

void JsonReader::readWrongKey(int quoteWidth)
{
    const qsizetype begin = m_cursor.at();
    const qsizetype end = wrongStringEnd(m_cursor.data(), m_cursor.size(), begin);
    if (end < 0) {
        m_cursor.report(
            {{begin, begin + quoteWidth},
             ProvisionerText::tr("This key is not closed, and JSON wants double quotes."),
             SyntaxFaultKind::OpenString});
        return skipToSeparator();
    }
    const Span key {begin, end};
    m_cursor.report({key, ProvisionerText::tr("This key is not in double quotes."),
                     SyntaxFaultKind::WrongQuotes,
                     TextEdit {begin, key.size(), requoted(m_cursor.bytes(key))}});
    keyEnded(key, false);
}

void JsonReader::readBareKey()
{
    const qsizetype begin = m_cursor.at();
    while (!m_cursor.atEnd() && isWordCharacter(m_cursor.here()))
        m_cursor.step();
    const Span key {begin, m_cursor.at()};
    m_cursor.report({key, ProvisionerText::tr("This key has no double quotes."),
                     SyntaxFaultKind::BareKey,
                     TextEdit {begin, key.size(), requoted(m_cursor.bytes(key))}});
    keyEnded(key, false);
}

void JsonReader::keyEnded(Span key, bool isPlain)
{
    m_tree.setKey(key, isPlain);
    m_cursor.moveTo(key.end);
    m_lastEnd = key.end;
    m_expect = Expect::Colon;
}

void JsonReader::readColon()
{
    m_expect = Expect::Value;
    const char c = m_cursor.here();
    if (c == ':')
        return m_cursor.step();
    if (c == '=') {
        m_cursor.report({m_cursor.spanHere(),
                         ProvisionerText::tr("A colon belongs here instead of the equals sign."),
                         SyntaxFaultKind::MissingColon, TextEdit {m_cursor.at(), 1, ":"}});
        return m_cursor.step();
    }
    SyntaxFault found {m_cursor.spanHere(),
                       ProvisionerText::tr("A colon was expected after the key."),
                       SyntaxFaultKind::MissingColon};
    const bool hasValue = c != ',' && c != '}' && c != ']';
    if (hasValue)
        found.fix = TextEdit {m_lastEnd, 0, ":"};
    m_cursor.report(std::move(found));
    if (!hasValue) {
        addValue(JsonKind::Invalid);
        valueEnded();
    }
}

void JsonReader::readCommaOrEnd()
{
    const char c = m_cursor.here();
    if (c == ',') {
        m_comma = m_cursor.spanHere();
        m_cursor.step();
        m_expect = m_tree.isInObject() ? Expect::Key : Expect::Value;
        return;
    }
    if (c == '}' || c == ']')
        return closeContainer();
    if (c == ';') {
        m_comma = m_cursor.spanHere();
        m_cursor.report({m_comma,
                         ProvisionerText::tr("A comma belongs here instead of the semicolon."),
                         SyntaxFaultKind::MissingComma, TextEdit {m_comma.begin, 1, ","}});
        m_cursor.step();
        return expectNextOrEnd();
    }
    SyntaxFault found {m_cursor.spanHere(), ProvisionerText::tr("A comma is missing before this."),
                       SyntaxFaultKind::MissingComma};
    const bool startsAnother = c == '"' || c == '{' || c == '[' || !endsBareWord(c);
    if (startsAnother) {
        found.fix = TextEdit {m_lastEnd, 0, ","};
        expectNextOrEnd();
    } else {
        found.kind = SyntaxFaultKind::Other;
        found.message = ProvisionerText::tr("A comma or a closing bracket was expected here.");
        m_cursor.step();
    }
    m_cursor.report(std::move(found));
}

void JsonReader::expectNextOrEnd()
{
    m_expect = m_tree.isInObject() ? Expect::KeyOrEnd : Expect::ValueOrEnd;
}

/// Returns where the tree has the new value.
int JsonReader::addValue(JsonKind kind)
{
    const int index = m_tree.add(kind, m_cursor.at());
    if (index + 1 == JsonText::mostValues) {
        m_cursor.report(
            {{m_cursor.at(), m_cursor.at()},
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
    m_lastEnd = m_cursor.at();
    m_expect = Expect::CommaOrEnd;
}

void JsonReader::stringEnded(bool isClosed)
{
    valueEnded();
    if (!isClosed) // The comma was most likely swallowed with the rest of the line.
        expectNextOrEnd();
}

void JsonReader::readValue()
{
    switch (m_cursor.here()) {
    case '{':
        return openContainer(JsonKind::Object);
    case '[':
        return openContainer(JsonKind::Array);
    case '"':
        return stringEnded(m_scalars.readString(m_tree.node(addValue(JsonKind::String))));
    case ',':
    case '}':
    case ']':
        return readNoValue();
    default:
        if (wrongQuoteWidth(m_cursor.rest()) > 0)
            return stringEnded(m_scalars.readWrongString(m_tree.node(addValue(JsonKind::String))));
        m_scalars.readWord(m_tree.node(addValue(JsonKind::Invalid)));
        return valueEnded();
    }
}

void JsonReader::readNoValue()
{
    const Span at = m_cursor.spanHere();
    if (!m_tree.isAnyOpen()) {
        m_cursor.report({at, ProvisionerText::tr("A value was expected here.")});
        return m_cursor.moveTo(m_cursor.size());
    }
    const char c = m_cursor.here();
    if (!m_tree.isInObject() && c == ']') {
        commaTooMany(m_comma, ProvisionerText::tr("There is a comma before the closing bracket."));
    } else if (!m_tree.isInObject() && c == ',') {
        commaTooMany(at, ProvisionerText::tr("There is a comma where a value was expected."));
        return m_cursor.step();
    } else {
        m_cursor.report({at, ProvisionerText::tr("A value was expected here."),
                         SyntaxFaultKind::MissingValue, TextEdit {at.begin, 0, "null"}, false});
        addValue(JsonKind::Invalid);
    }
    m_expect = Expect::CommaOrEnd;
}

void JsonReader::openContainer(JsonKind kind)
{
    if (m_tree.openCount() >= JsonText::mostDepth) {
        m_cursor.report(
            {m_cursor.spanHere(),
             ProvisionerText::tr("The nesting is deeper than %1 levels.").arg(JsonText::mostDepth),
             SyntaxFaultKind::TooDeep});
        addValue(JsonKind::Invalid);
        m_isGivenUp = true;
        return valueEnded();
    }
    m_tree.open(addValue(kind));
    m_cursor.step();
    m_comma = {};
    expectNextOrEnd();
}

void JsonReader::closeContainer()
{
    const char wanted = m_tree.isInObject() ? '}' : ']';
    if (m_cursor.here() != wanted) {
        m_cursor.report(
            {m_cursor.spanHere(),
             ProvisionerText::tr("%1 was expected here to close what was opened before.")
                 .arg(QLatin1Char(wanted)),
             SyntaxFaultKind::WrongBracket, TextEdit {m_cursor.at(), 1, QByteArray(1, wanted)},
             false});
    }
    m_cursor.step();
    m_tree.close(m_cursor.at());
    valueEnded();
}

/// Goes to the next comma or closing bracket of the present container.
void JsonReader::skipToSeparator()
{
    while (!m_cursor.atEnd()) {
        const char c = m_cursor.here();
        if (c == ',' || c == '}' || c == ']' || c == '\n')
            break;
        const qsizetype end =
            c == '"' ? stringEnd(m_cursor.data(), m_cursor.size(), m_cursor.at()) : -1;
        m_cursor.moveTo(end < 0 ? m_cursor.at() + 1 : end);
    }
    if (!m_cursor.atEnd() && m_cursor.here() == '\n') {
        m_cursor.step();
        expectNextOrEnd();
    } else {
        valueEnded();
    }
}

} // namespace hubkeeper
