// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/document.h"

#include <QAbstractItemModel>

namespace hubkeeper {

/// The object types of a provisioner with their attributes, as they stand in the document.
class ObjectTypesModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, TypeColumn, NativeNameColumn, FlagsColumn };
    enum Role { PointerRole = Qt::UserRole }; ///< QString: JSON pointer of the entry.

    using QAbstractItemModel::QAbstractItemModel;

    void setText(const JsonText &text);

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &index) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    struct Entry
    {
        QStringList cells;
        QString pointer;
    };
    struct Type
    {
        Entry entry;
        QList<Entry> attributes;
    };

    QList<Type> m_types;
};

} // namespace hubkeeper
