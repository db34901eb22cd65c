// SPDX-License-Identifier: MIT
#include "fuzz/targets.h"
#include "tables/xlsxfile.h"
#include "testkit/provisionerfile.h"

#include <QDirIterator>
#include <QFile>

using namespace Qt::StringLiterals;

namespace hubkeeper::test {

namespace {

QList<QByteArray> shippedFiles()
{
    QList<QByteArray> files;
    QDirIterator found(QStringLiteral(HUBKEEPER_SOURCE_DIR "/resources/samples"), {u"*.json"_s},
                       QDir::Files, QDirIterator::Subdirectories);
    QStringList paths;
    while (found.hasNext())
        paths.append(found.next());
    paths.sort(); // The folder's order is the file system's.
    for (const QString &path : std::as_const(paths)) {
        QFile file(path);
        if (file.open(QIODevice::ReadOnly))
            files.append(file.readAll());
    }
    return files;
}

QList<QByteArray> exampleFiles()
{
    QList<QByteArray> files;
    for (const Rule *rule : allRules()) {
        const bool isHuge = QLatin1StringView(rule->example.pointer) == "#repeat"_L1;
        if (!isOfProvisioner(*rule) || isHuge)
            continue;
        files.append(exampleFile(rule->example, rule->example.bad).bytes);
    }
    return files;
}

/// A workbook that is stored without compression, so that mutations reach its XML.
QByteArray storedWorkbook()
{
    XlsxFile file =
        sheetOf("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" "
                "t=\"inlineStr\"><is><t>na_x000D_me</t></is></c></row><row r=\"2\"><c "
                "r=\"A2\" s=\"1\"><v>46331.5</v></c><c r=\"B2\" t=\"e\"><v>#N/A</v></c><c "
                "r=\"D2\" t=\"d\"><v>2026-11-05</v></c><c><f>1</f></c></row>");
    file.strings = "<si><t>id</t><rPh><t>x</t></rPh></si>";
    file.styles = {0, 200};
    file.formats = "<numFmt numFmtId=\"200\" formatCode=\"[Red]d.m.yyyy h:mm&quot;d&quot;\"/>";
    return file.bytes(Packing::Stored);
}

QList<QByteArray> tables()
{
    return {
        storedWorkbook(),
        "id,name\r\n1,\"a \"\"b\"\"\nc\"\r\n2,\"open\n3,x\"y\" z\r\r\n",
        "sep=;\nid;name;preis\n1;M\xFCnchen;1,50\n2;K\xF6ln\n# x\n",
        "Title\n\nid\tname\tcity\n1\tJos\xC3\xA9\tx\n2\tcaf\xE9\ty\tz\n\xEF\xBB\xBF"
        "3\t\xED\xA0\x80\n",
        QByteArray("\xFF\xFEi\0d\0,\0n\0\n\0"
                   "1\0,\0=\xD8\n\0x",
                   21),
        QByteArray("i\0d\0,\0n\0\n\0"
                   "1\0,\0x\0\n\0",
                   18),
        "'id'|'na''me'\r'1'|'x'\r",
        "{\"id\": 1, \"properties\": {\"a\": [1, \"x\"]}}\nnonsense\n{\"b\": null}\n",
        "\x8C\xB4\x8E\xA8,\x96\xBC\x91\x4F\n1,\x93\x63\n",
    };
}

} // namespace

QList<QByteArray> fuzzSeeds()
{
    const QList<QByteArray> small {
        "",
        "{}",
        "[]",
        "null",
        "\xEF\xBB\xBF{\"a\": [1, 2.5e3, true, null, \"x\\u00e9\\n\"]} // end\r\n",
        "{'a': 1,, b: \"x\n\"}",
        "[[[[[[[[[[\"\\ud83d\\ude00\"]]]]]]]]]]",
        "&{a|&{b.c|10}} and &{d",
        "/objectTypes/contact/properties/email~1~0",
        "/name eq \"al\\\"ice\" and ! (! (/age ge 1234 or b pr))",
        "(/role eq 'a' and (/role sw 'b' or /role ca 3.14159))",
        "[1.5.0.0,1.6.0.0)",
        "( 1.4 , 1.6.0.0-SNAPSHOT ]",
        "1.5.20.34",
        "\x83q .6.0.\"\r\nflags\":0)", // Begins inside a character.
    };
    return small + tables() + shippedFiles() + exampleFiles();
}

const QList<QByteArray> &fuzzWords()
{
    static const QList<QByteArray> words {
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        "\\u",
        "\\ud800",
        "//",
        "/*",
        "*/",
        "null",
        "true",
        "-1e999",
        "&{",
        "|",
        "${",
        "{\"$int\":",
        "\"$crypto\":",
        "\"flags\":",
        "\"nativeName\":",
        "\"nativeType\":",
        "\"__ALL__\":",
        "\"properties\":",
        "\"type\":",
        "\"objectTypes\":",
        "\"systemActions\":",
        "\"systemType\":\"(a+)+\"",
        " and ",
        " or ",
        "! ",
        " eq ",
        " pr",
        "(",
        ")",
        "~1",
        "/-",
        "\xC3",
        "\xF0\x9F",
        QByteArray("\0", 1),
        QByteArray("\xFF\xFE{\0", 4),
        "\r\n",
        "\xEF\xBB\xBF",
        "99999999999999999999",
        "-",
        "'",
        "1.5.0.0",
        "SNAPSHOT",
        "\"\"",
        "\",\"",
        "\r\r\n",
        ";",
        "|",
        "\t",
        "#",
        "</row><row r=\"1048576\">",
        "<c r=\"XFD1\" t=\"s\"><v>0</v></c>",
        "<!DOCTYPE x>",
        "_x000D_",
    };
    return words;
}

} // namespace hubkeeper::test
