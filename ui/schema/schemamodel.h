// SPDX-License-Identifier: MIT
#pragma once

#include "connector/schema.h"
#include "portal/property.h"

#include <QAbstractItemModel>
#include <QHash>

namespace hubkeeper {

/// Object classes with their attributes as a tree, HubSpot's definition of the same name beside
/// each attribute. Marks what only one of the two schemas has.
class SchemaModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, TypeColumn, FlagsColumn, LabelColumn, HubSpotTypeColumn, NoteColumn };
    enum Role {
        JsonRole = Qt::UserRole, ///< QJsonObject: attribute and definition, or the whole class.
        SearchRole, ///< QString: what a filter looks through.
    };

    using Definitions = QHash<ObjectType, QList<PropertyDefinition>>;

    using QAbstractItemModel::QAbstractItemModel;

    /// `other` is the schema to compare with (default or live); without it nothing is marked.
    void setSchema(const Schema &schema, const std::optional<Schema> &other,
                   const Definitions &definitions);

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &index) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    [[nodiscard]] const PropertyDefinition *definition(const ObjectClassInfo &info,
                                                       const AttributeInfo &attribute) const;
    [[nodiscard]] QVariant classData(const ObjectClassInfo &info, int column, int role) const;
    [[nodiscard]] QVariant attributeData(const ObjectClassInfo &info,
                                         const AttributeInfo &attribute, int column,
                                         int role) const;
    [[nodiscard]] QString note(const ObjectClassInfo &info, const AttributeInfo &attribute,
                               const PropertyDefinition *known) const;

    Schema m_schema;
    std::optional<Schema> m_other;
    Definitions m_definitions;
};

} // namespace hubkeeper
