// SPDX-License-Identifier: MIT
#include "changes/groupsmodel.h"

#include <algorithm>

namespace hubkeeper {

namespace {

// An index carries the rows of its parents: the verb's from 1, and the property's from 1 above it.
constexpr int bitsOfVerb = 8;

quintptr idOf(int verb, int property)
{
    return quintptr(verb) | quintptr(property) << bitsOfVerb;
}

bool isSamePattern(const PatternGroup &one, const PatternGroup &other)
{
    return one.pattern.shape == other.pattern.shape && one.pattern.before == other.pattern.before
        && one.pattern.after == other.pattern.after;
}

bool isSameProperty(const PropertyGroup &one, const PropertyGroup &other)
{
    return one.property == other.property
        && std::equal(one.patterns.begin(), one.patterns.end(), other.patterns.begin(),
                      other.patterns.end(), &isSamePattern);
}

bool isSameVerb(const VerbGroup &one, const VerbGroup &other)
{
    return one.verb == other.verb
        && std::equal(one.properties.begin(), one.properties.end(), other.properties.begin(),
                      other.properties.end(), &isSameProperty);
}

QVariant tickOf(const GroupCounts &counts)
{
    if (counts.waiting + counts.excluded == 0)
        return {};
    if (counts.excluded == 0)
        return int(Qt::Checked);
    return int(counts.waiting == 0 ? Qt::Unchecked : Qt::PartiallyChecked);
}

} // namespace

GroupsModel::GroupsModel(const PortalNames &names, QObject *parent)
    : QAbstractItemModel(parent)
    , m_text(names)
{
}

void GroupsModel::setGroups(std::vector<VerbGroup> groups)
{
    const bool isSame =
        std::equal(groups.begin(), groups.end(), m_groups.begin(), m_groups.end(), &isSameVerb);
    if (isSame) {
        m_groups = std::move(groups);
        changedBelow({});
        return;
    }
    beginResetModel();
    m_groups = std::move(groups);
    endResetModel();
}

void GroupsModel::namesChanged()
{
    changedBelow({});
}

void GroupsModel::changedBelow(const QModelIndex &parent)
{
    const int rows = rowCount(parent);
    if (rows == 0)
        return;
    emit dataChanged(index(0, GroupColumn, parent), index(rows - 1, CountColumn, parent));
    for (int row = 0; row < rows; ++row)
        changedBelow(index(row, 0, parent));
}

QModelIndex GroupsModel::index(int row, int column, const QModelIndex &parent) const
{
    if (row < 0 || column < 0 || column > CountColumn || row >= rowCount(parent))
        return {};
    if (!parent.isValid())
        return createIndex(row, column, quintptr(0));
    if (parent.internalId() == 0)
        return createIndex(row, column, idOf(parent.row(), 0));
    return createIndex(row, column, parent.internalId() | idOf(0, parent.row() + 1));
}

QModelIndex GroupsModel::parent(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == 0)
        return {};
    const int verb = int(index.internalId() & ((1U << bitsOfVerb) - 1));
    const int property = int(index.internalId() >> bitsOfVerb);
    return property == 0 ? createIndex(verb, 0, quintptr(0))
                         : createIndex(property - 1, 0, idOf(verb, 0));
}

/// The line of all changes is the first one, beside the verbs: one step to each.
GroupsModel::Place GroupsModel::placeOf(const QModelIndex &index) const
{
    Place place;
    if (!index.isValid() || (index.internalId() == 0 && index.row() == 0))
        return place;
    const QModelIndex above = parent(index);
    if (!above.isValid()) {
        place.verb = &m_groups[size_t(index.row() - 1)];
        return place;
    }
    place = placeOf(above);
    if (place.property)
        place.pattern = &place.property->patterns[size_t(index.row())];
    else
        place.property = &place.verb->properties[size_t(index.row())];
    return place;
}

int GroupsModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return m_groups.empty() ? 0 : int(m_groups.size()) + 1;
    if (parent.column() > 0)
        return 0;
    const Place place = placeOf(parent);
    if (!place.verb || place.pattern)
        return 0;
    return place.property ? int(place.property->patterns.size())
                          : int(place.verb->properties.size());
}

int GroupsModel::columnCount(const QModelIndex &) const
{
    return 2;
}

GroupCounts GroupsModel::countsOf(const Place &place) const
{
    if (place.pattern)
        return place.pattern->counts;
    if (place.property)
        return place.property->counts;
    if (place.verb)
        return place.verb->counts;
    GroupCounts all;
    for (const VerbGroup &group : m_groups) {
        all.rows += group.counts.rows;
        all.waiting += group.counts.waiting;
        all.excluded += group.counts.excluded;
    }
    return all;
}

QString GroupsModel::textOf(const Place &place) const
{
    if (!place.verb)
        return tr("All changes");
    if (!place.property)
        return m_text.verb(place.verb->verb);
    const QString &property = place.property->property;
    if (place.pattern)
        return m_text.pattern(place.verb->verb, property, place.pattern->pattern);
    RowChange row;
    row.type = place.verb->verb.type;
    row.subject = place.verb->verb.subject;
    return m_text.label(row, property);
}

QVariant GroupsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Place place = placeOf(index);
    const GroupCounts counts = countsOf(place);
    const bool isCount = index.column() == CountColumn;
    if (isCount && role == Qt::TextAlignmentRole)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (!isCount && role == Qt::CheckStateRole)
        return tickOf(counts);
    if (isCount && (role == Qt::DisplayRole || role == Qt::ToolTipRole)) {
        if (counts.excluded == 0)
            return tr("%L1").arg(counts.rows);
        //: Records of a group that are sent, and all of them: "788 of 800".
        return tr("%L1 of %L2").arg(counts.rows - counts.excluded).arg(counts.rows);
    }
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole)
        return textOf(place);
    return {};
}

QVariant GroupsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && section == CountColumn)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    return section == GroupColumn ? tr("Group") : tr("Records");
}

Qt::ItemFlags GroupsModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractItemModel::flags(index);
    if (index.isValid() && index.column() == GroupColumn)
        flags.setFlag(Qt::ItemIsUserCheckable, index.data(Qt::CheckStateRole).isValid());
    return flags;
}

bool GroupsModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::CheckStateRole || !flags(index).testFlag(Qt::ItemIsUserCheckable))
        return false;
    emit ticked(index, value.toInt() != Qt::Unchecked);
    return true;
}

std::optional<GroupKey> GroupsModel::keyAt(const QModelIndex &index) const
{
    const Place place = placeOf(index);
    if (!place.verb)
        return {};
    GroupKey key;
    key.verb = place.verb->verb;
    if (place.property)
        key.property = place.property->property;
    if (place.pattern)
        key.pattern = place.pattern->pattern;
    return key;
}

QModelIndex GroupsModel::indexOf(const std::optional<GroupKey> &key) const
{
    if (!key || !key->verb)
        return index(0, 0, {});
    const auto childWhere = [this](const QModelIndex &parent, auto isMeant) {
        for (int row = 0; row < rowCount(parent); ++row) {
            const QModelIndex child = index(row, 0, parent);
            if (isMeant(placeOf(child)))
                return child;
        }
        return QModelIndex();
    };
    const QModelIndex verb = childWhere(
        {}, [&key](const Place &place) { return place.verb && place.verb->verb == *key->verb; });
    if (!verb.isValid() || key->property.isEmpty())
        return verb;
    const QModelIndex property = childWhere(
        verb, [&key](const Place &place) { return place.property->property == key->property; });
    if (!property.isValid() || !key->pattern)
        return property;
    return childWhere(property, [&key](const Place &place) {
        return isSamePattern(*place.pattern, {*key->pattern, {}});
    });
}

} // namespace hubkeeper
