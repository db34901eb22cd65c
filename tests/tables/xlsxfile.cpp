// SPDX-License-Identifier: MIT
#include "tables/xlsxfile.h"

#include <QFile>
#include <QTemporaryDir>

#include <array>
#include <zip.h>

using namespace Qt::StringLiterals;

namespace hubkeeper::test {

namespace {

const QByteArray prolog = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

QByteArray mainSpace(bool isStrict)
{
    return isStrict ? "http://purl.oclc.org/ooxml/spreadsheetml/main"
                    : "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
}

QByteArray relationSpace(bool isStrict)
{
    return isStrict ? "http://purl.oclc.org/ooxml/officeDocument/relationships"
                    : "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
}

QByteArray relations(const QList<std::array<QByteArray, 3>> &list, bool isStrict)
{
    QByteArray xml = prolog
        + "<Relationships "
          "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
    for (const auto &[id, type, target] : list)
        xml += "<Relationship Id=\"" + id + "\" Type=\"" + relationSpace(isStrict) + '/' + type
            + "\" Target=\"" + target + "\"/>";
    return xml + "</Relationships>";
}

QByteArray workbook(const XlsxFile &file)
{
    QByteArray xml = prolog + "<workbook xmlns=\"" + mainSpace(file.isStrict) + "\" xmlns:r=\""
        + relationSpace(file.isStrict) + "\"><workbookPr " + file.workbookProperties + "/><sheets>";
    for (qsizetype i = 0; i < file.sheets.size(); ++i) {
        const QByteArray number = QByteArray::number(i + 1);
        const XlsxSheet &sheet = file.sheets[i];
        xml += "<sheet name=\"" + sheet.name + "\" sheetId=\"" + number + "\" r:id=\"rId" + number
            + '"' + (sheet.state.isEmpty() ? QByteArray() : " state=\"" + sheet.state + '"') + "/>";
    }
    return xml + "</sheets></workbook>";
}

QByteArray stylesPart(const XlsxFile &file)
{
    QByteArray xml = prolog + "<styleSheet xmlns=\"" + mainSpace(file.isStrict) + "\"><numFmts>"
        + file.formats
        + "</numFmts><cellStyleXfs count=\"1\"><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs>";
    for (const int format : file.styles)
        xml += "<xf numFmtId=\"" + QByteArray::number(format) + "\"/>";
    return xml + "</cellXfs></styleSheet>";
}

} // namespace

QByteArray XlsxFile::bytes(Packing packing) const
{
    QMap<QByteArray, QByteArray> all;
    const QByteArray base = hasAbsoluteTargets ? "/xl/" : "";
    QList<std::array<QByteArray, 3>> targets;
    for (qsizetype i = 0; i < sheets.size(); ++i) {
        const QByteArray name = "worksheets/sheet" + QByteArray::number(i + 1) + ".xml";
        targets.append({"rId" + QByteArray::number(i + 1), "worksheet", base + name});
        all["xl/" + name] = prolog + "<worksheet xmlns=\"" + mainSpace(isStrict) + "\"><sheetData>"
            + sheets[i].rows + "</sheetData>" + sheets[i].after + "</worksheet>";
    }
    targets.append({"rIdS", "styles", base + "styles.xml"});
    all["xl/styles.xml"] = stylesPart(*this);
    if (!strings.isEmpty()) {
        targets.append({"rIdT", "sharedStrings", base + "sharedStrings.xml"});
        all["xl/sharedStrings.xml"] =
            prolog + "<sst xmlns=\"" + mainSpace(isStrict) + "\">" + strings + "</sst>";
    }
    all["[Content_Types].xml"] =
        prolog + "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";
    all["_rels/.rels"] = relations(
        {{"rId1", "officeDocument", hasAbsoluteTargets ? "/xl/workbook.xml" : "xl/workbook.xml"}},
        isStrict);
    all["xl/workbook.xml"] = workbook(*this);
    all["xl/_rels/workbook.xml.rels"] = relations(targets, isStrict);
    for (auto part = parts.cbegin(); part != parts.cend(); ++part)
        all[part.key()] = part.value();
    for (const QByteArray &part : without)
        all.remove(part);
    return zipOf(all, packing);
}

QByteArray zipOf(const QMap<QByteArray, QByteArray> &parts, Packing packing)
{
    const QTemporaryDir folder;
    const QByteArray path = QFile::encodeName(folder.filePath(u"made.zip"_s));
    int code = 0;
    zip_t *archive = zip_open(path.constData(), ZIP_CREATE | ZIP_TRUNCATE, &code);
    if (!archive)
        qFatal("no zip file: %d", code);
    for (auto part = parts.cbegin(); part != parts.cend(); ++part) {
        zip_source_t *source = zip_source_buffer(archive, part.value().constData(),
                                                 zip_uint64_t(part.value().size()), 0);
        const zip_int64_t index =
            zip_file_add(archive, part.key().constData(), source, ZIP_FL_ENC_UTF_8);
        if (index < 0)
            qFatal("no part %s", part.key().constData());
        if (packing == Packing::Stored)
            zip_set_file_compression(archive, zip_uint64_t(index), ZIP_CM_STORE, 0);
    }
    if (zip_close(archive) != 0)
        qFatal("zip: %s", zip_strerror(archive));
    QFile file(QFile::decodeName(path));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no zip file");
    return file.readAll();
}

QByteArray asUtf16(const QByteArray &utf8)
{
    const QString text = QChar(0xFEFF) + QString::fromUtf8(utf8).replace("UTF-8"_L1, "UTF-16"_L1);
    return QByteArray(reinterpret_cast<const char *>(text.utf16()), text.size() * 2);
}

QByteArray compoundFileOf(const QList<QByteArray> &streams)
{
    QByteArray file = QByteArray::fromHex("D0CF11E0A1B11AE1").leftJustified(512, '\0');
    for (const QByteArray &name : streams) {
        QByteArray entry;
        for (const char letter : name)
            entry += QByteArray(1, letter) + QByteArray(1, '\0');
        entry = entry.leftJustified(64, '\0');
        entry += char((name.size() + 1) * 2);
        entry += '\0';
        entry += '\2';
        file += entry.leftJustified(128, '\0');
    }
    return file;
}

} // namespace hubkeeper::test
