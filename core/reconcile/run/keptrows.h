// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QHash>
#include <QJsonObject>

#include <optional>

namespace hubkeeper {

/// Rows of a query by id, packed: as objects they would take three times the room.
class KeptRows
{
public:
    void insert(const QString &id, const QJsonObject &row);
    [[nodiscard]] std::optional<QJsonObject> find(const QString &id) const;

private:
    QHash<QString, QByteArray> m_rows;
};

} // namespace hubkeeper
