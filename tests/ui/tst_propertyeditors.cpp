// SPDX-License-Identifier: MIT
#include "records/values/propertyeditors.h"
#include "testkit/warnings.h"
#include "testkit/windowtest.h"

#include <QComboBox>
#include <QLineEdit>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace hubkeeper;

namespace {

PropertyDefinition define(const QString &type, const QString &fieldType,
                          const QList<PropertyOption> &options = {})
{
    PropertyDefinition definition;
    definition.name = u"p"_s;
    definition.label = u"Property"_s;
    definition.type = type;
    definition.fieldType = fieldType;
    definition.options = options;
    return definition;
}

const QList<PropertyOption> colours {
    {u"r"_s, u"Red"_s, false}, {u"g"_s, u"Green"_s, false}, {u"x"_s, u"Old"_s, true}};

} // namespace

/// What goes into an editor comes out of it, whatever the property's type shows.
class TestPropertyEditors final : public QObject
{
    Q_OBJECT

private slots:
    void init() { test::failOnUnexpectedWarnings(); }
    void keepsWhatItGets_data();
    void keepsWhatItGets();
    void offersOptionsButNotHiddenOnes();
    void numbersTakeNoLetters();
    void everyEditorHasAName_data() { keepsWhatItGets_data(); }
    void everyEditorHasAName();
};

void TestPropertyEditors::keepsWhatItGets_data()
{
    QTest::addColumn<PropertyDefinition>("definition");
    QTest::addColumn<QString>("text");
    // clang-format off
    QTest::newRow("text")              << define(u"string"_s, u"text"_s)              << u"Zoë <b>"_s;
    QTest::newRow("long text")         << define(u"string"_s, u"textarea"_s)          << u"a\nb"_s;
    QTest::newRow("number")            << define(u"number"_s, u"number"_s)            << u"-12.50"_s;
    QTest::newRow("yes or no")         << define(u"bool"_s, u"booleancheckbox"_s)     << u"true"_s;
    QTest::newRow("date")              << define(u"date"_s, u"date"_s)                << u"1962-05-07"_s;
    QTest::newRow("date and time")     << define(u"datetime"_s, u"date"_s)            << u"2026-11-23T10:00:00Z"_s;
    QTest::newRow("option")            << define(u"enumeration"_s, u"select"_s, colours)   << u"g"_s;
    QTest::newRow("hidden option")     << define(u"enumeration"_s, u"select"_s, colours)   << u"x"_s;
    QTest::newRow("unknown option")    << define(u"enumeration"_s, u"select"_s, colours)   << u"gone"_s;
    QTest::newRow("several options")   << define(u"enumeration"_s, u"checkbox"_s, colours) << u"r;g"_s;
    QTest::newRow("unknown among several") << define(u"enumeration"_s, u"checkbox"_s, colours) << u"r;gone"_s;
    QTest::newRow("nothing, text")     << define(u"string"_s, u"text"_s)              << QString();
    QTest::newRow("nothing, number")   << define(u"number"_s, u"number"_s)            << QString();
    QTest::newRow("nothing, date")     << define(u"date"_s, u"date"_s)                << QString();
    QTest::newRow("nothing, option")   << define(u"enumeration"_s, u"select"_s, colours)   << QString();
    QTest::newRow("nothing, several")  << define(u"enumeration"_s, u"checkbox"_s, colours) << QString();
    // clang-format on
}

void TestPropertyEditors::keepsWhatItGets()
{
    QFETCH(PropertyDefinition, definition);
    QFETCH(QString, text);
    const Masking masking;
    const PropertyNames names(masking);
    for (const bool inCell : {true, false}) {
        const std::unique_ptr<PropertyEditor> editor(
            makePropertyEditor(&definition, names, inCell, nullptr));
        editor->setText(text);
        QCOMPARE(editor->text(), text);
    }
}

void TestPropertyEditors::offersOptionsButNotHiddenOnes()
{
    const PropertyDefinition definition = define(u"enumeration"_s, u"select"_s, colours);
    const Masking masking;
    const PropertyNames names(masking);
    const std::unique_ptr<PropertyEditor> editor(
        makePropertyEditor(&definition, names, false, nullptr));
    editor->setText(u"r"_s);
    const auto *box = editor->findChild<QComboBox *>();
    QVERIFY(box);
    QCOMPARE(box->currentText(), u"Red"_s);
    QVERIFY(box->findText(u"Green"_s) >= 0);
    QCOMPARE(box->findText(u"Old"_s), -1);
}

void TestPropertyEditors::numbersTakeNoLetters()
{
    const PropertyDefinition definition = define(u"number"_s, u"number"_s);
    const Masking masking;
    const PropertyNames names(masking);
    const std::unique_ptr<PropertyEditor> editor(
        makePropertyEditor(&definition, names, false, nullptr));
    editor->show();
    auto *line = editor->findChild<QLineEdit *>();
    QTest::keyClicks(line, u"1a2.b5x"_s);
    QCOMPARE(editor->text(), u"12.5"_s);
}

void TestPropertyEditors::everyEditorHasAName()
{
    QFETCH(PropertyDefinition, definition);
    const Masking masking;
    const PropertyNames names(masking);
    const std::unique_ptr<PropertyEditor> editor(
        makePropertyEditor(&definition, names, false, nullptr));
    editor->show();
    QVERIFY(editor->focusProxy());
    QVERIFY(!editor->focusProxy()->accessibleName().isEmpty());
}

HUBKEEPER_WINDOW_TEST(TestPropertyEditors)
#include "tst_propertyeditors.moc"
