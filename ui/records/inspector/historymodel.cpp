// SPDX-License-Identifier: MIT
#include "records/inspector/historymodel.h"

#include "widgets/showntime.h"

#include <QFont>

using namespace Qt::StringLiterals;

namespace hubkeeper {

HistoryModel::HistoryModel(ObjectType type, const PropertyNames &names, QObject *parent)
    : QAbstractTableModel(parent)
    , m_type(type)
    , m_names(names)
{
}

void HistoryModel::setHistory(const RecordHistory &history)
{
    m_history = history;
    rebuild();
}

void HistoryModel::setUsers(const QList<Owner> &owners)
{
    for (const Owner &owner : owners) {
        if (!owner.userId.isEmpty())
            m_users.insert(owner.userId, owner.displayName());
    }
    namesChanged();
}

void HistoryModel::clear()
{
    m_history = {};
    rebuild();
}

void HistoryModel::setProperty(const QString &property)
{
    m_property = property;
    rebuild();
}

void HistoryModel::namesChanged()
{
    if (!m_lines.isEmpty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

bool HistoryModel::isCut() const
{
    for (auto one = m_history.values.cbegin(); one != m_history.values.cend(); ++one) {
        const bool isShown = m_property.isEmpty() || one.key() == m_property;
        if (isShown && one->size() >= keptValues(m_type))
            return true;
    }
    return false;
}

void HistoryModel::rebuild()
{
    beginResetModel();
    m_lines.clear();
    for (auto one = m_history.values.cbegin(); one != m_history.values.cend(); ++one) {
        if (!m_property.isEmpty() && one.key() != m_property)
            continue;
        for (qsizetype i = 0; i < one->size(); ++i)
            m_lines.append({one.key(), one->at(i), i == 0});
    }
    std::stable_sort(m_lines.begin(), m_lines.end(), [](const Line &a, const Line &b) {
        return a.past.at == b.past.at ? a.property < b.property : a.past.at > b.past.at;
    });
    endResetModel();
}

int HistoryModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_lines.size());
}

int HistoryModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QString HistoryModel::text(const Line &line, int column) const
{
    switch (column) {
    case SinceColumn:
        return shownTime(line.past.at);
    case PropertyColumn:
        return m_names.label(line.property);
    case ValueColumn:
        return shownText(m_names.shown(line.property, line.past.value));
    default:
        break;
    }
    const QString source = shownSource(line.past);
    QString who = m_names.masking().name(m_users.value(line.past.userId));
    if (who.isEmpty() && !line.past.userId.isEmpty())
        //: %1 is the number of a user of HubSpot.
        who = tr("user %1").arg(line.past.userId);
    if (who.isEmpty())
        who = line.past.sourceLabel.isEmpty() ? line.past.sourceId : line.past.sourceLabel;
    //: Who changed a value: where, and who, as in "in HubSpot (Ada Lovelace)".
    return who.isEmpty() ? source : tr("%1 (%2)").arg(source, who);
}

QVariant HistoryModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Line &line = m_lines[index.row()];
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole)
        return text(line, index.column());
    if (role == Qt::FontRole && line.isNow) {
        QFont bold;
        bold.setBold(true);
        return bold;
    }
    if (role == Qt::AccessibleTextRole && index.column() == ValueColumn && line.isNow)
        return tr("%1, the present value").arg(text(line, ValueColumn));
    return {};
}

QVariant HistoryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    switch (section) {
    case SinceColumn:
        return tr("Since");
    case PropertyColumn:
        return tr("Property");
    case ValueColumn:
        return tr("Value");
    default:
        return tr("By");
    }
}

} // namespace hubkeeper
