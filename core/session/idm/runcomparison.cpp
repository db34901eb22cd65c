// SPDX-License-Identifier: MIT
#include "session/idm/runcomparison.h"

#include "session/sessiontext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QString keyOf(const AuditEntry &entry)
{
    const QString id = entry.ofTargetPhase ? entry.targetId : entry.sourceId;
    return (entry.ofTargetPhase ? u"t/"_s : u"s/"_s) + entry.linkQualifier + u'/' + id;
}

bool isKnown(const AuditEntry &entry)
{
    return !entry.status.isEmpty();
}

bool isSame(const AuditEntry &predicted, const AuditEntry &came, RunComparison::Compares compares)
{
    if (compares == RunComparison::Compares::Situations)
        return predicted.situation == came.situation;
    if (!isKnown(predicted)) // It depends on a script of the server.
        return predicted.situation.isEmpty() || predicted.situation == came.situation;
    const bool isNew = came.action == "CREATE"_L1 || predicted.targetId.isEmpty();
    return predicted.situation == came.situation && predicted.action == came.action
        && predicted.isFailed() == came.isFailed()
        && (isNew || came.targetId.isEmpty() || predicted.targetId == came.targetId);
}

QString wordsOf(const AuditEntry &entry)
{
    const QString words = u"%1/%2"_s.arg(entry.situation.isEmpty() ? u"?"_s : entry.situation,
                                         entry.action.isEmpty() ? u"?"_s : entry.action);
    return isKnown(entry) && entry.isFailed() ? SessionText::tr("%1 (failed)").arg(words) : words;
}

} // namespace

RunComparison::RunComparison(const PredictedRun &predicted, Compares compares)
    : m_compares(compares)
{
    for (const AuditEntry &entry : predicted.entries) {
        const QString key = keyOf(entry);
        QList<AuditEntry> &open = m_open[key];
        if (open.isEmpty())
            m_order.append(key);
        open.append(entry);
    }
}

void RunComparison::add(const AuditEntry &entry)
{
    const auto open = m_open.find(keyOf(entry));
    if (open == m_open.end()) {
        m_different.append({std::nullopt, entry});
        return;
    }
    const AuditEntry predicted = open->takeFirst();
    if (open->isEmpty())
        m_open.erase(open);
    if (isSame(predicted, entry, m_compares))
        ++m_same;
    else
        m_different.append({predicted, entry});
}

QList<ComparedEntry> RunComparison::differences() const
{
    QList<ComparedEntry> all = m_different;
    for (const QString &key : m_order) {
        for (const AuditEntry &entry : m_open.value(key))
            all.append({entry, std::nullopt});
    }
    return all;
}

QString textOf(const ComparedEntry &entry)
{
    if (!entry.predicted)
        return SessionText::tr("not expected: %1").arg(wordsOf(*entry.came));
    if (!entry.came)
        return SessionText::tr("expected %1, missing").arg(wordsOf(*entry.predicted));
    return SessionText::tr("expected %1, found %2")
        .arg(wordsOf(*entry.predicted), wordsOf(*entry.came));
}

} // namespace hubkeeper
