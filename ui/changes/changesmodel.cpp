// SPDX-License-Identifier: MIT
#include "changes/changesmodel.h"

#include "base/pseudonym.h"
#include "records/grid/recordtablemodel.h"
#include "records/values/cellmark.h"
#include "records/values/portalnames.h"
#include "repair/values/shownapart.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr quintptr isRecord = 0; // A cell's index carries the sequence number of its record.
constexpr int mostRanges = 64; // More of them, and a view had better look at everything.

/// The cells of an archive are what it expects, not what it does.
QStringList propertiesIn(const RowChange &row)
{
    const bool isExpected =
        row.kind == ChangeKind::Archive && row.subject != RowSubject::Association;
    return isExpected ? QStringList() : QStringList(row.cells.keys());
}

} // namespace

ChangesModel::ChangesModel(ChangeSet &changes, const PortalNames &names, QObject *parent)
    : QAbstractItemModel(parent)
    , m_changes(changes)
    , m_names(names)
    , m_text(names)
{
    follow();
}

void ChangesModel::follow()
{
    connect(&m_changes, &ChangeSet::aboutToInsert, this, [this](int first, int last) {
        if (!m_shown) // Else the next answer has them.
            beginInsertRows({}, first, last);
    });
    connect(&m_changes, &ChangeSet::inserted, this, [this] {
        if (!m_shown)
            endInsertRows();
    });
    connect(&m_changes, &ChangeSet::aboutToRemove, this, &ChangesModel::onAboutToRemove);
    connect(&m_changes, &ChangeSet::removed, this, &ChangesModel::onRemoved);
    connect(&m_changes, &ChangeSet::aboutToReset, this, [this] { beginResetModel(); });
    connect(&m_changes, &ChangeSet::wasReset, this, [this] {
        m_properties.clear();
        if (m_shown) {
            const auto isGone = [this](qint64 row) { return m_changes.index().placeOf(row) < 0; };
            m_shown->erase(std::remove_if(m_shown->begin(), m_shown->end(), isGone),
                           m_shown->end());
        }
        endResetModel();
    });
    connect(&m_changes, &ChangeSet::rowsChanged, this, &ChangesModel::onRowsChanged);
}

void ChangesModel::onAboutToRemove(int first, int last)
{
    for (int place = first; place <= last && !m_properties.isEmpty(); ++place)
        m_properties.remove(m_changes.index().at(place).sequence);
    m_leaving = rowsAt(first, last);
    if (m_leaving)
        beginRemoveRows({}, m_leaving->first, m_leaving->last);
}

void ChangesModel::onRemoved()
{
    const auto leaving = std::exchange(m_leaving, std::nullopt);
    if (!leaving)
        return;
    if (m_shown)
        m_shown->erase(m_shown->begin() + leaving->first, m_shown->begin() + leaving->last + 1);
    endRemoveRows();
}

/// The rows of the model that are at these places of the change set, if any is.
std::optional<PlaceRange> ChangesModel::rowsAt(int first, int last) const
{
    if (!m_shown)
        return PlaceRange {first, last};
    const RowIndex &index = m_changes.index();
    const auto begin = std::lower_bound(m_shown->begin(), m_shown->end(), index.at(first).sequence);
    const auto end = std::upper_bound(begin, m_shown->end(), index.at(last).sequence);
    if (begin == end)
        return {};
    return PlaceRange {int(begin - m_shown->begin()), int(end - m_shown->begin()) - 1};
}

qint64 ChangesModel::sequenceAt(int row) const
{
    return m_shown ? (*m_shown)[size_t(row)] : m_changes.index().at(row).sequence;
}

int ChangesModel::rowOf(qint64 sequence) const
{
    if (!m_shown)
        return m_changes.index().placeOf(sequence);
    const auto found = std::lower_bound(m_shown->begin(), m_shown->end(), sequence);
    return found != m_shown->end() && *found == sequence ? int(found - m_shown->begin()) : -1;
}

/// Rows that come and go keep the others where they are in a view, unless they are everywhere.
void ChangesModel::setShown(std::optional<std::vector<qint64>> rows)
{
    if (m_shown == rows)
        return;
    std::vector<qint64> gone;
    std::vector<qint64> fresh;
    if (m_shown && rows) {
        std::set_difference(m_shown->begin(), m_shown->end(), rows->begin(), rows->end(),
                            std::back_inserter(gone));
        std::set_difference(rows->begin(), rows->end(), m_shown->begin(), m_shown->end(),
                            std::back_inserter(fresh));
    }
    if (!m_shown || !rows || gone.size() + fresh.size() > mostRanges) {
        beginResetModel();
        m_properties.clear();
        m_shown = std::move(rows);
        endResetModel();
        return;
    }
    for (const qint64 sequence : gone) {
        const int row = rowOf(sequence);
        beginRemoveRows({}, row, row);
        m_properties.remove(sequence);
        m_shown->erase(m_shown->begin() + row);
        endRemoveRows();
    }
    for (const qint64 sequence : fresh) {
        const auto place = std::lower_bound(m_shown->begin(), m_shown->end(), sequence);
        const int row = int(place - m_shown->begin());
        beginInsertRows({}, row, row);
        m_shown->insert(place, sequence);
        endInsertRows();
    }
}

void ChangesModel::onRowsChanged(int first, int last)
{
    const auto rows = rowsAt(first, last);
    if (!rows)
        return;
    const QList<qint64> known = m_properties.keys();
    for (const qint64 sequence : known) {
        const int row = rowOf(sequence);
        if (row >= rows->first && row <= rows->last)
            updateCells(sequence, row);
    }
    emit dataChanged(index(rows->first, 0, {}), index(rows->last, StateColumn, {}));
}

/// Cells came, went, or have other texts.
void ChangesModel::updateCells(qint64 sequence, int place)
{
    const auto row = m_changes.rowOf(sequence);
    const QStringList wanted = row ? propertiesIn(*row) : QStringList();
    const QModelIndex record = index(place, 0, {});
    QStringList &shownNow = m_properties[sequence];
    for (int i = int(shownNow.size()) - 1; i >= 0; --i) {
        if (wanted.contains(shownNow[i]))
            continue;
        beginRemoveRows(record, i, i);
        m_properties[sequence].removeAt(i);
        endRemoveRows();
    }
    for (int i = 0; i < int(wanted.size()); ++i) {
        if (m_properties[sequence].value(i) == wanted[i])
            continue;
        beginInsertRows(record, i, i);
        m_properties[sequence].insert(i, wanted[i]);
        endInsertRows();
    }
    if (!wanted.isEmpty()) {
        emit dataChanged(index(0, 0, record), index(int(wanted.size()) - 1, StateColumn, record));
    }
}

void ChangesModel::namesChanged()
{
    const int rows = rowCount({});
    if (rows == 0)
        return;
    emit dataChanged(index(0, 0, {}), index(rows - 1, StateColumn, {}));
    const QList<qint64> known = m_properties.keys();
    for (const qint64 sequence : known) {
        const QModelIndex record = index(rowOf(sequence), 0, {});
        if (const int cells = rowCount(record); cells > 0)
            emit dataChanged(index(0, 0, record), index(cells - 1, StateColumn, record));
    }
}

void ChangesModel::setListsCells(bool lists)
{
    if (std::exchange(m_listsCells, lists) == lists || rowCount({}) == 0)
        return;
    emit dataChanged(index(0, BeforeColumn, {}), index(rowCount({}) - 1, AfterColumn, {}));
}

const QStringList &ChangesModel::propertiesOf(qint64 sequence) const
{
    const auto known = m_properties.constFind(sequence);
    if (known != m_properties.cend())
        return *known;
    const auto row = m_changes.rowOf(sequence);
    return *m_properties.insert(sequence, row ? propertiesIn(*row) : QStringList());
}

QModelIndex ChangesModel::index(int row, int column, const QModelIndex &parent) const
{
    if (row < 0 || column < 0 || column >= columnCount({}) || row >= rowCount(parent))
        return {};
    if (!parent.isValid())
        return createIndex(row, column, isRecord);
    return createIndex(row, column, quintptr(sequenceAt(parent.row())));
}

QModelIndex ChangesModel::parent(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == isRecord)
        return {};
    const int row = rowOf(qint64(index.internalId()));
    return row < 0 ? QModelIndex() : createIndex(row, 0, isRecord);
}

int ChangesModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return m_shown ? int(m_shown->size()) : m_changes.index().size();
    if (parent.internalId() != isRecord || parent.column() > 0)
        return 0;
    return int(propertiesOf(sequenceAt(parent.row())).size());
}

/// Without reading the record: a view asks for each of them.
bool ChangesModel::hasChildren(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return rowCount({}) > 0;
    if (parent.internalId() != isRecord || parent.column() > 0)
        return false;
    const RowIndex::Slot *slot = m_changes.index().slot(sequenceAt(parent.row()));
    return slot && (slot->kind != ChangeKind::Archive || slot->subject == RowSubject::Association);
}

int ChangesModel::columnCount(const QModelIndex &) const
{
    return 4;
}

QVariant ChangesModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const bool isCell = index.internalId() != isRecord;
    const auto row = m_changes.rowOf(isCell ? qint64(index.internalId()) : sequenceAt(index.row()));
    if (!row)
        return {};
    switch (role) {
    case StateRole:
        return int(row->state);
    case IdRole:
        return keyOf(*row).id;
    case SubjectRole:
        return int(row->subject);
    case TypeRole:
        return int(row->type);
    case ErrorRole:
        return m_text.failure(*row);
    case RecordRole:
        return row->portalId();
    default:
        break;
    }
    if (!isCell)
        return recordData(*row, index.column(), role);
    return cellData(*row, propertiesOf(qint64(index.internalId())).value(index.row()),
                    index.column(), role);
}

QVariant ChangesModel::recordData(const RowChange &row, int column, int role) const
{
    if (role == Qt::DecorationRole && column == StateColumn)
        return m_text.icon(row);
    if (role == Qt::CheckStateRole && column == WhatColumn && isToBeSent(row.state))
        return int(row.excluded ? Qt::Unchecked : Qt::Checked);
    const bool isListed = m_listsCells && (column == BeforeColumn || column == AfterColumn);
    if (role == Qt::ToolTipRole && !isListed)
        return m_text.failure(row).isEmpty() ? row.id : m_text.failure(row);
    if (role == PropertyRole)
        return QString();
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    if (column == WhatColumn)
        return m_text.what(row);
    if (propertiesIn(row).isEmpty() && column != StateColumn)
        return {};
    if (column == BeforeColumn && m_listsCells && row.kind != ChangeKind::Create)
        return m_text.cellsListed(row, &CellChange::before);
    if (column == AfterColumn && m_listsCells)
        return m_text.cellsListed(row, &CellChange::after);
    return column == StateColumn ? m_text.state(row) : QVariant();
}

QVariant ChangesModel::cellData(const RowChange &row, const QString &property, int column,
                                int role) const
{
    if (role == PropertyRole)
        return property;
    if (column == AfterColumn && role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return editorData(row, property, role);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    // The tip has what HubSpot calls it.
    const auto text = [&](const QString &value) {
        return role == Qt::ToolTipRole ? shownText(m_text.stored(row, property, value))
                                       : m_text.shown(row, property, value);
    };
    const CellChange change = row.cells.value(property);
    switch (column) {
    case WhatColumn:
        return role == Qt::ToolTipRole ? property : m_text.label(row, property);
    case BeforeColumn:
        return row.kind == ChangeKind::Create
            ? QVariant()
            : shownApart(text(change.before), text(change.after)).before;
    case AfterColumn:
        return shownApart(text(change.before), text(change.after)).after;
    default:
        break;
    }
    if (row.theirs.contains(property))
        return tr("HubSpot has now: %1").arg(text(row.theirs.value(property)));
    // Why it would be refused, before anything is sent.
    const bool isBad = row.state == RowState::Staged && row.subject == RowSubject::Record
        && markOf(row, property, m_names.of(row.type)) == CellMark::Bad;
    return isBad ? markText(row, property, m_names.of(row.type)) : QVariant();
}

/// As a grid would answer; the record itself is not there, so its baseline is the old text.
QVariant ChangesModel::editorData(const RowChange &row, const QString &property, int role) const
{
    const CellChange change = row.cells.value(property);
    switch (role) {
    case Qt::EditRole:
    case RecordTableModel::RawTextRole:
        return change.after;
    case RecordTableModel::OriginalTextRole:
        return change.before;
    case RecordTableModel::StoredTextRole:
        return m_text.stored(row, property, change.after);
    case RecordTableModel::PropertyRole:
        return property;
    case RecordTableModel::MarkRole: {
        const CellMark mark = markOf(row, property, m_names.of(row.type));
        return int(mark == CellMark::Bad ? mark : CellMark::None);
    }
    default:
        return {};
    }
}

Qt::ItemFlags ChangesModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractItemModel::flags(index);
    if (index.isValid() && index.internalId() == isRecord && index.column() == WhatColumn) {
        const RowIndex::Slot *slot = m_changes.index().slot(sequenceAt(index.row()));
        flags.setFlag(Qt::ItemIsUserCheckable, slot && isToBeSent(slot->state));
    }
    if (!index.isValid() || index.internalId() == isRecord || index.column() != AfterColumn)
        return flags;
    const auto row = m_changes.rowOf(qint64(index.internalId()));
    const bool isLocked = !row || row->state == RowState::Sending || row->state == RowState::Applied
        || (row->state == RowState::Unknown && row->kind == ChangeKind::Create);
    flags.setFlag(Qt::ItemIsEditable, !isLocked && row->subject == RowSubject::Record);
    return flags;
}

bool ChangesModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role == Qt::CheckStateRole && flags(index).testFlag(Qt::ItemIsUserCheckable)) {
        m_changes.setExcluded({sequenceAt(index.row())}, value.toInt() == Qt::Unchecked);
        return true;
    }
    if (role != Qt::EditRole || !flags(index).testFlag(Qt::ItemIsEditable))
        return false;
    const auto row = m_changes.rowOf(qint64(index.internalId()));
    const QString property = propertiesOf(row ? qint64(index.internalId()) : 0).value(index.row());
    if (!row || property.isEmpty() || holdsPseudonym(value.toString()))
        return false;
    Record baseline;
    baseline.id = row->id;
    baseline.updatedAt = row->basedOn;
    baseline.properties.insert(property, row->cells.value(property).before);
    m_changes.setText(row->type, baseline, row->label, property, value.toString());
    return true;
}

RowKey rowKeyOf(const QModelIndex &index)
{
    return {ObjectType(index.data(ChangesModel::TypeRole).toInt()),
            index.data(ChangesModel::IdRole).toString(),
            RowSubject(index.data(ChangesModel::SubjectRole).toInt())};
}

QVariant ChangesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case WhatColumn:
        return tr("Record and property");
    case BeforeColumn:
        return tr("Old");
    case AfterColumn:
        return tr("New");
    default:
        return tr("State");
    }
}

} // namespace hubkeeper
