// SPDX-License-Identifier: MIT
#include "records/inspector/inspectormodel.h"

#include "portal/samevalue.h"
#include "records/grid/recordtablemodel.h"
#include "records/values/cellmark.h"

#include <QFont>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

// A group's index carries 0, a property's the number of its group plus 1.
constexpr quintptr isGroup = 0;

/// "contactinformation" has a label only in another call; a readable form of the name will do.
QString groupLabel(const QString &name)
{
    QString label = name;
    label.replace(u'_', u' ');
    if (!label.isEmpty())
        label[0] = label[0].toUpper();
    label.replace(u"information"_s, u" information"_s);
    return label.simplified();
}

} // namespace

InspectorModel::InspectorModel(ObjectType type, ChangeSet &changes, const PropertyNames &names,
                               QObject *parent)
    : QAbstractItemModel(parent)
    , m_type(type)
    , m_changes(changes)
    , m_names(names)
{
    connect(&m_changes, &ChangeSet::rowTouched, this, &InspectorModel::onTouched);
    connect(&m_changes, &ChangeSet::wasReset, this, &InspectorModel::namesChanged);
}

void InspectorModel::setRecord(const Record &record, const QString &label)
{
    m_record = record;
    m_label = label;
    rebuild();
}

void InspectorModel::clear()
{
    setRecord({}, {});
}

void InspectorModel::namesChanged()
{
    for (int group = 0; group < int(m_groups.size()); ++group)
        repaint(group);
}

void InspectorModel::setFilter(const QString &text)
{
    m_filter = text;
    rebuild();
}

void InspectorModel::setHideEmpty(bool hide)
{
    m_hideEmpty = hide;
    rebuild();
}

bool InspectorModel::isShown(const PropertyDefinition &definition) const
{
    if (!m_record.properties.contains(definition.name))
        return false;
    const QString text = rawText(definition.name);
    const QString before = m_record.text(definition.name);
    if (m_hideEmpty && text.isEmpty() && before.isEmpty())
        return false;
    return m_filter.isEmpty() || definition.label.contains(m_filter, Qt::CaseInsensitive)
        || definition.name.contains(m_filter, Qt::CaseInsensitive)
        || text.contains(m_filter, Qt::CaseInsensitive)
        || before.contains(m_filter, Qt::CaseInsensitive);
}

void InspectorModel::rebuild()
{
    beginResetModel();
    m_groups = shownGroups();
    endResetModel();
}

std::vector<InspectorModel::Group> InspectorModel::shownGroups() const
{
    std::vector<Group> groups;
    for (const PropertyDefinition &definition : m_names.definitions()) {
        if (!isShown(definition))
            continue;
        auto group = std::find_if(groups.begin(), groups.end(), [&](const Group &candidate) {
            return candidate.name == definition.groupName;
        });
        if (group == groups.end())
            group = groups.insert(groups.end(), {definition.groupName, {}});
        group->properties.append(definition.name);
    }
    return groups;
}

void InspectorModel::onTouched(ObjectType type, const QString &id)
{
    if (type != m_type || id != m_record.id)
        return;
    if (shownGroups() != m_groups) // A value was staged where there was none.
        rebuild();
    else
        namesChanged();
}

void InspectorModel::repaint(int group)
{
    const QModelIndex parent = index(group, 0, {});
    const int last = rowCount(parent) - 1;
    emit dataChanged(index(0, 0, parent), index(last, ValueColumn, parent));
}

QString InspectorModel::rawText(const QString &property) const
{
    const auto row = m_changes.row(m_type, m_record.id);
    const auto cell = row ? stagedCell(*row, property) : std::nullopt;
    return cell ? cell->after : m_record.text(property);
}

QString InspectorModel::propertyAt(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == isGroup)
        return {};
    return m_groups[size_t(index.internalId() - 1)].properties[index.row()];
}

QModelIndex InspectorModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? quintptr(parent.row() + 1) : isGroup);
}

QModelIndex InspectorModel::parent(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == isGroup)
        return {};
    return createIndex(int(index.internalId() - 1), 0, isGroup);
}

int InspectorModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return int(m_groups.size());
    if (parent.internalId() != isGroup || parent.column() > 0)
        return 0;
    return int(m_groups[size_t(parent.row())].properties.size());
}

int InspectorModel::columnCount(const QModelIndex &) const
{
    return 2;
}

QVariant InspectorModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const QString property = propertyAt(index);
    if (property.isEmpty()) {
        const bool isTitle = role == Qt::DisplayRole && index.column() == NameColumn;
        return isTitle ? QVariant(groupLabel(m_groups[size_t(index.row())].name)) : QVariant();
    }
    const bool isValue = index.column() == ValueColumn;
    switch (role) {
    case Qt::DisplayRole:
        return isValue ? m_names.shown(property, rawText(property)) : m_names.label(property);
    case RecordTableModel::StoredTextRole:
        return isValue ? m_names.stored(property, rawText(property)) : property;
    case Qt::EditRole:
    case RecordTableModel::RawTextRole:
        return isValue ? rawText(property) : property;
    case RecordTableModel::OriginalTextRole:
        return m_record.text(property);
    case RecordTableModel::ChangedRole: {
        const auto row = m_changes.row(m_type, m_record.id);
        return row && stagedCell(*row, property).has_value();
    }
    case RecordTableModel::MarkRole: {
        const auto row = m_changes.row(m_type, m_record.id);
        return int(row && isValue ? markOf(*row, property, m_names) : CellMark::None);
    }
    case RecordTableModel::ReadOnlyRole:
        return isValue && m_names.isReadOnly(property);
    case RecordTableModel::PropertyRole:
        return property;
    case Qt::ToolTipRole: {
        const PropertyDefinition *definition = m_names.definition(property);
        const QString about = definition && !definition->description.isEmpty()
            ? u"%1\n%2"_s.arg(property, definition->description)
            : property;
        return isValue && m_names.isReadOnly(property)
            ? about + u'\n' + tr("HubSpot sets this value; it cannot be edited.")
            : about;
    }
    default:
        return {};
    }
}

QVariant InspectorModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == NameColumn ? tr("Property") : tr("Value");
}

Qt::ItemFlags InspectorModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractItemModel::flags(index);
    const QString property = propertyAt(index);
    const bool editable = index.column() == ValueColumn && !property.isEmpty() && !m_record.archived
        && !m_names.isReadOnly(property);
    flags.setFlag(Qt::ItemIsEditable, editable);
    return flags;
}

bool InspectorModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::EditRole || !flags(index).testFlag(Qt::ItemIsEditable))
        return false;
    if (holdsPseudonym(value.toString())) {
        emit refused(pseudonymRefusal());
        return false;
    }
    const QString property = propertyAt(index);
    const QString before = m_record.text(property);
    const PropertyDefinition *definition = m_names.definition(property);
    const bool isSame = definition && sameValue(*definition, value.toString(), before);
    m_changes.setText(m_type, m_record, m_label, property, isSame ? before : value.toString());
    return true;
}

} // namespace hubkeeper
