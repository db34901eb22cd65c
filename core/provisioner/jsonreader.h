// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/jsontext.h"

namespace hubkeeper {

/// Reads bytes into the tree of a JsonText, with a stack of open containers instead of recursion.
class JsonReader
{
public:
    explicit JsonReader(JsonText &text);

    void read();

private:
    enum class Expect { Value, ValueOrEnd, KeyOrEnd, Key, Colon, CommaOrEnd };

    void skipBlanks();
    void skipComment();
    void readInside();
    void readKey();
    void readColon();
    void readCommaOrEnd();
    void readValue();
    void openContainer(JsonKind kind);
    void closeContainer();
    void readString(int node);
    void readBare(int node);
    int addNode(JsonKind kind);
    void valueEnded();
    void fault(Span at, const QString &message);
    void skipToSeparator();

    [[nodiscard]] bool atEnd() const { return m_at >= m_size; }
    [[nodiscard]] char here() const { return m_data[m_at]; }
    [[nodiscard]] bool inObject() const;

    JsonText &m_text;
    const char *m_data;
    qsizetype m_size;
    qsizetype m_at = 0;
    Expect m_expect = Expect::Value;
    Span m_key;
    std::vector<int> m_open;
};

/// Where a string that begins at the quote `begin` ends (behind its closing quote), or -1 if it
/// does not end on its line.
[[nodiscard]] qsizetype stringEnd(const char *data, qsizetype size, qsizetype begin);

} // namespace hubkeeper
