// SPDX-License-Identifier: MIT
#include "provisioner/document/mergeditems.h"

#include "provisioner/document/trivia.h"
#include "provisioner/text/lineedits.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// Those ids of `parts` that `others` has too, in their order.
QStringList sharedIds(const ContainerParts &parts, const ItemsById &others)
{
    QStringList ids;
    for (const ContainerItem &item : parts.items) {
        if (others.contains(item.id))
            ids.append(item.id);
    }
    return ids;
}

/// The ids of `leading` in their order, those of `other` after their neighbours.
QStringList interleaved(const ContainerParts &leading, const ItemsById &leadingItems,
                        const ContainerParts &other)
{
    QStringList order;
    QHash<QString, QStringList> following;
    QStringList *here = &order; // What comes first has no neighbour.
    for (const ContainerItem &item : other.items) {
        if (leadingItems.contains(item.id))
            here = &following[item.id];
        else
            here->append(item.id);
    }
    for (const ContainerItem &item : leading.items)
        order << item.id << following.value(item.id);
    return order;
}

const ContainerItem *itemOf(const ContainerParts &parts, const QString &id)
{
    const auto found = std::find_if(parts.items.begin(), parts.items.end(),
                                    [&](const ContainerItem &item) { return item.id == id; });
    return found == parts.items.end() ? nullptr : &*found;
}

} // namespace

ItemsById itemsById(const ContainerParts &parts)
{
    ItemsById items;
    for (const ContainerItem &item : parts.items)
        items.insert(item.id, &item);
    return items;
}

void numberInOrder(ContainerParts &list)
{
    for (size_t i = 0; i < list.items.size(); ++i)
        list.items[i].id = QString::number(i);
}

void numberAfter(const std::vector<int> &before, const std::vector<int> &after,
                 ContainerParts &list)
{
    const SequenceEdits edits = sequenceEdits(before, after);
    size_t x = 0;
    size_t y = 0;
    while (y < after.size()) {
        size_t removed = 0;
        size_t added = 0;
        while (x + removed < before.size() && edits.removed[x + removed])
            ++removed;
        while (y + added < after.size() && edits.added[y + added])
            ++added;
        const size_t first = removed == added ? x : before.size() + y; // In their stead, or new.
        for (size_t i = 0; i < added; ++i)
            list.items[y + i].id = QString::number(first + i);
        x += removed;
        y += added;
        if (y < after.size())
            list.items[y++].id = QString::number(x++);
    }
}

MergedOrder mergedOrder(const Containers &all)
{
    const ItemsById base = all.base ? itemsById(*all.base) : ItemsById();
    const ItemsById mine = itemsById(all.mine);
    const ItemsById theirs = itemsById(all.theirs);
    const auto isMoved = [&](const ContainerParts &side, const ItemsById &items) {
        return all.base && sharedIds(side, base) != sharedIds(*all.base, items);
    };
    const bool theyMoved = isMoved(all.theirs, theirs);
    const bool iMoved = isMoved(all.mine, mine);
    if (theyMoved && !iMoved)
        return {interleaved(all.theirs, theirs, all.mine)};
    return {interleaved(all.mine, mine, all.theirs),
            theyMoved && sharedIds(all.mine, theirs) != sharedIds(all.theirs, mine)};
}

QByteArray likeNeighbour(const Containers &all, const ContainerParts &side,
                         const ContainerItem &item, QByteArray ContainerItem::*piece)
{
    const auto index = &item - side.items.data();
    for (const auto beside : {index - 1, index + 1}) {
        if (!all.base || beside < 0 || beside >= std::ptrdiff_t(side.items.size()))
            continue;
        const ContainerItem &neighbour = side.items[size_t(beside)];
        const ContainerItem *base = itemOf(*all.base, neighbour.id);
        const ContainerItem *mine = itemOf(all.mine, neighbour.id);
        const ContainerItem *theirs = itemOf(all.theirs, neighbour.id);
        if (!base || !mine || !theirs || neighbour.*piece != item.*piece)
            continue;
        const QByteArray now = mergedTrivia(&(base->*piece), mine->*piece, theirs->*piece).bytes;
        if (now.trimmed().isEmpty()) // Its comments are its own.
            return now;
    }
    return item.*piece;
}

} // namespace hubkeeper
