// SPDX-License-Identifier: MIT
#include "session/snapshots/rehearse.h"

#include "base/poolcall.h"
#include "changes/set/changeset.h"
#include "portal/batch.h"
#include "secrets/secretstore.h"
#include "session/connections/provisionerfacts.h"
#include "session/open/session.h"
#include "session/sessiontext.h"
#include "session/writing/applychanges.h"
#include "store/snapshot/snapshotreader.h"

#include <QTemporaryDir>

#include <cmath>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int rehearsalPace = 1'000; // Permits a second: nobody waits for a local portal.

/// A row as if it had never been tried.
RowChange fresh(RowChange row)
{
    row.state = RowState::Staged;
    row.error.reset();
    row.theirs.clear();
    row.run.clear();
    row.writtenId.clear();
    if (row.kind == ChangeKind::Create)
        row.basedOn = {};
    return row;
}

} // namespace

struct Rehearse::Stage
{
    QTemporaryDir folder; // 0700.
    SystemClock clock;
    MemorySecretStore secrets;
    BudgetRegistry budgets;
    std::shared_ptr<RehearsalPortal> portal;
    std::unique_ptr<SnapshotReader> snapshot;
    std::unique_ptr<Session> session;
    qint64 callsBefore = 0;
};

Rehearse::Rehearse(RehearsalOrder order, StartRehearsalPortal start, QObject *parent)
    : Call(parent)
    , m_order(std::move(order))
    , m_stage(std::make_unique<Stage>())
{
    auto snapshot = SnapshotReader::open(m_order.setting.snapshot);
    if (!snapshot) {
        complete(tl::unexpected(snapshot.error()));
        return;
    }
    const SnapshotInfo &info = (*snapshot)->info();
    if (m_order.portalId > 0 && m_order.portalId != info.portalId) {
        complete(fail(ErrorKind::Refused,
                      SessionText::tr("The changes are for the portal %1; the snapshot is of %2.")
                          .arg(m_order.portal, info.portalText()),
                      SessionText::tr("Rehearse them on a snapshot of their own portal.")));
        return;
    }
    m_stage->snapshot = std::move(*snapshot);
    using Portal = std::shared_ptr<RehearsalPortal>;
    const auto begin = [start = std::move(start), setting = m_order.setting](
                           const std::stop_token &stop) { return start(setting, stop); };
    then(new PoolCall<Portal>(begin, this), [this](const Portal &portal) { open(portal); });
}

Rehearse::~Rehearse() = default;

void Rehearse::open(const std::shared_ptr<RehearsalPortal> &portal)
{
    m_stage->portal = portal;
    SessionParts parts;
    parts.connection.id = u"rehearsal"_s;
    parts.connection.label = SessionText::tr("Rehearsal");
    parts.connection.kind = ConnectionKind::Practice;
    parts.connection.baseUrl = portal->url();
    parts.connection.policy = m_order.policy;
    if (parts.connection.policy.mode != WriteMode::ReadOnly)
        parts.connection.policy.mode = WriteMode::Free;
    parts.provisioner = std::make_shared<ProvisionerFacts>();
    parts.transport.base = portal->url();
    parts.permitsPerSecond = rehearsalPace;
    parts.credentials = portal->credentials();
    const Paths paths = Paths::below(m_stage->folder.path());
    auto journal =
        Journal::open(m_stage->folder.filePath(u"journal.sqlite"_s), m_stage->clock, Secret());
    if (!journal)
        return complete(tl::unexpected(journal.error()));
    parts.journal = std::move(*journal);
    m_stage->session = std::make_unique<Session>(
        std::move(parts),
        SessionServices {m_stage->clock, m_stage->secrets, paths, m_stage->budgets});
    stage();
}

void Rehearse::stage()
{
    std::vector<RowChange> rows;
    for (const RowChange &row : m_order.rows) {
        if (row.state != RowState::Applied && !row.excluded)
            rows.push_back(fresh(row));
    }
    ChangeBinding here;
    here.portalId = m_stage->portal->portalId();
    here.portalName = m_stage->portal->portalName();
    ChangeSet &changes = m_stage->session->changes();
    changes.setBinding(here);
    then(changes.addRows(std::move(rows), Adding::KeepStaged, {}, this),
         [this](const AddedRows &) { run(); });
}

void Rehearse::run()
{
    then(m_stage->session->account(this), [this](const AccountDetails &) {
        m_stage->callsBefore = m_stage->portal->calls();
        RunOptions options;
        options.reviewed = true;
        options.confirmed = true;
        options.mayReachDailyLimit = true;
        auto *call = applyChanges(*m_stage->session, options, this);
        connect(call, &CallBase::progressed, this, &CallBase::progressed);
        always(static_cast<Call<RunSummary> *>(call),
               [this](const Result<RunSummary> &summary) { onRun(summary); });
    });
}

void Rehearse::onRun(const Result<RunSummary> &summary)
{
    if (!summary)
        return complete(tl::unexpected(summary.error()));
    m_report.applied = summary->applied;
    m_report.unproven = summary->unproven;
    m_report.failed = summary->failed;
    m_report.conflicting = summary->conflicting;
    m_report.unknown = summary->unknown;
    m_report.skipped = summary->skipped;
    m_report.stopped = summary->stopped;
    m_report.calls = m_stage->portal->calls() - m_stage->callsBefore;
    for (const qsizetype place : m_stage->portal->unfiredFaults())
        m_report.unfiredFaults.append(m_order.setting.faults.value(place));
    m_report.dailyLimit = m_stage->portal->dailyLimit();
    const double perSecond =
        std::max(0.1, m_order.permitsPerSecond * (100.0 - m_order.reserve) / 100.0);
    m_report.duration = std::chrono::seconds(qint64(std::ceil(double(m_report.calls) / perSecond)));
    m_rows = m_stage->session->changes().rows();
    collect();
}

/// A hundred rows at a time: what the portal holds of them now, held against the snapshot.
void Rehearse::collect()
{
    if (m_at >= m_rows.size())
        return complete(std::move(m_report));
    m_end = std::min(m_rows.size(), m_at + mostBatchInputs);
    m_found.clear();
    readWritten(0);
}

/// Rows of both types are read one after the other.
void Rehearse::readWritten(size_t type)
{
    if (type == allObjectTypes.size()) {
        for (; m_at < m_end; ++m_at) {
            const RowChange &row = m_rows[m_at];
            const auto record = m_found.constFind(nameOf(row.type) + u'/' + row.portalId());
            note(row, record == m_found.constEnd() ? nullptr : &*record);
        }
        return collect();
    }
    const ObjectType wanted = allObjectTypes[type];
    QStringList ids;
    for (size_t i = m_at; i < m_end; ++i) {
        const RowChange &row = m_rows[i];
        const bool wasWritten = row.state == RowState::Applied && row.subject == RowSubject::Record
            && row.kind != ChangeKind::Archive;
        if (row.type == wanted && wasWritten && !row.portalId().isEmpty())
            ids.append(row.portalId());
    }
    if (ids.isEmpty())
        return readWritten(type + 1);
    then(m_stage->session->portal().batchRead(wanted, ids,
                                              m_stage->snapshot->columns(wanted).names(), this),
         [this, wanted, type](const BatchReadOutcome &read) {
             for (const Record &record : read.records)
                 m_found.insert(nameOf(wanted) + u'/' + record.id, record);
             readWritten(type + 1);
         });
}

/// As it was before the rehearsal; nothing for a new record, and for one that is not in it.
std::optional<Record> Rehearse::inSnapshot(const RowChange &row)
{
    if (row.kind == ChangeKind::Create || row.subject != RowSubject::Record)
        return std::nullopt;
    const auto found = m_stage->snapshot->find(row.type, {row.id.toLongLong()});
    if (!found || found->empty())
        return std::nullopt;
    return unpacked(found->front(), m_stage->snapshot->columns(row.type));
}

void Rehearse::note(const RowChange &row, const Record *now)
{
    RehearsedRow seen;
    seen.key = keyOf(row);
    seen.kind = row.kind;
    seen.state = row.state;
    seen.label = row.label;
    seen.message = row.error ? row.error->sentence() : QString();
    seen.theirs = row.theirs;
    const std::optional<Record> former = inSnapshot(row);
    if (row.error && row.error->kind == ErrorKind::NotFound && !former
        && row.subject == RowSubject::Record && row.kind != ChangeKind::Create)
        seen.message = SessionText::tr("The record is not in the snapshot. Take a newer one.");
    seen.wasSo = former && now && row.kind == ChangeKind::Update && !row.cells.isEmpty();
    for (auto cell = row.cells.cbegin(); cell != row.cells.cend(); ++cell) {
        const QString before = former ? former->text(cell.key()) : cell->before;
        seen.wasSo = seen.wasSo && before == now->text(cell.key()) && !row.isUnproven();
        seen.cells.append(
            {cell.key(), before, cell->after, now ? now->text(cell.key()) : QString(), true});
    }
    std::sort(seen.cells.begin(), seen.cells.end(),
              [](const auto &a, const auto &b) { return a.property < b.property; });
    if (former && now && row.kind == ChangeKind::Update) {
        for (auto text = former->properties.cbegin(); text != former->properties.cend(); ++text) {
            const bool isTime = text.key().endsWith("lastmodifieddate"_L1);
            if (isTime || row.cells.contains(text.key()) || now->text(text.key()) == *text)
                continue;
            seen.cells.append({text.key(), *text, {}, now->text(text.key()), false});
        }
    }
    if (seen.wasSo) {
        --m_report.applied;
        ++m_report.alreadySo;
    }
    m_report.rows.append(std::move(seen));
}

} // namespace hubkeeper
