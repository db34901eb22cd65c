// SPDX-License-Identifier: MIT
#include "records/mergemodel.h"

#include <QFont>

using namespace Qt::StringLiterals;

namespace hubkeeper {

MergeModel::MergeModel(const PropertyNames &names, QObject *parent)
    : QAbstractTableModel(parent)
    , m_names(names)
{
}

void MergeModel::setPreview(const MergePreview &preview)
{
    const bool isSame = m_preview.lines.size() == preview.lines.size()
        && m_preview.primary.record.id == preview.primary.record.id;
    m_preview = preview;
    if (!isSame)
        return rebuild();
    if (!m_lines.isEmpty()) // Another choice: who looks at a line goes on looking at it.
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void MergeModel::setOnlyDifferent(bool only)
{
    m_onlyDifferent = only;
    rebuild();
}

void MergeModel::rebuild()
{
    beginResetModel();
    m_lines.clear();
    for (qsizetype i = 0; i < m_preview.lines.size(); ++i) {
        const MergeLine &line = m_preview.lines[i];
        if (!m_onlyDifferent || line.primary != line.merged)
            m_lines.append(i);
    }
    endResetModel();
}

int MergeModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_lines.size());
}

int MergeModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant MergeModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const MergeLine &line = m_preview.lines[m_lines[index.row()]];
    const int column = index.column();
    const QString &text = column == PrimaryColumn ? line.primary
        : column == MergedColumn                  ? line.merged
                                                  : line.result;
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return column == PropertyColumn ? m_names.label(line.property)
                                        : m_names.shown(line.property, text);
    case Qt::CheckStateRole:
        if ((column != PrimaryColumn && column != MergedColumn) || isAddresses(line))
            return {};
        return text == line.result ? Qt::Checked : Qt::Unchecked;
    case Qt::FontRole: {
        QFont font;
        font.setBold(column == ResultColumn && line.isChosen);
        return font;
    }
    case Qt::AccessibleTextRole:
        if (column == ResultColumn && line.isChosen)
            return tr("%1, chosen").arg(m_names.shown(line.property, text));
        return {};
    default:
        return {};
    }
}

bool MergeModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || role != Qt::CheckStateRole
        || value.toInt() != Qt::Checked)
        return false;
    const MergeLine &line = m_preview.lines[m_lines[index.row()]];
    emit chosen(line.property, index.column() == PrimaryColumn ? line.primary : line.merged);
    return true;
}

Qt::ItemFlags MergeModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (!index.isValid())
        return flags;
    const MergeLine &line = m_preview.lines[m_lines[index.row()]];
    const bool isValue = index.column() == PrimaryColumn || index.column() == MergedColumn;
    flags.setFlag(Qt::ItemIsUserCheckable, isValue && !isAddresses(line));
    return flags;
}

QVariant MergeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    switch (section) {
    case PropertyColumn:
        return tr("Property");
    case PrimaryColumn:
        return tr("Stays: %1").arg(m_preview.primary.record.id);
    case MergedColumn:
        return tr("Goes: %1").arg(m_preview.merged.record.id);
    default:
        return tr("Result");
    }
}

} // namespace hubkeeper
