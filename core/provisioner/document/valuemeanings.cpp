// SPDX-License-Identifier: MIT
#include "provisioner/document/valuemeanings.h"

#include <QMap>

namespace hubkeeper {

int ValueMeanings::numberFor(const QByteArray &canonical)
{
    const auto known = m_numbers.constFind(canonical);
    if (known != m_numbers.constEnd())
        return *known;
    const int number = int(m_numbers.size());
    m_numbers.insert(canonical, number);
    return number;
}

std::vector<ValueMeanings::Meaning> ValueMeanings::of(const JsonText &text)
{
    std::vector<Meaning> meanings(static_cast<size_t>(text.nodeCount()));
    // A child follows its parent, so that from the end on every child is known.
    for (int index = text.nodeCount() - 1; index >= 0; --index) {
        const JsonText::Node &node = text.node(index);
        Meaning &meaning = meanings[size_t(index)];
        QByteArray canonical;
        if (node.kind == JsonKind::Object) {
            QMap<QString, int> members;
            for (int child = node.firstChild; child != JsonText::none;
                 child = text.node(child).next)
                members.insert(text.keyOf(child), meanings[size_t(child)].number);
            meaning.hasTwins = members.size() != node.childCount;
            canonical = "{";
            for (auto member = members.begin(); member != members.end(); ++member)
                canonical += jsonQuoted(member.key()) + QByteArray::number(*member) + ',';
        } else if (node.kind == JsonKind::Array) {
            canonical = "[";
            for (int child = node.firstChild; child != JsonText::none;
                 child = text.node(child).next)
                canonical += QByteArray::number(meanings[size_t(child)].number) + ',';
        } else if (node.kind == JsonKind::String) {
            canonical = '"' + text.stringOf(index).toUtf8();
        } else {
            canonical = text.rawOf(index);
        }
        meaning.number = numberFor(canonical);
    }
    return meanings;
}

} // namespace hubkeeper
