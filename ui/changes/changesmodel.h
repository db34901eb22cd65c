// SPDX-License-Identifier: MIT
#pragma once

#include "changes/changetext.h"
#include "changes/set/changeset.h"

#include <QAbstractItemModel>

namespace hubkeeper {

class PortalNames;

/// The change set as a tree: records with their state, and in each the properties, old and new.
/// It holds no rows: it reads those that are shown, and follows the change set row by row. A record
/// has a tick unless it was sent: without it, it is left out (ChangeSet::setExcluded()).
class ChangesModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { WhatColumn, BeforeColumn, AfterColumn, StateColumn };
    enum Role {
        StateRole = Qt::UserRole + 100, ///< int: RowState of the record.
        IdRole, ///< QString: the record's id; of an association the second part of its RowKey.
        TypeRole, ///< int: ObjectType.
        PropertyRole, ///< QString: empty on the record's own row.
        ErrorRole, ///< QString: why the record failed; empty if it did not. Masked if need be.
        RecordRole, ///< QString: the id the portal knows the record by; empty if it knows none.
        SubjectRole, ///< int: RowSubject.
    };

    /// Both must outlive the model. The roles of RecordTableModel that a PropertyDelegate asks for
    /// are answered as well: a new value can be edited unless its record is being sent.
    ChangesModel(ChangeSet &changes, const PortalNames &names, QObject *parent);

    /// Names of properties or values became known, or masking was switched.
    void namesChanged();
    /// Shows these rows alone, by ascending sequence numbers; nothing: all. Rows that come to the
    /// change set are not among them by themselves.
    void setShown(std::optional<std::vector<qint64>> rows);
    /// -1: it does not show it.
    [[nodiscard]] int rowOf(qint64 sequence) const;
    /// Of the record in that row.
    [[nodiscard]] qint64 sequenceAt(int row) const;
    /// Whether a record's own line lists its cells, for a view that is too long to be expanded.
    void setListsCells(bool lists);

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &index) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent) const override;
    [[nodiscard]] bool hasChildren(const QModelIndex &parent) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    [[nodiscard]] bool setData(const QModelIndex &index, const QVariant &value, int role) override;

private:
    void follow();
    void onAboutToRemove(int first, int last);
    void onRemoved();
    void onRowsChanged(int first, int last);
    void updateCells(qint64 sequence, int place);
    [[nodiscard]] std::optional<PlaceRange> rowsAt(int first, int last) const;
    [[nodiscard]] const QStringList &propertiesOf(qint64 sequence) const;
    [[nodiscard]] QVariant recordData(const RowChange &row, int column, int role) const;
    [[nodiscard]] QVariant cellData(const RowChange &row, const QString &property, int column,
                                    int role) const;
    [[nodiscard]] QVariant editorData(const RowChange &row, const QString &property,
                                      int role) const;

    ChangeSet &m_changes;
    const PortalNames &m_names;
    const ChangeText m_text;
    std::optional<std::vector<qint64>> m_shown; // Ascending sequence numbers.
    std::optional<PlaceRange> m_leaving; // Rows of the model, while they go.
    /// The properties of the records a view has looked into, as it knows them.
    mutable QHash<qint64, QStringList> m_properties;
    bool m_listsCells = false;
};

/// What a change set finds the row of an index by.
[[nodiscard]] RowKey rowKeyOf(const QModelIndex &index);

} // namespace hubkeeper
