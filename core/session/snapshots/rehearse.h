// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"
#include "changes/run/callbudget.h"
#include "changes/set/rowchange.h"
#include "portal/access/tokenprovider.h"
#include "portal/record.h"
#include "session/connections/connection.h"

#include <QUrl>

#include <stop_token>

namespace hubkeeper {

struct RunSummary;

/// A practice portal that was filled from a snapshot. It ends with the object.
class RehearsalPortal
{
public:
    RehearsalPortal() = default;
    virtual ~RehearsalPortal() = default;
    Q_DISABLE_COPY_MOVE(RehearsalPortal)

    [[nodiscard]] virtual QUrl url() const = 0;
    [[nodiscard]] virtual OAuthCredentials credentials() const = 0;
    /// Not that of the snapshot: what is meant for the one is refused by the other.
    [[nodiscard]] virtual qint64 portalId() const = 0;
    [[nodiscard]] virtual QString portalName() const = 0;
    /// Calls it has answered so far, sign-in apart.
    [[nodiscard]] virtual qint64 calls() = 0;
    /// Places in RehearsalSetting::faults of those that have not happened so far.
    [[nodiscard]] virtual QList<qsizetype> unfiredFaults() { return {}; }
    /// Calls a day that HubSpot allows an account like it (hubspot-api 12.1).
    [[nodiscard]] virtual qint64 dailyLimit() const = 0;
};

/// What a rehearsal asks of it.
struct RehearsalSetting
{
    QString snapshot; ///< The file.
    QStringList faults; ///< "status,status=502,method=POST,nth=3": what goes wrong, and when.
    QStringList switches; ///< "stageMovesBack=true": how HubSpot behaves.
};

/// Starts one; the programs know how (session uses no practice server itself). It blocks, and is
/// called on a thread of the pool.
using StartRehearsalPortal = std::function<Result<std::shared_ptr<RehearsalPortal>>(
    const RehearsalSetting &setting, const std::stop_token &stop)>;

/// What is rehearsed, and how the true portal is used.
struct RehearsalOrder
{
    RehearsalSetting setting;
    std::vector<RowChange> rows; ///< A copy: the change set stays as it is.
    qint64 portalId = 0; ///< Whose rows these are; 0: they do not say.
    QString portal; ///< The same, for people.
    /// Thresholds and protected properties of the connection; nobody is asked. One that is
    /// read-only refuses the rehearsal as it would refuse the run.
    WritePolicy policy;
    int permitsPerSecond = 10; ///< Of the connection.
    int reserve = 0; ///< Percent of them that is left to other programs.
};

/// A value that is not what it was before the rehearsal.
struct RehearsedCell
{
    QString property;
    QString before; ///< In the snapshot.
    QString wanted; ///< What the row asks for.
    QString after; ///< What the practice portal holds now; only where RehearsedRow::wasWritten().
    bool wasAsked = true; ///< False: it changed along with the others.
};

/// What became of a row.
struct RehearsedRow
{
    RowKey key;
    ChangeKind kind = ChangeKind::Update;
    RowState state = RowState::Skipped;
    QString label;
    QString message; ///< A sentence, where it failed, is a conflict, or is not what it should be.
    QList<RehearsedCell> cells;
    QHash<QString, QString> theirs; ///< Conflict: what the snapshot has.
    bool wasSo = false; ///< The snapshot has the wanted values already: nothing changed.

    /// Its cells hold what is there now.
    [[nodiscard]] bool wasWritten() const
    {
        return state == RowState::Applied && kind != ChangeKind::Archive;
    }
};

struct RehearsalReport
{
    QList<RehearsedRow> rows; ///< In the order of the change set.
    int applied = 0; ///< Those that changed something.
    int alreadySo = 0; ///< Applied likewise, but the snapshot has their values already.
    int unproven = 0;
    int failed = 0;
    int conflicting = 0;
    int unknown = 0;
    int skipped = 0;
    QStringList unfiredFaults; ///< Of RehearsalSetting::faults: those that never happened.
    qint64 calls = 0; ///< The run asked for so many.
    std::chrono::seconds duration {0}; ///< At the pace of the connection.
    qint64 dailyLimit = -1; ///< Of an account as HubSpot has them.
    std::optional<Error> stopped; ///< Why it ended before all rows were tried.

    [[nodiscard]] bool isGood() const
    {
        return failed + conflicting + unknown + skipped + unproven == 0;
    }
    /// Percent of the daily limit; -1: not known.
    [[nodiscard]] double share() const
    {
        return dailyLimit <= 0 ? -1 : 100.0 * double(calls) / double(dailyLimit);
    }
};

/// Applies a copy of staged changes to a practice portal that is filled from a snapshot, through
/// the engine that sends them: guard, comparison with the baselines, sending, proof. Its journal,
/// secrets and files are of their own and go with it; neither the portal nor the change set is
/// touched.
///
/// Fails with Refused for a snapshot of another portal than the rows', naming both; as
/// SnapshotReader does; and as the guard does. Progress is in rows.
class Rehearse final : public Call<RehearsalReport>
{
public:
    Rehearse(RehearsalOrder order, StartRehearsalPortal start, QObject *parent);
    ~Rehearse() override;

private:
    void open(const std::shared_ptr<RehearsalPortal> &portal);
    void stage();
    void run();
    void onRun(const Result<RunSummary> &summary);
    void collect();
    void readWritten(size_t type);
    [[nodiscard]] std::optional<Record> inSnapshot(const RowChange &row);
    void note(const RowChange &row, const Record *now);

    struct Stage; // Everything that the rehearsal has of its own.
    RehearsalOrder m_order;
    std::unique_ptr<Stage> m_stage;
    std::vector<RowChange> m_rows; // After the run.
    size_t m_at = 0; // The first of those that are looked at, and the end of them.
    size_t m_end = 0;
    QHash<QString, Record> m_found; // Written ones, by type and id.
    RehearsalReport m_report;
};

} // namespace hubkeeper
