// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <tl/expected.hpp>

namespace hubkeeper {

/// Why something about one object did not come to its end.
struct SyncTrouble
{
    enum Kind {
        Failure, ///< The object's entry is a failure; the run goes on.
        Break, ///< The run breaks off.
        OnServer, ///< It depends on a script that only the server can run.
    } kind = Failure;
    QString reason;
};

template <typename T>
using Found = tl::expected<T, SyncTrouble>;
using Step = Found<void>;

[[nodiscard]] inline tl::unexpected<SyncTrouble> trouble(SyncTrouble::Kind kind, QString reason)
{
    return tl::unexpected<SyncTrouble>(SyncTrouble {kind, std::move(reason)});
}

} // namespace hubkeeper
