// SPDX-License-Identifier: MIT
#include "provisioner/document/scriptactions.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper;
using namespace Qt::StringLiterals;

namespace {

const QByteArray withTwo = R"({
  "name": "hubspot",
  "systemActions": [
    {
      "scriptId": "count",
      "actions": [
        { "systemType": ".*HubspotConnector", "actionType": "JavaScript", "actionSource": "1 + 1" },
        { "systemType": ".*", "actionType": "groovy", "actionFile": "tools/a.groovy" }
      ]
    },
    "no object"
  ],
  "enabled": true
}
)";

} // namespace

class TestScriptActions : public QObject
{
    Q_OBJECT

private slots:
    void readsThemAll();
    void addsOne_data();
    void addsOne();
    void refusesNames_data();
    void refusesNames();
    void renames();
    void removesActionThenEntry();
    void setsTextAndNothingElse();
    void typingIsOneStep();
};

void TestScriptActions::readsThemAll()
{
    const auto all = scriptActionsOf(JsonText(withTwo));

    QCOMPARE(all.size(), 2);
    QCOMPARE(all[0].id, u"count"_s);
    QCOMPARE(all[0].text, u"1 + 1"_s);
    QVERIFY(all[0].isJavaScript());
    QCOMPARE(all[0].action, u"/systemActions/0/actions/0"_s);
    QCOMPARE(all[1].id, u"count"_s);
    QCOMPARE(all[1].file, u"tools/a.groovy"_s);
    QVERIFY(!all[1].isJavaScript());
    QVERIFY(scriptActionsOf(JsonText(R"({"systemActions": {"a": 1}})")).isEmpty());
    QVERIFY(scriptActionsOf(JsonText("{")).isEmpty());
}

void TestScriptActions::addsOne_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("count");

    QTest::newRow("no list yet") << QByteArray("{\n  \"name\": \"hubspot\"\n}\n") << 1;
    QTest::newRow("empty list") << QByteArray(R"({"systemActions": []})") << 1;
    QTest::newRow("after others") << withTwo << 3;
}

void TestScriptActions::addsOne()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, count);
    const auto document = Document::fromBytes(bytes);

    QVERIFY(addScriptAction(*document, u"own"_s, u"let a = \"x\";\n"_s));

    const auto all = scriptActionsOf(document->text());
    QCOMPARE(all.size(), count);
    QCOMPARE(all.last().id, u"own"_s);
    QCOMPARE(all.last().text, u"let a = \"x\";\n"_s);
    QVERIFY(all.last().isJavaScript());
    document->undo();
    QCOMPARE(document->bytes(), bytes);
}

void TestScriptActions::refusesNames_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("id");

    QTest::newRow("empty") << withTwo << u"  "_s;
    QTest::newRow("taken") << withTwo << u"count"_s;
    QTest::newRow("no list") << QByteArray(R"({"systemActions": 1})") << u"own"_s;
    QTest::newRow("no JSON") << QByteArray("{") << u"own"_s;
}

void TestScriptActions::refusesNames()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, id);
    const auto document = Document::fromBytes(bytes);

    const auto added = addScriptAction(*document, id, u"1"_s);

    QVERIFY(!added);
    QCOMPARE(added.error().kind, ErrorKind::InvalidInput);
    QCOMPARE(document->bytes(), bytes);
}

void TestScriptActions::renames()
{
    const auto document = Document::fromBytes(withTwo);
    const auto action = scriptActionsOf(document->text()).constFirst();

    QVERIFY(renameScriptAction(*document, action, u"tally"_s));

    QCOMPARE(document->bytes(), QByteArray(withTwo).replace("\"count\"", "\"tally\""));
}

void TestScriptActions::removesActionThenEntry()
{
    const auto document = Document::fromBytes(withTwo);

    QVERIFY(removeScriptAction(*document, scriptActionsOf(document->text()).constFirst()));
    QCOMPARE(scriptActionsOf(document->text()).size(), 1);
    QVERIFY(removeScriptAction(*document, scriptActionsOf(document->text()).constFirst()));

    QVERIFY(scriptActionsOf(document->text()).isEmpty());
    QVERIFY(document->text().isValid());
    QVERIFY(!document->bytes().contains("scriptId"));
    document->undo();
    document->undo();
    QCOMPARE(document->bytes(), withTwo);
}

void TestScriptActions::setsTextAndNothingElse()
{
    const auto document = Document::fromBytes(withTwo);

    QVERIFY(
        setScriptText(*document, scriptActionsOf(document->text()).constFirst(), u"2\n\"b\""_s));

    QCOMPARE(document->bytes(), QByteArray(withTwo).replace("\"1 + 1\"", "\"2\\n\\\"b\\\"\""));
}

void TestScriptActions::typingIsOneStep()
{
    const auto document = Document::fromBytes(withTwo);
    QString text = u"1 + 1"_s;
    for (const QChar c : u" + 23"_s) {
        text += c;
        QVERIFY(setScriptText(*document, scriptActionsOf(document->text()).constFirst(), text));
    }
    QCOMPARE(scriptActionsOf(document->text()).constFirst().text, text);

    document->undo();

    QCOMPARE(document->bytes(), withTwo);
}

HUBKEEPER_TEST(TestScriptActions)
#include "tst_scriptactions.moc"
