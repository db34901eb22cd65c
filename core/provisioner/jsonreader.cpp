// SPDX-License-Identifier: MIT
#include "provisioner/jsonreader.h"

#include <QUtf8StringView>

#include <cstring>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr size_t mostFaults = 100;

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool endsBareWord(char c)
{
    return isBlank(c) || std::strchr(",:[]{}\"/", c);
}

bool isNumber(QByteArrayView word)
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

} // namespace

qsizetype stringEnd(const char *data, qsizetype size, qsizetype begin)
{
    for (qsizetype i = begin + 1; i < size; ++i) {
        if (data[i] == '\\')
            ++i;
        else if (data[i] == '"')
            return i + 1;
        else if (data[i] == '\n' || data[i] == '\r')
            return -1;
    }
    return -1;
}

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

void JsonReader::fault(Span at, const QString &message)
{
    if (m_text.m_faults.size() < mostFaults)
        m_text.m_faults.push_back({at, message});
}

void JsonReader::read()
{
    if (m_size >= 3 && std::memcmp(m_data, "\xEF\xBB\xBF", 3) == 0)
        m_at = 3;
    skipBlanks();
    if (atEnd())
        return fault({m_at, m_at}, u"The file is empty."_s);
    readValue();
    while (!m_open.empty()) {
        skipBlanks();
        if (atEnd()) {
            const JsonText::Node &open = m_text.m_nodes[size_t(m_open.back())];
            fault({m_size, m_size},
                  u"The file ends before this %1 is closed with %2."_s.arg(
                      open.kind == JsonKind::Object ? u"object"_s : u"array"_s,
                      open.kind == JsonKind::Object ? u"}"_s : u"]"_s));
            while (!m_open.empty()) {
                m_text.m_nodes[size_t(m_open.back())].span.end = m_size;
                m_open.pop_back();
            }
            return;
        }
        readInside();
    }
    skipBlanks();
    if (!atEnd())
        fault({m_at, m_size}, u"There is more text behind the end of the document."_s);
}

void JsonReader::skipBlanks()
{
    for (;;) {
        while (!atEnd() && isBlank(here()))
            ++m_at;
        if (m_at + 1 < m_size && here() == '/'
            && (m_data[m_at + 1] == '/' || m_data[m_at + 1] == '*'))
            skipComment();
        else
            return;
    }
}

void JsonReader::skipComment()
{
    const qsizetype begin = m_at;
    if (m_data[m_at + 1] == '/') {
        while (!atEnd() && here() != '\n')
            ++m_at;
        return;
    }
    for (m_at += 2; m_at + 1 < m_size; ++m_at) {
        if (here() == '*' && m_data[m_at + 1] == '/') {
            m_at += 2;
            return;
        }
    }
    m_at = m_size;
    fault({begin, m_size}, u"This comment is not closed with */."_s);
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
    if (here() == '}') {
        if (m_expect == Expect::Key)
            fault({m_at, m_at + 1}, u"A comma stands before the closing brace."_s);
        return closeContainer();
    }
    if (here() != '"') {
        fault({m_at, m_at + 1}, u"A key in double quotes was expected here."_s);
        return skipToSeparator();
    }
    const qsizetype end = stringEnd(m_data, m_size, m_at);
    if (end < 0) {
        fault({m_at, m_at + 1}, u"This key is not closed with a double quote."_s);
        return skipToSeparator();
    }
    m_key = {m_at, end};
    m_at = end;
    m_expect = Expect::Colon;
}

void JsonReader::readColon()
{
    m_expect = Expect::Value;
    if (here() == ':') {
        ++m_at;
        return;
    }
    fault({m_at, m_at + 1}, u"A colon was expected behind the key."_s);
    if (here() == ',' || here() == '}' || here() == ']') {
        addNode(JsonKind::Invalid);
        valueEnded();
    }
}

void JsonReader::readCommaOrEnd()
{
    const char c = here();
    if (c == ',') {
        ++m_at;
        m_expect = inObject() ? Expect::Key : Expect::Value;
        return;
    }
    if (c == '}' || c == ']')
        return closeContainer();
    fault({m_at, m_at + 1}, u"A comma is missing before this."_s);
    const bool startsAnother = c == '"' || c == '{' || c == '[' || !endsBareWord(c);
    if (startsAnother)
        m_expect = inObject() ? Expect::Key : Expect::Value;
    else
        ++m_at;
}

int JsonReader::addNode(JsonKind kind)
{
    const int index = int(m_text.m_nodes.size());
    JsonText::Node node;
    node.kind = kind;
    node.span = {m_at, m_at};
    node.key = m_key;
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
    return index;
}

void JsonReader::valueEnded()
{
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
    case ']': {
        const bool trailing = here() == ']' && !inObject();
        fault({m_at, m_at + 1},
              trailing ? u"A comma stands before the closing bracket."_s
                       : u"A value was expected here."_s);
        if (m_open.empty()) {
            m_at = m_size;
            return;
        }
        if (!trailing)
            addNode(JsonKind::Invalid);
        return valueEnded();
    }
    default:
        return readBare(addNode(JsonKind::Invalid));
    }
}

void JsonReader::openContainer(JsonKind kind)
{
    if (int(m_open.size()) >= JsonText::mostDepth) {
        fault({m_at, m_at + 1},
              u"The nesting is deeper than %1 levels."_s.arg(JsonText::mostDepth));
        addNode(JsonKind::Invalid);
        m_at = m_size;
        return valueEnded();
    }
    const int node = addNode(kind);
    m_open.push_back(node);
    ++m_at;
    m_expect = kind == JsonKind::Object ? Expect::KeyOrEnd : Expect::ValueOrEnd;
}

void JsonReader::closeContainer()
{
    const char wanted = inObject() ? '}' : ']';
    if (here() != wanted) {
        fault({m_at, m_at + 1},
              u"%1 was expected here to close what was opened before."_s.arg(QLatin1Char(wanted)));
    }
    ++m_at;
    m_text.m_nodes[size_t(m_open.back())].span.end = m_at;
    m_open.pop_back();
    valueEnded();
}

void JsonReader::readString(int node)
{
    const qsizetype begin = m_at;
    qsizetype end = stringEnd(m_data, m_size, begin);
    if (end < 0) {
        fault({begin, begin + 1}, u"This string is not closed with a double quote on its line."_s);
        end = begin;
        while (end < m_size && m_data[end] != '\n')
            ++end;
        m_text.m_nodes[size_t(node)].kind = JsonKind::Invalid;
    } else if (!QUtf8StringView(m_data + begin, end - begin).isValidUtf8()) {
        fault({begin, end}, u"This string holds bytes that are not UTF-8."_s);
    }
    m_at = end;
    m_text.m_nodes[size_t(node)].span = {begin, end};
    valueEnded();
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
    else if (isNumber(word))
        value.kind = JsonKind::Number;
    else
        fault(value.span, u"This is no JSON value; texts stand in double quotes."_s);
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
