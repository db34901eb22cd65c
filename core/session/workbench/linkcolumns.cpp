// SPDX-License-Identifier: MIT
#include "session/workbench/linkcolumns.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

QString keyPropertyOf(ObjectType type)
{
    return type == ObjectType::Contacts ? u"email"_s : u"domain"_s;
}

QString linkColumnName(const LinkColumn &column)
{
    const QString name = u"associations."_s + nameOf(column.type);
    return column.key.isEmpty() ? name : name + u'.' + column.key;
}

QString linkColumnLabel(const LinkColumn &column)
{
    const bool isOfContacts = column.type == ObjectType::Contacts;
    if (column.key.isEmpty())
        return isOfContacts ? u"Associated Contact IDs"_s : u"Associated Company IDs"_s;
    return (isOfContacts ? u"Associated Contacts: %1"_s : u"Associated Companies: %1"_s)
        .arg(column.key);
}

QList<LinkColumn> importedLinkColumns()
{
    QList<LinkColumn> columns;
    for (const ObjectType type : {ObjectType::Companies, ObjectType::Contacts})
        columns << LinkColumn {type, {}} << LinkColumn {type, keyPropertyOf(type)};
    return columns;
}

std::optional<LinkColumn> importedLinkColumn(const QString &called)
{
    const QString name = called.trimmed();
    for (const LinkColumn &column : importedLinkColumns()) {
        if (name.compare(linkColumnName(column), Qt::CaseInsensitive) == 0
            || name.compare(linkColumnLabel(column), Qt::CaseInsensitive) == 0)
            return column;
    }
    return {};
}

} // namespace hubkeeper
