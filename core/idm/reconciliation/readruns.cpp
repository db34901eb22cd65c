// SPDX-License-Identifier: MIT
#include "idm/reconciliation/readruns.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

class ReadingRuns final : public Call<QList<ServerRun>>
{
public:
    ReadingRuns(IdmClient &client, QObject *parent)
        : Call(parent)
    {
        then(client.get(u"recon"_s, this),
             [this](const IdmReply &reply) { complete(serverRunsFrom(reply.body.toObject())); });
    }
};

class ReadingRun final : public Call<ServerRun>
{
public:
    ReadingRun(IdmClient &client, const QString &id, QObject *parent)
        : Call(parent)
    {
        then(client.get(u"recon/"_s + id, this),
             [this](const IdmReply &reply) { complete(serverRunFrom(reply.body.toObject())); });
    }
};

} // namespace

Call<QList<ServerRun>> *readServerRuns(IdmClient &client, QObject *parent)
{
    return new ReadingRuns(client, parent);
}

Call<ServerRun> *readServerRun(IdmClient &client, const QString &id, QObject *parent)
{
    return new ReadingRun(client, id, parent);
}

Call<qint64> *readAudit(IdmClient &client, const AuditChoice &choice, AuditSink sink,
                        QObject *parent)
{
    PagedQuery query;
    query.path = u"audit/recon"_s;
    query.filter =
        u"/reconId eq %1 and /entryType eq \"entry\""_s.arg(quotedInFilter(choice.runId));
    if (!choice.situation.isEmpty())
        query.filter += u" and /situation eq "_s + quotedInFilter(choice.situation);
    return readPages(
        client, query,
        [sink = std::move(sink)](const QJsonArray &rows) {
            for (const QJsonValue &row : rows)
                sink(auditEntryFrom(row.toObject()));
        },
        parent);
}

} // namespace hubkeeper
