// SPDX-License-Identifier: MIT
#pragma once

#include "idm/reconciliation/readruns.h"
#include "session/idm/runcomparison.h"
#include "session/idm/serversession.h"

#include <tuple>

namespace hubkeeper {

/// What was counted together of a run's entries.
struct TallyKey
{
    bool ofTargetPhase = false;
    QString situation;
    QString action;
    bool failed = false;

    [[nodiscard]] bool operator<(const TallyKey &other) const
    {
        return std::tie(ofTargetPhase, situation, action, failed)
            < std::tie(other.ofTargetPhase, other.situation, other.action, other.failed);
    }
};

/// What a run came to.
struct RunResult
{
    ServerRun run;
    bool hasEntries = false; ///< The audit log could be read.
    QString whyNoEntries; ///< One sentence, where it could not.
    QMap<TallyKey, qint64> tally; ///< Of the entries.
    qint64 entries = 0;
    qint64 failed = 0; ///< Entries that failed; without entries what the server counts as failures.
    QList<AuditEntry> failures; ///< The first thousand of them.
    std::optional<RunComparison> comparison; ///< With what was predicted.

    /// It came to its end, nothing failed, and it did what was predicted, if anything was. A run
    /// whose entries could not be read is not good: an object of action EXCEPTION counts as a
    /// success in its summary.
    [[nodiscard]] bool isGood() const;
};

/// Which result.
struct RunQuestion
{
    QString id;
    std::optional<PredictedRun> predicted;
    AuditSink sink; ///< Gets every entry as it comes, if it is there.
};

/// Reads the run and all its entries, page by page; keeps counts, failures and differences.
/// progressed() counts entries. Fails as readServerRun(), and where the reading of the entries
/// breaks off in the middle; an audit log that may not or cannot be asked is named in the result.
[[nodiscard]] Call<RunResult> *readRunResult(ServerSession &session, const RunQuestion &question,
                                             QObject *parent);

/// The result as `--json` has it.
[[nodiscard]] QJsonObject runResultJson(const RunResult &result);
/// A run as it is, as `--json` has it.
[[nodiscard]] QJsonObject serverRunJson(const ServerRun &run);

} // namespace hubkeeper
