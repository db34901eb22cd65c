// SPDX-License-Identifier: MIT
#include "changes/changesmodel.h"

#include "base/pseudonym.h"
#include "changes/set/associationcells.h"
#include "records/grid/recordtablemodel.h"
#include "records/values/cellmark.h"
#include "records/values/portalnames.h"
#include "widgets/icons.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr quintptr isRecord = 0; // A cell's index carries the sequence number of its record.
constexpr int mostCellsListed = 4;

QString iconFor(RowState state)
{
    switch (state) {
    case RowState::Staged:
        return u"edit-rename"_s;
    case RowState::Sending:
        return u"step-waiting"_s;
    case RowState::Applied:
        return u"dialog-ok"_s;
    case RowState::Failed:
        return u"dialog-error"_s;
    case RowState::Conflicting:
        return u"merge"_s;
    case RowState::Unknown:
        return u"dialog-warning"_s;
    case RowState::Skipped:
        return u"step-skipped"_s;
    }
    Q_UNREACHABLE();
}

/// The cells of an archive are what it expects, not what it does.
QStringList propertiesIn(const RowChange &row)
{
    const bool isExpected =
        row.kind == ChangeKind::Archive && row.subject != RowSubject::Association;
    return isExpected ? QStringList() : QStringList(row.cells.keys());
}

} // namespace

QString stateText(RowState state)
{
    const auto text = [](const char *source) {
        return QCoreApplication::translate("hubkeeper::ChangesModel", source);
    };
    switch (state) {
    case RowState::Staged:
        return text(QT_TRANSLATE_NOOP("hubkeeper::ChangesModel", "Staged"));
    case RowState::Sending:
        return text(QT_TRANSLATE_NOOP("hubkeeper::ChangesModel", "Sending"));
    case RowState::Applied:
        return text(QT_TRANSLATE_NOOP("hubkeeper::ChangesModel", "Applied"));
    case RowState::Failed:
        return text(QT_TRANSLATE_NOOP("hubkeeper::ChangesModel", "Failed"));
    case RowState::Conflicting:
        return text(QT_TRANSLATE_NOOP("hubkeeper::ChangesModel", "Conflict"));
    case RowState::Unknown:
        return text(QT_TRANSLATE_NOOP("hubkeeper::ChangesModel", "Unknown"));
    case RowState::Skipped:
        return text(QT_TRANSLATE_NOOP("hubkeeper::ChangesModel", "Not sent"));
    }
    Q_UNREACHABLE();
}

ChangesModel::ChangesModel(ChangeSet &changes, const PortalNames &names, QObject *parent)
    : QAbstractItemModel(parent)
    , m_changes(changes)
    , m_names(names)
{
    follow();
}

void ChangesModel::follow()
{
    connect(&m_changes, &ChangeSet::aboutToInsert, this,
            [this](int first, int last) { beginInsertRows({}, first, last); });
    connect(&m_changes, &ChangeSet::inserted, this, [this] { endInsertRows(); });
    connect(&m_changes, &ChangeSet::aboutToRemove, this, [this](int first, int last) {
        for (int place = first; place <= last && !m_properties.isEmpty(); ++place)
            m_properties.remove(m_changes.index().at(place).sequence);
        beginRemoveRows({}, first, last);
    });
    connect(&m_changes, &ChangeSet::removed, this, [this] { endRemoveRows(); });
    connect(&m_changes, &ChangeSet::aboutToReset, this, [this] { beginResetModel(); });
    connect(&m_changes, &ChangeSet::wasReset, this, [this] {
        m_properties.clear();
        endResetModel();
    });
    connect(&m_changes, &ChangeSet::rowsChanged, this, &ChangesModel::onRowsChanged);
}

void ChangesModel::onRowsChanged(int first, int last)
{
    const QList<qint64> known = m_properties.keys();
    for (const qint64 sequence : known) {
        const int place = m_changes.index().placeOf(sequence);
        if (place >= first && place <= last)
            updateCells(sequence, place);
    }
    emit dataChanged(index(first, 0, {}), index(last, StateColumn, {}));
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
        const QModelIndex record = index(m_changes.index().placeOf(sequence), 0, {});
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
    return createIndex(row, column, quintptr(m_changes.index().at(parent.row()).sequence));
}

QModelIndex ChangesModel::parent(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == isRecord)
        return {};
    const int place = m_changes.index().placeOf(qint64(index.internalId()));
    return place < 0 ? QModelIndex() : createIndex(place, 0, isRecord);
}

int ChangesModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return m_changes.index().size();
    if (parent.internalId() != isRecord || parent.column() > 0)
        return 0;
    return int(propertiesOf(m_changes.index().at(parent.row()).sequence).size());
}

/// Without reading the record: a view asks for each of them.
bool ChangesModel::hasChildren(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return m_changes.index().size() > 0;
    if (parent.internalId() != isRecord || parent.column() > 0)
        return false;
    const RowIndex::Slot &slot = m_changes.index().at(parent.row());
    return slot.kind != ChangeKind::Archive || slot.subject == RowSubject::Association;
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
    const auto row = isCell ? m_changes.rowOf(qint64(index.internalId()))
                            : std::optional(m_changes.at(index.row()));
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
        return failure(*row);
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

QString ChangesModel::whatAssociation(const RowChange &row, const QString &name)
{
    switch (row.kind) {
    case ChangeKind::Create:
        //: Two records that shall belong together: "Associate: ada@example.com - Acme".
        return tr("Associate: %1").arg(name);
    case ChangeKind::Archive:
        return tr("Remove association: %1").arg(name);
    case ChangeKind::Update:
        return tr("Association: %1").arg(name);
    }
    Q_UNREACHABLE();
}

QString ChangesModel::what(const RowChange &row) const
{
    const QString name = m_names.masking().name(row.label);
    switch (row.subject) {
    case RowSubject::Record:
        break;
    case RowSubject::Definition:
        return tr("Property: %1").arg(row.label);
    case RowSubject::Association:
        return whatAssociation(row, name);
    case RowSubject::Merge:
        return tr("Merge: %1").arg(name);
    }
    switch (row.kind) {
    case ChangeKind::Create:
        return row.type == ObjectType::Contacts ? tr("New contact: %1").arg(name)
                                                : tr("New company: %1").arg(name);
    case ChangeKind::Archive:
        //: A record's name and its id. The name may come from a file, the id is what is archived.
        return tr("Archive: %1 (%2)").arg(name, row.id);
    case ChangeKind::Update:
        return name;
    }
    Q_UNREACHABLE();
}

/// HubSpot likes to repeat what it refuses.
QString ChangesModel::failure(const RowChange &row) const
{
    if (!row.error)
        return row.state == RowState::Skipped
            ? tr("The run stopped before the record was sent. Apply again to send it.")
            : QString();
    QStringList known {row.label};
    for (const CellChange &cell : row.cells)
        known << cell.before << cell.after;
    known += row.theirs.values();
    return m_names.masking().text(row.error->sentence(), known);
}

QString ChangesModel::shown(const RowChange &row, const QString &property,
                            const QString &text) const
{
    if (row.subject == RowSubject::Association)
        return shownText(property == associationCell ? shownKinds(text) : text);
    const PropertyNames &names = m_names.of(row.type);
    const bool isOfRecord = row.subject == RowSubject::Record && names.definition(property);
    return shownText(isOfRecord ? names.shown(property, text) : stored(row, property, text));
}

QString ChangesModel::stored(const RowChange &row, const QString &property,
                             const QString &text) const
{
    return row.subject == RowSubject::Association // Labels and ids are nobody's.
        ? text
        : m_names.masking().value(row.type, property, text);
}

QString ChangesModel::label(const RowChange &row, const QString &property) const
{
    if (row.subject == RowSubject::Association)
        return property == associationCell ? tr("Labels") : tr("Primary company");
    return row.subject == RowSubject::Record ? m_names.of(row.type).label(property) : property;
}

QVariant ChangesModel::recordData(const RowChange &row, int column, int role) const
{
    if (role == Qt::DecorationRole && column == StateColumn)
        return icon(iconFor(row.state));
    if (role == Qt::ToolTipRole)
        return failure(row).isEmpty() ? row.id : failure(row);
    if (role == PropertyRole)
        return QString();
    if (role != Qt::DisplayRole)
        return {};
    if (column == WhatColumn)
        return what(row);
    if (propertiesIn(row).isEmpty() && column != StateColumn)
        return {};
    if (column == BeforeColumn && m_listsCells && row.kind != ChangeKind::Create)
        return cellsListed(row, &CellChange::before);
    if (column == AfterColumn && m_listsCells)
        return cellsListed(row, &CellChange::after);
    if (column != StateColumn)
        return {};
    const QString why = failure(row);
    //: The state of a record's changes and the reason: "Failed: the option does not exist".
    return why.isEmpty() ? stateText(row.state) : tr("%1: %2").arg(stateText(row.state), why);
}

/// "firstname: Ada; phone: 1".
QString ChangesModel::cellsListed(const RowChange &row, QString CellChange::*side) const
{
    QStringList cells;
    for (auto cell = row.cells.cbegin(); cell != row.cells.cend(); ++cell) {
        if (cells.size() == mostCellsListed)
            return cells.join(u"; "_s) + u"; …"_s;
        //: A property and its value.
        cells.append(
            tr("%1: %2").arg(label(row, cell.key()), shown(row, cell.key(), (*cell).*side)));
    }
    return cells.join(u"; "_s);
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
        return role == Qt::ToolTipRole ? shownText(stored(row, property, value))
                                       : shown(row, property, value);
    };
    const CellChange change = row.cells.value(property);
    switch (column) {
    case WhatColumn:
        return role == Qt::ToolTipRole ? property : label(row, property);
    case BeforeColumn:
        return row.kind == ChangeKind::Create ? QVariant() : text(change.before);
    case AfterColumn:
        return text(change.after);
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
        return stored(row, property, change.after);
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
