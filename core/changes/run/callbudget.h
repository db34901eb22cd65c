// SPDX-License-Identifier: MIT
#pragma once

#include "changes/run/run.h"
#include "portal/access/sharedlimits.h"

namespace hubkeeper {

/// What a connection may ask for, as far as it is known.
struct CallLimits
{
    int permitsPerSecond = 1;
    int reserve = 0; ///< Percent of every limit that is left to other programs.
    LimitReport report; ///< As the portal said last.
};

/// What a run will ask of HubSpot, before anything is sent: calls, time, and what it leaves of the
/// day. Plain values.
struct CallBudget
{
    /// How the calls go with those that are left today.
    enum Fit {
        NotKnown, ///< The portal has not said how many are left.
        Fits,
        TouchesReserve, ///< Less than the reserve is left for the connector.
        ReachesLimit, ///< The run would stop in the middle.
    };

    int rows = 0;
    int batches = 0; ///< Of at most mostBatchInputs rows of one kind.
    qint64 reads = 0; ///< Before the sending, to compare.
    qint64 writes = 0;
    qint64 proofs = 0; ///< After the sending, to prove.
    /// Creates of unknown outcome are looked up; domains of new companies are searched for; where a
    /// share of the portal is the limit, records are counted.
    qint64 lookUps = 0;
    /// What a row that HubSpot refuses adds at most: its batch is sent in halves until it is alone.
    qint64 perRefusal = 0;
    qint64 ifAllAreRefused = 0; ///< What that adds if HubSpot refuses every row.
    double callsPerSecond = 0; ///< The reserve taken off.
    qint64 dailyMax = -1; ///< -1: not known.
    qint64 dailyLeft = -1; ///< -1: not known.
    qint64 kept = 0; ///< Calls of the day that the reserve leaves to the connector.

    [[nodiscard]] qint64 calls() const { return reads + writes + proofs + lookUps; }
    /// At the connection's pace; more where the portal answers slowly.
    [[nodiscard]] std::chrono::seconds duration() const;
    /// Percent of the daily limit; -1: not known.
    [[nodiscard]] double share() const;
    /// What is left for the connector after the run; negative where the day does not suffice.
    [[nodiscard]] qint64 leftAfter() const { return dailyLeft - calls(); }
    [[nodiscard]] Fit fit() const;
};

/// Of the rows that `options` would send. Reads no row.
[[nodiscard]] CallBudget budgetOf(const ChangeSet &changes, const RunOptions &options,
                                  const CallLimits &limits, bool countsPortal);

/// Why a run of that budget must not begin, or nothing: Refused where the daily limit would be
/// reached in the middle.
[[nodiscard]] std::optional<Error> refusalOf(const CallBudget &budget);

} // namespace hubkeeper
