// SPDX-License-Identifier: MIT
#include "session/schema/schemaexport.h"

#include "tables/csv.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QString markdownCell(QString text)
{
    return text.replace(u'|', u"\\|"_s).replace(u'\n', u' ');
}

QStringList cellsOf(const AttributeSides &attribute, bool withFile, bool withLive)
{
    return {attribute.name,      attribute.property,
            attribute.inDefault, attribute.inFile,
            attribute.inLive,    differs(attribute, withFile, withLive) ? u"yes"_s : u"no"_s};
}

} // namespace

QByteArray schemaAsCsv(const QList<ClassSides> &sides, bool withFile, bool withLive)
{
    QByteArray text = csvLine({u"class"_s, u"attribute"_s, u"property"_s, u"default"_s, u"file"_s,
                               u"live"_s, u"differs"_s},
                              Formulas::Disarm);
    for (const ClassSides &one : sides) {
        for (const AttributeSides &attribute : one.attributes) {
            text += csvLine(QStringList {one.key} + cellsOf(attribute, withFile, withLive),
                            Formulas::Disarm);
        }
    }
    return text;
}

QByteArray schemaAsMarkdown(const QList<ClassSides> &sides, bool withFile, bool withLive)
{
    QString text = u"# Schema\n"_s;
    for (const ClassSides &one : sides) {
        text += u"\n## %1\n\n| attribute | property | default | file | live | differs |\n"_s.arg(
            one.key);
        text += u"|---|---|---|---|---|---|\n"_s;
        for (const AttributeSides &attribute : one.attributes) {
            QStringList cells = cellsOf(attribute, withFile, withLive);
            for (QString &cell : cells)
                cell = markdownCell(cell);
            text += u"| %1 |\n"_s.arg(cells.join(u" | "_s));
        }
    }
    return text.toUtf8();
}

QByteArray schemaAsJson(const QList<ClassSides> &sides, bool withFile, bool withLive)
{
    QJsonArray classes;
    for (const ClassSides &one : sides) {
        QJsonArray attributes;
        for (const AttributeSides &attribute : one.attributes)
            attributes.append(QJsonObject {{u"name"_s, attribute.name},
                                           {u"property"_s, attribute.property},
                                           {u"default"_s, attribute.inDefault},
                                           {u"file"_s, attribute.inFile},
                                           {u"live"_s, attribute.inLive},
                                           {u"differs"_s, differs(attribute, withFile, withLive)}});
        classes.append(QJsonObject {{u"class"_s, one.key}, {u"attributes"_s, attributes}});
    }
    return QJsonDocument(classes).toJson();
}

} // namespace hubkeeper
