// SPDX-License-Identifier: MIT
#include "repair/table/repaircolumns.h"

#include "base/similarname.h"
#include "repair/repairtext.h"

#include <QHash>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QString titleKey(const QString &title)
{
    static const QRegularExpression signs(u"[\\s_.-]+"_s);
    return title.toLower().remove(signs);
}

/// HubSpot's labels of properties that lists of people and companies have.
const QHash<QString, QString> &usualTitles()
{
    static const QHash<QString, QString> titles {{u"phonenumber"_s, u"phone"_s},
                                                 {u"telephone"_s, u"phone"_s},
                                                 {u"mobilephonenumber"_s, u"mobilephone"_s},
                                                 {u"mobile"_s, u"mobilephone"_s},
                                                 {u"faxnumber"_s, u"fax"_s},
                                                 {u"emailaddress"_s, u"email"_s},
                                                 {u"websiteurl"_s, u"website"_s},
                                                 {u"companydomainname"_s, u"domain"_s},
                                                 {u"companyname"_s, u"name"_s},
                                                 {u"fullname"_s, u"name"_s},
                                                 {u"postalcode"_s, u"zip"_s},
                                                 {u"country/region"_s, u"country"_s},
                                                 {u"surname"_s, u"lastname"_s},
                                                 {u"forename"_s, u"firstname"_s}};
    return titles;
}

Result<qsizetype> columnTitled(const QStringList &titles, const QString &title)
{
    const qsizetype exact = titles.indexOf(title);
    if (exact >= 0)
        return exact;
    for (qsizetype i = 0; i < titles.size(); ++i) {
        if (titleKey(titles[i]) == titleKey(title))
            return i;
    }
    const auto near = mostSimilarName(title, titles);
    return fail(ErrorKind::InvalidInput,
                RepairText::tr("The table has no column \"%1\".").arg(title),
                near ? RepairText::tr("Did you mean \"%1\"?").arg(*near)
                     : RepairText::tr("It has %1.").arg(titles.join(u", "_s)));
}

/// The columns of the properties that the recipe reads and writes.
Result<RepairColumns> columnsBetween(const QStringList &titles, const Recipe &recipe,
                                     const QHash<QString, QString> &titleOfProperty)
{
    RepairColumns columns;
    columns.titles = titles;
    RepairColumns::Use use;
    for (const QString &property : recipe.from) {
        qsizetype at = columnOfProperty(titles, property);
        if (titleOfProperty.contains(property)) {
            const auto titled = columnTitled(titles, titleOfProperty.value(property));
            if (!titled)
                return tl::unexpected(titled.error());
            at = *titled;
        }
        if (at < 0)
            return fail(ErrorKind::InvalidInput,
                        RepairText::tr("The recipe %1 reads %2, and the table has no such column.")
                            .arg(recipe.name, property),
                        RepairText::tr("Say which one it is: --column TITLE=%1.").arg(property));
        use.from.append(at);
    }
    for (const QString &property : recipe.to) {
        const QString title = titleOfProperty.value(property, property);
        qsizetype at = titleOfProperty.contains(property) ? columns.titles.indexOf(title)
                                                          : columnOfProperty(titles, property);
        if (at < 0) {
            at = columns.titles.size();
            columns.titles.append(title);
        }
        use.to.append(at);
    }
    columns.uses.append(use);
    return columns;
}

} // namespace

qsizetype columnOfProperty(const QStringList &titles, const QString &property)
{
    for (qsizetype i = 0; i < titles.size(); ++i) {
        const QString key = titleKey(titles[i]);
        if (key == titleKey(property) || usualTitles().value(key) == property)
            return i;
    }
    return -1;
}

Result<RepairColumns> repairColumns(const QStringList &titles, const Recipe &recipe,
                                    const QStringList &chosen)
{
    QHash<QString, QString> titleOfProperty;
    QList<qsizetype> places;
    for (const QString &choice : chosen) {
        const qsizetype equals = choice.lastIndexOf(u'=');
        if (equals > 0 && !titles.contains(choice)) {
            titleOfProperty.insert(choice.mid(equals + 1), choice.left(equals));
            continue;
        }
        const auto place = columnTitled(titles, choice);
        if (!place)
            return tl::unexpected(place.error());
        if (!places.contains(*place))
            places.append(*place);
    }
    if (recipe.isBetween())
        return columnsBetween(titles, recipe, titleOfProperty);
    if (chosen.isEmpty()) {
        for (qsizetype i = 0; i < titles.size(); ++i) {
            const bool isMeant = recipe.properties.contains(u"*"_s)
                || std::any_of(recipe.properties.begin(), recipe.properties.end(),
                               [&](const QString &property) {
                                   return columnOfProperty({titles[i]}, property) == 0;
                               });
            if (isMeant)
                places.append(i);
        }
    }
    RepairColumns columns;
    columns.titles = titles;
    for (const qsizetype place : std::as_const(places))
        columns.uses.append({{place}, {place}});
    if (columns.uses.isEmpty())
        return fail(
            ErrorKind::InvalidInput,
            RepairText::tr("Nothing says which columns the recipe %1 is for.").arg(recipe.name),
            RepairText::tr("Name them with --column. The table has %1.").arg(titles.join(u", "_s)));
    return columns;
}

} // namespace hubkeeper
