// SPDX-License-Identifier: MIT
#include "tables/collectedtable.h"
#include "testkit/testprogram.h"

#include <QElapsedTimer>
#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

/// A text that is written as UTF-8 or given as it is.
struct Text
{
    Text(const char *utf8) // NOLINT: tables are to be read.
        : value(QString::fromUtf8(utf8))
    {
    }
    Text(QString text) // NOLINT
        : value(std::move(text))
    {
    }

    QString value;
};

using Texts = QList<Text>;

QStringList plain(const Texts &texts)
{
    QStringList list;
    for (const Text &text : texts)
        list.append(text.value);
    return list;
}

using Rows = QList<QStringList>;

/// A text file as somebody may send it, and what is in it.
struct TextCase
{
    const char *name;
    QByteArray bytes;
    Text encoding = "UTF-8";
    Text separator = ",";
    Text quote = "\"";
    qint64 headerRow = 1; ///< 0: none.
    QList<Texts> rows = {};
    Texts faults = {}; ///< "row:column kind".
    Text file = "table.csv";
};

QByteArray utf16(const QString &text, bool isLittle, bool hasMark)
{
    QByteArray bytes;
    for (const QChar unit : (hasMark ? QString(QChar(0xFEFF)) : QString()) + text) {
        const char low = char(unit.unicode() & 0xFF);
        const char high = char(unit.unicode() >> 8);
        bytes += isLittle ? low : high;
        bytes += isLittle ? high : low;
    }
    return bytes;
}

QByteArray utf32(const QString &text)
{
    QByteArray bytes;
    for (const uint letter : text.toUcs4()) {
        for (int shift = 0; shift < 32; shift += 8)
            bytes += char((letter >> shift) & 0xFF);
    }
    return bytes;
}

Texts preambles(int count)
{
    Texts faults;
    for (int row = 1; row <= count; ++row)
        faults.append(u"%1:1 preamble"_s.arg(row));
    return faults;
}

QList<Texts> remarks(int count)
{
    return QList<Texts>(count, Texts {"A remark."});
}

QByteArray manyRows(const QByteArray &header, const QByteArray &row, int count)
{
    return header + row.repeated(count);
}

const QString jose = u"Jos\u00E9"_s;
const QString bad = u"\uFFFD"_s;

// clang-format off
QList<TextCase> encodingCases()
{
    return {
        {.name = "plain", .bytes = "id,name\n1,Anna\n", .rows = {{"id", "name"}, {"1", "Anna"}}},
        {.name = "utf8", .bytes = "id,name\n1,Jos\xC3\xA9\n", .rows = {{"id", "name"}, {"1", jose}}},
        {.name = "utf8 mark", .bytes = "\xEF\xBB\xBFid,name\n1,Anna\n", .rows = {{"id", "name"}, {"1", "Anna"}}},
        {.name = "utf8 mark, quoted first cell", .bytes = "\xEF\xBB\xBF\"id\",\"name\"\n1,Anna\n", .rows = {{"id", "name"}, {"1", "Anna"}}},
        {.name = "two marks", .bytes = "\xEF\xBB\xBF\xEF\xBB\xBFid,name\n1,Anna\n", .rows = {{"id", "name"}, {"1", "Anna"}}},
        {.name = "mark that was encoded twice", .bytes = "\xC3\xAF\xC2\xBB\xC2\xBFid,name\n1,Anna\n", .rows = {{"id", "name"}, {"1", "Anna"}}, .faults = {"1:1 byteOrderMark"}},
        {.name = "windows-1252", .bytes = "id;name;stadt\n1;Jos\xE9;M\xFCnchen\n", .encoding = "windows-1252", .separator = ";", .rows = {{"id", "name", "stadt"}, {"1", jose, u"M\u00FCnchen"_s}}},
        {.name = "windows-1252, euro and quotes", .bytes = "id;preis;name\n1;5 \x80;O\x92Neill\n2;6 \x80;\x84Zur Post\x93\n", .encoding = "windows-1252", .separator = ";", .rows = {{"id", "preis", "name"}, {"1", u"5 \u20AC"_s, u"O\u2019Neill"_s}, {"2", u"6 \u20AC"_s, u"\u201EZur Post\u201C"_s}}},
        {.name = "windows-1252, one letter at the end", .bytes = "id,name\n1,caf\xE9", .encoding = "windows-1252", .rows = {{"id", "name"}, {"1", u"caf\u00E9"_s}}},
        {.name = "windows-1252 and an undefined byte", .bytes = "id,name\n1,caf\xE9 \x81\n2,th\xE9\n", .encoding = "windows-1252", .rows = {{"id", "name"}, {"1", u"caf\u00E9 "_s + bad}, {"2", u"th\u00E9"_s}}, .faults = {"2:2 encoding"}},
        {.name = "latin 9 by its euro", .bytes = "id,amount\n1,5 \xA4\n2,6 \xA4\n", .encoding = "ISO-8859-15", .rows = {{"id", "amount"}, {"1", u"5 \u20AC"_s}, {"2", u"6 \u20AC"_s}}},
        {.name = "MacRoman", .bytes = "id,name,city\r1,Jos\x8E,M\x9Fnchen\r2,Zo\x91,K\x9Aln\r", .encoding = "MacRoman", .rows = {{"id", "name", "city"}, {"1", jose, u"M\u00FCnchen"_s}, {"2", u"Zo\u00EB"_s, u"K\u00F6ln"_s}}},
        {.name = "MacRoman with LF", .bytes = "id,name,city\n1,Jos\x8E,M\x9Fnchen\n2,Zo\x91,K\x9Aln\n", .encoding = "MacRoman", .rows = {{"id", "name", "city"}, {"1", jose, u"M\u00FCnchen"_s}, {"2", u"Zo\u00EB"_s, u"K\u00F6ln"_s}}},
        {.name = "DOS", .bytes = "id;ort\r\n1;M\x81nchen\r\n2;K\x94ln\r\n3;Gr\xE1" "feld\r\n", .encoding = "IBM850", .separator = ";", .rows = {{"id", "ort"}, {"1", u"M\u00FCnchen"_s}, {"2", u"K\u00F6ln"_s}, {"3", u"Gr\u00DFfeld"_s}}},
        {.name = "DOS, an umlaut after a capital", .bytes = "id;name;ort\n1;J\x81rgen M\x81\xE1ig;K\x94ln\n2;Zo\x89;Malm\x94\n", .encoding = "IBM850", .separator = ";", .rows = {{"id", "name", "ort"}, {"1", u"Jürgen Müßig"_s, u"Köln"_s}, {"2", u"Zoë"_s, u"Malmö"_s}}},
        {.name = "windows-1252, a micro sign only", .bytes = "id,size\n1,5 \xB5m\n2,6 \xB5m\n", .encoding = "windows-1252", .rows = {{"id", "size"}, {"1", u"5 µm"_s}, {"2", u"6 µm"_s}}},
        {.name = "a byte that means nothing", .bytes = "id,name\n1,Bob\xFF\n2,Anna\n", .rows = {{"id", "name"}, {"1", u"Bob"_s + bad}, {"2", "Anna"}}, .faults = {"2:2 encoding"}},
        {.name = "windows-1252, a letter that is rare", .bytes = "id,city\n1,L'Ha\xFF-les-Roses\n2,Lou\xFFs\n", .encoding = "windows-1252", .rows = {{"id", "city"}, {"1", u"L'Haÿ-les-Roses"_s}, {"2", u"Louÿs"_s}}},
        {.name = "Shift JIS, one name", .bytes = "id,name\n1,Tanaka\n2,\x93" "c\x92\x86\x91\xBE\x98Y\n3,Suzuki\n", .encoding = "Shift_JIS", .rows = {{"id", "name"}, {"1", "Tanaka"}, {"2", u"田中太郎"_s}, {"3", "Suzuki"}}},
        {.name = "Cyrillic", .bytes = "id;\xE8\xEC\xFF;\xE3\xEE\xF0\xEE\xE4\n1;\xC8\xE2\xE0\xED \xCF\xE5\xF2\xF0\xEE\xE2;\xCC\xEE\xF1\xEA\xE2\xE0\n2;\xCC\xE0\xF0\xE8\xFF;\xCA\xE0\xE7\xE0\xED\xFC\n", .encoding = "windows-1251", .separator = ";", .rows = {{"id", u"имя"_s, u"город"_s}, {"1", u"Иван Петров"_s, u"Москва"_s}, {"2", u"Мария"_s, u"Казань"_s}}},
        {.name = "Polish", .bytes = "id;imi\xEA;miasto\n1;Micha\xB3;\xA3\xF3" "d\x9F\n2;Gra\xBFyna;Gda\xF1sk\n3;W\xB3odzimierz;Pozna\xF1\n", .encoding = "windows-1250", .separator = ";", .rows = {{"id", u"imię"_s, "miasto"}, {"1", u"Michał"_s, u"Łódź"_s}, {"2", u"Grażyna"_s, u"Gdańsk"_s}, {"3", u"Włodzimierz"_s, u"Poznań"_s}}},
        {.name = "Shift JIS", .bytes = QByteArray::fromHex("69642C96BC914F0A312C936382E4835C95BD0A322C8E52936388EA98590A332C8DB293A1945C0A"), .encoding = "Shift_JIS", .rows = {{"id", u"名前"_s}, {"1", u"田ゆソ平"_s}, {"2", u"山田一郎"_s}, {"3", u"佐藤能"_s}}},
        {.name = "EUC-JP", .bytes = QByteArray::fromHex("69642CCCBEC1B02CC5D4BBD40A312CC5C4C3E6C2C0CFBA2CC5ECB5FEC5D40A322CCEEBCCDAB2D6BBD22CC2E7BAE5C9DC0A332CBAB4C6A3A4B5A4AFA4E92CB5FEC5D4C9DC0A"), .encoding = "EUC-JP", .rows = {{"id", u"名前"_s, u"都市"_s}, {"1", u"田中太郎"_s, u"東京都"_s}, {"2", u"鈴木花子"_s, u"大阪府"_s}, {"3", u"佐藤さくら"_s, u"京都府"_s}}},
        {.name = "Icelandic", .bytes = "id;nafn\n1;\xDE\xF3r\xF0ur Gu\xF0mundsson\n2;S\xE6unn \xDDr\n", .encoding = "windows-1252", .separator = ";", .rows = {{"id", "nafn"}, {"1", u"Þórður Guðmundsson"_s}, {"2", u"Sæunn Ýr"_s}}},
        {.name = "Greek", .bytes = "id;\xFC\xED\xEF\xEC\xE1;\xF0\xFC\xEB\xE7\n1;\xC3\xE9\xFE\xF1\xE3\xEF\xF2;\xC1\xE8\xDE\xED\xE1\n2;\xCC\xE1\xF1\xDF\xE1;\xD0\xDC\xF4\xF1\xE1\n", .encoding = "windows-1253", .separator = ";", .rows = {{"id", u"όνομα"_s, u"πόλη"_s}, {"1", u"Γιώργος"_s, u"Αθήνα"_s}, {"2", u"Μαρία"_s, u"Πάτρα"_s}}},
        {.name = "utf8 that was cut", .bytes = "id,name\n1,Jos\xC3\xA9\n2,Zo\xC3", .rows = {{"id", "name"}, {"1", jose}, {"2", u"Zo"_s + bad}}, .faults = {"3:2 encoding"}},
        {.name = "one byte of another encoding", .bytes = "id,name\n1,Jos\xC3\xA9\n2,caf\xE9\n3,Z\xC3\xBCrich\n", .rows = {{"id", "name"}, {"1", jose}, {"2", u"caf"_s + bad}, {"3", u"Z\u00FCrich"_s}}, .faults = {"3:2 encoding"}},
        {.name = "two bytes in a cell, one in another", .bytes = "id,name,city\n1,Jos\xC3\xA9,\xC3\x84\xC3\x96\xC3\x9C\xC3\xA4\n2,\xE9\x20\xE9,\xFF\n", .rows = {{"id", "name", "city"}, {"1", jose, u"ÄÖÜä"_s}, {"2", bad + u" "_s + bad, bad}}, .faults = {"3:2 encoding", "3:3 encoding"}},
        {.name = "lone surrogate", .bytes = "id,name\n1,a\xED\xA0\x80z\n2,Jos\xC3\xA9\n", .rows = {{"id", "name"}, {"1", u"a"_s + bad + u"z"_s}, {"2", jose}}, .faults = {"2:2 loneSurrogate"}},
        {.name = "NUL", .bytes = QByteArray("id,name\n1,a\0b\n2,c\n", 18), .rows = {{"id", "name"}, {"1", u"a"_s + QChar(0) + u"b"_s}, {"2", "c"}}, .faults = {"2:2 nul"}},
        {.name = "NULs at the end", .bytes = QByteArray("id,name\n1,a\n\0\0\0\0\0\0", 18), .rows = {{"id", "name"}, {"1", "a"}}, .faults = {"3:1 nul"}},
        {.name = "Ctrl+Z at the end", .bytes = "id,name\r\n1,a\r\n\x1A", .rows = {{"id", "name"}, {"1", "a"}}},
        {.name = "mark inside", .bytes = "id,name\n1,a\n\xEF\xBB\xBFid,name\n2,b\n", .rows = {{"id", "name"}, {"1", "a"}, {"id", "name"}, {"2", "b"}}, .faults = {"3:1 byteOrderMark"}},
        {.name = "utf16le with mark and tabs", .bytes = utf16(u"id\tname\r\n1\tJos\u00E9\r\n"_s, true, true), .encoding = "UTF-16LE", .separator = "\t", .rows = {{"id", "name"}, {"1", jose}}},
        {.name = "utf16be with mark", .bytes = utf16(u"id,name\n1,Jos\u00E9\n"_s, false, true), .encoding = "UTF-16BE", .rows = {{"id", "name"}, {"1", jose}}},
        {.name = "utf16le without mark", .bytes = utf16(u"id,name\n1,Jos\u00E9\n"_s, true, false), .encoding = "UTF-16LE", .rows = {{"id", "name"}, {"1", jose}}},
        {.name = "utf16be without mark", .bytes = utf16(u"id,name\n1,Jos\u00E9\n"_s, false, false), .encoding = "UTF-16BE", .rows = {{"id", "name"}, {"1", jose}}},
        {.name = "utf16le without mark, Cyrillic", .bytes = utf16(u"id;имя\n1;Иван\n2;Мария\n"_s, true, false), .encoding = "UTF-16LE", .separator = ";", .rows = {{"id", u"имя"_s}, {"1", u"Иван"_s}, {"2", u"Мария"_s}}},
        {.name = "utf16 with an odd byte", .bytes = utf16(u"id,name\n1,a\n"_s, true, true) + "x", .encoding = "UTF-16LE", .rows = {{"id", "name"}, {"1", "a"}, {bad}}, .faults = {"3:1 encoding", "3:2 shortRow"}},
        {.name = "utf16 lone surrogate", .bytes = utf16(u"id,name\n1,a"_s + QChar(0xD83D) + u"b\n2,\U0001F600\n"_s, true, true), .encoding = "UTF-16LE", .rows = {{"id", "name"}, {"1", u"a"_s + bad + u"b"_s}, {"2", u"\U0001F600"_s}}, .faults = {"2:2 loneSurrogate"}},
        {.name = "utf32", .bytes = QByteArray("\xFF\xFE\0\0", 4) + utf32(u"id,name\n1,Jos\u00E9\n"_s), .encoding = "UTF-32LE", .rows = {{"id", "name"}, {"1", jose}}},
    };
}

QList<TextCase> quoteCases()
{
    return {
        {.name = "quotes, separators and line ends in cells", .bytes = "id,name,note\n1,\"Doe, John\",\"a \"\"b\"\" c\"\n2,x,\"one\ntwo\"\n", .rows = {{"id", "name", "note"}, {"1", "Doe, John", "a \"b\" c"}, {"2", "x", "one\ntwo"}}},
        {.name = "ends of lines in cells stay", .bytes = "id,note\r\n1,\"a\r\nb\nc\rd\"\r\n2,x\r\n", .rows = {{"id", "note"}, {"1", "a\r\nb\nc\rd"}, {"2", "x"}}},
        {.name = "empty cells in quotes", .bytes = "id,a,b\n1,\"\",\"\"\n2,\"\"\"\",x\n", .rows = {{"id", "a", "b"}, {"1", "", ""}, {"2", "\"", "x"}}},
        {.name = "single quotes", .bytes = "'id','name'\n'1','O''Neill, Anna'\n'2','x'\n", .quote = "'", .rows = {{"id", "name"}, {"1", "O'Neill, Anna"}, {"2", "x"}}},
        {.name = "single quotes where they are needed", .bytes = "id,name,note\n1,'Doe, J','a'\n2,'Roe, R','b, c'\n", .quote = "'", .rows = {{"id", "name", "note"}, {"1", "Doe, J", "a"}, {"2", "Roe, R", "b, c"}}},
        {.name = "single quotes around JSON", .bytes = "id,data\n1,'{\"a\": 1, \"b\": 2}'\n2,'{\"a\": 3, \"b\": 4}'\n", .quote = "'", .rows = {{"id", "data"}, {"1", "{\"a\": 1, \"b\": 2}"}, {"2", "{\"a\": 3, \"b\": 4}"}}},
        {.name = "apostrophes before numbers", .bytes = "id,zip,tel\n1,'00123,'0049\n2,'00456,'0041\n", .rows = {{"id", "zip", "tel"}, {"1", "'00123", "'0049"}, {"2", "'00456", "'0041"}}},
        {.name = "apostrophes are letters", .bytes = "id,name\n1,O'Neill\n2,'t Hooft\n", .rows = {{"id", "name"}, {"1", "O'Neill"}, {"2", "'t Hooft"}}},
        {.name = "backslash escapes", .bytes = "id,note\n1,\"say \\\"hi\\\", then\"\n2,\"back\\\\slash\"\n", .rows = {{"id", "note"}, {"1", "say \"hi\", then"}, {"2", "back\\slash"}}},
        {.name = "backslash at the end is none", .bytes = "id,path\n1,\"C:\\dir\\\"\n2,\"D:\\\"\n", .rows = {{"id", "path"}, {"1", "C:\\dir\\"}, {"2", "D:\\"}}},
        {.name = "stray quote in an unquoted cell", .bytes = "id,size,x\n1,5\" disk,a\n2,3 in,b\n", .rows = {{"id", "size", "x"}, {"1", "5\" disk", "a"}, {"2", "3 in", "b"}}, .faults = {"2:2 strayQuote"}},
        {.name = "stray quotes in a quoted cell", .bytes = "id,note,x\n1,\"He said \"hi\" to me\",a\n2,b,c\n", .rows = {{"id", "note", "x"}, {"1", "He said \"hi\" to me", "a"}, {"2", "b", "c"}}, .faults = {"2:2 strayQuote"}},
        {.name = "text after a quote", .bytes = "id,name,x\n1,\"Anna\"bella,a\n2,b,c\n", .rows = {{"id", "name", "x"}, {"1", "Annabella", "a"}, {"2", "b", "c"}}, .faults = {"2:2 textAfterQuote"}},
        {.name = "text after a quote, more quotes", .bytes = "id,name,x\n1,\"Anna\"bella,\"a\"\n2,b,c\n", .rows = {{"id", "name", "x"}, {"1", "Annabella", "a"}, {"2", "b", "c"}}, .faults = {"2:2 textAfterQuote"}},
        {.name = "unclosed at the end", .bytes = "id,name\n1,a\n2,\"Anna\n", .rows = {{"id", "name"}, {"1", "a"}, {"2", "Anna"}}, .faults = {"3:2 unclosedQuote"}},
        {.name = "unclosed at the end without line end", .bytes = "id,name\n1,a\n2,\"Anna, B", .rows = {{"id", "name"}, {"1", "a"}, {"2", "Anna, B"}}, .faults = {"3:2 unclosedQuote"}},
        {.name = "unclosed in the middle", .bytes = "id,name,city\n1,\"Anna,Bern\n2,Bob,Basel\n3,Cleo,Chur\n", .rows = {{"id", "name", "city"}, {"1", "Anna", "Bern"}, {"2", "Bob", "Basel"}, {"3", "Cleo", "Chur"}}, .faults = {"2:2 unclosedQuote"}},
        {.name = "unclosed before other quotes", .bytes = "id,name,city\n1,\"Anna,Bern\n2,\"Bob\",Basel\n3,\"Cleo\",Chur\n", .rows = {{"id", "name", "city"}, {"1", "Anna", "Bern"}, {"2", "Bob", "Basel"}, {"3", "Cleo", "Chur"}}, .faults = {"2:2 unclosedQuote"}},
        {.name = "unclosed, and the width shows where", .bytes = "id,name,note,x\n1,\"Anna,\"a, b\",\"c\"\n2,b,c,d\n", .rows = {{"id", "name", "note", "x"}, {"1", "Anna", "a, b", "c"}, {"2", "b", "c", "d"}}, .faults = {"2:2 unclosedQuote"}},
        {.name = "unclosed in the last cell", .bytes = "id,name,note\n1,a,\"\n2,\"b, c\",\"d\"\n3,\"e, f\",\"g, h\"\n4,i,j\n", .rows = {{"id", "name", "note"}, {"1", "a", ""}, {"2", "b, c", "d"}, {"3", "e, f", "g, h"}, {"4", "i", "j"}}, .faults = {"2:3 unclosedQuote"}},
        {.name = "unclosed before quotes inside a cell", .bytes = "id,text\n1,\"open\n2,plain\n3,says \"hi\"\n", .rows = {{"id", "text"}, {"1", "open"}, {"2", "plain"}, {"3", "says \"hi\""}}, .faults = {"2:2 unclosedQuote", "4:2 strayQuote"}},
        {.name = "inches at the end of quoted cells", .bytes = "\"id\",\"item\",\"n\"\n\"1\",\"TV 24\"\",\"5\"\n\"2\",\"TV 32\"\",6\n\"3\",\"x\",\"TV 9\"\"\n\"4\",\"y\",\"z\"\n", .rows = {{"id", "item", "n"}, {"1", "TV 24\"", "5"}, {"2", "TV 32\"", "6"}, {"3", "x", "TV 9\""}, {"4", "y", "z"}}, .faults = {"2:2 strayQuote", "3:2 strayQuote", "4:3 strayQuote"}},
        {.name = "stray quotes in a cell of several lines", .bytes = "id,note,n\n1,\"one\ntwo \"three\" four, five\",x\n2,b,c\n", .rows = {{"id", "note", "n"}, {"1", "one\ntwo \"three\" four, five", "x"}, {"2", "b", "c"}}, .faults = {"2:2 strayQuote"}},
        {.name = "backslashes before separators", .bytes = "id,name,city\n1,Doe\\, J,x\n2,Roe\\, R,y\n3,a,z\n", .rows = {{"id", "name", "city"}, {"1", "Doe, J", "x"}, {"2", "Roe, R", "y"}, {"3", "a", "z"}}},
        {.name = "backslashes at the end of cells", .bytes = "id,path,n\n1,C:\\dir\\,5\n2,D:\\,6\n", .rows = {{"id", "path", "n"}, {"1", "C:\\dir\\", "5"}, {"2", "D:\\", "6"}}},
        {.name = "cut in a cell of several lines", .bytes = "id,note\n1,a\n2,\"one\ntwo and\nthree", .rows = {{"id", "note"}, {"1", "a"}, {"2", "one\ntwo and\nthree"}}, .faults = {"3:2 unclosedQuote"}},
        {.name = "blanks around quotes", .bytes = "id, name, city\n1, \"Doe, J\" , Bern\n2, b, c\n", .rows = {{"id", " name", " city"}, {"1", "Doe, J", " Bern"}, {"2", " b", " c"}}},
        {.name = "inches between tabs", .bytes = "id\tsize\n1\t\"Kalli\" K.\n2\t5\" disk\n3\t\"open\n4\tx\n", .separator = "\t", .quote = "", .rows = {{"id", "size"}, {"1", "\"Kalli\" K."}, {"2", "5\" disk"}, {"3", "\"open"}, {"4", "x"}}, .file = "table.tsv"},
    };
}

QList<TextCase> separatorCases()
{
    return {
        {.name = "semicolons and decimal commas", .bytes = "id;preis;name\n1;1,50;Foo\n2;2,75;Bar, Baz\n", .separator = ";", .rows = {{"id", "preis", "name"}, {"1", "1,50", "Foo"}, {"2", "2,75", "Bar, Baz"}}},
        {.name = "commas and lists of semicolons", .bytes = "id,tags\n1,a;b;c\n2,d;e\n3,f\n", .rows = {{"id", "tags"}, {"1", "a;b;c"}, {"2", "d;e"}, {"3", "f"}}},
        {.name = "tabs", .bytes = "id\tname\n1\tDoe, John\n2\tRoe, Jane\n", .separator = "\t", .rows = {{"id", "name"}, {"1", "Doe, John"}, {"2", "Roe, Jane"}}},
        {.name = "pipes", .bytes = "id|name|city\n1|Doe, John|Bern\n2|x|y\n", .separator = "|", .rows = {{"id", "name", "city"}, {"1", "Doe, John", "Bern"}, {"2", "x", "y"}}},
        {.name = "two pipes", .bytes = "id||name||city\n1||Anna||Bern\n2||x||y\n", .separator = "||", .rows = {{"id", "name", "city"}, {"1", "Anna", "Bern"}, {"2", "x", "y"}}},
        {.name = "quoted separators of another kind", .bytes = "\"1\"|\"a;b\"\n\"2\"|\"x;y;z\"\n", .separator = "|", .headerRow = 0, .rows = {{"1", "a;b"}, {"2", "x;y;z"}}},
        {.name = "carets", .bytes = "id^name^city\n1^Anna^Bern\n2^x^y\n", .separator = "^", .rows = {{"id", "name", "city"}, {"1", "Anna", "Bern"}, {"2", "x", "y"}}},
        {.name = "unit separators", .bytes = "id\x1Fname\n1\x1F" "Anna\n2\x1Fx\n", .separator = "\x1F", .rows = {{"id", "name"}, {"1", "Anna"}, {"2", "x"}}},
        {.name = "colons", .bytes = "root:x:0:0\ndaemon:x:1:1\nbin:x:2:2\n", .separator = ":", .headerRow = 0, .rows = {{"root", "x", "0", "0"}, {"daemon", "x", "1", "1"}, {"bin", "x", "2", "2"}}},
        {.name = "colons of a table", .bytes = "a:b:c\n1:2:3\n4:5:6\n", .separator = ":", .rows = {{"a", "b", "c"}, {"1", "2", "3"}, {"4", "5", "6"}}},
        {.name = "a log", .bytes = "2026-11-05 10:00:00 INFO started\n2026-11-05 10:00:01 WARN slow\n", .separator = " ", .headerRow = 0, .rows = {{"2026-11-05", "10:00:00", "INFO", "started"}, {"2026-11-05", "10:00:01", "WARN", "slow"}}},
        {.name = "columns filled up with blanks", .bytes = "id   name      city\n1    Anna      Bern\n2    Bob       Basel\n", .rows = {{"id   name      city"}, {"1    Anna      Bern"}, {"2    Bob       Basel"}}},
        {.name = "one column with blanks in it", .bytes = "phone\n030 23125042 x1\n", .rows = {{"phone"}, {"030 23125042 x1"}}},
        {.name = "one column of numbers with blanks", .bytes = "phone\n030 231 25042\n030 231 25043\n+49 30 231 25\n", .rows = {{"phone"}, {"030 231 25042"}, {"030 231 25043"}, {"+49 30 231 25"}}},
        {.name = "one column of names", .bytes = "name\nAda Mary Lovelace\nJohn F Kennedy\n", .rows = {{"name"}, {"Ada Mary Lovelace"}, {"John F Kennedy"}}},
        {.name = "one column, its title with blanks", .bytes = "full legal name\nAda Mary Lovelace\nJohn F Kennedy\n", .rows = {{"full legal name"}, {"Ada Mary Lovelace"}, {"John F Kennedy"}}},
        {.name = "one column of addresses with colons", .bytes = "url\nhttp://a.example:80/x:1\nhttp://b.example:80/y:2\n", .rows = {{"url"}, {"http://a.example:80/x:1"}, {"http://b.example:80/y:2"}}},
        {.name = "one column with number signs", .bytes = "note\na # b # c\nd # e # f\n", .rows = {{"note"}, {"a # b # c"}, {"d # e # f"}}},
        {.name = "blanks", .bytes = "x y z\n1 2 3\n4 5 6\n", .separator = " ", .rows = {{"x", "y", "z"}, {"1", "2", "3"}, {"4", "5", "6"}}},
        {.name = "sep line", .bytes = "sep=;\nid;name\n1;a,b\n", .separator = ";", .rows = {{"id", "name"}, {"1", "a,b"}}},
        {.name = "sep line that nothing else shows", .bytes = "sep=|\r\nid|a,b\r\n1|c,d\r\n", .separator = "|", .rows = {{"id", "a,b"}, {"1", "c,d"}}},
        {.name = "sep line after a mark", .bytes = "\xEF\xBB\xBFsep=,\r\nid,name\r\n1,x\r\n", .rows = {{"id", "name"}, {"1", "x"}}},
        {.name = "one column of amounts", .bytes = "betrag\n1,50\n2,75\n3,00\n", .separator = "", .rows = {{"betrag"}, {"1,50"}, {"2,75"}, {"3,00"}}},
        {.name = "rows that grow", .bytes = "a,b\n1,2\n3,4,5\n6,7,8,9\n", .rows = {{"a", "b"}, {"1", "2"}, {"3", "4", "5"}, {"6", "7", "8", "9"}}, .faults = {"3:3 longRow", "4:3 longRow"}},
        {.name = "one column", .bytes = "email\na@example.com\nb@example.com\n", .rows = {{"email"}, {"a@example.com"}, {"b@example.com"}}},
        {.name = "one column of names", .bytes = "name\nAnna Maria\nBob Smith\nCleo\n", .rows = {{"name"}, {"Anna Maria"}, {"Bob Smith"}, {"Cleo"}}},
        {.name = "times are no columns", .bytes = "start,end\n10:30:00,11:00:00\n12:30:00,13:00:00\n", .rows = {{"start", "end"}, {"10:30:00", "11:00:00"}, {"12:30:00", "13:00:00"}}},
        {.name = "timestamps", .bytes = "id;at\n1;2026-11-05 13:45:00\n2;2026-11-06 01:02:03\n", .separator = ";", .rows = {{"id", "at"}, {"1", "2026-11-05 13:45:00"}, {"2", "2026-11-06 01:02:03"}}},
        {.name = "urls", .bytes = "name,url\nAnna,https://a.example/x?y=1&z=2\nBob,https://b.example/\n", .rows = {{"name", "url"}, {"Anna", "https://a.example/x?y=1&z=2"}, {"Bob", "https://b.example/"}}},
    };
}

QList<TextCase> shapeCases()
{
    return {
        {.name = "CRLF", .bytes = "id,name\r\n1,a\r\n", .rows = {{"id", "name"}, {"1", "a"}}},
        {.name = "CR", .bytes = "id,name\r1,a\r2,b", .rows = {{"id", "name"}, {"1", "a"}, {"2", "b"}}},
        {.name = "CR CR LF", .bytes = "id,name\r\r\n1,a\r\r\n2,b\r\r\n", .rows = {{"id", "name"}, {"1", "a"}, {"2", "b"}}},
        {.name = "all kinds of ends", .bytes = "id,name\r\n1,a\n2,b\r3,c\r\r\n4,d", .rows = {{"id", "name"}, {"1", "a"}, {"2", "b"}, {"3", "c"}, {"4", "d"}}},
        {.name = "what is no end", .bytes = "id,name\n1,a\xE2\x80\xA8z\n2,b\xC2\x85z\n3,c\x0Bz\n4,d\x0Cz\n5,e\x1Cz\n", .rows = {{"id", "name"}, {"1", u"a\u2028z"_s}, {"2", u"b\u0085z"_s}, {"3", u"c\u000Bz"_s}, {"4", u"d\u000Cz"_s}, {"5", u"e\u001Cz"_s}}},
        {.name = "short and long rows", .bytes = "id,name,city\n1,a\n2,b,c\n3,d,e,f\n", .rows = {{"id", "name", "city"}, {"1", "a"}, {"2", "b", "c"}, {"3", "d", "e", "f"}}, .faults = {"2:3 shortRow", "4:4 longRow"}},
        {.name = "separators at the end of rows", .bytes = "id,name\n1,a,\n2,b,\n", .rows = {{"id", "name"}, {"1", "a", ""}, {"2", "b", ""}}},
        {.name = "separators at the end of all rows", .bytes = "id,name,\n1,a,\n2,b\n", .rows = {{"id", "name", ""}, {"1", "a", ""}, {"2", "b"}}},
        {.name = "blank lines", .bytes = "\n\nid,name\n\n1,a\n   \n2\n\n", .headerRow = 3, .rows = {{"id", "name"}, {"1", "a"}, {"2"}}, .faults = {"7:2 shortRow"}},
        {.name = "title and blank line", .bytes = "Contacts of November\n\nid,name,city\n1,a,x\n2,b,y\n", .headerRow = 3, .rows = {{"id", "name", "city"}, {"1", "a", "x"}, {"2", "b", "y"}}, .faults = {"1:1 preamble"}},
        {.name = "title from a spreadsheet", .bytes = "Contacts,,\nExported,2026-11-05,\n,,\nid,name,city,phone\n1,a,x,7\n2,b,y,8\n", .headerRow = 4, .rows = {{"id", "name", "city", "phone"}, {"1", "a", "x", "7"}, {"2", "b", "y", "8"}}, .faults = {"1:1 preamble", "2:1 preamble", "3:1 preamble"}},
        {.name = "remarks with separators", .bytes = "Report of Acme, Inc.\nby:,Anna\n\nid,name,city\n1,a,x\n2,b,y\n", .headerRow = 4, .rows = {{"id", "name", "city"}, {"1", "a", "x"}, {"2", "b", "y"}}, .faults = {"1:1 preamble", "2:1 preamble"}},
        {.name = "header that lacks names", .bytes = "id,name\n1,a,x\n2,b,y\n", .rows = {{"id", "name"}, {"1", "a", "x"}, {"2", "b", "y"}}, .faults = {"2:3 longRow", "3:3 longRow"}},
        {.name = "text that a formula keeps", .bytes = "id,zip\n1,=\"00123\"\n2,=\"4\"\n", .rows = {{"id", "zip"}, {"1", "=\"00123\""}, {"2", "=\"4\""}}},
        {.name = "comments", .bytes = "# made by a program, version 2\n# all rights\nid,name\n1,a\n# half\n2,b\n", .headerRow = 3, .rows = {{"id", "name"}, {"1", "a"}, {"2", "b"}}, .faults = {"1:1 comment", "2:1 comment", "5:1 comment"}},
        {.name = "header with a hash", .bytes = "#id,name\n1,a\n2,b\n", .rows = {{"#id", "name"}, {"1", "a"}, {"2", "b"}}},
        {.name = "no header, numbers", .bytes = "1,2026-01-05,a@example.com\n2,2026-01-06,b@example.com\n", .headerRow = 0, .rows = {{"1", "2026-01-05", "a@example.com"}, {"2", "2026-01-06", "b@example.com"}}},
        {.name = "no header, texts that come again", .bytes = "Anna,Bern\nBob,Basel\nCleo,Bern\n", .headerRow = 0, .rows = {{"Anna", "Bern"}, {"Bob", "Basel"}, {"Cleo", "Bern"}}},
        {.name = "header of texts", .bytes = "Vorname,Lieblingstier\nAnna,Hund\nBob,Katze\n", .rows = {{"Vorname", "Lieblingstier"}, {"Anna", "Hund"}, {"Bob", "Katze"}}},
        {.name = "years as names", .bytes = "country,2024,2025\nCH,5,6\nDE,7,8\n", .rows = {{"country", "2024", "2025"}, {"CH", "5", "6"}, {"DE", "7", "8"}}},
        {.name = "months as names", .bytes = "country,Jan 2026,Feb 2026\nCH,5,6\nDE,7,8\n", .rows = {{"country", "Jan 2026", "Feb 2026"}, {"CH", "5", "6"}, {"DE", "7", "8"}}},
        {.name = "no header, names and dates", .bytes = "Anna,2026-01-05,5\nBob,2026-01-06,6\n", .headerRow = 0, .rows = {{"Anna", "2026-01-05", "5"}, {"Bob", "2026-01-06", "6"}}},
        {.name = "names that come twice", .bytes = "id,name,name\n1,a,b\n", .rows = {{"id", "name", "name"}, {"1", "a", "b"}}, .faults = {"1:3 duplicateHeader"}},
        {.name = "names that differ in case and blanks only", .bytes = "Email,city, EMAIL \n1,a,b\n", .rows = {{"Email", "city", " EMAIL "}, {"1", "a", "b"}}, .faults = {"1:3 duplicateHeader"}},
        {.name = "a column without a name at the end", .bytes = "id,name,\n1,a,\n2,b,x\n", .rows = {{"id", "name", ""}, {"1", "a", ""}, {"2", "b", "x"}}, .faults = {"1:3 emptyHeader"}},
        {.name = "a column without a name", .bytes = ",name,city\n0,a,x\n1,b,y\n", .rows = {{"", "name", "city"}, {"0", "a", "x"}, {"1", "b", "y"}}, .faults = {"1:1 emptyHeader"}},
        {.name = "no header, a text that headers have", .bytes = "Anna,Bern,active\nBob,Basel,active\nCleo,Bern,closed\n", .headerRow = 0, .rows = {{"Anna", "Bern", "active"}, {"Bob", "Basel", "active"}, {"Cleo", "Bern", "closed"}}},
        {.name = "questions as names", .bytes = "at,\"" + QByteArray("Why, and how? ").repeated(40) + "\"\n2026-11-05,x\n2026-11-06,y\n", .rows = {{"at", QString::fromLatin1(QByteArray("Why, and how? ").repeated(40))}, {"2026-11-05", "x"}, {"2026-11-06", "y"}}},
        {.name = "more remarks than rows", .bytes = QByteArray("A remark about this file.\n").repeated(12) + "id;name;city\n1;a;x\n2;b;y\n3;c;z\n", .separator = ";", .headerRow = 13, .rows = {{"id", "name", "city"}, {"1", "a", "x"}, {"2", "b", "y"}, {"3", "c", "z"}}, .faults = preambles(12)},
        {.name = "a line above that is wider", .bytes = "Report;of;2026;by;Anna\n\nid;name;city\n1;a;x\n2;b;y\n3;c;z\n", .separator = ";", .headerRow = 3, .rows = {{"id", "name", "city"}, {"1", "a", "x"}, {"2", "b", "y"}, {"3", "c", "z"}}, .faults = {"1:1 preamble"}},
        {.name = "comments of other languages", .bytes = "// made by a program, version 2\nid,name,city\n1,a,x\n2,b,y\n", .headerRow = 2, .rows = {{"id", "name", "city"}, {"1", "a", "x"}, {"2", "b", "y"}}, .faults = {"1:1 preamble"}},
        {.name = "texts with commas at the end", .bytes = QByteArray("A remark.\n").repeated(12) + "One, two, three\nFour, five, six\nSeven, eight, nine\n", .separator = "", .headerRow = 0, .rows = remarks(12) + QList<Texts> {{"One, two, three"}, {"Four, five, six"}, {"Seven, eight, nine"}}},
        {.name = "header only", .bytes = "id,name,email\n", .rows = {{"id", "name", "email"}}},
        {.name = "empty", .bytes = "", .headerRow = 0, .faults = {"1:0 empty"}},
        {.name = "a mark only", .bytes = "\xEF\xBB\xBF", .headerRow = 0, .faults = {"1:0 empty"}},
        {.name = "blank lines only", .bytes = "\n\n  \n", .headerRow = 0, .faults = {"4:0 empty"}},
        {.name = "HubSpot's export", .bytes = "\xEF\xBB\xBF\"Record ID\",\"First Name\",\"Last Name\",\"Email\",\"Associated Company\"\n\"151\",\"Ana\",\"Ma\xC3\xADz\",\"ana@example.com\",\"Acme; Inc.\"\n\"152\",\"Bo\",\"\",\"bo@example.com\",\"\"\n", .rows = {{"Record ID", "First Name", "Last Name", "Email", "Associated Company"}, {"151", "Ana", u"Ma\u00EDz"_s, "ana@example.com", "Acme; Inc."}, {"152", "Bo", "", "bo@example.com", ""}}},
        {.name = "formulas are texts", .bytes = "id,a\n1,=1+1\n2,@x\n3,-5\n4,\"=\"\"00123\"\"\"\n", .rows = {{"id", "a"}, {"1", "=1+1"}, {"2", "@x"}, {"3", "-5"}, {"4", "=\"00123\""}}},
        {.name = "values are not changed", .bytes = "id,zip,big\n1,00123,9007199254740993\n2,+49 30,1E5\n", .rows = {{"id", "zip", "big"}, {"1", "00123", "9007199254740993"}, {"2", "+49 30", "1E5"}}},
        {.name = "JSON Lines", .bytes = "{\"id\": 1, \"name\": \"Anna\"}\n{\"id\": 2, \"tags\": [\"a\", \"b\"], \"ok\": true}\n\nnonsense\n{\"id\": 3, \"name\": null, \"properties\": {\"city\": \"Bern\"}}\n", .separator = "", .quote = "", .rows = {{"id", "name", "tags", "ok", "city"}, {"1", "Anna", "", "", ""}, {"2", "", "a;b", "true", ""}, {"3", "", "", "", "Bern"}}, .faults = {"4:0 badJson"}},
    };
}
// clang-format on

} // namespace

/// Text files as people send them: what is read, what is found out, what is said.
class TestTextCases : public QObject
{
    Q_OBJECT

private slots:
    void cases_data();
    void cases();
    void longCell();
    void manyColumns();
    void strayQuotes_data();
    void strayQuotes();
    void rowsOverBlocks();
    void foreignBytesFarDown();
    void options();
    void refused_data();
    void refused();
};

void TestTextCases::cases_data()
{
    QTest::addColumn<TextCase>("one");
    const auto all = encodingCases() + quoteCases() + separatorCases() + shapeCases();
    QVERIFY(all.size() >= 60);
    for (const TextCase &one : all)
        QTest::newRow(one.name) << one;
}

void TestTextCases::cases()
{
    QFETCH(const TextCase, one);
    CollectedTable table;
    readBytes(table, one.bytes, one.file.value);
    QVERIFY2(!table.refused, qPrintable(table.refused ? table.refused->what : QString()));
    QCOMPARE(table.begins, 1);
    QCOMPARE(table.format.encoding, one.encoding.value);
    QCOMPARE(table.format.separator, one.separator.value);
    Rows expected;
    for (const Texts &row : one.rows)
        expected.append(plain(row));
    QCOMPARE(table.rows, expected);
    QCOMPARE(table.format.quote, one.quote.value);
    QCOMPARE(table.format.headerRow, one.headerRow);
    QCOMPARE(table.faults, plain(one.faults));
    QVERIFY(!table.sentences.contains(QString()));
}

void TestTextCases::longCell()
{
    const QByteArray text(1'000'000, 'x');
    CollectedTable table;
    readBytes(table, "id,note,z\n1," + text + ",a\n2,\"" + text + "\n" + text + "\",b\n",
              u"t.csv"_s);
    QCOMPARE(table.rows.size(), 3);
    QCOMPARE(table.rows[1][1].size(), 1'000'000);
    QCOMPARE(table.rows[2][1].size(), 2'000'001);
    QCOMPARE(table.rows[2][2], u"b"_s);
    QCOMPARE(table.faults, (QStringList {u"2:2 longCell"_s, u"3:2 longCell"_s}));
}

void TestTextCases::manyColumns()
{
    const QByteArray row = QByteArray("c,").repeated(1'199) + "c\n";
    CollectedTable table;
    readBytes(table, row + row, u"t.csv"_s);
    QCOMPARE(table.rows.size(), 2);
    QCOMPARE(table.rows[1].size(), 1'200);
    QCOMPARE(table.faults, QStringList {u"1:1001 manyColumns"_s});
}

void TestTextCases::strayQuotes_data()
{
    QTest::addColumn<QByteArray>("bytes");

    QTest::newRow("text after") << "a,b,c\n" + QByteArray("\"x\"y,\"").repeated(20'000);
    QTest::newRow("opened") << "a,b,c\n" + QByteArray(",\"x").repeated(40'000);
    QTest::newRow("pairs") << "a,b\n1,\"" + QByteArray("x\"\",").repeated(80'000);
    QTest::newRow("in one cell") << "a,b\n1,\"" + QByteArray("x \"y ").repeated(60'000);
    QTest::newRow("in lines") << "a,b\n1,\"" + QByteArray("x \"y\"\n").repeated(50'000);
}

/// What they mean is looked for in proportion to the row, not to the rest of the line for each.
void TestTextCases::strayQuotes()
{
    QFETCH(const QByteArray, bytes);
    QElapsedTimer timer;
    timer.start();
    CollectedTable table;
    readBytes(table, bytes, u"t.csv"_s);
    QVERIFY(!table.refused);
    QVERIFY(!table.faults.isEmpty());
    QVERIFY2(timer.elapsed() < 20'000, qPrintable(QString::number(timer.elapsed())));
}

/// Rows and characters that lie across the pieces the file is read in.
void TestTextCases::rowsOverBlocks()
{
    const QByteArray row = "1234567,\"J\xC3\xB6rg \"\"x\"\"\",\xF0\x9F\x98\x80,z\r\n";
    CollectedTable table;
    readBytes(table, manyRows("id,name,face,end\r\n", row, 100'000), u"t.csv"_s);
    QCOMPARE(table.rows.size(), 100'001);
    QVERIFY(table.faults.isEmpty());
    const QStringList expected {u"1234567"_s, u"J\u00F6rg \"x\""_s, u"\U0001F600"_s, u"z"_s};
    for (qsizetype i = 1; i < table.rows.size(); ++i) {
        QCOMPARE(table.rows[i], expected);
        QCOMPARE(table.numbers[i], i + 1);
    }
}

/// Bytes that tell the encoding come after megabytes of ASCII.
void TestTextCases::foreignBytesFarDown()
{
    CollectedTable table;
    readBytes(table, manyRows("id,name\n", "1,plain\n", 300'000) + "2,caf\xE9\n", u"t.csv"_s);
    QCOMPARE(table.format.encoding, u"windows-1252"_s);
    QCOMPARE(table.rows.last()[1], u"caf\u00E9"_s);
    QVERIFY(table.faults.isEmpty());
}

void TestTextCases::options()
{
    TableOptions options;
    options.encoding = u"latin1"_s;
    options.separator = u";"_s;
    options.quote = QString();
    options.hasHeader = false;
    CollectedTable table;
    readBytes(table, "id,\"a\";b\n1,\xE9;c\n", u"t.csv"_s, options);
    QCOMPARE(table.format.encoding, u"ISO-8859-1"_s);
    QCOMPARE(table.rows, (Rows {{u"id,\"a\""_s, u"b"_s}, {u"1,\u00E9"_s, u"c"_s}}));
    QCOMPARE(table.format.headerRow, 0);

    TableOptions third;
    third.headerRow = 3;
    CollectedTable below;
    readBytes(below, "a,b\nc,d\ne,f\n1,2\n", u"t.csv"_s, third);
    QCOMPARE(below.rows, (Rows {{u"e"_s, u"f"_s}, {u"1"_s, u"2"_s}}));
    QCOMPARE(below.format.headerRow, 3);

    TableOptions unknown;
    unknown.encoding = u"utf-9"_s;
    CollectedTable none;
    readBytes(none, "a,b\n", u"t.csv"_s, unknown);
    QVERIFY(none.refused && none.refused->kind == ErrorKind::InvalidInput);
}

void TestTextCases::refused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("word");
    QTest::newRow("pdf") << QByteArray("%PDF-1.7\n") << u"PDF"_s;
    QTest::newRow("gzip") << QByteArray::fromHex("1F8B0800") << u"gzip"_s;
    QTest::newRow("html") << QByteArray("<html><table><tr><td>x</table>") << u"HTML"_s;
    QTest::newRow("xml of 2003") << QByteArray("<?xml version=\"1.0\"?>\n<Workbook xmlns=\"x\"/>")
                                 << u"2003"_s;
    QByteArray every;
    for (int byte = 0; byte < 256; ++byte)
        every += char(byte);
    QTest::newRow("all bytes there are") << every.repeated(4) << u"binary"_s;
    QTest::newRow("png") << QByteArray::fromHex("89504E470D0A1A0A00") << u"PNG"_s;
}

void TestTextCases::refused()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QString, word);
    CollectedTable table;
    readBytes(table, bytes, u"contacts.csv"_s);
    QVERIFY(table.refused);
    QCOMPARE(table.refused->kind, ErrorKind::InvalidInput);
    QVERIFY2(table.refused->what.contains(word), qPrintable(table.refused->what));
    QCOMPARE(table.begins, 0);
}

HUBKEEPER_TEST(TestTextCases)
#include "tst_textcases.moc"
