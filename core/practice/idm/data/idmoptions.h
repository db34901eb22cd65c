// SPDX-License-Identifier: MIT
#pragma once

#include "practice/state/fault.h"
#include "practice/wire/requestreader.h"

#include <chrono>

namespace hubkeeper::practice {

/// Which family of servers the practice IDM imitates (idm-rest 0).
enum class IdmProfile {
    Community, ///< OpenIDM 6.3.0.
    Commercial, ///< Commercial IDM 7.5 on premises.
    Cloud, ///< The vendor's cloud: a bearer token, no login by name.
    Old, ///< Commercial 6.5: takes `analyze` without a word and runs for real.
};

/// "community", "commercial", "cloud", "old".
[[nodiscard]] QString nameOf(IdmProfile profile);
/// The profile of a name; nothing for others.
[[nodiscard]] std::optional<IdmProfile> profileNamed(QStringView name);
[[nodiscard]] QStringList profileNames();

/// How a practice IDM is set up. Everything is made up and good for this server only.
struct IdmOptions
{
    IdmProfile profile = IdmProfile::Community;
    quint16 port = 0; ///< 0: any free one.
    bool ipv6 = false; ///< Also ::1, on the same port.
    QString certificatePath; ///< PEM, with keyPath: HTTPS only.
    QString keyPath;
    QString userName = QStringLiteral("openidm-admin");
    QString password = QStringLiteral("openidm-admin");
    QByteArray token; ///< Cloud: the bearer token that is taken; empty: a random one.
    /// From the write of a connector's configuration to its first answer. In its first half the
    /// system is unknown (404), in the second it is "connector not available" (idm-rest 9.2).
    std::chrono::milliseconds registrationDelay {1500};
    std::chrono::milliseconds latency {0}; ///< Before each answer.
    std::chrono::milliseconds reconPause {0}; ///< After each object of a reconciliation.
    std::chrono::milliseconds readyAfter {0}; ///< Until then: 404 and a page (idm-rest 9.1).
    QList<Fault> faults;
    bool control = false; ///< Serve /practice/… (README).
    WireLimits wire {.target = 8'192}; ///< Beyond: 414, as servlet containers do.

    [[nodiscard]] bool isCommercial() const { return profile != IdmProfile::Community; }
    /// Whether `analyze` and recon/assoc are known (idm-rest 6.1).
    [[nodiscard]] bool analyses() const
    {
        return profile == IdmProfile::Commercial || profile == IdmProfile::Cloud;
    }
};

} // namespace hubkeeper::practice
