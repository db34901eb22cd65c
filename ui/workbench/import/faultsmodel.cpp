// SPDX-License-Identifier: MIT
#include "workbench/import/faultsmodel.h"

#include "widgets/masking.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace hubkeeper {

QString shownName(TableFaultKind kind)
{
    switch (kind) {
    case TableFaultKind::Encoding:
        return FaultsModel::tr("Bytes outside the encoding");
    case TableFaultKind::LoneSurrogate:
        return FaultsModel::tr("Half characters");
    case TableFaultKind::Nul:
        return FaultsModel::tr("NUL characters");
    case TableFaultKind::ByteOrderMark:
        return FaultsModel::tr("Byte order marks inside");
    case TableFaultKind::ShortRow:
        return FaultsModel::tr("Rows that are too short");
    case TableFaultKind::LongRow:
        return FaultsModel::tr("Rows that are too long");
    case TableFaultKind::DuplicateHeader:
        return FaultsModel::tr("Columns of the same name");
    case TableFaultKind::EmptyHeader:
        return FaultsModel::tr("Columns without a name");
    case TableFaultKind::StrayQuote:
        return FaultsModel::tr("Quotes inside cells");
    case TableFaultKind::TextAfterQuote:
        return FaultsModel::tr("Text after a quote");
    case TableFaultKind::UnclosedQuote:
        return FaultsModel::tr("Quotes that are not closed");
    case TableFaultKind::Preamble:
        return FaultsModel::tr("Lines above the header");
    case TableFaultKind::Comment:
        return FaultsModel::tr("Comments");
    case TableFaultKind::Empty:
        return FaultsModel::tr("Nothing in it");
    case TableFaultKind::ManyColumns:
        return FaultsModel::tr("Too many columns");
    case TableFaultKind::LongCell:
        return FaultsModel::tr("Cells that are too long");
    case TableFaultKind::ManyRows:
        return FaultsModel::tr("Too many rows");
    case TableFaultKind::ErrorCell:
        return FaultsModel::tr("Cells with an error");
    case TableFaultKind::NoStoredValue:
        return FaultsModel::tr("Formulas without a value");
    case TableFaultKind::NotADate:
        return FaultsModel::tr("Numbers that are not a date");
    case TableFaultKind::MergedCells:
        return FaultsModel::tr("Joined cells");
    case TableFaultKind::BadCell:
        return FaultsModel::tr("Damaged cells");
    case TableFaultKind::BadJson:
        return FaultsModel::tr("Lines that are not JSON");
    }
    Q_UNREACHABLE();
}

FaultsModel::FaultsModel(const Masking &masking, QObject *parent)
    : QAbstractTableModel(parent)
    , m_masking(masking)
{
    connect(&masking, &Masking::changed, this, [this] {
        if (!m_shown.empty())
            emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    });
}

bool FaultsModel::isShown(const TableFault &fault) const
{
    return !m_kind || fault.kind == *m_kind;
}

void FaultsModel::setFaults(const QList<TableFault> &faults, const QStringList &header)
{
    const bool isMore = header == m_header && faults.size() >= m_faults.size()
        && (m_faults.isEmpty() || faults[m_faults.size() - 1] == m_faults.last());
    m_header = header;
    if (!isMore || m_faults.isEmpty()) {
        m_faults = faults;
        return list();
    }
    std::vector<qsizetype> more;
    for (qsizetype i = m_faults.size(); i < faults.size(); ++i) {
        if (isShown(faults[i]))
            more.push_back(i);
    }
    m_faults = faults;
    if (more.empty())
        return;
    beginInsertRows({}, rowCount(), rowCount() + int(more.size()) - 1);
    m_shown.insert(m_shown.end(), more.begin(), more.end());
    endInsertRows();
}

void FaultsModel::setKind(std::optional<TableFaultKind> kind)
{
    m_kind = kind;
    list();
}

void FaultsModel::list()
{
    beginResetModel();
    m_shown.clear();
    for (qsizetype i = 0; i < m_faults.size(); ++i) {
        if (isShown(m_faults[i]))
            m_shown.push_back(i);
    }
    endResetModel();
}

int FaultsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_shown.size());
}

int FaultsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant FaultsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    if (role == Qt::TextAlignmentRole && index.column() == RowColumn)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    const TableFault &one = fault(index.row());
    switch (index.column()) {
    case RowColumn:
        return one.row > 0 ? QLocale().toString(one.row) : QString();
    case CellColumn: {
        const bool isLine = one.kind == TableFaultKind::Preamble
            || one.kind == TableFaultKind::Comment || one.kind == TableFaultKind::BadJson;
        if (one.column <= 0 || isLine)
            return QString();
        const QString name = m_header.value(one.column - 1);
        return name.isEmpty() ? QLocale().toString(one.column) : name;
    }
    default:
        return m_masking.text(one.text);
    }
}

QVariant FaultsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case RowColumn:
        return tr("Row");
    case CellColumn:
        return tr("Column");
    default:
        return tr("What is wrong");
    }
}

} // namespace hubkeeper
