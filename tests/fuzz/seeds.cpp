// SPDX-License-Identifier: MIT
#include "fuzz/targets.h"
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
        if (rule->stage == RuleStage::Live || isHuge)
            continue;
        files.append(exampleFile(rule->example, rule->example.bad).bytes);
    }
    return files;
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
    return small + shippedFiles() + exampleFiles();
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
    };
    return words;
}

} // namespace hubkeeper::test
