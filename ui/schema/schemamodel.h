// SPDX-License-Identifier: MIT
#pragma once

#include "portal/property.h"
#include "session/schema/schemasides.h"

#include <QAbstractItemModel>
#include <QHash>

namespace hubkeeper {

/// Object classes with their attributes as a tree: the connector's default, the file and the live
/// schema side by side, HubSpot's definition beside them. What differs is marked.
class SchemaModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column {
        NameColumn,
        DefaultColumn,
        FileColumn,
        LiveColumn,
        DiffersColumn,
        LabelColumn,
        NoteColumn
    };
    enum Role {
        SearchRole = Qt::UserRole, ///< QString: what a filter looks through.
        DiffersRole, ///< bool
    };

    using Definitions = QHash<ObjectType, QList<PropertyDefinition>>;

    using QAbstractItemModel::QAbstractItemModel;

    /// `withFile`, `withLive`: which sides are known.
    void setSides(const QList<ClassSides> &sides, bool withFile, bool withLive,
                  const Definitions &definitions);

    /// Null for an invalid index.
    [[nodiscard]] const ClassSides *classAt(const QModelIndex &index) const;
    /// Null for a class.
    [[nodiscard]] const AttributeSides *attributeAt(const QModelIndex &index) const;
    /// HubSpot's definition behind an attribute; null if there is none, or it was not read.
    [[nodiscard]] const PropertyDefinition *definitionAt(const QModelIndex &index) const;
    /// In what an attribute differs.
    enum class Difference {
        None,
        OtherType, ///< It is on two sides at least, and they do not agree.
        OnlyInFile, ///< The portal, or the connector's default, does not have it.
        NotInFile, ///< The file does not declare it.
    };
    /// How many attributes differ, in this or in anything.
    [[nodiscard]] int differenceCount(Difference difference) const;
    [[nodiscard]] int differenceCount() const;

    [[nodiscard]] QModelIndex index(int row, int column,
                                    const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &index) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    [[nodiscard]] QVariant classData(const ClassSides &sides, int column, int role) const;
    [[nodiscard]] QVariant attributeData(const QModelIndex &index, int role) const;
    [[nodiscard]] QString note(const AttributeSides &attribute,
                               const PropertyDefinition *known) const;
    [[nodiscard]] Difference differenceOf(const AttributeSides &attribute) const;
    [[nodiscard]] bool isDifferent(const AttributeSides &attribute) const
    {
        return differs(attribute, m_withFile, m_withLive);
    }

    QList<ClassSides> m_classes;
    bool m_withFile = false;
    bool m_withLive = false;
    Definitions m_definitions;
};

} // namespace hubkeeper
