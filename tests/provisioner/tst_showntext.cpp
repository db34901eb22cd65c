// SPDX-License-Identifier: MIT
#include "provisioner/confidential/secretspans.h"
#include "provisioner/confidential/showntext.h"
#include "provisioner/text/jsonedit.h"
#include "testkit/testprogram.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace hubkeeper;

/// What an editor shows of a file, and what typing does to the file.
class TestShownText final : public QObject
{
    Q_OBJECT

private slots:
    void shows_data();
    void shows();
    void placesAndOffsetsAgree();
    void types_data();
    void types();
    void typingLeavesTheRest();
    void hidesSecrets();
    void findsSecrets_data();
    void findsSecrets();
    void refusesWhatIsNoText();
};

void TestShownText::shows_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("shown");
    // clang-format off
    QTest::newRow("plain")           << QByteArray("ab\ncd")              << u"ab\ncd"_s;
    QTest::newRow("CRLF is one")     << QByteArray("ab\r\ncd\r\n")        << u"ab\ncd\n"_s;
    QTest::newRow("lone CR")         << QByteArray("ab\rcd")              << u"ab␍cd"_s;
    QTest::newRow("BOM is not seen") << QByteArray("\xEF\xBB\xBF{}")      << u"{}"_s;
    QTest::newRow("NUL")             << QByteArray("a\0b", 3)             << u"a␀b"_s;
    QTest::newRow("U+2028, U+2029")  << QByteArray("a\u2028b\u2029c")     << u"a␤b␤c"_s;
    QTest::newRow("outside the BMP") << QByteArray("a😀b")                << u"a😀b"_s;
    QTest::newRow("nothing")         << QByteArray()                      << QString();
    // clang-format on
}

void TestShownText::shows()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, shown);
    QCOMPARE(ShownText(bytes).text(), shown);
}

void TestShownText::placesAndOffsetsAgree()
{
    const QByteArray bytes = "\xEF\xBB\xBF"
                             "a😀ü\r\n\u2028\r\rx\n\nsecret!end";
    const ShownText shown(bytes, {{bytes.indexOf("secret"), bytes.indexOf("!")}});
    const QStringList lines = shown.text().split(u'\n');
    QCOMPARE(lines.size(), shown.lineCount());
    qsizetype last = -1;
    for (int line = 0; line < lines.size(); ++line) {
        for (int column = 0; column <= lines[line].size(); ++column) {
            const qsizetype offset = shown.offsetOf({line, column});
            const ShownPlace back = shown.placeOf(offset);
            QVERIFY(offset >= last);
            QCOMPARE(back.line, line);
            QVERIFY(back.column <= column && column - back.column < ShownText::dotCount);
            last = offset;
        }
    }
    QCOMPARE(shown.offsetOf({99, 99}), bytes.size());
    QCOMPARE(shown.placeOf(0), (ShownPlace {0, 0})); // Before the byte-order mark.
}

void TestShownText::types_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    QTest::addColumn<int>("removed");
    QTest::addColumn<QString>("inserted");
    QTest::addColumn<QByteArray>("after");
    // clang-format off
    QTest::newRow("a letter")            << QByteArray("ab\ncd")           << 1 << 1 << 0 << u"x"_s     << QByteArray("ab\ncxd");
    QTest::newRow("after a BOM")        << QByteArray("\xEF\xBB\xBF{}")   << 0 << 1 << 0 << u"1"_s     << QByteArray("\xEF\xBB\xBF{1}");
    QTest::newRow("Return in CRLF")      << QByteArray("ab\r\ncd")         << 0 << 1 << 0 << u"\u2029"_s << QByteArray("a\r\nb\r\ncd");
    QTest::newRow("Return, last line")   << QByteArray("ab\r\ncd")         << 1 << 2 << 0 << u"\n"_s    << QByteArray("ab\r\ncd\r\n");
    QTest::newRow("Return in LF")        << QByteArray("ab\ncd\r\n")       << 0 << 1 << 0 << u"\n"_s    << QByteArray("a\nb\ncd\r\n");
    QTest::newRow("joins CRLF lines")    << QByteArray("ab\r\ncd")         << 0 << 2 << 1 << QString()  << QByteArray("abcd");
    QTest::newRow("takes an emoji")      << QByteArray("a😀b")             << 0 << 1 << 2 << QString()  << QByteArray("ab");
    QTest::newRow("behind an emoji")     << QByteArray("a😀b")             << 0 << 3 << 1 << u"ü"_s     << QByteArray("a😀ü");
    QTest::newRow("more was reported")   << QByteArray("a\rb\r\nc")        << 0 << 0 << 5 << u"a␍bX\nc"_s << QByteArray("a\rbX\r\nc");
    QTest::newRow("nothing changed")     << QByteArray("a\r\nb")           << 0 << 0 << 3 << u"a\nb"_s  << QByteArray("a\r\nb");
    QTest::newRow("beyond the end")      << QByteArray("ab")               << 0 << 1 << 5 << u"c"_s     << QByteArray("ac");
    QTest::newRow("line separator")      << QByteArray("ab")               << 0 << 1 << 0 << u"\u2028"_s << QByteArray("a\nb");
    QTest::newRow("CRLF from elsewhere") << QByteArray("a\n")              << 0 << 1 << 0 << u"x\r\ny"_s << QByteArray("ax\ny\n");
    // clang-format on
}

void TestShownText::types()
{
    QFETCH(QByteArray, before);
    QFETCH(int, line);
    QFETCH(int, column);
    QFETCH(int, removed);
    QFETCH(QString, inserted);
    QFETCH(QByteArray, after);
    const auto typing = ShownText(before).typed({line, column}, removed, inserted);
    QVERIFY(typing);
    QCOMPARE(applied(before, {typing->edit}), after);
}

/// Random typing into files of all kinds: what the edit does not name stays byte for byte, and what
/// is shown afterwards is what the editor has, or the edit says that it is not.
void TestShownText::typingLeavesTheRest()
{
    QRandomGenerator random(20);
    const QByteArrayList pieces {
        "a", "\"", "\r\n", "\n", "\r", "ü", "😀", "\u2028", QByteArray(1, '\0'), "{", " "};
    for (int round = 0; round < 3000; ++round) {
        QByteArray bytes = random.bounded(3) == 0 ? QByteArray("\xEF\xBB\xBF") : QByteArray();
        for (int i = random.bounded(20); i > 0; --i)
            bytes += pieces[random.bounded(pieces.size())];
        const ShownText shown(bytes);
        QString editor = shown.text();
        int at = random.bounded(int(editor.size()) + 1);
        int removed = random.bounded(int(editor.size()) - at + 1);
        const auto cutsPair = [&editor](qsizetype i) {
            return i > 0 && i < editor.size() && editor[i].isLowSurrogate();
        };
        at -= cutsPair(at) ? 1 : 0;
        removed += cutsPair(at + removed) ? 1 : 0;
        QString inserted;
        for (int i = random.bounded(4); i > 0; --i)
            inserted += QStringList {u"x"_s, u"\n"_s, u"é"_s, u"😀"_s}[random.bounded(4)];
        const ShownPlace place {int(editor.left(at).count(u'\n')),
                                int(at - (editor.left(at).lastIndexOf(u'\n') + 1))};
        const auto typing = shown.typed(place, removed, inserted);
        QVERIFY(typing);
        const QByteArray next = applied(bytes, {typing->edit});
        QCOMPARE(next.first(typing->edit.offset), bytes.first(typing->edit.offset));
        editor.replace(at, removed, inserted);
        if (!typing->isShownOtherwise)
            QCOMPARE(ShownText(next).text(), editor);
        if (removed == 0 && inserted.isEmpty())
            QCOMPARE(next, bytes);
        QVERIFY(typing->edit.replacement.size() <= inserted.size() * 4);
    }
}

void TestShownText::hidesSecrets()
{
    const QByteArray bytes = "a \"hush\" b\r\nc \"tell\" d";
    const ShownText shown(bytes, plainSecretSpans({}));
    QVERIFY(shown.hidden().isEmpty());
    const Span hush {bytes.indexOf("hush"), bytes.indexOf("hush") + 4};
    const Span tell {bytes.indexOf("tell"), bytes.indexOf("tell") + 4};
    const ShownText hidden(bytes, {hush, tell});
    QCOMPARE(hidden.text(), u"a \"••••••••\" b\nc \"••••••••\" d"_s);

    const auto before = hidden.typed({0, 0}, 0, u"xy"_s); // What is behind moves along.
    QVERIFY(before);
    QCOMPARE(before->hidden,
             (QList<Span> {{hush.begin + 2, hush.end + 2}, {tell.begin + 2, tell.end + 2}}));
    QVERIFY(!hidden.typed({0, 5}, 0, u"x"_s)); // Inside: refused.
    QVERIFY(!hidden.typed({0, 3}, 2, u""_s));
    QVERIFY(!hidden.typed({0, 5}, 3, u""_s));
    const auto whole = hidden.typed({0, 3}, 8, u"new"_s);
    QVERIFY(whole);
    QCOMPARE(applied(bytes, {whole->edit}), QByteArray("a \"new\" b\r\nc \"tell\" d"));
    QCOMPARE(whole->hidden.size(), 1);
    // A line that is reported whole keeps what it hides.
    const auto same = hidden.typed({0, 0}, 14, u"a \"••••••••\" bX"_s);
    QVERIFY(same);
    QCOMPARE(applied(bytes, {same->edit}), QByteArray("a \"hush\" bX\r\nc \"tell\" d"));
    QCOMPARE(same->hidden.size(), 2);
}

void TestShownText::findsSecrets_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArrayList>("secrets");
    // clang-format off
    QTest::newRow("property")     << QByteArray(R"({"clientSecret": "abc"})")           << QByteArrayList {"abc"};
    QTest::newRow("both")         << QByteArray(R"("clientSecret":"a","refreshToken" : "b")") << QByteArrayList {"a", "b"};
    QTest::newRow("null")         << QByteArray(R"({"clientSecret": null})")            << QByteArrayList {};
    QTest::newRow("empty")        << QByteArray(R"({"clientSecret": "", "x": "y"})")    << QByteArrayList {};
    QTest::newRow("crypto")       << QByteArray(R"({"clientSecret": {"$crypto": {}}})") << QByteArrayList {};
    QTest::newRow("substituted")  << QByteArray(R"({"clientSecret": "&{a.b}"})")        << QByteArrayList {};
    QTest::newRow("half of it")   << QByteArray(R"({"clientSecret": "&{a.b}xy"})")      << QByteArrayList {"&{a.b}xy"};
    QTest::newRow("not closed")   << QByteArray("\"clientSecret\": \"abc\n}")           << QByteArrayList {"abc"};
    QTest::newRow("apostrophe")   << QByteArray(R"("clientSecret": "it's")")            << QByteArrayList {"it's"};
    QTest::newRow("escaped")      << QByteArray(R"("clientSecret": "a\"b")")            << QByteArrayList {R"(a\"b)"};
    QTest::newRow("single")       << QByteArray("'clientSecret': 'a\"b'")               << QByteArrayList {"a\"b"};
    QTest::newRow("bare")         << QByteArray("clientSecret: abc, x: 1")              << QByteArrayList {"abc, x: 1"};
    QTest::newRow("comment")      << QByteArray("// \"refreshToken\": \"abc\"")         << QByteArrayList {"abc"};
    QTest::newRow("pasted token") << QByteArray(R"("clientId": "pat-eu1-12345678-9abc")") << QByteArrayList {"pat-eu1-12345678-9abc"};
    QTest::newRow("not a value")  << QByteArray(R"("profile-token": { "type": "string", "nativeName": "profile-token" })") << QByteArrayList {};
    // clang-format on
}

void TestShownText::findsSecrets()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArrayList, secrets);
    QByteArrayList found;
    for (const Span &span : plainSecretSpans(bytes))
        found.append(bytes.mid(span.begin, span.size()));
    QCOMPARE(found, secrets);
}

void TestShownText::refusesWhatIsNoText()
{
    QVERIFY(ShownText::isShowable("\xEF\xBB\xBF{}"));
    QVERIFY(ShownText::isShowable({}));
    QVERIFY(!ShownText::isShowable("\"\xFF\""));
    QVERIFY(!ShownText::isShowable("\xFF\xFE{\0"));
    QVERIFY(!ShownText::isShowable("\xC3")); // Half a character.
}

HUBKEEPER_TEST(TestShownText)
#include "tst_showntext.moc"
