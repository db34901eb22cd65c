// SPDX-License-Identifier: MIT
#include "provisioner/document/containerparts.h"

#include "provisioner/document/trivia.h"

namespace hubkeeper {

namespace {

class TakingApart
{
public:
    TakingApart(const JsonText &text, int container)
        : m_text(text)
        , m_container(text.node(container))
    {
    }

    ContainerParts run()
    {
        qsizetype at = m_container.span.begin + 1;
        for (int child = m_container.firstChild; child != JsonText::none;
             child = m_text.node(child).next) {
            at = beginItem(at, child);
        }
        end(at);
        return std::move(m_parts);
    }

private:
    [[nodiscard]] QByteArrayView view(qsizetype begin, qsizetype end) const
    {
        return QByteArrayView(m_text.bytes()).sliced(begin, end - begin);
    }

    [[nodiscard]] QByteArray copy(qsizetype begin, qsizetype end) const
    {
        return view(begin, end).toByteArray();
    }

    /// Where the line ends; `begin` if that is after `end`, for then all belongs to what follows.
    [[nodiscard]] qsizetype lineEnd(qsizetype begin, qsizetype end) const
    {
        return begin + std::max<qsizetype>(findOutsideComments(view(begin, end), "\r\n"), 0);
    }

    /// From the end of the item before, or from the bracket, to the end of the value.
    qsizetype beginItem(qsizetype at, int child)
    {
        const JsonText::Node &node = m_text.node(child);
        const bool hasKey = node.key.size() > 0;
        const qsizetype begin = hasKey ? node.key.begin : node.span.begin;
        const qsizetype leadBegin = endOfOther(at, begin);
        ContainerItem item;
        item.node = child;
        item.lead = copy(leadBegin, begin);
        item.region = {leadBegin, node.span.end};
        if (hasKey) {
            item.id = m_text.keyOf(child);
            item.key = copy(node.key.begin, node.key.end);
            const qsizetype colon =
                node.key.end + findOutsideComments(view(node.key.end, node.span.begin), ":");
            item.beforeColon = copy(node.key.end, colon);
            item.afterColon = copy(colon + 1, node.span.begin);
        }
        m_parts.items.push_back(std::move(item));
        return node.span.end;
    }

    /// What comes before the line of an item belongs to the item before, or to the bracket.
    qsizetype endOfOther(qsizetype at, qsizetype begin)
    {
        if (m_parts.items.empty()) {
            const qsizetype end = lineEnd(at, begin);
            m_parts.opening = copy(at, end);
            return end;
        }
        const qsizetype comma = at + findOutsideComments(view(at, begin), ",");
        const qsizetype end = lineEnd(comma + 1, begin);
        ContainerItem &before = m_parts.items.back();
        before.beforeComma = copy(at, comma);
        before.trail = copy(comma + 1, end);
        before.region.end = end;
        return end;
    }

    void end(qsizetype at)
    {
        const qsizetype bracket = m_container.span.end - 1;
        const QByteArrayView rest = view(at, bracket);
        const bool endsLine = findOutsideComments(rest, "\r\n") >= 0;
        // Without a line end the comments after the last item are its own.
        const qsizetype close = endsLine || m_parts.items.empty() ? lineEnd(at, bracket)
                                                                  : at + rest.lastIndexOf('/') + 1;
        if (m_parts.items.empty()) {
            m_parts.opening = copy(at, close);
        } else {
            ContainerItem &last = m_parts.items.back();
            (endsLine ? last.trail : last.beforeComma) = copy(at, close);
            last.region.end = close;
        }
        m_parts.closing = copy(close, bracket);
    }

    const JsonText &m_text;
    const JsonText::Node &m_container;
    ContainerParts m_parts;
};

} // namespace

ContainerParts partsOf(const JsonText &text, int container)
{
    return TakingApart(text, container).run();
}

} // namespace hubkeeper
