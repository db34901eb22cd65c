// SPDX-License-Identifier: MIT
#include "workbench/report/reportkindsmodel.h"

#include "records/values/propertynames.h"

#include <QLocale>

namespace hubkeeper {

ReportKindsModel::ReportKindsModel(const PropertyNames &names, QObject *parent)
    : QAbstractTableModel(parent)
    , m_names(names)
{
}

void ReportKindsModel::setKinds(std::vector<ReportKind> kinds)
{
    beginResetModel();
    m_kinds = std::move(kinds);
    std::stable_sort(m_kinds.begin(), m_kinds.end(), [](const ReportKind &a, const ReportKind &b) {
        return a.rows.size() > b.rows.size();
    });
    endResetModel();
}

int ReportKindsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_kinds.size());
}

int ReportKindsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant ReportKindsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    if (role == Qt::TextAlignmentRole && index.column() == CountColumn)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    const ReportKind &kind = m_kinds[size_t(index.row())];
    switch (index.column()) {
    case FindingColumn:
        return shownKind(kind.kind);
    case PropertyColumn:
        return m_names.label(kind.property);
    default:
        return QLocale().toString(qint64(kind.rows.size()));
    }
}

QVariant ReportKindsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case FindingColumn:
        return tr("Finding");
    case PropertyColumn:
        return tr("Property");
    default:
        return tr("Records");
    }
}

} // namespace hubkeeper
