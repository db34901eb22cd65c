// SPDX-License-Identifier: MIT
#include "practice/idm/data/auditlog.h"

namespace hubkeeper::practice {

namespace {

constexpr qsizetype mostEntries = 200'000;

} // namespace

void AuditLog::add(const QString &topic, const QJsonObject &entry)
{
    QList<QJsonObject> &entries = m_topics[topic];
    if (entries.size() >= mostEntries)
        entries.removeFirst();
    entries.append(entry);
}

const QList<QJsonObject> &AuditLog::entries(const QString &topic) const
{
    static const QList<QJsonObject> none;
    const auto found = m_topics.constFind(topic);
    return found == m_topics.constEnd() ? none : *found;
}

} // namespace hubkeeper::practice
