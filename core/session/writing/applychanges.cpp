// SPDX-License-Identifier: MIT
#include "session/writing/applychanges.h"

#include "session/open/session.h"

namespace hubkeeper {

ApplyChanges::ApplyChanges(Session &session, Clock &clock, RunOptions options, QObject *parent)
    : Call(parent)
    , m_session(session)
    , m_clock(clock)
    , m_options(std::move(options))
{
    const auto &rows = m_session.changes().rows();
    // The guard first: what is refused anyway needs no request.
    if (const auto refusal = refusalOf(rows, m_session.connection().policy, m_options)) {
        complete(tl::unexpected(*refusal));
        return;
    }
    for (const RowChange &row : rows) {
        if (!m_typesToRead.contains(row.type))
            m_typesToRead.append(row.type);
    }
    m_options.connection = m_session.connection().label;
    m_options.revertOf = m_session.stagedRevert();
    m_session.account(this)->onDone(this, [this](const Result<AccountDetails> &account) {
        if (isFinished())
            return;
        if (!account)
            return complete(tl::unexpected(account.error()));
        m_options.portalId = account->portalId;
        readDefinitions();
    });
}

void ApplyChanges::readDefinitions()
{
    if (m_typesToRead.isEmpty())
        return run();
    const ObjectType type = m_typesToRead.takeFirst();
    m_session.definitions(type, false, this)
        ->onDone(this, [this, type](const Result<QList<PropertyDefinition>> &definitions) {
            if (isFinished())
                return;
            if (!definitions)
                return complete(tl::unexpected(definitions.error()));
            m_definitions.insert(type, *definitions);
            readDefinitions();
        });
}

void ApplyChanges::run()
{
    auto *run =
        new ApplyRun(m_session.portal(), m_session.changes(), m_session.journal(),
                     m_session.connection().policy, m_options, m_definitions, m_clock, this);
    m_run = run;
    connect(run, &CallBase::progressed, this, &CallBase::progressed);
    connect(run, &ApplyRun::recordsWritten, &m_session, &Session::recordsWritten);
    connect(run, &ApplyRun::recordsArchived, &m_session, &Session::recordsArchived);
    run->onDone(this, [this](const Result<RunSummary> &summary) { complete(summary); });
}

void ApplyChanges::finishEarly()
{
    if (m_run)
        m_run->finishEarly();
    else
        cancel();
}

} // namespace hubkeeper
