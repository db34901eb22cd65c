// SPDX-License-Identifier: MIT
#include "provisioner/text/jsonscalarreader.h"

#include "provisioner/provisionertext.h"
#include "provisioner/text/jsonlexer.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

JsonScalarReader::JsonScalarReader(JsonCursor &cursor)
    : m_cursor(cursor)
{
}

void JsonScalarReader::check(Span string)
{
    const QByteArrayView text = m_cursor.bytes(string);
    const bool isOrdinary = std::all_of(text.begin(), text.end(),
                                        [](char c) { return c >= ' ' && c < 0x7f && c != '\\'; });
    if (isOrdinary) // Nearly all are.
        return;
    for (SyntaxFault &inside : stringFaults(m_cursor.bytes(), string, JsonCursor::mostFaults))
        m_cursor.report(std::move(inside));
}

bool JsonScalarReader::readString(JsonText::Node &value)
{
    const qsizetype begin = m_cursor.at();
    const qsizetype end = stringEnd(m_cursor.data(), m_cursor.size(), begin);
    if (end < 0) {
        readOpenString(value);
        return false;
    }
    check({begin, end});
    m_cursor.moveTo(end);
    value.span = {begin, end};
    return true;
}

bool JsonScalarReader::readWrongString(JsonText::Node &value)
{
    const qsizetype begin = m_cursor.at();
    const qsizetype end = wrongStringEnd(m_cursor.data(), m_cursor.size(), begin);
    if (end < 0) {
        readOpenString(value);
        return false;
    }
    value.span = {begin, end};
    m_cursor.report({value.span, ProvisionerText::tr("This text is not in double quotes."),
                     SyntaxFaultKind::WrongQuotes,
                     TextEdit {begin, end - begin, requoted(m_cursor.bytes(value.span))}});
    m_cursor.moveTo(end);
    return true;
}

void JsonScalarReader::readOpenString(JsonText::Node &value)
{
    const qsizetype begin = m_cursor.at();
    m_cursor.report(
        {m_cursor.spanHere(),
         ProvisionerText::tr("This string is not closed with a double quote on its line."),
         SyntaxFaultKind::OpenString});
    m_cursor.skipLine();
    value.kind = JsonKind::Invalid;
    value.span = {begin, m_cursor.at()};
}

void JsonScalarReader::readWord(JsonText::Node &value)
{
    const qsizetype begin = m_cursor.at();
    while (!m_cursor.atEnd() && !endsBareWord(m_cursor.here()))
        m_cursor.step();
    if (m_cursor.at() == begin) // A lone character that begins nothing.
        m_cursor.step();
    value.span = {begin, m_cursor.at()};
    const QByteArrayView word = m_cursor.bytes(value.span);
    if (word == "true" || word == "false")
        value.kind = JsonKind::Boolean;
    else if (word == "null")
        value.kind = JsonKind::Null;
    else if (isJsonNumber(word))
        value.kind = JsonKind::Number;
    else
        m_cursor.report(bareWordFault(m_cursor.bytes(), value.span));
}

} // namespace hubkeeper
