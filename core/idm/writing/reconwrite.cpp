// SPDX-License-Identifier: MIT
#include "idm/writing/reconwrite.h"

#include "base/compactjson.h"
#include "idm/idmtext.h"
#include "idm/reconciliation/readruns.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// Fails if a run of the mapping works; remembers the runs there are.
class CheckingStart final : public Call<void>
{
public:
    CheckingStart(IdmClient &client, const QString &mapping, std::shared_ptr<QSet<QString>> known,
                  QObject *parent)
        : Call(parent)
    {
        then(readServerRuns(client, this),
             [this, mapping, known = std::move(known)](const QList<ServerRun> &runs) {
                 for (const ServerRun &run : runs) {
                     known->insert(run.id);
                     if (run.mapping == mapping && run.state == ServerRunState::Active)
                         return complete(tl::unexpected(underWay(run)));
                 }
                 complete({});
             });
    }

private:
    static Error underWay(const ServerRun &run)
    {
        Error error;
        error.kind = ErrorKind::Conflict;
        error.what = IdmText::tr("A run of %1 is under way already: %2.").arg(run.mapping, run.id);
        error.remedy = IdmText::tr("Wait until it is over, or cancel it. Nothing was started.");
        error.existingId = run.id;
        return error;
    }
};

/// By the server's answer, or by a new run in its list.
class ProvingStart final : public Call<ServerWriteProof>
{
public:
    ProvingStart(IdmClient &client, const ReconOrder &order, QSet<QString> known, JournalRow row,
                 const Result<IdmReply> &reply, QObject *parent)
        : Call(parent)
        , m_order(order)
        , m_known(std::move(known))
    {
        m_proof.row = std::move(row);
        if (reply) {
            const QString id = reply->body["_id"_L1].toString();
            if (id.isEmpty())
                finish(outcome::unknown, noId());
            else
                finishAs(id);
        } else if (reply.error().kind != ErrorKind::OutcomeUnknown) {
            finish(outcome::failed, reply.error());
        } else {
            always(readServerRuns(client, this),
                   [this, lost = reply.error()](const Result<QList<ServerRun>> &runs) {
                       look(runs.value_or(QList<ServerRun>()), runs.has_value(), lost);
                   });
        }
    }

private:
    void look(const QList<ServerRun> &runs, bool wereRead, const Error &lost)
    {
        QStringList found;
        for (const ServerRun &run : runs) {
            if (run.mapping == m_order.mapping && !m_known.contains(run.id))
                found.append(run.id);
        }
        if (found.size() == 1)
            return finishAs(found.first());
        finish(found.isEmpty() && wereRead ? outcome::failed : outcome::unknown, lost);
    }

    static Error noId()
    {
        Error error;
        error.kind = ErrorKind::OutcomeUnknown;
        error.what = IdmText::tr("The server took the reconciliation, but did not name the run.");
        error.remedy = IdmText::tr("Look at its list of runs before you start another one.");
        return error;
    }

    void finishAs(const QString &id)
    {
        m_proof.row.recordId = id;
        m_proof.row.message = IdmText::tr("Started as %1.").arg(id);
        finish(outcome::applied, std::nullopt);
    }

    void finish(QLatin1StringView outcome, const std::optional<Error> &failure)
    {
        m_proof.outcome = outcome;
        m_proof.failure = failure;
        complete(m_proof);
    }

    const ReconOrder m_order;
    const QSet<QString> m_known;
    ServerWriteProof m_proof;
};

QJsonObject journalJson(const ReconOrder &order)
{
    QJsonObject json {{u"mapping"_s, order.mapping},
                      {u"action"_s, order.id.isEmpty() ? u"recon"_s : u"reconById"_s}};
    if (!order.id.isEmpty())
        json.insert(u"id"_s, order.id);
    if (!order.parameters.isEmpty())
        json.insert(u"parameters"_s, order.parameters);
    if (order.isAnalysis)
        json.insert(u"analyze"_s, true);
    return json;
}

class StartWrite final : public ServerWrite
{
public:
    explicit StartWrite(ReconOrder order)
        : m_order(std::move(order))
    {
    }

    [[nodiscard]] Call<void> *check(IdmClient &client, QObject *parent) override
    {
        m_known->clear();
        return new CheckingStart(client, m_order.mapping, m_known, parent);
    }

    [[nodiscard]] JournalRow intent() const override
    {
        JournalRow row;
        row.subject = u"recon/"_s + m_order.mapping;
        row.label = m_order.mapping;
        if (!m_order.id.isEmpty()) {
            row.subject += u'/' + m_order.id;
            row.label += u" ("_s + m_order.id + u')';
        }
        row.type = u"recon"_s;
        row.kind = ChangeKind::Update;
        row.thing = WrittenThing::Reconciliation;
        row.cells.insert(QString(),
                         {QString(), QString::fromUtf8(compactJson(journalJson(m_order)))});
        return row;
    }

    [[nodiscard]] IdmRequest request() const override
    {
        IdmRequest request;
        request.verb = Verb::Post;
        request.path = u"recon"_s;
        request.query.addQueryItem(u"_action"_s,
                                   m_order.id.isEmpty() ? u"recon"_s : u"reconById"_s);
        request.query.addQueryItem(u"mapping"_s, m_order.mapping);
        if (!m_order.id.isEmpty())
            request.query.addQueryItem(u"ids"_s, m_order.id);
        if (m_order.isAnalysis) {
            request.query.addQueryItem(u"analyze"_s, u"true"_s);
            request.query.addQueryItem(u"persistAssociations"_s, u"true"_s);
        }
        request.body = m_order.parameters;
        request.writes = true;
        return request;
    }

    [[nodiscard]] Call<ServerWriteProof> *prove(IdmClient &client, const Result<IdmReply> &reply,
                                                QObject *parent) override
    {
        return new ProvingStart(client, m_order, *m_known, intent(), reply, parent);
    }

private:
    const ReconOrder m_order;
    const std::shared_ptr<QSet<QString>> m_known = std::make_shared<QSet<QString>>();
};

class CheckingCancel final : public Call<void>
{
public:
    CheckingCancel(IdmClient &client, const QString &id, QObject *parent)
        : Call(parent)
    {
        then(readServerRun(client, id, this), [this](const ServerRun &run) {
            if (!run.isOver()) // A server says yes to the cancelling of a finished run, too.
                return complete({});
            complete(
                fail(ErrorKind::Conflict,
                     IdmText::tr("The run %1 is over already: %2.").arg(run.id, run.stateWord)));
        });
    }
};

class CancelWrite final : public ServerWrite
{
public:
    explicit CancelWrite(ReconCancel cancel)
        : m_cancel(std::move(cancel))
    {
    }

    [[nodiscard]] Call<void> *check(IdmClient &client, QObject *parent) override
    {
        return new CheckingCancel(client, m_cancel.id, parent);
    }

    [[nodiscard]] JournalRow intent() const override
    {
        JournalRow row;
        row.subject = u"cancel/"_s + m_cancel.id;
        row.label = IdmText::tr("Cancel %1").arg(m_cancel.mapping);
        row.type = u"recon"_s;
        row.kind = ChangeKind::Update;
        row.thing = WrittenThing::Reconciliation;
        row.recordId = m_cancel.id;
        row.cells.insert(QString(), {u"ACTIVE"_s, u"CANCELED"_s});
        return row;
    }

    [[nodiscard]] IdmRequest request() const override
    {
        IdmRequest request;
        request.verb = Verb::Post;
        request.path = u"recon/"_s + m_cancel.id;
        request.query.addQueryItem(u"_action"_s, u"cancel"_s);
        request.writes = true;
        return request;
    }

    /// SUCCESS or INITIATED: the run ends later.
    [[nodiscard]] Call<ServerWriteProof> *prove(IdmClient &, const Result<IdmReply> &reply,
                                                QObject *parent) override
    {
        ServerWriteProof proof;
        proof.row = intent();
        proof.outcome = reply                                 ? outcome::applied
            : reply.error().kind == ErrorKind::OutcomeUnknown ? outcome::unknown
                                                              : outcome::failed;
        if (!reply)
            proof.failure = reply.error();
        return new ReadyCall<ServerWriteProof>(proof, parent);
    }

private:
    const ReconCancel m_cancel;
};

} // namespace

std::shared_ptr<ServerWrite> serverWriteOf(const ReconOrder &order)
{
    return std::make_shared<StartWrite>(order);
}

std::shared_ptr<ServerWrite> serverWriteOf(const ReconCancel &cancel)
{
    return std::make_shared<CancelWrite>(cancel);
}

JournalRow withResult(JournalRow started, const ServerRun &run, qint64 failed)
{
    QJsonObject situations;
    for (auto it = run.situations.cbegin(); it != run.situations.cend(); ++it) {
        if (it.value() > 0)
            situations.insert(it.key(), it.value());
    }
    const QJsonObject result {
        {u"state"_s, run.stateWord}, {u"situations"_s, situations}, {u"failed"_s, failed}};
    started.cells.insert(u"result"_s, {QString(), QString::fromUtf8(compactJson(result))});
    started.message = run.state == ServerRunState::Success && failed == 0
        ? QString()
        : IdmText::tr("%1: %2, failed objects: %3.")
              .arg(run.id, run.stateWord, QString::number(failed));
    return started;
}

} // namespace hubkeeper
