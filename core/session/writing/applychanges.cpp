// SPDX-License-Identifier: MIT
#include "session/writing/applychanges.h"

#include "changes/run/plan.h"
#include "changes/set/signedstate.h"
#include "session/open/session.h"
#include "session/open/writeaccess.h"
#include "session/sessiontext.h"
#include "session/writing/runplan.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// The run that all rows take back, or nothing. Reads block by block, and no further than needed.
QString revertedBy(const ChangeSet &changes, const std::vector<qint64> &rows)
{
    QString first;
    for (size_t begin = 0; begin < rows.size(); begin += mostBatchInputs) {
        const auto from = rows.begin() + qsizetype(begin);
        const auto to = rows.begin() + qsizetype(std::min(begin + mostBatchInputs, rows.size()));
        for (const RowChange &row : changes.rowsOf(std::vector<qint64>(from, to))) {
            if (row.revertOf.isEmpty() || (!first.isEmpty() && row.revertOf != first))
                return {};
            first = row.revertOf;
        }
    }
    return first;
}

} // namespace

ApplyChanges *applyChanges(Session &session, const RunOptions &options, QObject *parent)
{
    auto *call = new ApplyChanges(session, options, parent);
    session.addWriter(
        call, [call] { call->finishEarly(); }, [call] { call->cancel(); });
    return call;
}

ApplyChanges::ApplyChanges(Session &session, RunOptions options, QObject *parent)
    : Call(parent)
    , m_session(session)
    , m_options(std::move(options))
{
    const ChangeSet &changes = m_session.changes();
    // The guard first: what is refused anyway needs no request.
    const auto policy = m_session.currentPolicy();
    if (!policy) {
        complete(tl::unexpected(policy.error()));
        return;
    }
    if (const auto refusal = refusalOf(changes, *policy, m_options)) {
        complete(tl::unexpected(*refusal));
        return;
    }
    changes.index().forEach([this](const RowIndex::Slot &slot) {
        if (isToBeSent(slot) && !m_typesToRead.contains(slot.type))
            m_typesToRead.append(slot.type);
        return m_typesToRead.size() < qsizetype(allObjectTypes.size());
    });
    m_options.connection = m_session.connection().label;
    m_options.connectionId = m_session.connection().id;
    m_options.revertOf = revertedBy(changes, rowsToSend(changes.index(), m_options));
    then(m_session.account(this), [this](const AccountDetails &account) {
        m_options.portalId = account.portalId;
        onPortal(account);
    });
}

/// What was staged for one portal is not sent to another.
void ApplyChanges::onPortal(const AccountDetails &account)
{
    const Connection &connection = m_session.connection();
    const ChangeBinding here {account.portalId, account.portalName, connection.id,
                              connection.label};
    if (const auto refusal = refusalOf(m_session.changes().binding(), here))
        return complete(tl::unexpected(*refusal));
    m_session.changes().setBinding(here);
    if (const auto refusal = refusalOfBudget())
        return complete(tl::unexpected(*refusal));
    compareWithFile();
}

/// Where the policy file demands signatures: what was signed is all that there is. Each row is
/// looked at again when it is sent (WriteGuard).
void ApplyChanges::compareWithFile()
{
    const auto policy = m_session.currentPolicy();
    if (!policy)
        return complete(tl::unexpected(policy.error()));
    if (const auto refusal = refusalOf(m_session.changes(), *policy, m_options))
        return complete(tl::unexpected(*refusal));
    if (!policy->limits.signatures || m_options.dryRun)
        return readDefinitions();
    then(compareWithSigned(m_session.changes(), this),
         [this, limits = policy->limits](const SignedState &state) {
             if (state.isUnmodified())
                 return readDefinitions();
             Error error = refusedBy(
                 SessionText::tr("%1 demands that changes are signed, and they were edited since")
                     .arg(limits.file),
                 limits.signatures->place, limits.contact);
             error.what += u' ' + state.sentence();
             error.remedy = SessionText::tr("Take the edits back, or save the change set and have "
                                            "it signed again.");
             complete(tl::unexpected(error));
         });
}

/// A run that the daily limit would stop in the middle is somebody's decision.
std::optional<Error> ApplyChanges::refusalOfBudget() const
{
    if (m_options.dryRun || m_options.mayReachDailyLimit)
        return {};
    return refusalOf(callBudget(m_session, m_options));
}

void ApplyChanges::readDefinitions()
{
    if (m_typesToRead.isEmpty())
        return run();
    const ObjectType type = m_typesToRead.takeFirst();
    then(m_session.definitions(type, false, this),
         [this, type](const QList<PropertyDefinition> &definitions) {
             m_definitions.insert(type, definitions);
             readDefinitions();
         });
}

void ApplyChanges::run()
{
    auto *run = new ApplyRun(
        m_session.writeAccess().m_portal, m_session.changes(), m_session.journal(),
        [&session = m_session] { return session.currentPolicy(); }, m_options, m_definitions,
        m_session.clock(), this);
    m_run = run;
    if (m_isPaused)
        run->pause();
    connect(run, &CallBase::progressed, this, &CallBase::progressed);
    connect(run, &ApplyRun::recordsWritten, &m_session, &Session::recordsWritten);
    connect(run, &ApplyRun::recordsArchived, &m_session, &Session::recordsArchived);
    always(run, [this](const Result<RunSummary> &summary) { complete(summary); });
}

void ApplyChanges::pause()
{
    m_isPaused = true;
    if (m_run)
        m_run->pause();
}

void ApplyChanges::resume()
{
    m_isPaused = false;
    if (m_run)
        m_run->resume();
}

void ApplyChanges::finishEarly()
{
    if (m_run)
        m_run->finishEarly();
    else
        cancel();
}

} // namespace hubkeeper
