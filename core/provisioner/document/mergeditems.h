// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/document/containerparts.h"

#include <QHash>
#include <QStringList>

#include <optional>

namespace hubkeeper {

/// An item that goes into the merged container; from one side or from both.
struct MergedItem
{
    QString id;
    const ContainerItem *base = nullptr;
    const ContainerItem *mine = nullptr;
    const ContainerItem *theirs = nullptr;
};

/// One container in the three texts; without base where both sides made it.
struct Containers
{
    std::optional<ContainerParts> base;
    ContainerParts mine;
    ContainerParts theirs;
};

using ItemsById = QHash<QString, const ContainerItem *>;

/// They point into `parts`.
[[nodiscard]] ItemsById itemsById(const ContainerParts &parts);

/// Gives elements ids by their place: for lists that have the same elements.
void numberInOrder(ContainerParts &list);

/// Gives elements of a changed list ids after those of the list it came from. What is the same has
/// the same id, so has what is in its stead between such. `before` and `after` are what the
/// elements mean, see ValueMeanings.
void numberAfter(const std::vector<int> &before, const std::vector<int> &after,
                 ContainerParts &list);

struct MergedOrder
{
    QStringList ids; ///< All that mine or theirs has.
    bool isContested = false; ///< Both moved items, each elsewhere.
};

/// The order of the items: mine, unless only they moved some. What only the other side has goes
/// after its neighbour there.
[[nodiscard]] MergedOrder mergedOrder(const Containers &all);

/// A piece of an item that only `side` has. Where its blanks are those of its neighbour they stay
/// so, however that one is laid out in the merge.
[[nodiscard]] QByteArray likeNeighbour(const Containers &all, const ContainerParts &side,
                                       const ContainerItem &item, QByteArray ContainerItem::*piece);

} // namespace hubkeeper
