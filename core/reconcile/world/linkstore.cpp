// SPDX-License-Identifier: MIT
#include "reconcile/world/linkstore.h"

#include <algorithm>

namespace hubkeeper {

std::optional<SyncLink> LinkStore::findHalf(const QString &type, const QString &qualifier,
                                            bool withoutFirst)
{
    const QList<SyncLink> all = links(type, qualifier);
    const auto half = std::find_if(all.begin(), all.end(), [&](const SyncLink &link) {
        return (withoutFirst ? link.firstId : link.secondId).isNull();
    });
    return half == all.end() ? std::nullopt : std::optional(*half);
}

} // namespace hubkeeper
