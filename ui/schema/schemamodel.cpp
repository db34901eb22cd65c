// SPDX-License-Identifier: MIT
#include "schema/schemamodel.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr quintptr isClass = 0; // An attribute's index carries the number of its class plus 1.

std::optional<ObjectType> recordType(ObjectClass objectClass)
{
    if (objectClass == ObjectClass::Contact)
        return ObjectType::Contacts;
    if (objectClass == ObjectClass::Company)
        return ObjectType::Companies;
    return std::nullopt;
}

QJsonObject asJson(const AttributeInfo &attribute)
{
    return {{u"name"_s, attribute.name},
            {u"nativeName"_s, attribute.nativeName},
            {u"type"_s, attribute.type},
            {u"nativeType"_s, attribute.nativeType},
            {u"required"_s, attribute.required},
            {u"flags"_s, QJsonArray::fromStringList(attribute.flags())}};
}

} // namespace

void SchemaModel::setSchema(const Schema &schema, const std::optional<Schema> &other,
                            const Definitions &definitions)
{
    beginResetModel();
    m_schema = schema;
    m_other = other;
    m_definitions = definitions;
    endResetModel();
}

QModelIndex SchemaModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? quintptr(parent.row() + 1) : isClass);
}

QModelIndex SchemaModel::parent(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == isClass)
        return {};
    return createIndex(int(index.internalId() - 1), 0, isClass);
}

int SchemaModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return int(m_schema.classes.size());
    if (parent.internalId() != isClass || parent.column() > 0)
        return 0;
    return int(m_schema.classes[parent.row()].attributes.size());
}

int SchemaModel::columnCount(const QModelIndex &) const
{
    return 6;
}

const PropertyDefinition *SchemaModel::definition(const ObjectClassInfo &info,
                                                  const AttributeInfo &attribute) const
{
    const auto type = recordType(info.objectClass);
    const auto known = type ? m_definitions.constFind(*type) : m_definitions.constEnd();
    if (known == m_definitions.constEnd())
        return nullptr;
    const QString &wanted = attribute.property.isEmpty() ? attribute.name : attribute.property;
    for (const PropertyDefinition &candidate : *known) {
        if (candidate.name == wanted)
            return &candidate;
    }
    return nullptr;
}

QVariant SchemaModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    if (index.internalId() == isClass)
        return classData(m_schema.classes[index.row()], index.column(), role);
    const ObjectClassInfo &info = m_schema.classes[qsizetype(index.internalId()) - 1];
    return attributeData(info, info.attributes[index.row()], index.column(), role);
}

QVariant SchemaModel::classData(const ObjectClassInfo &info, int column, int role) const
{
    if (role == JsonRole)
        return info.toJson();
    if (role == SearchRole)
        return info.name();
    if (role != Qt::DisplayRole)
        return {};
    if (column == NameColumn)
        return info.name();
    if (column == TypeColumn)
        return tr("%Ln attribute(s)", nullptr, int(info.attributes.size()));
    if (column == NoteColumn)
        return info.operations().join(u", "_s);
    return {};
}

QString SchemaModel::note(const ObjectClassInfo &info, const AttributeInfo &attribute,
                          const PropertyDefinition *known) const
{
    QStringList notes;
    if (m_other && !m_other->of(info.objectClass).find(attribute.name))
        notes.append(tr("only in this schema"));
    if (attribute.source == AttributeSource::None)
        notes.append(tr("HubSpot has it no more; always empty"));
    if (known && known->hasUniqueValue)
        notes.append(tr("unique"));
    if (known && known->calculated)
        notes.append(tr("calculated"));
    if (known && !known->options.isEmpty())
        notes.append(tr("%Ln option(s)", nullptr, int(known->options.size())));
    return notes.join(u", "_s);
}

QVariant SchemaModel::attributeData(const ObjectClassInfo &info, const AttributeInfo &attribute,
                                    int column, int role) const
{
    const PropertyDefinition *known = definition(info, attribute);
    if (role == JsonRole) {
        QJsonObject json {{u"attribute"_s, asJson(attribute)}};
        if (known)
            json.insert(u"property"_s, known->json);
        return json;
    }
    if (role == SearchRole)
        return attribute.name + u' ' + (known ? known->label + u' ' + known->name : QString());
    if (role == Qt::ToolTipRole && known)
        return known->description;
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case NameColumn:
        return attribute.name;
    case TypeColumn:
        return attribute.isMultiValued() ? tr("several of %1").arg(attribute.itemType)
                                         : attribute.type;
    case FlagsColumn: {
        QStringList flags;
        if (attribute.required)
            flags.append(tr("required"));
        if (!attribute.creatable && !attribute.updateable)
            flags.append(tr("read-only"));
        if (attribute.isName())
            flags.append(tr("name of the object"));
        return flags.join(u", "_s);
    }
    case LabelColumn:
        return known ? known->label : QString();
    case HubSpotTypeColumn:
        return known ? u"%1 / %2"_s.arg(known->type, known->fieldType) : QString();
    default:
        return note(info, attribute, known);
    }
}

QVariant SchemaModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const QStringList titles {tr("Class and attribute"), tr("Type"),           tr("Flags"),
                              tr("HubSpot's label"),     tr("HubSpot's type"), tr("Notes")};
    return titles.value(section);
}

} // namespace hubkeeper
