// SPDX-License-Identifier: MIT
#include "configuration/objecttypesmodel.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr quintptr isType = 0; // An attribute's index carries the number of its type plus 1.

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

} // namespace

void ObjectTypesModel::setText(const JsonText &text)
{
    beginResetModel();
    m_types.clear();
    const int types = text.at(u"/objectTypes"_s);
    const bool isObject = types != JsonText::none && text.node(types).kind == JsonKind::Object;
    for (int type = isObject ? text.node(types).firstChild : JsonText::none; type != JsonText::none;
         type = text.node(type).next) {
        Type entry {{{text.keyOf(type), text.stringOf(text.member(type, u"nativeType"_s)), {}, {}},
                     text.pointerOf(type)},
                    {}};
        const int properties = text.member(type, u"properties"_s);
        for (int attribute = properties == JsonText::none ? JsonText::none
                                                          : text.node(properties).firstChild;
             attribute != JsonText::none; attribute = text.node(attribute).next) {
            QStringList flags = textsOf(text, text.member(attribute, u"flags"_s));
            if (text.rawOf(text.member(attribute, u"required"_s)) == "true")
                flags.prepend(u"required"_s);
            entry.attributes.append(
                {{text.keyOf(attribute), text.stringOf(text.member(attribute, u"type"_s)),
                  text.stringOf(text.member(attribute, u"nativeName"_s)), flags.join(u", "_s)},
                 text.pointerOf(attribute)});
        }
        m_types.append(entry);
    }
    endResetModel();
}

QModelIndex ObjectTypesModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? quintptr(parent.row() + 1) : isType);
}

QModelIndex ObjectTypesModel::parent(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == isType)
        return {};
    return createIndex(int(index.internalId() - 1), 0, isType);
}

int ObjectTypesModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return int(m_types.size());
    if (parent.internalId() != isType || parent.column() > 0)
        return 0;
    return int(m_types[parent.row()].attributes.size());
}

int ObjectTypesModel::columnCount(const QModelIndex &) const
{
    return 4;
}

QVariant ObjectTypesModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Entry &entry = index.internalId() == isType
        ? m_types[index.row()].entry
        : m_types[qsizetype(index.internalId()) - 1].attributes[index.row()];
    if (role == Qt::DisplayRole)
        return entry.cells.value(index.column());
    if (role == PointerRole)
        return entry.pointer;
    return {};
}

QVariant ObjectTypesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const QStringList titles {tr("Object type and attribute"), tr("Type"), tr("Native name"),
                              tr("Flags")};
    return titles.value(section);
}

} // namespace hubkeeper
