// SPDX-License-Identifier: MIT
#include "records/values/instanteditor.h"
#include "testkit/windowtest.h"

#include <QCalendarWidget>
#include <QLineEdit>
#include <QPushButton>
#include <QTimeEdit>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace hubkeeper;

/// The editor of a date and time. Tests run in UTC.
class TestInstantEditor final : public QObject
{
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void untouchedIsToTheLetter();
    void picksADayAndATime();
};

void TestInstantEditor::reads_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("value"); // Empty: refused.
    QTest::newRow("as it is shown") << u"2026-02-03 14:05:06"_s << u"2026-02-03T14:05:06.000Z"_s;
    QTest::newRow("without seconds") << u"2026-02-03 14:05"_s << u"2026-02-03T14:05:00.000Z"_s;
    QTest::newRow("with a zone") << u"2026-02-03T14:05:06+02:00"_s
                                 << u"2026-02-03T14:05:06+02:00"_s;
    QTest::newRow("no such month") << u"2025-13-45 10:00"_s << QString();
    QTest::newRow("no such day") << u"2026-02-30 10:00"_s << QString();
    QTest::newRow("a word") << u"tomorrow"_s << QString();
}

void TestInstantEditor::reads()
{
    QFETCH(QString, text);
    QFETCH(QString, value);
    const TypedValue typed = typedInstant(text);
    QCOMPARE(typed.value, value);
    QCOMPARE(typed.refusal.isEmpty(), !value.isEmpty());
}

void TestInstantEditor::untouchedIsToTheLetter()
{
    PropertyDefinition definition;
    InstantEditor editor(definition, true, nullptr);
    editor.setText(u"2024-04-05T07:03:54.538Z"_s);
    QCOMPARE(editor.findChild<QLineEdit *>()->text(), u"2024-04-05 07:03:54"_s);
    QVERIFY(!editor.isTouched());
    QCOMPARE(editor.text(), u"2024-04-05T07:03:54.538Z"_s);
    editor.findChild<QLineEdit *>()->setText(u"2024-04-05 07:03:55"_s);
    QCOMPARE(editor.text(), u"2024-04-05T07:03:55.000Z"_s);
    editor.findChild<QLineEdit *>()->clear();
    QCOMPARE(editor.text(), QString());
    QVERIFY(editor.refusal().isEmpty());
}

void TestInstantEditor::picksADayAndATime()
{
    PropertyDefinition definition;
    InstantEditor editor(definition, true, nullptr);
    editor.setText({});
    auto *calendar = editor.findChild<QCalendarWidget *>();
    QVERIFY(calendar);
    calendar->setSelectedDate(QDate(2026, 5, 6));
    editor.findChild<QTimeEdit *>()->setTime(QTime(7, 8, 9));
    bool isChosen = false;
    connect(&editor, &PropertyEditor::chosen, &editor, [&] { isChosen = true; });
    emit calendar->activated(QDate(2026, 5, 6));
    QVERIFY(isChosen);
    QCOMPARE(editor.text(), u"2026-05-06T07:08:09.000Z"_s);
}

HUBKEEPER_WINDOW_TEST(TestInstantEditor)
#include "tst_instanteditor.moc"
