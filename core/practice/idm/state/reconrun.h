// SPDX-License-Identifier: MIT
#pragma once

#include "practice/data/isotime.h"
#include "practice/idm/state/servergate.h"
#include "reconcile/run/reconciliation.h"

#include <QMap>
#include <QThread>

#include <atomic>
#include <stop_token>

namespace hubkeeper::practice {

/// One reconciliation of the server, from its start on. In the server's thread, but for the
/// atomics, which the run's own thread counts up.
struct ReconRun
{
    QString id;
    QString mapping;
    QString source; ///< Collections.
    QString target;
    QString linkType;
    ReconRequest request;
    bool isAnalysis = false; ///< Computed, not done.
    bool keepsAssociations = false;

    EpochMs started = 0;
    EpochMs ended = 0; ///< 0: it works.
    bool isCancelled = false; ///< Somebody asked for it.
    std::optional<ReconResult> result; ///< When it is over.

    std::atomic<qint64> sources {-1}; ///< How many there are; -1: not known yet.
    std::atomic<qint64> targets {-1};
    std::atomic<bool> inTargetPhase {false};
    qint64 linksBefore = -1;
    int linksMade = 0;
    int targetsMade = 0;
    QMap<QString, int> steps; ///< How often each kind of step was taken, for durationSummary.
    std::vector<ReconEntry> entries; ///< As they came.
    QList<QJsonObject> shown; ///< The same as audit entries.

    std::shared_ptr<ServerGate> gate; ///< Of a run with a thread of its own.
    std::stop_source stop;
    std::unique_ptr<QThread> thread;

    [[nodiscard]] bool isActive() const { return ended == 0; }
    [[nodiscard]] bool isEmptySource() const { return sources == 0; }
};

} // namespace hubkeeper::practice
