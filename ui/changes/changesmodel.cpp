// SPDX-License-Identifier: MIT
#include "changes/changesmodel.h"

#include "records/values/propertynames.h"
#include "widgets/icons.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr quintptr isRecord = 0; // A cell's index carries the number of its record plus 1.

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

ChangesModel::ChangesModel(ChangeSet &changes, const Masking &masking, QObject *parent)
    : QAbstractItemModel(parent)
    , m_changes(changes)
    , m_masking(masking)
    , m_rows(changes.rows())
{
    connect(&m_changes, &ChangeSet::changed, this, &ChangesModel::rebuild);
}

void ChangesModel::maskingChanged()
{
    if (m_rows.empty())
        return;
    const int last = int(m_rows.size()) - 1;
    emit dataChanged(index(0, 0, {}), index(last, StateColumn, {}));
    for (int row = 0; row <= last; ++row) {
        const QModelIndex record = index(row, 0, {});
        if (const int cells = rowCount(record); cells > 0)
            emit dataChanged(index(0, 0, record), index(cells - 1, StateColumn, record));
    }
}

void ChangesModel::rebuild()
{
    beginResetModel();
    m_rows = m_changes.rows();
    endResetModel();
}

QModelIndex ChangesModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? quintptr(parent.row() + 1) : isRecord);
}

QModelIndex ChangesModel::parent(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == isRecord)
        return {};
    return createIndex(int(index.internalId() - 1), 0, isRecord);
}

int ChangesModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return int(m_rows.size());
    if (parent.internalId() != isRecord || parent.column() > 0)
        return 0;
    return int(m_rows[size_t(parent.row())].cells.size());
}

int ChangesModel::columnCount(const QModelIndex &) const
{
    return 4;
}

const RowChange &ChangesModel::rowAt(const QModelIndex &index) const
{
    const size_t row =
        index.internalId() == isRecord ? size_t(index.row()) : size_t(index.internalId() - 1);
    return m_rows[row];
}

QVariant ChangesModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const RowChange &row = rowAt(index);
    switch (role) {
    case StateRole:
        return int(row.state);
    case IdRole:
        return row.id;
    case TypeRole:
        return int(row.type);
    case ErrorRole:
        return failure(row);
    default:
        break;
    }
    if (index.internalId() == isRecord)
        return recordData(row, index.column(), role);
    return cellData(row, index.row(), index.column(), role);
}

QString ChangesModel::what(const RowChange &row) const
{
    const QString name = m_masking.name(row.label);
    switch (row.kind) {
    case ChangeKind::Create:
        return row.type == ObjectType::Contacts ? tr("New contact: %1").arg(name)
                                                : tr("New company: %1").arg(name);
    case ChangeKind::Archive:
        return tr("Archive: %1").arg(name);
    case ChangeKind::Update:
        return name;
    }
    Q_UNREACHABLE();
}

/// HubSpot likes to repeat what it refuses.
QString ChangesModel::failure(const RowChange &row) const
{
    if (!row.error)
        return {};
    QStringList known {row.label};
    for (const CellChange &cell : row.cells)
        known << cell.before << cell.after;
    known += row.theirs.values();
    return m_masking.text(row.error->sentence(), known);
}

QString ChangesModel::shown(const RowChange &row, const QString &property,
                            const QString &text) const
{
    return shownText(m_masking.value(row.type, property, text));
}

QVariant ChangesModel::recordData(const RowChange &row, int column, int role) const
{
    if (role == Qt::DecorationRole && column == StateColumn)
        return icon(iconFor(row.state));
    if (role == Qt::ToolTipRole)
        return row.error ? failure(row) : row.id;
    if (role == PropertyRole)
        return QString();
    if (role != Qt::DisplayRole)
        return {};
    if (column == WhatColumn)
        return what(row);
    if (column != StateColumn)
        return {};
    //: The state of a record's changes and the reason: "Failed: the option does not exist".
    return row.error ? tr("%1: %2").arg(stateText(row.state), failure(row)) : stateText(row.state);
}

QVariant ChangesModel::cellData(const RowChange &row, int cell, int column, int role) const
{
    const auto change = std::next(row.cells.begin(), cell);
    if (role == PropertyRole)
        return change.key();
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    switch (column) {
    case WhatColumn:
        return change.key();
    case BeforeColumn:
        return row.kind == ChangeKind::Create ? QVariant()
                                              : shown(row, change.key(), change->before);
    case AfterColumn:
        return shown(row, change.key(), change->after);
    default:
        if (!row.theirs.contains(change.key()))
            return {};
        return tr("HubSpot has now: %1")
            .arg(shown(row, change.key(), row.theirs.value(change.key())));
    }
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
