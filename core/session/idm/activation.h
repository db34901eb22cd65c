// SPDX-License-Identifier: MIT
#pragma once

#include "idm/system/testanswer.h"
#include "session/idm/serversession.h"

#include <chrono>

namespace hubkeeper {

/// How long a connector may take to be registered after its configuration was written.
struct ActivationWait
{
    std::chrono::milliseconds patience {30'000}; ///< Nought: nobody waits.
    std::chrono::milliseconds pause {1'000}; ///< Between two looks at it.
    /// After the write: until then the server may configure it once more.
    std::chrono::milliseconds steady {6'000};
};

/// What became of a connector whose configuration was written.
struct Activation
{
    std::optional<TestAnswer> answer; ///< The last test of the connector.
    bool isActive = false; ///< It works, and the server is done with it.
    bool isDisabled = false; ///< By its configuration: nothing was waited for.
    bool isAwaited = true; ///< False: by the caller's wish nobody looked.

    /// It works, or nobody wanted to know.
    [[nodiscard]] bool isAsWanted() const { return isActive || isDisabled || !isAwaited; }

    /// What to do if it is not active.
    [[nodiscard]] QString explanation() const;
};

/// Has the server test the connector of a configuration that was written just now until it works
/// for good, or the patience is over. OpenIDM 6.3.0 was seen to answer 404, then "not available",
/// then ok, and that again some seconds later, when its file watcher has found the file that the
/// write left. So it has to work twice in a row, and either has failed after it worked before, or
/// `steady` is over. Does not fail: what did not happen is in the result. `session` must outlive
/// the call.
[[nodiscard]] Call<Activation> *
waitUntilActive(ServerSession &session, const SessionServices &services, const QString &name,
                const QJsonObject &configuration, const ActivationWait &wait, QObject *parent);

} // namespace hubkeeper
