// SPDX-License-Identifier: MIT
#include "tables/workbook/workbookparts.h"

#include "tables/rows/tablestext.h"

#include <QHash>
#include <QXmlStreamReader>

#include <optional>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr auto dtdWord = "DTD"_L1;

struct Relation
{
    QString type;
    QString part;
};

using Relations = QHash<QString, Relation>; // By id.

/// Of a part, or of the package where `source` is empty; none where there are none.
Result<Relations> relationsOf(Package &package, const QString &source)
{
    const qsizetype slash = source.lastIndexOf(u'/');
    const QString part = source.left(slash + 1) + u"_rels/"_s + source.mid(slash + 1) + u".rels"_s;
    Relations relations;
    if (!package.has(part))
        return relations;
    auto device = package.part(part);
    if (!device)
        return tl::unexpected(device.error());
    QXmlStreamReader reader(device->get());
    while (readNextToken(reader)) {
        if (!reader.isStartElement() || reader.name() != "Relationship"_L1)
            continue;
        const QXmlStreamAttributes attributes = reader.attributes();
        if (attributes.value("TargetMode"_L1) == "External"_L1)
            continue;
        relations.insert(attributes.value("Id"_L1).toString(),
                         {attributes.value("Type"_L1).toString(),
                          resolvedPart(source, attributes.value("Target"_L1).toString())});
    }
    if (reader.hasError())
        return tl::unexpected(partError(package, reader, part));
    return relations;
}

/// The types of strict files have other beginnings and the same ends.
QString partOfType(const Relations &relations, const QString &end)
{
    for (const Relation &relation : relations) {
        if (relation.type.endsWith(end))
            return relation.part;
    }
    return {};
}

bool isTrue(QStringView value)
{
    return value == "1"_L1 || value == "true"_L1 || value == "on"_L1;
}

/// What is not a workbook of this kind, by the parts it has.
std::optional<Error> otherFileError(const Package &package)
{
    if (package.has(u"xl/workbook.bin"_s)) {
        return fail(ErrorKind::InvalidInput,
                    TablesText::tr("This is a binary workbook (.xlsb), which is not read."),
                    TablesText::tr("Save it as .xlsx or CSV."))
            .value();
    }
    if (package.has(u"content.xml"_s)) {
        return fail(ErrorKind::InvalidInput,
                    TablesText::tr("This is an OpenDocument file (.ods), which is not read."),
                    TablesText::tr("Save it as .xlsx or CSV."))
            .value();
    }
    if (!package.has(u"xl/workbook.xml"_s)) {
        return fail(ErrorKind::InvalidInput,
                    TablesText::tr("This zip file does not hold a workbook."),
                    TablesText::tr("Unpack it and import the files in it."))
            .value();
    }
    return std::nullopt;
}

struct Listed
{
    WorkbookSheet sheet;
    QString relation;
    QString number; ///< sheetId.
};

Result<QList<Listed>> listedSheets(Package &package, const QString &workbook, bool &isFrom1904)
{
    auto device = package.part(workbook);
    if (!device)
        return tl::unexpected(device.error());
    QList<Listed> listed;
    QXmlStreamReader reader(device->get());
    while (readNextToken(reader)) {
        if (!reader.isStartElement() || !isSheetElement(reader))
            continue;
        const QXmlStreamAttributes attributes = reader.attributes();
        if (reader.name() == "workbookPr"_L1)
            isFrom1904 = isTrue(attributes.value("date1904"_L1));
        if (reader.name() != "sheet"_L1)
            continue;
        Listed one;
        one.sheet.name = attributes.value("name"_L1).toString();
        const QStringView state = attributes.value("state"_L1);
        one.sheet.isHidden = !state.isEmpty() && state != "visible"_L1;
        one.number = attributes.value("sheetId"_L1).toString();
        for (const QXmlStreamAttribute &attribute : attributes) {
            if (attribute.name() == "id"_L1 && !attribute.namespaceUri().isEmpty())
                one.relation = attribute.value().toString();
        }
        listed.append(one);
    }
    if (reader.hasError())
        return tl::unexpected(partError(package, reader, workbook));
    return listed;
}

} // namespace

bool readNextToken(QXmlStreamReader &reader)
{
    if (reader.atEnd())
        return false;
    if (reader.readNext() == QXmlStreamReader::DTD)
        reader.raiseError(dtdWord);
    return !reader.hasError();
}

bool isSheetElement(const QXmlStreamReader &reader)
{
    const QStringView space = reader.namespaceUri();
    return space.isEmpty() || space.endsWith("/spreadsheetml/2006/main"_L1)
        || space == "http://purl.oclc.org/ooxml/spreadsheetml/main"_L1;
}

Error partError(const Package &package, const QXmlStreamReader &reader, const QString &part)
{
    if (package.isOverdrawn())
        return overdrawnError();
    if (reader.errorString() == dtdWord) {
        return fail(ErrorKind::InvalidInput,
                    TablesText::tr("The workbook's part %1 has a document type definition, which "
                                   "workbooks do not have; it may be an attack.")
                        .arg(part),
                    TablesText::tr("Save it again with a spreadsheet, or as CSV."))
            .value();
    }
    return fail(ErrorKind::InvalidInput,
                TablesText::tr("The workbook is damaged: %1, line %2: %3")
                    .arg(part, QString::number(reader.lineNumber()), reader.errorString()),
                TablesText::tr("Get the file again, or save it again with a spreadsheet."))
        .value();
}

Result<WorkbookParts> workbookParts(Package &package)
{
    const auto top = relationsOf(package, {});
    if (!top)
        return tl::unexpected(top.error());
    QString workbook = partOfType(*top, u"/officeDocument"_s);
    if (!package.has(workbook) || workbook.isEmpty()) {
        if (const auto other = otherFileError(package))
            return tl::unexpected(*other);
        workbook = u"xl/workbook.xml"_s;
    } else if (workbook.endsWith(".bin"_L1)) {
        return tl::unexpected(otherFileError(package).value_or(Error {}));
    }
    const auto relations = relationsOf(package, workbook);
    if (!relations)
        return tl::unexpected(relations.error());
    WorkbookParts parts;
    const auto listed = listedSheets(package, workbook, parts.isFrom1904);
    if (!listed)
        return tl::unexpected(listed.error());
    for (Listed one : *listed) {
        const Relation relation = relations->value(one.relation);
        if (!relation.part.isEmpty() && !relation.type.endsWith("/worksheet"_L1))
            continue; // A chart, a dialogue, macros.
        one.sheet.part = !relation.part.isEmpty()
            ? relation.part
            : resolvedPart(workbook, u"worksheets/sheet%1.xml"_s.arg(one.number));
        if (package.has(one.sheet.part))
            parts.sheets.append(one.sheet);
    }
    parts.sharedStrings = partOfType(*relations, u"/sharedStrings"_s);
    parts.styles = partOfType(*relations, u"/styles"_s);
    if (parts.sharedStrings.isEmpty() && package.has(u"xl/sharedStrings.xml"_s))
        parts.sharedStrings = u"xl/sharedStrings.xml"_s;
    if (parts.styles.isEmpty() && package.has(u"xl/styles.xml"_s))
        parts.styles = u"xl/styles.xml"_s;
    return parts;
}

} // namespace hubkeeper
