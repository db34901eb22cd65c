// SPDX-License-Identifier: MIT
#include "provisioner/text/jsontreebuilder.h"

namespace hubkeeper {

JsonTreeBuilder::JsonTreeBuilder(std::vector<JsonText::Node> &nodes, int &root)
    : m_nodes(nodes)
    , m_root(root)
{
}

void JsonTreeBuilder::setKey(Span key, bool isPlain)
{
    m_key = key;
    m_isPlainKey = isPlain;
}

int JsonTreeBuilder::add(JsonKind kind, qsizetype at)
{
    const int index = int(m_nodes.size());
    JsonText::Node value;
    value.kind = kind;
    value.span = {at, at};
    value.key = m_key;
    value.hasPlainKey = m_isPlainKey;
    m_key = {};
    if (m_open.empty()) {
        m_root = index;
    } else {
        value.parent = m_open.back();
        JsonText::Node &parent = node(value.parent);
        if (parent.firstChild == JsonText::none)
            parent.firstChild = index;
        else
            node(parent.lastChild).next = index;
        parent.lastChild = index;
        ++parent.childCount;
    }
    m_nodes.push_back(value);
    return index;
}

void JsonTreeBuilder::close(qsizetype end)
{
    node(m_open.back()).span.end = end;
    m_open.pop_back();
}

void JsonTreeBuilder::closeAll(qsizetype end)
{
    while (isAnyOpen())
        close(end);
}

bool JsonTreeBuilder::isInObject() const
{
    return isAnyOpen() && innermost().kind == JsonKind::Object;
}

const JsonText::Node &JsonTreeBuilder::innermost() const
{
    return m_nodes[size_t(m_open.back())];
}

QByteArray JsonTreeBuilder::closingBrackets() const
{
    QByteArray closing;
    for (const int container : m_open)
        closing.prepend(m_nodes[size_t(container)].kind == JsonKind::Object ? '}' : ']');
    return closing;
}

} // namespace hubkeeper
