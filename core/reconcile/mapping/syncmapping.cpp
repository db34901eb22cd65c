// SPDX-License-Identifier: MIT
#include "reconcile/mapping/syncmapping.h"

#include <algorithm>

namespace hubkeeper {

const SyncMapping *SyncMappings::find(const QString &name) const
{
    if (!unknown.isEmpty())
        return nullptr;
    const auto it = std::find_if(mappings.cbegin(), mappings.cend(),
                                 [&](const SyncMapping &mapping) { return mapping.name == name; });
    return it == mappings.cend() ? nullptr : &*it;
}

} // namespace hubkeeper
