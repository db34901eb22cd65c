// SPDX-License-Identifier: MIT
#pragma once

#include "reconcile/world/linkstore.h"

#include <functional>

namespace hubkeeper {

/// Links with what a run did to them laid over.
class OverlayLinks : public LinkStore
{
public:
    /// A link as it was before; two with the same ends and a null are as the server leaves them.
    virtual void add(const SyncLink &link) = 0;
    /// All there are now; `isNew`: made or moved since add().
    virtual void visit(const std::function<void(const SyncLink &link, bool isNew)> &visit) = 0;
    /// Whether a link of the type, of whichever qualifier, ends there.
    [[nodiscard]] virtual bool isEnd(const QString &type, const QString &id, bool first) = 0;
};

} // namespace hubkeeper
