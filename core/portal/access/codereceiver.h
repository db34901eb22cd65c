// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"
#include "base/secret.h"

#include <memory>

namespace hubkeeper {

class Clock;

/// Waits for the browser to come back from HubSpot's authorize page with a code (hubspot-api 3.2).
///
/// Listens on `http://localhost:PORT/` on 127.0.0.1 and ::1: HubSpot registers "localhost", never
/// an address. A request with the wrong `state` is answered and ignored, since anybody on this
/// machine may knock; the first one with the right state decides. The page shown in the browser
/// holds nothing that came in.
///
/// Outcome: the code. Fails with Refused (declined; HubSpot's reason in `what`), TimedOut,
/// InvalidInput (the port is taken) or Cancelled.
class CodeReceiver final : public Call<std::shared_ptr<const Secret>>
{
public:
    /// `port` 0 takes any free one. `state` is compared in full.
    CodeReceiver(quint16 port, QByteArray state, std::chrono::milliseconds patience, Clock &clock,
                 QObject *parent);
    ~CodeReceiver() override;

    /// Where it listens, for the redirect_uri: "http://localhost:PORT/".
    [[nodiscard]] QString redirectUri() const;

protected:
    void abortWork() override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace hubkeeper
