// SPDX-License-Identifier: MIT
#include "records/grid/recordtablemodel.h"

#include "portal/samevalue.h"
#include "records/values/cellmark.h"
#include "session/reading/recordlabel.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

RecordTableModel::RecordTableModel(ChangeSet &changes, const PropertyNames &names, QObject *parent)
    : QAbstractTableModel(parent)
    , m_changes(changes)
    , m_names(names)
{
    // First, so that who hears of a change does not get the row of before it.
    connect(&m_changes, &ChangeSet::changed, this, [this] { m_known.reset(); });
    connect(&m_changes, &ChangeSet::rowTouched, this, &RecordTableModel::onRecordTouched);
    connect(&m_changes, &ChangeSet::wasReset, this, [this] {
        m_known.reset();
        if (const int rows = rowCount(); rows > 0)
            emit dataChanged(index(0, 0), index(rows - 1, columnCount() - 1));
    });
}

void RecordTableModel::setRecordSet(RecordSet *set)
{
    beginResetModel();
    if (m_set)
        m_set->disconnect(this);
    m_set = set;
    m_order.reset();
    m_positions.clear();
    m_rows = m_set ? int(m_set->rowCount()) : 0;
    if (m_set) {
        connect(m_set, &RecordSet::rowsAppended, this, &RecordTableModel::onAppended);
        connect(m_set, &RecordSet::rowChanged, this, &RecordTableModel::onRowChanged);
        connect(m_set, &RecordSet::rowsLoaded, this, &RecordTableModel::onLoaded);
    }
    endResetModel();
}

void RecordTableModel::setColumns(const QStringList &properties)
{
    beginResetModel();
    m_columns = properties;
    noteEditable();
    endResetModel();
}

void RecordTableModel::noteEditable()
{
    m_editable.assign(size_t(m_columns.size()) + 1, false);
    for (qsizetype i = 0; i < m_columns.size(); ++i)
        m_editable[size_t(i) + 1] = isEditable(m_columns[i]);
}

void RecordTableModel::setOrder(std::optional<RowOrder> order)
{
    beginResetModel();
    m_order = std::move(order);
    m_positions.clear();
    if (m_order) {
        m_rows = int(m_order->size());
        m_positions.assign(size_t(m_set ? m_set->rowCount() : 0), -1);
        for (size_t i = 0; i < m_order->size(); ++i) {
            const auto row = size_t((*m_order)[i]);
            if (row < m_positions.size())
                m_positions[row] = int(i);
        }
    } else {
        m_rows = m_set ? int(m_set->rowCount()) : 0;
    }
    endResetModel();
}

void RecordTableModel::setRaw(bool raw)
{
    m_raw = raw;
    namesChanged();
}

void RecordTableModel::setNamesRows(bool names)
{
    if (std::exchange(m_namesRows, names) != names && m_rows > 0)
        emit headerDataChanged(Qt::Vertical, 0, m_rows - 1);
}

void RecordTableModel::namesChanged()
{
    noteEditable();
    if (m_rows > 0)
        emit dataChanged(index(0, 0), index(m_rows - 1, columnCount() - 1));
    emit headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

void RecordTableModel::onAppended(qint64 first, qint64 count)
{
    if (m_order) // The page makes a new order when reading pauses.
        return;
    Q_ASSERT(first == m_rows);
    beginInsertRows({}, int(first), int(first + count) - 1);
    m_rows += int(count);
    endInsertRows();
}

void RecordTableModel::onRowChanged(qint64 storeRow)
{
    repaint(viewRowOf(storeRow));
}

void RecordTableModel::onLoaded(qint64 first, qint64 count)
{
    int top = m_rows;
    int bottom = -1;
    for (qint64 row = first; row < first + count; ++row) {
        const int shown = viewRowOf(row);
        top = shown >= 0 ? std::min(top, shown) : top;
        bottom = std::max(bottom, shown);
    }
    if (bottom < 0)
        return;
    // One signal: views repaint what they show of it.
    emit dataChanged(index(top, 0), index(bottom, columnCount() - 1));
    if (m_namesRows)
        emit headerDataChanged(Qt::Vertical, top, bottom);
}

void RecordTableModel::onRecordTouched(ObjectType type, const QString &id)
{
    m_known.reset();
    if (m_set && type == m_set->type())
        repaint(viewRowOf(id));
}

void RecordTableModel::repaint(int row)
{
    if (row >= 0 && row < m_rows)
        emit dataChanged(index(row, 0), index(row, columnCount() - 1));
}

qint64 RecordTableModel::storeRowAt(int row) const
{
    return m_order ? (*m_order)[size_t(row)] : row;
}

int RecordTableModel::viewRowOf(qint64 storeRow) const
{
    if (storeRow < 0)
        return -1;
    if (!m_order)
        return storeRow < m_rows ? int(storeRow) : -1;
    return storeRow < qint64(m_positions.size()) ? m_positions[size_t(storeRow)] : -1;
}

int RecordTableModel::viewRowOf(const QString &id) const
{
    return m_set ? viewRowOf(m_set->loadedRowOf(id)) : -1;
}

bool RecordTableModel::isLoaded(int row) const
{
    return m_set && m_set->isLoaded(storeRowAt(row));
}

QString RecordTableModel::idAt(int row) const
{
    return m_set ? m_set->idAt(storeRowAt(row)) : QString();
}

Record RecordTableModel::recordAt(int row) const
{
    Record record;
    record.id = idAt(row);
    record.updatedAt = m_set->updatedAt(storeRowAt(row));
    record.archived = m_set->isArchived(storeRowAt(row));
    for (const QString &property : m_set->properties())
        record.properties.insert(property, m_set->textAt(storeRowAt(row), property));
    return record;
}

QString RecordTableModel::labelAt(int row) const
{
    return labelOf(m_set->type(), recordAt(row).properties, idAt(row));
}

int RecordTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int RecordTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_columns.size()) + 1;
}

QString RecordTableModel::originalText(int row, const QString &property) const
{
    return m_set->textAt(storeRowAt(row), property);
}

/// What is staged for the record; a view asks for every cell of it.
const std::optional<RowChange> &RecordTableModel::change(int row) const
{
    static const std::optional<RowChange> none;
    if (m_changes.isEmpty())
        return none;
    const QString id = idAt(row);
    if (!m_known || m_known->first != id)
        m_known = std::pair(id, m_changes.row(m_set->type(), id));
    return m_known->second;
}

QString RecordTableModel::rawText(int row, const QString &property) const
{
    if (const auto &staged = change(row)) {
        if (const auto cell = stagedCell(*staged, property))
            return cell->after;
    }
    return originalText(row, property);
}

bool RecordTableModel::isEditable(const QString &property) const
{
    return !property.isEmpty() && !m_names.isReadOnly(property);
}

bool RecordTableModel::isEditable(int row, int column) const
{
    if (!m_set || size_t(column) >= m_editable.size() || !m_editable[size_t(column)])
        return false;
    const qint64 stored = storeRowAt(row);
    return m_set->isLoaded(stored) && !m_set->isArchived(stored);
}

QVariant RecordTableModel::tip(int row, const QString &property) const
{
    if (!isLoaded(row))
        return tr("This row is being read.");
    if (m_set->isArchived(storeRowAt(row)))
        return tr("This record was archived.");
    if (const auto &staged = change(row)) {
        if (const QString text = markText(*staged, property, m_names); !text.isEmpty())
            return text;
    }
    if (property.isEmpty())
        return tr("The number HubSpot gave the record; it never changes.");
    return m_names.isReadOnly(property) ? tr("HubSpot sets this value; it cannot be edited.")
                                        : QVariant();
}

CellMark RecordTableModel::mark(int row, const QString &property) const
{
    if (m_set->isArchived(storeRowAt(row)))
        return CellMark::Archived;
    const auto &staged = change(row);
    return staged ? markOf(*staged, property, m_names) : CellMark::None;
}

QVariant RecordTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || !m_set)
        return {};
    const QString property = index.column() == 0 ? QString() : m_columns[index.column() - 1];
    if (role == PropertyRole)
        return property;
    if (role == ReadOnlyRole)
        return !isEditable(index.row(), index.column());
    if (role == Qt::TextAlignmentRole)
        return m_names.isNumeric(property) ? QVariant(Qt::AlignTrailing | Qt::AlignVCenter)
                                           : QVariant();
    if (role == Qt::DisplayRole && index.column() == 0) {
        const QString id = idAt(index.row()); // Asks for the row if it is not loaded.
        return id.isEmpty() ? u"…"_s : id;
    }
    return cellData(index.row(), property, role);
}

QVariant RecordTableModel::cellData(int row, const QString &property, int role) const
{
    switch (role) {
    case Qt::DisplayRole: {
        const QString text = rawText(row, property);
        if (text.isEmpty() && mark(row, property) == CellMark::Cleared)
            return shownText(text);
        return m_raw ? m_names.stored(property, text) : m_names.shown(property, text);
    }
    case StoredTextRole:
        return property.isEmpty() ? idAt(row) : m_names.stored(property, rawText(row, property));
    case Qt::EditRole:
    case RawTextRole:
        return property.isEmpty() ? idAt(row) : rawText(row, property);
    case OriginalTextRole:
        return property.isEmpty() ? idAt(row) : originalText(row, property);
    case ChangedRole:
        return !property.isEmpty() && change(row) && stagedCell(*change(row), property).has_value();
    case StateRole:
        return change(row) ? int(change(row)->state) : -1;
    case MarkRole:
        return int(mark(row, property));
    case ArchivedRole:
        return m_set->isArchived(storeRowAt(row));
    case Qt::ToolTipRole:
    case Qt::AccessibleDescriptionRole:
        return tip(row, property);
    default:
        return {};
    }
}

QVariant RecordTableModel::rowTitle(int row) const
{
    if (!m_namesRows || row < 0 || row >= m_rows || !isLoaded(row))
        return row + 1;
    //: The number of a row and what its record is called.
    return tr("%1  %2").arg(row + 1).arg(m_names.masking().name(labelAt(row)));
}

QVariant RecordTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical)
        return role == Qt::DisplayRole ? rowTitle(section) : QVariant();
    if (section < 0 || section > m_columns.size())
        return {};
    if (role == Qt::DisplayRole)
        return titleAt(section) + sortMark(section);
    if (role == Qt::ToolTipRole && section > 0)
        return m_columns[section - 1];
    return {};
}

QString RecordTableModel::titleAt(int column) const
{
    if (column == 0)
        return tr("Record ID");
    const QString &property = m_columns[column - 1];
    return m_raw ? property : m_names.label(property);
}

QString RecordTableModel::sortMark(int column) const
{
    const QString property = column == 0 ? QString() : m_columns[column - 1];
    for (qsizetype i = 0; i < m_sorts.size() && m_sorts.size() > 1; ++i) {
        if (m_sorts[i].property != property)
            continue;
        const QString number = QString::number(i + 1);
        if (i == 0) // Its arrow is the header's.
            return u' ' + number;
        return (m_sorts[i].descending ? u" \u2193"_s : u" \u2191"_s) + number;
    }
    return {};
}

void RecordTableModel::setSorts(const QList<RowSort> &sorts)
{
    m_sorts = sorts;
    emit headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

Qt::ItemFlags RecordTableModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    Qt::ItemFlags flags = QAbstractTableModel::flags(index) | Qt::ItemNeverHasChildren;
    flags.setFlag(Qt::ItemIsEditable, isEditable(index.row(), index.column()));
    return flags;
}

bool RecordTableModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::EditRole || !flags(index).testFlag(Qt::ItemIsEditable))
        return false;
    if (holdsPseudonym(value.toString())) {
        emit refused(pseudonymRefusal());
        return false;
    }
    return stage(recordAt(index.row()), m_columns[index.column() - 1], value.toString());
}

bool RecordTableModel::stage(const Record &baseline, const QString &property, const QString &text)
{
    if (!m_set || baseline.archived || !isEditable(property))
        return false;
    const QString before = baseline.text(property);
    const PropertyDefinition *definition = m_names.definition(property);
    const bool isSame = definition && sameValue(*definition, text, before);
    m_changes.setText(m_set->type(), baseline,
                      labelOf(m_set->type(), baseline.properties, baseline.id), property,
                      isSame ? before : text);
    return true;
}

} // namespace hubkeeper
