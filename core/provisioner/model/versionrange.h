// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <array>

namespace hubkeeper {

/// The version of a connector bundle: up to four numbers, "1.5.20.34" (idm-connector 2.3).
struct BundleVersion
{
    std::array<int, 4> numbers {}; ///< What is not written counts as 0.
    QString qualifier; ///< Behind the dash; IDM does not compare it.

    /// By the numbers alone.
    friend auto operator<=>(const BundleVersion &a, const BundleVersion &b)
    {
        return a.numbers <=> b.numbers;
    }
    friend bool operator==(const BundleVersion &a, const BundleVersion &b)
    {
        return a.numbers == b.numbers;
    }
    [[nodiscard]] QString toString() const; ///< "1.5.20.34", without the qualifier.
};

/// What `bundleVersion` says: one version, or an interval with open or closed ends.
struct VersionRange
{
    BundleVersion lower;
    BundleVersion upper; ///< The same as `lower` for a single version.
    bool includesLower = true;
    bool includesUpper = true;
    bool isSingle = false; ///< Written as one version.

    [[nodiscard]] bool contains(const BundleVersion &version) const;
    [[nodiscard]] bool isEmpty() const; ///< No version can lie inside.
    /// Whether some version may lie in both. Neither may be empty.
    [[nodiscard]] bool meets(const VersionRange &other) const;
    [[nodiscard]] QString toString() const;
};

/// By IDM's own grammar (idm-connector 2.3): blanks are ignored; no comma means exactly that
/// version; one comma wants a bracket of either kind on both sides. Fails with InvalidInput and a
/// sentence that says what is wrong.
[[nodiscard]] Result<BundleVersion> bundleVersionFrom(const QString &text);
[[nodiscard]] Result<VersionRange> versionRangeFrom(const QString &text);

} // namespace hubkeeper
