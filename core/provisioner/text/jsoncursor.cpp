// SPDX-License-Identifier: MIT
#include "provisioner/text/jsoncursor.h"

#include "provisioner/provisionertext.h"
#include "provisioner/text/jsonlexer.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

JsonCursor::JsonCursor(QByteArrayView bytes, std::vector<Span> &comments,
                       std::vector<SyntaxFault> &faults)
    : m_data(bytes.data())
    , m_size(bytes.size())
    , m_comments(comments)
    , m_faults(faults)
{
}

void JsonCursor::report(SyntaxFault fault)
{
    if (m_faults.size() < mostFaults)
        m_faults.push_back(std::move(fault));
}

void JsonCursor::skipBlanks()
{
    for (;;) {
        while (!atEnd() && isJsonBlank(here()))
            step();
        if (!atEnd() && here() == '\0')
            skipNulBytes();
        else if (isAtComment())
            skipComment();
        else
            return;
    }
}

void JsonCursor::skipLine()
{
    while (!atEnd() && here() != '\n' && here() != '\r')
        step();
}

void JsonCursor::skipNulBytes()
{
    const qsizetype begin = m_at;
    while (!atEnd() && here() == '\0')
        step();
    report({{begin, m_at},
            ProvisionerText::tr("There are NUL bytes in the text."),
            SyntaxFaultKind::NulByte,
            TextEdit {begin, m_at - begin, {}},
            false});
}

bool JsonCursor::isAtComment() const
{
    return m_at + 1 < m_size && here() == '/'
        && (m_data[m_at + 1] == '/' || m_data[m_at + 1] == '*');
}

void JsonCursor::skipComment()
{
    const qsizetype begin = m_at;
    if (m_data[m_at + 1] == '/') {
        skipLine();
        m_comments.push_back({begin, m_at});
        return;
    }
    for (m_at += 2; m_at + 1 < m_size; ++m_at) {
        if (here() == '*' && m_data[m_at + 1] == '/') {
            m_at += 2;
            m_comments.push_back({begin, m_at});
            return;
        }
    }
    m_at = m_size;
    report({{begin, m_size},
            ProvisionerText::tr("This comment is not closed with */."),
            SyntaxFaultKind::OpenComment});
}

} // namespace hubkeeper
