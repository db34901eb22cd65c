// SPDX-License-Identifier: MIT
#include "script/statementvalues.h"
#include "testkit/testprogram.h"

#include <QRandomGenerator>
#include <QTest>

using namespace hubkeeper;
using namespace Qt::StringLiterals;

/// Which parts of a script are statements that are expressions.
class TestStatementValues final : public QObject
{
    Q_OBJECT

private slots:
    void marks_data();
    void marks();
    void endsForAnyText();
};

void TestStatementValues::marks_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QString>("marked");
    QTest::newRow("one") << u"a"_s << u"t=(a)"_s;
    QTest::newRow("two") << u"a; b;"_s << u"t=(a); t=(b);"_s;
    QTest::newRow("lines") << u"a\nb"_s << u"t=(a)\nt=(b)"_s;
    QTest::newRow("a call over two lines") << u"a\n(b)"_s << u"t=(a\n(b))"_s;
    QTest::newRow("condition") << u"if (x) a; else b"_s << u"if (x) t=(a); else t=(b)"_s;
    QTest::newRow("block") << u"if (x) { a }"_s << u"if (x) { t=(a) }"_s;
    QTest::newRow("declaration") << u"var a = 1; a"_s << u"var a = 1; t=(a)"_s;
    QTest::newRow("function") << u"function f() { a } f()"_s << u"function f() { a } t=(f())"_s;
    QTest::newRow("called function")
        << u"(function () { return 1; }())"_s << u"t=((function () { return 1; }()))"_s;
    QTest::newRow("object") << u"({a: 1})"_s << u"t=(({a: 1}))"_s;
    QTest::newRow("regular expression") << u"/[/;]/.test(a)"_s << u"t=(/[/;]/.test(a))"_s;
    QTest::newRow("text with a semicolon") << u"'a;b' + \"c;\""_s << u"t=('a;b' + \"c;\")"_s;
    QTest::newRow("comment") << u"a // b; c\n; d"_s << u"t=(a) // b; c\n; t=(d)"_s;
    QTest::newRow("switch") << u"switch (x) { case 1: a; break; default: b }"_s
                            << u"switch (x) { case 1: t=(a); break; default: t=(b) }"_s;
    QTest::newRow("break at the end of a line")
        << u"switch (x) {\ncase 1: a; break\ndefault: b\n}"_s
        << u"switch (x) {\ncase 1: t=(a); break\ndefault: t=(b)\n}"_s;
    QTest::newRow("division after ++")
        << u"var x = (i++ / 2);\n'b'"_s << u"var x = (i++ / 2);\nt=('b')"_s;
    QTest::newRow("member with the name of a word")
        << u"var x = (a.case / 2); b"_s << u"var x = (a.case / 2); t=(b)"_s;
    QTest::newRow("not closed") << u"a; f(b"_s << QString();
    QTest::newRow("label") << u"l: a"_s << u"l: t=(a)"_s;
    QTest::newRow("nothing") << QString() << QString();
}

void TestStatementValues::marks()
{
    QFETCH(const QString, script);
    QFETCH(const QString, marked);
    QCOMPARE(withStatementValues(script, u"t"_s), marked);
}

/// What is no JavaScript is read to its end, too.
void TestStatementValues::endsForAnyText()
{
    const QStringList parts {u"a"_s,   u"1"_s,         u"("_s,     u")"_s, u"["_s,  u"]"_s,
                             u"{"_s,   u"}"_s,         u";"_s,     u":"_s, u"?"_s,  u"'"_s,
                             u"`"_s,   u"\""_s,        u"/"_s,     u"*"_s, u"//"_s, u"/*"_s,
                             u"\\"_s,  u"."_s,         u"\n"_s,    u" "_s, u"="_s,  u"if "_s,
                             u"do "_s, u"function "_s, u"case "_s, u"++"_s};
    QRandomGenerator random(7);
    for (int round = 0; round < 20'000; ++round) {
        QString script;
        for (int i = random.bounded(12); i >= 0; --i)
            script += parts[random.bounded(int(parts.size()))];
        const QString marked = withStatementValues(script, u"t"_s);
        QVERIFY2(marked.size() <= 4 * script.size() + 4, qPrintable(script));
    }
}

HUBKEEPER_TEST(TestStatementValues)
#include "tst_statementvalues.moc"
