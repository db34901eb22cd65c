// SPDX-License-Identifier: MIT
#include "schema/schemamodel.h"

#include "widgets/icons.h"

#include <QFont>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr quintptr isClass = 0; // An attribute's index carries the number of its class plus 1.

} // namespace

void SchemaModel::setSides(const QList<ClassSides> &sides, bool withFile, bool withLive,
                           const Definitions &definitions)
{
    beginResetModel();
    m_classes = sides;
    m_withFile = withFile;
    m_withLive = withLive;
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
        return int(m_classes.size());
    if (parent.internalId() != isClass || parent.column() > 0)
        return 0;
    return int(m_classes[parent.row()].attributes.size());
}

int SchemaModel::columnCount(const QModelIndex &) const
{
    return 7;
}

const ClassSides *SchemaModel::classAt(const QModelIndex &index) const
{
    if (!index.isValid())
        return nullptr;
    const qsizetype row =
        index.internalId() == isClass ? index.row() : qsizetype(index.internalId()) - 1;
    return &m_classes[row];
}

const AttributeSides *SchemaModel::attributeAt(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == isClass)
        return nullptr;
    return &classAt(index)->attributes[index.row()];
}

const PropertyDefinition *SchemaModel::definitionAt(const QModelIndex &index) const
{
    const AttributeSides *attribute = attributeAt(index);
    const auto type = attribute ? recordTypeOf(classAt(index)->objectClass) : std::nullopt;
    const auto known = type ? m_definitions.constFind(*type) : m_definitions.constEnd();
    if (known == m_definitions.constEnd())
        return nullptr;
    const QString wanted = attribute->property.isEmpty() ? attribute->name : attribute->property;
    const auto found =
        std::find_if(known->begin(), known->end(),
                     [&](const PropertyDefinition &candidate) { return candidate.name == wanted; });
    return found == known->end() ? nullptr : &*found;
}

SchemaModel::Difference SchemaModel::differenceOf(const AttributeSides &attribute) const
{
    if (!isDifferent(attribute))
        return Difference::None;
    if (!m_withFile)
        return Difference::OtherType;
    const QString &other = m_withLive ? attribute.inLive : attribute.inDefault;
    if (attribute.inFile.isEmpty())
        return Difference::NotInFile;
    return other.isEmpty() ? Difference::OnlyInFile : Difference::OtherType;
}

int SchemaModel::differenceCount(Difference difference) const
{
    qsizetype count = 0;
    for (const ClassSides &one : m_classes)
        count +=
            std::count_if(one.attributes.begin(), one.attributes.end(),
                          [&](const AttributeSides &a) { return differenceOf(a) == difference; });
    return int(count);
}

int SchemaModel::differenceCount() const
{
    qsizetype count = 0;
    for (const ClassSides &one : m_classes)
        count += std::count_if(one.attributes.begin(), one.attributes.end(),
                               [this](const AttributeSides &a) { return isDifferent(a); });
    return int(count);
}

QVariant SchemaModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    if (index.internalId() == isClass)
        return classData(m_classes[index.row()], index.column(), role);
    return attributeData(index, role);
}

QVariant SchemaModel::classData(const ClassSides &sides, int column, int role) const
{
    const auto count = [&](QString AttributeSides::*side) {
        return int(std::count_if(sides.attributes.begin(), sides.attributes.end(),
                                 [side](const AttributeSides &a) { return !(a.*side).isEmpty(); }));
    };
    if (role == SearchRole)
        return sides.key;
    if (role == Qt::DecorationRole && column == NameColumn)
        return icon(u"object-class"_s);
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case NameColumn:
        return sides.key;
    case DefaultColumn:
        return tr("%Ln attribute(s)", nullptr, count(&AttributeSides::inDefault));
    case FileColumn:
        return m_withFile ? tr("%Ln attribute(s)", nullptr, count(&AttributeSides::inFile))
                          : QString();
    case LiveColumn:
        return m_withLive ? tr("%Ln attribute(s)", nullptr, count(&AttributeSides::inLive))
                          : QString();
    default:
        return {};
    }
}

QString SchemaModel::note(const AttributeSides &attribute, const PropertyDefinition *known) const
{
    QStringList notes;
    if (attribute.isName)
        notes.append(tr("name of the object"));
    if (!attribute.hasCounterpart)
        notes.append(tr("HubSpot has it no more; always empty"));
    if (known && known->hasUniqueValue)
        notes.append(tr("unique"));
    if (known && known->readOnlyValue)
        notes.append(tr("read-only"));
    if (known && known->calculated)
        notes.append(tr("calculated"));
    if (known && !known->options.isEmpty())
        notes.append(tr("%Ln option(s)", nullptr, int(known->options.size())));
    return notes.join(u", "_s);
}

QVariant SchemaModel::attributeData(const QModelIndex &index, int role) const
{
    const AttributeSides &attribute = *attributeAt(index);
    const PropertyDefinition *known = definitionAt(index);
    if (role == DiffersRole)
        return isDifferent(attribute);
    if (role == SearchRole)
        return attribute.name + u' ' + attribute.property + u' ' + (known ? known->label : u""_s);
    if (role == Qt::ToolTipRole)
        return known && index.column() >= LabelColumn ? known->description
                                                      : data(index, Qt::DisplayRole);
    const Difference difference = differenceOf(attribute);
    const bool isDrift =
        difference == Difference::OtherType || difference == Difference::OnlyInFile;
    if (role == Qt::FontRole && isDrift && index.column() <= DiffersColumn) {
        QFont bold;
        bold.setBold(true);
        return bold;
    }
    if (role != Qt::DisplayRole)
        return {};
    // A side that does not have it says so, unless the side is not known.
    const auto side = [](const QString &text, bool isKnown) {
        return text.isEmpty() && isKnown ? u"–"_s : text;
    };
    switch (index.column()) {
    case NameColumn:
        return attribute.name;
    case DefaultColumn:
        return side(attribute.inDefault, true);
    case FileColumn:
        return side(attribute.inFile, m_withFile);
    case LiveColumn:
        return side(attribute.inLive, m_withLive);
    case DiffersColumn:
        switch (difference) {
        case Difference::None:
            return {};
        case Difference::OtherType:
            return tr("differs");
        case Difference::OnlyInFile:
            return tr("only in the file");
        case Difference::NotInFile:
            return tr("not in the file");
        }
        Q_UNREACHABLE();
    case LabelColumn:
        return known ? known->label : QString();
    default:
        return note(attribute, known);
    }
}

QVariant SchemaModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const QStringList titles {
        tr("Class and attribute"), tr("Default"),         tr("File"), tr("Live"),
        tr("Difference"),          tr("HubSpot's label"), tr("Notes")};
    return titles.value(section);
}

} // namespace hubkeeper
