// SPDX-License-Identifier: MIT
#include "idm/writing/serverwrite.h"

#include <algorithm>

namespace hubkeeper {

namespace {

/// The others may work all the same.
bool isOfThisOne(const Error &error)
{
    return error.kind == ErrorKind::Conflict || error.kind == ErrorKind::NotFound
        || error.kind == ErrorKind::Rejected;
}

class Writing final : public Call<ServerWriteReport>
{
public:
    Writing(const ServerWriteContext &context, std::vector<std::shared_ptr<ServerWrite>> writes,
            QObject *parent)
        : Call(parent)
        , m_context(context)
        , m_writes(std::move(writes))
    {
        next();
    }

private:
    void next()
    {
        if (m_report.writes.size() == m_writes.size())
            return end();
        m_write = m_writes[m_report.writes.size()].get();
        always(m_write->check(m_context.client, this), [this](const Result<void> &checked) {
            if (!checked && !isOfThisOne(checked.error()))
                return stop(checked.error());
            if (!checked)
                return leave(checked.error());
            if (const auto allowed = m_context.guard(); !allowed)
                return stop(allowed.error());
            begin();
        });
    }

    /// Not sent.
    void leave(const Error &error)
    {
        ServerWriteProof proof;
        proof.row = m_write->intent();
        proof.outcome = error.kind == ErrorKind::Conflict ? outcome::conflict
                                                          : QLatin1StringView(outcome::skipped);
        proof.failure = error;
        note(proof);
    }

    void stop(const Error &error)
    {
        m_report.stopped = error;
        end();
    }

    void begin()
    {
        if (!m_report.run.isEmpty())
            return intend();
        m_context.start.planned = int(m_writes.size());
        then(m_context.journal.begin(m_context.start, this), [this](const QString &run) {
            m_report.run = run;
            intend();
        });
    }

    void intend()
    {
        then(m_context.journal.noteIntents(m_report.run, {m_write->intent()}, this), [this] {
            always(m_context.client.send(m_write->request(), this),
                   [this](const Result<IdmReply> &reply) { prove(reply); });
        });
    }

    void prove(const Result<IdmReply> &reply)
    {
        then(m_write->prove(m_context.client, reply, this), [this](const ServerWriteProof &proof) {
            if (proof.failure && !isOfThisOne(*proof.failure))
                m_report.stopped = proof.failure;
            note(proof);
        });
    }

    void note(ServerWriteProof proof)
    {
        proof.row.outcome = proof.outcome;
        proof.row.message = proof.failure ? proof.failure->what : proof.row.message;
        m_report.writes.push_back(proof);
        if (m_report.run.isEmpty()) { // Nothing was sent so far.
            m_early.push_back(proof.row);
            return next();
        }
        std::vector<JournalRow> rows = std::exchange(m_early, {});
        rows.push_back(proof.row);
        then(m_context.journal.noteOutcomes(m_report.run, rows, this), [this] {
            if (m_report.stopped)
                return end();
            next();
        });
    }

    void end()
    {
        if (m_report.run.isEmpty())
            return complete(m_report);
        then(m_context.journal.end(m_report.run, this), [this] { complete(m_report); });
    }

    ServerWriteContext m_context;
    const std::vector<std::shared_ptr<ServerWrite>> m_writes;
    ServerWrite *m_write = nullptr; // The present one.
    std::vector<JournalRow> m_early; // Outcomes from before the run began.
    ServerWriteReport m_report;
};

} // namespace

int ServerWriteReport::count(QLatin1StringView outcome) const
{
    return int(std::count_if(writes.begin(), writes.end(), [outcome](const ServerWriteProof &one) {
        return one.outcome == outcome;
    }));
}

Call<ServerWriteReport> *writeToServer(const ServerWriteContext &context,
                                       std::vector<std::shared_ptr<ServerWrite>> writes,
                                       QObject *parent)
{
    return new Writing(context, std::move(writes), parent);
}

} // namespace hubkeeper
