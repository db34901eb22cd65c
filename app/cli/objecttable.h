// SPDX-License-Identifier: MIT
#pragma once

#include "connector/connectorobject.h"
#include "tables/writing/tablefiles.h"

namespace hubkeeper::cli {

/// The connector's objects as rows of a table: "_id" and attributes by IDM's names.
class ObjectTable
{
public:
    /// Fails as TableFiles::begin().
    [[nodiscard]] static Result<ObjectTable> begin(const TableFiles::Target &target,
                                                   QStringList attributes);

    /// After a failure nothing more is written.
    void add(const ConnectorObject &object);
    [[nodiscard]] bool takesMore() const { return m_state.has_value(); }
    [[nodiscard]] const QStringList &titles() const { return m_titles; }
    [[nodiscard]] Result<WrittenTable> finish();

private:
    ObjectTable(TableFiles files, QStringList titles);

    TableFiles m_files;
    QStringList m_titles;
    Result<void> m_state;
};

} // namespace hubkeeper::cli
