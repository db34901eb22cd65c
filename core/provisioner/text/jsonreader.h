// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/text/jsontext.h"

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
    void readNoValue();
    void checkString(Span string);
    void readString(int node);
    void readWrongString(int node);
    void readOpenString(int node);
    void readBare(int node);
    int addNode(JsonKind kind);
    void valueEnded();
    void readWrongKey(int quoteWidth);
    void readBareKey();
    void fault(SyntaxFault fault);
    void commaTooMany(Span comma, const QString &message);
    void closeAll();
    void reportNotClosed();
    void reportTextBehind();
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
    bool m_isPlainKey = true;
    Span m_comma; ///< The last one of the present container.
    qsizetype m_lastEnd = 0; ///< Of the last key or value.
    std::vector<int> m_open;
    bool m_isGivenUp = false;
};

} // namespace hubkeeper
