// SPDX-License-Identifier: MIT
#pragma once

#include "changes/set/changeset.h"

#include <QAbstractItemModel>

namespace hubkeeper {

class Masking;

/// The change set as a tree: records with their state, and in each the properties, old and new.
class ChangesModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { WhatColumn, BeforeColumn, AfterColumn, StateColumn };
    enum Role {
        StateRole = Qt::UserRole, ///< int: RowState of the record.
        IdRole, ///< QString: the record's id.
        TypeRole, ///< int: ObjectType.
        PropertyRole, ///< QString: empty on the record's own row.
        ErrorRole, ///< QString: why the record failed; empty if it did not. Masked if need be.
    };

    /// Both must outlive the model.
    ChangesModel(ChangeSet &changes, const Masking &masking, QObject *parent);

    /// Masking was switched, or knows more.
    void maskingChanged();

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &index) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    void rebuild();
    [[nodiscard]] const RowChange &rowAt(const QModelIndex &index) const;
    [[nodiscard]] QVariant recordData(const RowChange &row, int column, int role) const;
    [[nodiscard]] QVariant cellData(const RowChange &row, int cell, int column, int role) const;
    [[nodiscard]] QString what(const RowChange &row) const;
    [[nodiscard]] QString failure(const RowChange &row) const;
    [[nodiscard]] QString shown(const RowChange &row, const QString &property,
                                const QString &text) const;

    ChangeSet &m_changes;
    const Masking &m_masking;
    std::vector<RowChange> m_rows; // A copy: the tree must not change under a view.
};

/// "Staged", "Applied", "Failed", ...
[[nodiscard]] QString stateText(RowState state);

} // namespace hubkeeper
