// SPDX-License-Identifier: MIT
#include "session/writing/definitionrevert.h"

#include "changes/run/plan.h"
#include "changes/run/writetrace.h"
#include "connector/connector.h"
#include "session/sessiontext.h"
#include "session/writing/definitionwrites.h"
#include "session/writing/journaledwrite.h"
#include "session/writing/runstart.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

RowState stateAfter(const Result<ConnectorObject> &answer)
{
    if (answer)
        return RowState::Applied;
    if (answer.error().kind == ErrorKind::Conflict)
        return RowState::Conflicting;
    return failureOf(answer.error()) == Failure::Unclear ? RowState::Unknown : RowState::Failed;
}

class RevertDefinitions final : public Call<QList<RevertedDefinition>>
{
public:
    RevertDefinitions(Session &session, const QString &runId, QList<DefinitionInverse> inverses,
                      const RunOptions &options, QObject *parent)
        : Call(parent)
        , m_session(session)
        , m_inverses(std::move(inverses))
        , m_trace(session.journal(),
                  WriteGuard([&session] { return session.currentPolicy(); }, options.consent()),
                  runStartOf(session, options.note, runId), {}, nullptr)
    {
        const auto policy = session.currentPolicy();
        if (!policy) {
            complete(tl::unexpected(policy.error()));
            return;
        }
        for (const DefinitionInverse &inverse : std::as_const(m_inverses)) {
            const auto refusal = refusalOfDefinition(inverse.write, *policy, options);
            if (inverse.impossible.isEmpty() && refusal) {
                complete(tl::unexpected(*refusal));
                return;
            }
        }
        next();
    }

    /// Nothing more is sent; over when what is under way is.
    void finishEarly() { m_isStopping = true; }

    void stop()
    {
        cancel();
        m_trace.end(); // Who stops it may not wait for the event loop.
    }

private:
    [[nodiscard]] const DefinitionInverse &current() const { return m_inverses[m_done.size()]; }

    void next()
    {
        if (m_done.size() == m_inverses.size()) {
            m_trace.end();
            return complete(m_done);
        }
        if (m_isStopping)
            return note(RowState::Skipped, SessionText::tr("Stopped before it was sent."));
        if (!current().impossible.isEmpty())
            return note(RowState::Skipped, current().impossible);
        if (current().write.verb == CollectedWrite::Create)
            return send();
        always(
            m_session.connector().get(current().write.objectClass, current().write.uid, {}, this),
            [this](const Result<ConnectorObject> &object) { compare(object); });
    }

    /// With what the run had written: nothing else may have changed it.
    void compare(const Result<ConnectorObject> &object)
    {
        if (!object)
            return note(stateAfter(object), object.error().sentence());
        const auto &cells = current().cells;
        for (auto cell = cells.cbegin(); cell != cells.cend(); ++cell) {
            if (definitionText(object->attributes[cell.key()]) != cell->before)
                return note(
                    RowState::Conflicting,
                    SessionText::tr("%1 was changed meanwhile. Nothing was sent.").arg(cell.key()));
        }
        send();
    }

    void send()
    {
        always<ConnectorObject>(
            new JournaledWrite(m_session, m_trace, current().write, false, this),
            [this](const Result<ConnectorObject> &answer) {
                note(stateAfter(answer), answer ? QString() : answer.error().sentence());
            });
    }

    void note(RowState state, const QString &message)
    {
        m_done.append({current().label, state, message});
        emit progressed(m_done.size(), m_inverses.size());
        next();
    }

    Session &m_session;
    const QList<DefinitionInverse> m_inverses;
    WriteTrace m_trace;
    QList<RevertedDefinition> m_done;
    bool m_isStopping = false;
};

} // namespace

Call<QList<RevertedDefinition>> *revertDefinitions(Session &session, const QString &runId,
                                                   const QList<DefinitionInverse> &inverses,
                                                   const RunOptions &options, QObject *parent)
{
    auto *call = new RevertDefinitions(session, runId, inverses, options, parent);
    session.addWriter(
        call, [call] { call->finishEarly(); }, [call] { call->stop(); });
    return call;
}

} // namespace hubkeeper
