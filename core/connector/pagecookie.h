// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

namespace hubkeeper {

/// Where the next page of a search starts. It holds a place, not a state: asking twice with one
/// cookie gives the same page twice.
struct PageCookie
{
    QString after; ///< The portal's cursor of the page in which `lastId` was; lists only.
    QString lastId; ///< The last object delivered; only later ones follow.
    qint64 position = 0; ///< Objects delivered so far; sorted searches only.

    bool operator==(const PageCookie &) const = default;

    /// Text for the caller, tied to `search`: it distinguishes one search from another.
    [[nodiscard]] QString toText(const QString &search) const;
};

/// InvalidInput for a cookie that was not made by toText() for the same search.
[[nodiscard]] Result<PageCookie> pageCookieFrom(const QString &text, const QString &search);

} // namespace hubkeeper
