// SPDX-License-Identifier: MIT
#include "session/idm/runresult.h"

#include "session/sessiontext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int mostFailures = 1000;
constexpr int mostDifferences = 1000; // In JSON.

class ReadingResult final : public Call<RunResult>
{
public:
    ReadingResult(ServerSession &session, const RunQuestion &question, QObject *parent)
        : Call(parent)
        , m_session(session)
        , m_question(question)
    {
        if (question.predicted)
            m_result.comparison.emplace(*question.predicted);
        then(readServerRun(session.client(), question.id, this), [this](const ServerRun &run) {
            m_result.run = run;
            readEntries();
        });
    }

private:
    void readEntries()
    {
        Call<qint64> *reading = readAudit(
            m_session.client(), {m_question.id, {}},
            [this](const AuditEntry &entry) { take(entry); }, this);
        connect(reading, &CallBase::progressed, this, &CallBase::progressed);
        always(reading, [this](const Result<qint64> &count) {
            m_result.hasEntries = count.has_value();
            if (count)
                return complete(m_result);
            if (!cannotBeAsked(count.error()))
                return complete(tl::unexpected(count.error()));
            m_result.whyNoEntries = count.error().what;
            m_result.failed = m_result.run.failures;
            m_result.comparison.reset();
            complete(m_result);
        });
    }

    /// The server does not give its audit log at all.
    [[nodiscard]] bool cannotBeAsked(const Error &error) const
    {
        return m_result.entries == 0
            && (error.kind == ErrorKind::Forbidden || error.kind == ErrorKind::NotFound
                || error.kind == ErrorKind::Rejected || error.httpStatus == 501);
    }

    void take(const AuditEntry &entry)
    {
        const bool failed = entry.isFailed();
        ++m_result.entries;
        ++m_result.tally[{entry.ofTargetPhase, entry.situation, entry.action, failed}];
        m_result.failed += failed ? 1 : 0;
        if (failed && m_result.failures.size() < mostFailures)
            m_result.failures.append(entry);
        if (m_result.comparison)
            m_result.comparison->add(entry);
        if (m_question.sink)
            m_question.sink(entry);
    }

    ServerSession &m_session;
    const RunQuestion m_question;
    RunResult m_result;
};

QJsonObject partJson(const RunPart &part)
{
    return {
        {u"processed"_s, part.processed}, {u"total"_s, part.total}, {u"created"_s, part.created}};
}

QString timeText(const QDateTime &time)
{
    return time.isValid() ? time.toUTC().toString(Qt::ISODateWithMs) : QString();
}

QJsonObject comparisonJson(const RunComparison &comparison)
{
    const QList<ComparedEntry> all = comparison.differences();
    QJsonArray list;
    for (const ComparedEntry &one : all.first(qMin(all.size(), qsizetype(mostDifferences)))) {
        QJsonObject json {{u"message"_s, textOf(one)}};
        json.insert(u"expected"_s,
                    one.predicted ? QJsonValue(auditEntryJson(*one.predicted)) : QJsonValue());
        json.insert(u"came"_s, one.came ? QJsonValue(auditEntryJson(*one.came)) : QJsonValue());
        list.append(json);
    }
    return {{u"same"_s, comparison.same()},
            {u"different"_s, qint64(all.size())},
            {u"differences"_s, list}};
}

} // namespace

bool RunResult::isGood() const
{
    const bool isAsPredicted = !comparison || comparison->differences().isEmpty();
    return run.state == ServerRunState::Success && hasEntries && failed == 0 && isAsPredicted;
}

Call<RunResult> *readRunResult(ServerSession &session, const RunQuestion &question, QObject *parent)
{
    return new ReadingResult(session, question, parent);
}

QJsonObject serverRunJson(const ServerRun &run)
{
    QJsonObject situations;
    for (auto it = run.situations.cbegin(); it != run.situations.cend(); ++it)
        situations.insert(it.key(), it.value());
    return {{u"id"_s, run.id},
            {u"mapping"_s, run.mapping},
            {u"state"_s, run.stateWord},
            {u"stage"_s, run.stage},
            {u"source"_s, partJson(run.source)},
            {u"target"_s, partJson(run.target)},
            {u"links"_s, partJson(run.links)},
            {u"situations"_s, situations},
            {u"successes"_s, run.successes},
            {u"failures"_s, run.failures},
            {u"sourceIds"_s, QJsonArray::fromStringList(run.sourceIds)},
            {u"started"_s, timeText(run.started)},
            {u"ended"_s, timeText(run.ended)},
            {u"milliseconds"_s, run.milliseconds}};
}

QJsonObject runResultJson(const RunResult &result)
{
    QJsonArray tally;
    for (auto it = result.tally.cbegin(); it != result.tally.cend(); ++it)
        tally.append(
            QJsonObject {{u"reconciling"_s, it.key().ofTargetPhase ? u"target"_s : u"source"_s},
                         {u"situation"_s, it.key().situation},
                         {u"action"_s, it.key().action},
                         {u"failed"_s, it.key().failed},
                         {u"count"_s, it.value()}});
    QJsonArray failures;
    for (const AuditEntry &entry : result.failures)
        failures.append(auditEntryJson(entry));
    QJsonObject json {{u"run"_s, serverRunJson(result.run)},
                      {u"good"_s, result.isGood()},
                      {u"hasEntries"_s, result.hasEntries},
                      {u"entries"_s, result.entries},
                      {u"failed"_s, result.failed},
                      {u"tally"_s, tally},
                      {u"failures"_s, failures}};
    if (!result.hasEntries)
        json.insert(u"whyNoEntries"_s, result.whyNoEntries);
    if (result.comparison)
        json.insert(u"comparison"_s, comparisonJson(*result.comparison));
    return json;
}

} // namespace hubkeeper
