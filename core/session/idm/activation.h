// SPDX-License-Identifier: MIT
#pragma once

#include "idm/system/testanswer.h"
#include "session/idm/serversession.h"

#include <chrono>

namespace hubkeeper {

/// How long a connector may take to be registered after its configuration was written.
struct ActivationWait
{
    std::chrono::milliseconds patience {30'000};
    std::chrono::milliseconds pause {1'000}; ///< Between two looks at it.
};

/// What became of a connector whose configuration was written.
struct Activation
{
    std::optional<TestAnswer> answer; ///< The last test of the connector.
    bool isActive = false; ///< It worked twice in a row.
    bool isDisabled = false; ///< By its configuration: nothing was waited for.

    /// What to do if it is not active.
    [[nodiscard]] QString explanation() const;
};

/// Has the server test the connector of the configuration until it works twice in a row, since a
/// server configures it once more some seconds later (OpenIDM 6.3.0 was seen to answer 404, then
/// "not available", then ok, and that again), or the patience is over. Does not fail: what did not
/// happen is in the result. `session` must outlive the call.
[[nodiscard]] Call<Activation> *
waitUntilActive(ServerSession &session, const SessionServices &services, const QString &name,
                const QJsonObject &configuration, const ActivationWait &wait, QObject *parent);

} // namespace hubkeeper
