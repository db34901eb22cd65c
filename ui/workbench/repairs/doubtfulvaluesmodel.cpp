// SPDX-License-Identifier: MIT
#include "workbench/repairs/doubtfulvaluesmodel.h"

#include "records/values/propertynames.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

DoubtfulValuesModel::DoubtfulValuesModel(const PropertyNames &names, QObject *parent)
    : QAbstractTableModel(parent)
    , m_names(names)
{
    connect(&names.masking(), &Masking::changed, this, [this] {
        if (!m_values.isEmpty())
            emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    });
}

void DoubtfulValuesModel::setValues(const QList<DoubtfulValue> &values)
{
    beginResetModel();
    m_values = values;
    endResetModel();
}

int DoubtfulValuesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_values.size());
}

int DoubtfulValuesModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant DoubtfulValuesModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    const DoubtfulValue &one = m_values[index.row()];
    switch (index.column()) {
    case RecordColumn:
        return one.place;
    case PropertyColumn:
        return m_names.label(one.column);
    case ValueColumn:
        return m_names.stored(one.column, one.value);
    case ReasonColumn:
        return m_names.masking().text(one.reason);
    default:
        return one.suggestion.isEmpty() ? QString() : m_names.stored(one.column, one.suggestion);
    }
}

QVariant DoubtfulValuesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case RecordColumn:
        return tr("Record");
    case PropertyColumn:
        return tr("Property");
    case ValueColumn:
        return tr("Value");
    case ReasonColumn:
        return tr("Why it is left");
    default:
        return tr("Perhaps");
    }
}

} // namespace hubkeeper
