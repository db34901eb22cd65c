// SPDX-License-Identifier: MIT
#include "session/workbench/linkcolumns.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

QString keyPropertyOf(ObjectType type)
{
    return type == ObjectType::Contacts ? u"email"_s : u"domain"_s;
}

QString linkColumnName(const LinkColumn &column)
{
    QString name = u"associations."_s + nameOf(column.type);
    if (!column.key.isEmpty())
        name += u'.' + column.key;
    return column.label.isEmpty() ? name : name + u'=' + column.label;
}

QString linkColumnLabel(const LinkColumn &column)
{
    const bool isOfContacts = column.type == ObjectType::Contacts;
    QString title = isOfContacts ? u"Associated Contact IDs"_s : u"Associated Company IDs"_s;
    if (!column.key.isEmpty())
        title = (isOfContacts ? u"Associated Contacts: %1"_s : u"Associated Companies: %1"_s)
                    .arg(column.key);
    return column.label.isEmpty() ? title : u"%1 (%2)"_s.arg(title, column.label);
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
    static const QRegularExpression labelled(u"^(.+?)\\s*(?:=(.+)|\\(([^()]+)\\))\\z"_s);
    const QString whole = called.trimmed();
    const auto match = labelled.match(whole);
    const bool isName = match.hasMatch() && !match.captured(2).isEmpty();
    const QString name = match.hasMatch() ? match.captured(1) : whole;
    for (LinkColumn column : importedLinkColumns()) {
        const bool isNamed = name.compare(linkColumnName(column), Qt::CaseInsensitive) == 0;
        const bool isTitled = name.compare(linkColumnLabel(column), Qt::CaseInsensitive) == 0;
        if (match.hasMatch() ? (isName ? isNamed : isTitled) : (isNamed || isTitled)) {
            column.label = match.captured(isName ? 2 : 3).trimmed();
            return column;
        }
    }
    return {};
}

bool canNameAllLinks(const QStringList &columns)
{
    return std::any_of(columns.begin(), columns.end(), [](const QString &column) {
        const std::optional<LinkColumn> link = importedLinkColumn(column);
        return link && link->label.isEmpty();
    });
}

} // namespace hubkeeper
