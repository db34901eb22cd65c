// SPDX-License-Identifier: MIT
#include "idm/mappings/mappingsmodel.h"

#include "problems/findingsmodel.h"
#include "widgets/icons.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

void MappingsModel::setMappings(const QList<MappingTable> &mappings)
{
    const int before = int(m_mappings.size());
    const int now = int(mappings.size());
    if (now > before)
        beginInsertRows({}, before, now - 1);
    else if (now < before)
        beginRemoveRows({}, now, before - 1);
    m_mappings = mappings;
    count();
    if (now > before)
        endInsertRows();
    else if (now < before)
        endRemoveRows();
    if (now > 0)
        emit dataChanged(index(0, 0), index(now - 1, ColumnCount - 1));
}

void MappingsModel::setFindings(const QList<Finding> &findings)
{
    m_findings = findings;
    const QList<Counts> before = m_counts;
    count();
    if (before != m_counts && !m_mappings.isEmpty())
        emit dataChanged(index(0, FindingsColumn), index(rowCount() - 1, FindingsColumn));
}

int MappingsModel::rowOf(const QString &pointer) const
{
    for (int row = 0; row < m_mappings.size(); ++row) {
        const QString &own = m_mappings[row].pointer;
        if (pointer == own || pointer.startsWith(own + u'/'))
            return row;
    }
    return -1;
}

void MappingsModel::count()
{
    m_counts = QList<Counts>(m_mappings.size());
    for (const Finding &finding : std::as_const(m_findings)) {
        const int row = rowOf(finding.pointer);
        if (row < 0)
            continue;
        m_counts[row].errors += finding.severity == Severity::Error;
        m_counts[row].warnings += finding.severity == Severity::Warning;
    }
}

int MappingsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_mappings.size());
}

int MappingsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString MappingsModel::countText(const Counts &counts) const
{
    QStringList parts;
    if (counts.errors > 0)
        parts.append(tr("%Ln error(s)", nullptr, counts.errors));
    if (counts.warnings > 0)
        parts.append(tr("%Ln warning(s)", nullptr, counts.warnings));
    return parts.join(u", "_s);
}

QVariant MappingsModel::data(const QModelIndex &index, int role) const
{
    const MappingTable &mapping = m_mappings[index.row()];
    const Counts &counts = m_counts[index.row()];
    if (role == Qt::DecorationRole && index.column() == NameColumn) {
        if (counts.errors > 0)
            return icon(severityIcon(Severity::Error));
        return counts.warnings > 0 ? icon(severityIcon(Severity::Warning)) : QVariant();
    }
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    switch (index.column()) {
    case NameColumn:
        return mapping.name.isEmpty() ? tr("(without a name)") : mapping.name;
    case SourceColumn:
        return mapping.source;
    case TargetColumn:
        return mapping.target;
    case FindingsColumn:
        return countText(counts);
    default:
        return {};
    }
}

QVariant MappingsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Mapping");
    case SourceColumn:
        return tr("Source");
    case TargetColumn:
        return tr("Target");
    case FindingsColumn:
        return tr("Findings");
    default:
        return {};
    }
}

} // namespace hubkeeper
