// SPDX-License-Identifier: MIT
#include "idm/reconciliation/serverrun.h"

#include "idm/idmtext.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

ServerRunState stateFrom(const QString &word)
{
    return word == "ACTIVE"_L1  ? ServerRunState::Active
        : word == "SUCCESS"_L1  ? ServerRunState::Success
        : word == "FAILED"_L1   ? ServerRunState::Failed
        : word == "CANCELED"_L1 ? ServerRunState::Canceled
                                : ServerRunState::Other;
}

RunPart partFrom(const QJsonValue &json)
{
    const QJsonValue existing = json["existing"_L1];
    const QJsonValue total = existing["total"_L1];
    RunPart part;
    part.processed = existing["processed"_L1].toInteger();
    part.total = total.isString() ? total.toString()
        : total.isDouble()        ? QString::number(total.toInteger())
                                  : u"?"_s;
    part.created = json["created"_L1].toInteger();
    return part;
}

QString textOf(const RunPart &part)
{
    return IdmText::tr("%1 of %2").arg(part.processed).arg(part.total);
}

} // namespace

std::optional<qint64> RunPart::knownTotal() const
{
    bool isNumber = false;
    const qint64 number = total.toLongLong(&isNumber);
    return isNumber ? std::optional(number) : std::nullopt;
}

bool ServerRun::isOver() const
{
    return state == ServerRunState::Success || state == ServerRunState::Failed
        || state == ServerRunState::Canceled;
}

QString ServerRun::progressText() const
{
    return IdmText::tr("%1 source objects, %2 target objects, %3 created")
        .arg(textOf(source), textOf(target), QString::number(target.created));
}

bool ServerRun::hasMovedSince(const ServerRun &before) const
{
    return state != before.state || stage != before.stage || source != before.source
        || target != before.target || links != before.links || successes != before.successes
        || failures != before.failures || situations != before.situations;
}

Result<ServerRun> serverRunFrom(const QJsonObject &body)
{
    ServerRun run;
    run.id = body["_id"_L1].toString();
    if (run.id.isEmpty())
        return fail(ErrorKind::BadReply,
                    IdmText::tr("The server's description of a reconciliation cannot be read."));
    run.mapping = body["mapping"_L1].toString();
    run.stateWord = body["state"_L1].toString();
    run.state = stateFrom(run.stateWord);
    run.stage = body["stage"_L1].toString();
    run.stageDescription = body["stageDescription"_L1].toString();
    const QJsonValue progress = body["progress"_L1];
    run.source = partFrom(progress["source"_L1]);
    run.target = partFrom(progress["target"_L1]);
    run.links = partFrom(progress["links"_L1]);
    const QJsonObject situations = body["situationSummary"_L1].toObject();
    for (auto it = situations.begin(); it != situations.end(); ++it)
        run.situations.insert(it.key(), it.value().toInteger());
    run.successes = body["statusSummary"_L1]["SUCCESS"_L1].toInteger();
    run.failures = body["statusSummary"_L1]["FAILURE"_L1].toInteger();
    const QJsonArray ids = body["parameters"_L1]["sourceIds"_L1].toArray();
    for (const QJsonValue &id : ids)
        run.sourceIds.append(id.toString());
    run.started = QDateTime::fromString(body["started"_L1].toString(), Qt::ISODateWithMs);
    run.ended = QDateTime::fromString(body["ended"_L1].toString(), Qt::ISODateWithMs);
    run.milliseconds = body["duration"_L1].toInteger();
    return run;
}

Result<QList<ServerRun>> serverRunsFrom(const QJsonObject &body)
{
    QList<ServerRun> runs;
    const QJsonArray list = body["reconciliations"_L1].toArray();
    for (const QJsonValue &entry : list) {
        const auto run = serverRunFrom(entry.toObject());
        if (!run)
            return tl::unexpected(run.error());
        runs.append(*run);
    }
    return runs;
}

} // namespace hubkeeper
