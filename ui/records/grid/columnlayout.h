// SPDX-License-Identifier: MIT
#pragma once

#include "base/settings.h"
#include "records/values/propertynames.h"

namespace hubkeeper {

/// Which properties of a type are columns of the grid, and in what order: the usual ones until
/// others are chosen, which is kept for each connection.
class ColumnLayout
{
public:
    /// `settings` must outlive it.
    ColumnLayout(ObjectType type, Settings &settings);

    /// From now on it is about the connection with this id.
    void setConnection(const QString &id) { m_connection = id; }
    /// Those of them that the portal defines.
    [[nodiscard]] QStringList columns(const PropertyNames &names) const;
    /// The columns, and what a record is called by.
    [[nodiscard]] QStringList readProperties(const PropertyNames &names) const;
    void setColumns(const QStringList &columns);

private:
    [[nodiscard]] QString key() const;

    const ObjectType m_type;
    Settings &m_settings;
    QString m_connection;
};

} // namespace hubkeeper
