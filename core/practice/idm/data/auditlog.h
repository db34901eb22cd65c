// SPDX-License-Identifier: MIT
#pragma once

#include <QHash>
#include <QJsonObject>
#include <QList>

namespace hubkeeper::practice {

/// What the audit service keeps, by topic ("recon", "sync"), oldest first; the newest 200,000 of
/// each.
class AuditLog
{
public:
    void add(const QString &topic, const QJsonObject &entry);
    [[nodiscard]] const QList<QJsonObject> &entries(const QString &topic) const;
    void clear() { m_topics.clear(); }

private:
    QHash<QString, QList<QJsonObject>> m_topics;
};

} // namespace hubkeeper::practice
