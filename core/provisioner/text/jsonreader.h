// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/text/jsonscalarreader.h"
#include "provisioner/text/jsontreebuilder.h"

namespace hubkeeper {

/// Reads bytes into the tree of a JsonText, with a stack of open containers instead of recursion:
/// what may come next, and what is meant where something else comes.
class JsonReader
{
public:
    explicit JsonReader(JsonText &text);

    void read();

private:
    enum class Expect { Value, ValueOrEnd, KeyOrEnd, Key, Colon, CommaOrEnd };

    void readInside();
    void readKey();
    void readWrongKey(int quoteWidth);
    void readBareKey();
    void keyEnded(Span key, bool isPlain);
    void readColon();
    void readCommaOrEnd();
    void readValue();
    void readNoValue();
    void openContainer(JsonKind kind);
    void closeContainer();
    int addValue(JsonKind kind);
    void valueEnded();
    void stringEnded(bool isClosed);
    void expectNextOrEnd();
    void skipToSeparator();

    void commaTooMany(Span comma, const QString &message);
    void reportNotClosed();
    void reportTextBehind();

    JsonText &m_text;
    JsonCursor m_cursor;
    JsonScalarReader m_scalars {m_cursor};
    JsonTreeBuilder m_tree;
    Expect m_expect = Expect::Value;
    Span m_comma; ///< The last one of the present container.
    qsizetype m_lastEnd = 0; ///< Of the last key or value.
    bool m_isGivenUp = false;
};

} // namespace hubkeeper
