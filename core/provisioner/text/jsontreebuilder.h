// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/text/jsontext.h"

namespace hubkeeper {

/// Puts values into a tree, each into the innermost container that is open then.
class JsonTreeBuilder
{
public:
    /// Both have to outlive this.
    JsonTreeBuilder(std::vector<JsonText::Node> &nodes, int &root);

    /// The key of the value that is added next. Plain: as in JsonText::Node.
    void setKey(Span key, bool isPlain);
    /// Returns the new value, which begins and for now ends at the byte.
    int add(JsonKind kind, qsizetype at);
    /// Until the next add().
    [[nodiscard]] JsonText::Node &node(int index) { return m_nodes[size_t(index)]; }

    /// What is added from now on goes into this container.
    void open(int container) { m_open.push_back(container); }
    /// The innermost container ends before this byte; there has to be one.
    void close(qsizetype end);
    void closeAll(qsizetype end);

    [[nodiscard]] bool isAnyOpen() const { return !m_open.empty(); }
    [[nodiscard]] int openCount() const { return int(m_open.size()); }
    [[nodiscard]] bool isInObject() const;
    /// The container that is open; there has to be one.
    [[nodiscard]] const JsonText::Node &innermost() const;
    /// What would close all that is open.
    [[nodiscard]] QByteArray closingBrackets() const;

private:
    std::vector<JsonText::Node> &m_nodes;
    int &m_root;
    std::vector<int> m_open;
    Span m_key;
    bool m_isPlainKey = true;
};

} // namespace hubkeeper
