// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/text/jsontext.h"

namespace hubkeeper {

/// A place in JSON text that moves forward only: past blanks and comments, which it collects. Keeps
/// the faults that are found on the way, too.
class JsonCursor
{
public:
    /// Reports no more faults than these; who has so many needs no complete list.
    static constexpr size_t mostFaults = 100;

    /// At the first byte. The bytes and both lists have to outlive this.
    JsonCursor(QByteArrayView bytes, std::vector<Span> &comments, std::vector<SyntaxFault> &faults);

    [[nodiscard]] const char *data() const { return m_data; }
    [[nodiscard]] qsizetype size() const { return m_size; }
    [[nodiscard]] qsizetype at() const { return m_at; }
    [[nodiscard]] bool atEnd() const { return m_at >= m_size; }
    /// The byte at the cursor; not at the end.
    [[nodiscard]] char here() const { return m_data[m_at]; }
    /// Of the byte at the cursor.
    [[nodiscard]] Span spanHere() const { return {m_at, m_at + 1}; }
    /// From the cursor to the end.
    [[nodiscard]] QByteArrayView rest() const { return {m_data + m_at, m_size - m_at}; }
    [[nodiscard]] QByteArrayView bytes() const { return {m_data, m_size}; }
    [[nodiscard]] QByteArrayView bytes(Span span) const
    {
        return {m_data + span.begin, span.size()};
    }

    void step() { ++m_at; }
    void moveTo(qsizetype at) { m_at = at; }
    /// Goes to the next byte that is neither blank nor in a comment. NUL bytes are a fault, and are
    /// skipped.
    void skipBlanks();
    /// Goes to the end of the line.
    void skipLine();

    void report(SyntaxFault fault);

private:
    void skipNulBytes();
    void skipComment();
    [[nodiscard]] bool isAtComment() const;

    const char *m_data;
    qsizetype m_size;
    qsizetype m_at = 0;
    std::vector<Span> &m_comments;
    std::vector<SyntaxFault> &m_faults;
};

} // namespace hubkeeper
