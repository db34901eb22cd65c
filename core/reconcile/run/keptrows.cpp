// SPDX-License-Identifier: MIT
#include "reconcile/run/keptrows.h"

#include <QCborMap>
#include <QCborValue>

namespace hubkeeper {

void KeptRows::insert(const QString &id, const QJsonObject &row)
{
    m_rows.insert(id, QCborMap::fromJsonObject(row).toCborValue().toCbor());
}

std::optional<QJsonObject> KeptRows::find(const QString &id) const
{
    const auto row = m_rows.constFind(id);
    return row == m_rows.constEnd()
        ? std::nullopt
        : std::optional(QCborValue::fromCbor(*row).toMap().toJsonObject());
}

} // namespace hubkeeper
