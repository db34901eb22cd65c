// SPDX-License-Identifier: MIT
#include "provisioner/document/document.h"
#include "samplefiles.h"
#include "testkit/testprogram.h"

#include <QRandomGenerator>
#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// Every step can be taken back exactly; typing joins to one step.
class TestDocumentUndo : public QObject
{
    Q_OBJECT

private slots:
    void undoAndRedoAreExact();
    void typingJoins_data();
    void typingJoins();
    void typingOfAnotherNameDoesNotJoin();
    void anyTypingCanBeUndone();
};

void TestDocumentUndo::undoAndRedoAreExact()
{
    const QByteArray start = contentOf(samples().first());
    auto document = Document::fromBytes(start);
    QRandomGenerator random(5);
    QList<QByteArray> history {start};
    for (int i = 0; i < 40; ++i) {
        const JsonText &text = document->text();
        int node = 1 + random.bounded(text.nodeCount() - 1);
        if (i % 4 == 0)
            QVERIFY(document->removeValue(text.pointerOf(node), u"remove"_s));
        else
            QVERIFY(document->setValue(text.pointerOf(node), i, u"set"_s));
        if (document->bytes() != history.last())
            history.append(document->bytes());
    }

    for (qsizetype i = history.size() - 2; i >= 0; --i) {
        document->undo();
        QCOMPARE(document->bytes(), history[i]);
    }
    QVERIFY(!document->isModified());
    QVERIFY(!document->canUndo());
    for (qsizetype i = 1; i < history.size(); ++i) {
        document->redo();
        QCOMPARE(document->bytes(), history[i]);
    }
}

void TestDocumentUndo::typingJoins_data()
{
    QTest::addColumn<QByteArrayList>("texts"); // Where undo stops is marked with "!".
    // clang-format off
    QTest::newRow("typing")             << QByteArrayList {"!{}", "{ }", "{  }", "{   }"};
    QTest::newRow("typing elsewhere")   << QByteArrayList {"!{}", "!{}a", "b{}a"};
    QTest::newRow("line break")         << QByteArrayList {"!{}", "!{a}", "{a\n}", "{a\nb}"};
    QTest::newRow("over a selection")   << QByteArrayList {"!{abc}", "{x}", "{xy}"};
    QTest::newRow("backspace")          << QByteArrayList {"!{abc}", "{ab}", "{a}", "{}"};
    QTest::newRow("delete")             << QByteArrayList {"!{abc}", "{bc}", "{c}", "{}"};
    QTest::newRow("backspace, equal")   << QByteArrayList {"!{baab}", "{baa}", "{ba}", "{b}", "{}"};
    QTest::newRow("delete, equal")      << QByteArrayList {"!{baab}", "{aab}", "{ab}", "{b}", "{}"};
    QTest::newRow("backspace among equal") << QByteArrayList {"!{baaa}", "{baa}", "{aa}", "aa}"};
    QTest::newRow("delete, then words") << QByteArrayList {"!{    ab}", "{   ab}", "{  ab}", "{ ab}", "{ab}", "{b}"};
    QTest::newRow("backspace, two bytes") << QByteArrayList {"!{\xc3\xa4\xc3\xb6}", "{\xc3\xa4}", "{}"};
    QTest::newRow("other direction")    << QByteArrayList {"!{abcd}", "{abc}", "!{ab}", "{ab"};
    QTest::newRow("back again")         << QByteArrayList {"!{abcd}", "{abd}", "!{ad}", "{a}"};
    QTest::newRow("elsewhere")          << QByteArrayList {"!{abcd}", "!{abc}", "{bc}"};
    QTest::newRow("deleted line break") << QByteArrayList {"!{a\nb}", "!{a\n}", "!{a}", "{}"};
    QTest::newRow("deleted selection")  << QByteArrayList {"!{a\nb\nc}", "!{a}", "{}"};
    QTest::newRow("typed and deleted")  << QByteArrayList {"!{}", "{a}", "!{ab}", "{a}"};
    QTest::newRow("deleted and typed")  << QByteArrayList {"!{ab}", "!{a}", "{ac}"};
    // clang-format on
}

void TestDocumentUndo::typingJoins()
{
    QFETCH(QByteArrayList, texts);
    QByteArrayList stops;
    for (QByteArray &text : texts) {
        if (text.startsWith('!'))
            stops.append(text.remove(0, 1));
    }
    auto document = Document::fromBytes(texts.first());
    for (const QByteArray &text : std::as_const(texts))
        document->setBytes(text, u"Typing"_s);

    for (auto stop = stops.crbegin(); stop != stops.crend(); ++stop) {
        document->undo();
        QCOMPARE(document->bytes(), *stop);
    }
    QVERIFY(!document->canUndo());
    while (document->canRedo())
        document->redo();
    QCOMPARE(document->bytes(), texts.last());
}

void TestDocumentUndo::typingOfAnotherNameDoesNotJoin()
{
    auto document = Document::fromBytes("{abc}");
    document->setBytes("{ab}", u"Typing"_s);
    document->setBytes("{a}", u"Other"_s);
    document->undo();
    QCOMPARE(document->bytes(), "{ab}"_ba);
    document->setBytes("{}", u"Typing"_s); // What could be done again is gone.
    document->undo();
    QCOMPARE(document->bytes(), "{ab}"_ba);
}

void TestDocumentUndo::anyTypingCanBeUndone()
{
    QRandomGenerator random(31);
    const QByteArray start = "{ \"a\": 11,\n  \"aa\": 111 }\n";
    for (int round = 0; round < 50; ++round) {
        auto document = Document::fromBytes(start);
        QByteArrayList history {start};
        qsizetype cursor = random.bounded(int(start.size()));
        for (int i = 0; i < 40; ++i) {
            QByteArray text = document->bytes();
            if (random.bounded(8) == 0)
                cursor = random.bounded(int(text.size()) + 1);
            const int kind = random.bounded(3);
            if (kind == 0)
                text.insert(cursor++, "a1 \n"[random.bounded(4)]);
            else if (kind == 1 && cursor > 0)
                text.remove(--cursor, 1);
            else
                text.remove(cursor, 1);
            document->setBytes(text, u"Typing"_s);
            history.append(text);
        }
        qsizetype at = history.size() - 1;
        while (document->canUndo()) { // Back through what was there, to the start.
            document->undo();
            at = history.lastIndexOf(document->bytes(), at);
            QVERIFY(at >= 0);
        }
        QCOMPARE(document->bytes(), start);
        while (document->canRedo())
            document->redo();
        QCOMPARE(document->bytes(), history.last());
    }
}

HUBKEEPER_TEST(TestDocumentUndo)
#include "tst_documentundo.moc"
