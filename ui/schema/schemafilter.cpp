// SPDX-License-Identifier: MIT
#include "schema/schemafilter.h"

#include "schema/schemamodel.h"

namespace hubkeeper {

SchemaFilter::SchemaFilter(QObject *parent)
    : QSortFilterProxyModel(parent)
{
    setRecursiveFilteringEnabled(true);
}

void SchemaFilter::setText(const QString &text)
{
    m_text = text.trimmed();
    invalidateFilter();
}

void SchemaFilter::setOnlyDifferences(bool only)
{
    m_onlyDifferences = only;
    invalidateFilter();
}

bool SchemaFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    if (!parent.isValid()) // Else shown for the sake of its attributes.
        return m_text.isEmpty() && !m_onlyDifferences;
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    if (m_onlyDifferences && !index.data(SchemaModel::DiffersRole).toBool())
        return false;
    return index.data(SchemaModel::SearchRole).toString().contains(m_text, Qt::CaseInsensitive);
}

} // namespace hubkeeper
