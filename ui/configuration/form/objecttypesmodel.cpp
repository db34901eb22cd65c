// SPDX-License-Identifier: MIT
#include "configuration/form/objecttypesmodel.h"

#include "base/shownname.h"
#include "configuration/findings/findingnotes.h"
#include "configuration/findings/findingplaces.h"
#include "configuration/findings/jsonpointers.h"
#include "provisioner/document/objecttypeedits.h"
#include "widgets/icons.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QString textOf(const JsonText &text, int object, const QString &key)
{
    const int node = text.member(object, key);
    return node == JsonText::none ? QString() : text.stringOf(node);
}

QStringList textsOf(const JsonText &text, int array)
{
    QStringList texts;
    if (array == JsonText::none || text.node(array).kind != JsonKind::Array)
        return texts;
    for (int child = text.node(array).firstChild; child != JsonText::none;
         child = text.node(child).next)
        texts.append(text.stringOf(child));
    return texts;
}

int firstMember(const JsonText &text, int object)
{
    const bool isObject = object != JsonText::none && text.node(object).kind == JsonKind::Object;
    return isObject ? text.node(object).firstChild : JsonText::none;
}

/// How many rows at both ends of two lists are the same; what is between them was exchanged.
struct SameEnds
{
    int head = 0;
    int tail = 0;
};

template <typename A, typename B, typename Same>
SameEnds sameEnds(const A &before, const B &after, Same same)
{
    SameEnds ends;
    const int shorter = int(std::min(std::size(before), std::size(after)));
    while (ends.head < shorter && same(before[ends.head], after[ends.head]))
        ++ends.head;
    while (
        ends.tail < shorter - ends.head
        && same(before[std::size(before) - 1 - ends.tail], after[std::size(after) - 1 - ends.tail]))
        ++ends.tail;
    return ends;
}

} // namespace

ObjectTypesModel::Types ObjectTypesModel::typesOf(const JsonText &text)
{
    Types types;
    for (int node = firstMember(text, text.at(u"/objectTypes"_s)); node != JsonText::none;
         node = text.node(node).next) {
        auto type = std::make_unique<Type>();
        type->entry.key = text.keyOf(node);
        type->entry.pointer = text.pointerOf(node);
        type->entry.cells[NameColumn] = type->entry.key;
        type->entry.cells[NativeTypeColumn] = textOf(text, node, u"nativeType"_s);
        for (int child = firstMember(text, text.member(node, u"properties"_s));
             child != JsonText::none; child = text.node(child).next) {
            Entry entry;
            entry.key = text.keyOf(child);
            entry.pointer = text.pointerOf(child);
            entry.flags = textsOf(text, text.member(child, u"flags"_s));
            const int required = text.member(child, u"required"_s);
            entry.required = required != JsonText::none && text.rawOf(required) == "true";
            entry.cells = {entry.key,
                           textOf(text, child, u"type"_s),
                           textOf(text, child, u"nativeType"_s),
                           textOf(text, child, u"nativeName"_s),
                           {},
                           entry.flags.join(u", "_s)};
            type->attributes.append(entry);
        }
        //: Of an object type: how many attributes it has.
        type->entry.cells[TypeColumn] =
            tr("%Ln attribute(s)", nullptr, int(type->attributes.size()));
        types.push_back(std::move(type));
    }
    return types;
}

void ObjectTypesModel::setDocument(Document *document)
{
    beginResetModel();
    m_document = document;
    m_types = document ? typesOf(document->text()) : Types();
    m_findings.clear();
    endResetModel();
}

void ObjectTypesModel::refresh()
{
    if (m_document && m_document->text().isValid())
        takeTypes(typesOf(m_document->text()));
}

void ObjectTypesModel::takeTypes(Types next)
{
    const auto same = [](const std::unique_ptr<Type> &a, const std::unique_ptr<Type> &b) {
        return a->entry.key == b->entry.key;
    };
    const SameEnds ends = sameEnds(m_types, next, same);
    const int before = int(m_types.size()) - ends.head - ends.tail;
    const int after = int(next.size()) - ends.head - ends.tail;
    if (before > after) {
        const int first = ends.head + after;
        beginRemoveRows({}, first, ends.head + before - 1);
        m_types.erase(m_types.begin() + first, m_types.begin() + ends.head + before);
        endRemoveRows();
    } else if (after > before) {
        const int first = ends.head + before;
        beginInsertRows({}, first, ends.head + after - 1);
        for (int row = first; row < ends.head + after; ++row)
            m_types.insert(m_types.begin() + row, std::make_unique<Type>(*next[size_t(row)]));
        endInsertRows();
    }
    for (int row = 0; row < int(m_types.size()); ++row) {
        takeEntry(m_types[size_t(row)]->entry, next[size_t(row)]->entry, index(row, 0));
        takeAttributes(row, next[size_t(row)]->attributes);
    }
}

void ObjectTypesModel::takeAttributes(int row, const QList<Entry> &next)
{
    QList<Entry> &own = m_types[size_t(row)]->attributes;
    const auto same = [](const Entry &a, const Entry &b) { return a.key == b.key; };
    const SameEnds ends = sameEnds(own, next, same);
    const int before = int(own.size()) - ends.head - ends.tail;
    const int after = int(next.size()) - ends.head - ends.tail;
    const QModelIndex type = index(row, 0);
    if (before > after) {
        const int first = ends.head + after;
        beginRemoveRows(type, first, ends.head + before - 1);
        own.remove(first, before - after);
        endRemoveRows();
    } else if (after > before) {
        const int first = ends.head + before;
        beginInsertRows(type, first, ends.head + after - 1);
        for (int at = first; at < ends.head + after; ++at)
            own.insert(at, next[at]);
        endInsertRows();
    }
    for (int at = 0; at < own.size(); ++at)
        takeEntry(own[at], next[at], index(at, 0, type));
}

void ObjectTypesModel::takeEntry(Entry &entry, const Entry &next, const QModelIndex &index)
{
    if (entry == next)
        return;
    entry = next;
    emit dataChanged(index, index.siblingAtColumn(ColumnCount - 1));
}

void ObjectTypesModel::setFindings(const QList<Finding> &findings)
{
    m_findings = findings;
    const QList<int> roles {Qt::DecorationRole, Qt::ToolTipRole, Qt::AccessibleDescriptionRole};
    for (int row = 0; row < int(m_types.size()); ++row) {
        const QModelIndex type = index(row, 0);
        emit dataChanged(type, type, roles);
        if (const int count = rowCount(type); count > 0)
            emit dataChanged(index(0, 0, type), index(count - 1, 0, type), roles);
    }
}

bool ObjectTypesModel::isAttribute(const QModelIndex &index) const
{
    return index.isValid() && index.internalPointer() != nullptr;
}

QModelIndex ObjectTypesModel::indexOf(const QString &pointer) const
{
    for (int row = 0; row < int(m_types.size()); ++row) {
        const Type &type = *m_types[size_t(row)];
        if (!isAtOrBelow(pointer, type.entry.pointer))
            continue;
        for (int at = 0; at < type.attributes.size(); ++at) {
            if (isAtOrBelow(pointer, type.attributes[at].pointer))
                return index(at, 0, index(row, 0));
        }
        return index(row, 0);
    }
    return {};
}

QModelIndex ObjectTypesModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column,
                       parent.isValid() ? m_types[size_t(parent.row())].get() : nullptr);
}

QModelIndex ObjectTypesModel::parent(const QModelIndex &index) const
{
    if (!isAttribute(index))
        return {};
    const auto owner = std::find_if(m_types.begin(), m_types.end(), [&](const auto &type) {
        return type.get() == index.internalPointer();
    });
    return owner == m_types.end() ? QModelIndex()
                                  : createIndex(int(owner - m_types.begin()), 0, nullptr);
}

int ObjectTypesModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return int(m_types.size());
    if (isAttribute(parent) || parent.column() > 0)
        return 0;
    return int(m_types[size_t(parent.row())]->attributes.size());
}

int ObjectTypesModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

const ObjectTypesModel::Entry &ObjectTypesModel::entryOf(const QModelIndex &index) const
{
    return isAttribute(index)
        ? static_cast<const Type *>(index.internalPointer())->attributes[index.row()]
        : m_types[size_t(index.row())]->entry;
}

QVariant ObjectTypesModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Entry &entry = entryOf(index);
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return entry.cells[size_t(index.column())];
    case Qt::CheckStateRole:
        if (index.column() != RequiredColumn || !isAttribute(index))
            return {};
        return entry.required ? Qt::Checked : Qt::Unchecked;
    case PointerRole:
        return entry.pointer;
    case FlagsRole:
        return entry.flags;
    default:
        break;
    }
    if (index.column() != NameColumn)
        return {};
    const Finding *finding = worstBelow(m_findings, entry.pointer);
    if (role == Qt::DecorationRole) {
        return finding           ? iconOf(finding->severity)
            : isAttribute(index) ? icon(u"attribute"_s)
                                 : icon(u"object-class"_s);
    }
    if ((role == Qt::ToolTipRole || role == Qt::AccessibleDescriptionRole) && finding)
        return finding->message;
    return {};
}

QVariant ObjectTypesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    if (role == Qt::DisplayRole) {
        const QStringList titles {tr("Name"),        tr("Type"),     tr("Native type"),
                                  tr("Native name"), tr("Required"), tr("Flags")};
        return titles.value(section);
    }
    const QStringList notes {
        tr("What IDM calls it"),
        tr("IDM's type of an attribute"),
        tr("Of an object type: the connector's object class. Of an attribute: the connector's "
           "type"),
        tr("What the connector calls the attribute; the name if it is left out"),
        tr("IDM refuses to create without it"),
        tr("What cannot be done with the attribute"),
    };
    return notes.value(section);
}

Qt::ItemFlags ObjectTypesModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractItemModel::flags(index);
    if (!index.isValid() || !m_document || !m_document->text().isValid())
        return flags;
    if (!isAttribute(index)) {
        const bool editable = index.column() == NameColumn || index.column() == NativeTypeColumn;
        return editable ? flags | Qt::ItemIsEditable : flags;
    }
    flags |= Qt::ItemNeverHasChildren;
    return flags
        | (index.column() == RequiredColumn ? Qt::ItemIsUserCheckable : Qt::ItemIsEditable);
}

bool ObjectTypesModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    const bool fits = index.isValid() && m_document
        && role == (index.column() == RequiredColumn ? Qt::CheckStateRole : Qt::EditRole);
    if (!fits || !(flags(index) & (Qt::ItemIsEditable | Qt::ItemIsUserCheckable)))
        return false;
    const auto done = write(index, value);
    if (!done)
        emit failed(done.error());
    return done.has_value();
}

Result<void> ObjectTypesModel::write(const QModelIndex &index, const QVariant &value)
{
    const Entry entry = entryOf(index); // A copy: the edit brings a new state.
    const QString text = value.toString().trimmed();
    //: Name of a step; %1 is an attribute or object type, %2 what of it: "email: type".
    const QString step =
        tr("%1: %2").arg(shownName(entry.key),
                         headerData(index.column(), Qt::Horizontal, Qt::DisplayRole).toString());
    switch (index.column()) {
    case NameColumn:
        return renameEntry(*m_document, entry.pointer, text,
                           tr("Rename %1").arg(shownName(entry.key)));
    case TypeColumn:
        if (text == entry.cells[TypeColumn])
            return {};
        return setAttributeType(*m_document, entry.pointer, text, step);
    case NativeTypeColumn:
        return writeMember(entry, u"nativeType"_s, text, step);
    case NativeNameColumn:
        return writeMember(entry, u"nativeName"_s, text, step);
    case RequiredColumn:
        return m_document->setValue(entry.pointer + u"/required"_s, value.toInt() == Qt::Checked,
                                    step);
    case FlagsColumn:
        if (value.toStringList() == entry.flags)
            return {};
        return setFlags(*m_document, entry.pointer, value.toStringList(), step);
    default:
        return {};
    }
}

Result<void> ObjectTypesModel::writeMember(const Entry &entry, const QString &member,
                                           const QString &text, const QString &step)
{
    const QString pointer = entry.pointer + u'/' + member;
    if (text == m_document->value(pointer).toString())
        return {};
    return text.isEmpty() ? m_document->removeValue(pointer, step)
                          : m_document->setValue(pointer, text, step);
}

} // namespace hubkeeper
