// SPDX-License-Identifier: MIT
#pragma once

#include "practice/idm/data/auditlog.h"
#include "practice/idm/data/linktable.h"
#include "practice/idm/data/managedobjects.h"
#include "practice/idm/state/reconrun.h"
#include "practice/idm/systems/systemregistry.h"
#include "practice/idm/systems/tableconnector.h"
#include "practice/state/requestlog.h"

#include <QSet>

namespace hubkeeper::practice {

/// Everything a practice IDM knows. Routes are functions over it.
class IdmState
{
public:
    IdmState(const IdmOptions &options, const Clock &clock);
    IdmState(const IdmState &) = delete;
    IdmState &operator=(const IdmState &) = delete;

    /// Milliseconds since 1970-01-01 UTC, by the server's clock.
    [[nodiscard]] EpochMs now() const { return clock.utcMs(); }
    /// "<uuid of this start>-<n>": ids of runs and audit entries.
    [[nodiscard]] QString nextTransactionId();

    /// All mappings the server uses, in their order: config/sync, and where the profile knows them
    /// config/mapping/….
    [[nodiscard]] QJsonArray mappings() const;

    /// The folder that &{launcher.project.location} stands for.
    [[nodiscard]] static QString serverFolder() { return QStringLiteral("/opt/openidm"); }

    IdmOptions options;
    ShiftedClock clock;
    SecretBox secrets;
    Configurations configurations;
    SystemRegistry systems;
    ManagedStore managed;
    ManagedObjects objects;
    LinkTable links;
    AuditLog audit;
    FaultScript faults;
    RequestLog log;
    QSet<QByteArray> sessions; ///< Values of the cookie session-jwt.
    QString baseUrl; ///< "http://127.0.0.1:8080"
    std::shared_ptr<ConnectorTable> table; ///< Of the table connector.
    std::vector<std::shared_ptr<ReconRun>> runs; ///< Oldest first; the last hundred.
    int brokenQueries = 0; ///< So many queries break off after half of their rows.
    QObject *context = nullptr; ///< Lives in the server's thread.
    Clock::Instant begun; ///< When the server was made.
    /// What a run created or deleted, and implicit synchronisation comes to after its entry.
    std::vector<ManagedChange> pendingSync;
    bool isByRun = false; ///< The present create or delete is a run's.
    int syncDepth = 0; ///< Of synchronisations that started one another.

private:
    QString m_start; // A part of every id of a transaction.
    quint64 m_transactions = 0;
};

} // namespace hubkeeper::practice
