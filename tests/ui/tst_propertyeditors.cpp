// SPDX-License-Identifier: MIT
#include "records/values/numbertext.h"
#include "records/values/propertyeditors.h"
#include "testkit/warnings.h"
#include "testkit/windowtest.h"

#include <QCalendarWidget>
#include <QComboBox>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

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
const QList<PropertyOption> roles {{u"DECISION_MAKER"_s, u"Decision Maker"_s, false},
                                   {u"LEGAL"_s, u"Legal & Compliance"_s, false},
                                   {u"BUDGET_HOLDER"_s, u"Budget Holder"_s, false}};
const QList<PropertyOption> twins {
    {u"1"_s, u"Same"_s, false}, {u"2"_s, u"same"_s, false}, {u"3"_s, u"Other"_s, false}};

Owner owner(const QString &id, const QString &first, const QString &email)
{
    Owner owner;
    owner.id = id;
    owner.firstName = first;
    owner.lastName = u"Meier"_s;
    owner.email = email;
    return owner;
}

PropertyDefinition ownerProperty()
{
    PropertyDefinition definition = define(u"enumeration"_s, u"select"_s);
    definition.referencedObjectType = u"OWNER"_s;
    return definition;
}

/// One property of each kind that has an editor of its own.
QList<std::pair<const char *, PropertyDefinition>> kinds()
{
    return {
        {"text", define(u"string"_s, u"text"_s)},
        {"long text", define(u"string"_s, u"textarea"_s)},
        {"markup", define(u"string"_s, u"html"_s)},
        {"phone", define(u"phone_number"_s, u"phonenumber"_s)},
        {"number", define(u"number"_s, u"number"_s)},
        {"yes or no", define(u"bool"_s, u"booleancheckbox"_s)},
        {"date", define(u"date"_s, u"date"_s)},
        {"date and time", define(u"datetime"_s, u"date"_s)},
        {"option", define(u"enumeration"_s, u"select"_s, colours)},
        {"options of one label", define(u"enumeration"_s, u"radio"_s, twins)},
        {"several options", define(u"enumeration"_s, u"checkbox"_s, colours)},
        {"owner", ownerProperty()},
        {"type of tomorrow", define(u"json"_s, u"text"_s)},
    };
}

} // namespace

/// What goes into an editor comes out of it, whatever the property's type shows; what is entered is
/// taken as it was meant, or refused.
class TestPropertyEditors final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void keepsWhatItGets_data();
    void keepsWhatItGets();
    void keepsLineEnds();
    void offersOptionsButNotHiddenOnes();
    void readsNumbers_data();
    void readsNumbers();
    void refusesWhatIsNotANumber();
    void reportsOwnersOfOneNameApart();
    void reportsOptionsOfOneLabelApart();
    void refusesTextsThatAreNoChoice();
    void ticksTheHighlightedOption();
    void keepsTheFocus();
    void refusesDatesThatAreNone();
    void everyEditorHasAName_data();
    void everyEditorHasAName();

private:
    [[nodiscard]] PropertyEditor *make(const PropertyDefinition &definition, bool inCell = false);

    Masking m_masking;
    PropertyNames m_names {m_masking};
    std::unique_ptr<PropertyEditor> m_editor;
};

void TestPropertyEditors::init()
{
    test::failOnUnexpectedWarnings();
    m_names.setOwners({owner(u"70010001"_s, u"Anna"_s, u"anna@example.com"_s),
                       owner(u"70010002"_s, u"Anna"_s, u"anna2@example.com"_s),
                       owner(u"70010003"_s, u"Ben"_s, QString())});
}

PropertyEditor *TestPropertyEditors::make(const PropertyDefinition &definition, bool inCell)
{
    m_editor.reset(makePropertyEditor(&definition, m_names, inCell, nullptr));
    return m_editor.get();
}

void TestPropertyEditors::keepsWhatItGets_data()
{
    QTest::addColumn<PropertyDefinition>("definition");
    QTest::addColumn<QString>("text");
    const std::pair<const char *, QString> texts[] = {
        {"nothing", QString()},
        {"word", u"Zoë <b> & \"x\""_s},
        {"blanks around", u"  x "_s},
        {"no-break spaces", u"a\u00A0b\u202Fc"_s},
        {"line ends of Windows", u"a\r\nb\r\n"_s},
        {"mixed line ends", u"a\r\nb\nc\rd\u2028e\u2029f"_s},
        {"tab and NUL", QString::fromUtf16(u"a\tb\0c", 5)},
        {"half a surrogate pair", QString(QChar(0xD83D))},
        {"long", QString(70'000, u'x')},
        {"number", u"-12.50"_s},
        {"number with exponent", u"+1.5E3"_s},
        {"number of many digits", u"9007199254740993.10"_s},
        {"number, ambiguous", u"1.234"_s},
        {"yes", u"TRUE"_s},
        {"date", u"1962-05-07"_s},
        {"milliseconds", u"-241315200000"_s},
        {"instant", u"2026-11-23T10:00:00.120+02:00"_s},
        {"option", u"g"_s},
        {"hidden option", u"x"_s},
        {"label of an option", u"Red"_s},
        {"several", u"g;r"_s},
        {"several, one unknown", u"r;gone;;g"_s},
        {"several, twice", u";r;r"_s},
        {"second of one label", u"2"_s},
        {"owner", u"70010002"_s},
        {"unknown owner", u"99"_s},
    };
    for (const auto &[kind, definition] : kinds()) {
        for (const auto &[name, text] : texts)
            QTest::addRow("%s: %s", kind, name) << definition << text;
    }
}

void TestPropertyEditors::keepsWhatItGets()
{
    QFETCH(PropertyDefinition, definition);
    QFETCH(QString, text);
    for (const bool inCell : {true, false}) {
        PropertyEditor *editor = make(definition, inCell);
        editor->setText(text);
        QVERIFY(!editor->isTouched());
        QVERIFY(editor->refusal().isEmpty());
        QCOMPARE(editor->text(), text);
        QCOMPARE(editor->text().isNull(), text.isNull());
    }
}

void TestPropertyEditors::keepsLineEnds()
{
    PropertyEditor *editor = make(define(u"string"_s, u"textarea"_s));
    editor->show();
    editor->setText(u"a\u00A0b\r\nc"_s);
    auto *edit = editor->findChild<QPlainTextEdit *>();
    edit->moveCursor(QTextCursor::End);
    QTest::keyClick(edit, Qt::Key_Return);
    QTest::keyClicks(edit, u"d"_s);
    QCOMPARE(editor->text(), u"a\u00A0b\r\nc\r\nd"_s);
}

void TestPropertyEditors::offersOptionsButNotHiddenOnes()
{
    PropertyEditor *editor = make(define(u"enumeration"_s, u"select"_s, colours));
    editor->setText(u"r"_s);
    const auto *box = editor->findChild<QComboBox *>();
    QVERIFY(box);
    QCOMPARE(box->currentText(), u"Red"_s);
    QVERIFY(box->findText(u"Green"_s) >= 0);
    QCOMPARE(box->findText(u"Old"_s), -1);
}

void TestPropertyEditors::readsNumbers_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("english");
    QTest::addColumn<QString>("german");
    const QString no; // Not a number.
    const QString either = u"?"_s; // Ambiguous.
    // clang-format off
    QTest::newRow("integer")           << u"12"_s           << u"12"_s       << u"12"_s;
    QTest::newRow("many digits")       << u"9007199254740993"_s << u"9007199254740993"_s << u"9007199254740993"_s;
    QTest::newRow("point")             << u"12.5"_s         << u"12.5"_s     << u"12.5"_s;
    QTest::newRow("comma")             << u"12,5"_s         << u"12.5"_s     << u"12.5"_s;
    QTest::newRow("point, 3 digits")   << u"1.234"_s        << u"1.234"_s    << either;
    QTest::newRow("comma, 3 digits")   << u"1,234"_s        << either        << u"1.234"_s;
    QTest::newRow("below one")         << u"0.125"_s        << u"0.125"_s    << u"0.125"_s;
    QTest::newRow("below one, comma")  << u"0,125"_s        << u"0.125"_s    << u"0.125"_s;
    QTest::newRow("four before")       << u"1234,567"_s     << u"1234.567"_s << u"1234.567"_s;
    QTest::newRow("German groups")     << u"1.234,56"_s     << u"1234.56"_s  << u"1234.56"_s;
    QTest::newRow("English groups")    << u"1,234.56"_s     << u"1234.56"_s  << u"1234.56"_s;
    QTest::newRow("many groups")       << u"1,234,567"_s    << u"1234567"_s  << u"1234567"_s;
    QTest::newRow("many groups, points") << u"1.234.567"_s  << u"1234567"_s  << u"1234567"_s;
    QTest::newRow("blank groups")      << u"1 234,5"_s      << u"1234.5"_s   << u"1234.5"_s;
    QTest::newRow("no-break groups")   << u"1\u202F234\u202F567"_s << u"1234567"_s << u"1234567"_s;
    QTest::newRow("Swiss groups")      << u"1’234.50"_s     << u"1234.50"_s  << u"1234.50"_s;
    QTest::newRow("sign")              << u"+5"_s           << u"5"_s        << u"5"_s;
    QTest::newRow("minus sign")        << u"\u22125,5"_s    << u"-5.5"_s     << u"-5.5"_s;
    QTest::newRow("exponent")          << u"1.5e3"_s        << u"1500"_s     << u"1500"_s;
    QTest::newRow("small exponent")    << u"-25E-3"_s       << u"-0.025"_s   << u"-0.025"_s;
    QTest::newRow("only decimals")     << u".5"_s           << u"0.5"_s      << u"0.5"_s;
    QTest::newRow("no decimals")       << u"5."_s           << u"5"_s        << u"5"_s;
    QTest::newRow("blanks around")     << u" 7 "_s          << u"7"_s        << u"7"_s;
    QTest::newRow("Arabic digits")     << u"\u0661\u0662\u066B\u0665"_s << u"12.5"_s << u"12.5"_s;
    QTest::newRow("letters")           << u"12a"_s          << no << no;
    QTest::newRow("wrong groups")      << u"1,23,456"_s     << no << no;
    QTest::newRow("two decimals")      << u"1.5.2"_s        << no << no;
    QTest::newRow("huge exponent")     << u"1e999"_s        << no << no;
    QTest::newRow("hexadecimal")       << u"0x10"_s         << no << no;
    QTest::newRow("currency")          << u"5 €"_s          << no << no;
    QTest::newRow("only a point")      << u"."_s            << no << no;
    QTest::newRow("infinite")          << u"inf"_s          << no << no;
    // clang-format on
}

void TestPropertyEditors::readsNumbers()
{
    QFETCH(QString, typed);
    QFETCH(QString, english);
    QFETCH(QString, german);
    const auto meant = [](const NumberText &number) {
        return number.meaning == NumberText::Ambiguous ? u"?"_s : number.plain;
    };
    QCOMPARE(meant(readNumber(typed, QLocale(QLocale::English))), english);
    QCOMPARE(meant(readNumber(typed, QLocale(QLocale::German))), german);
}

void TestPropertyEditors::refusesWhatIsNotANumber()
{
    PropertyEditor *editor = make(define(u"number"_s, u"number"_s));
    editor->show();
    editor->setText(u"10"_s);
    auto *line = editor->findChild<QLineEdit *>();
    line->selectAll();
    QTest::keyClicks(line, u"12,5"_s);
    QCOMPARE(editor->text(), u"12.5"_s);
    QTest::keyClicks(line, u"x"_s);
    QVERIFY(editor->refusal().contains(u"12,5x"_s));
    QCOMPARE(editor->text(), u"10"_s);
}

void TestPropertyEditors::reportsOwnersOfOneNameApart()
{
    PropertyEditor *editor = make(ownerProperty());
    editor->show();
    editor->setText(u"70010002"_s);
    auto *box = editor->findChild<QComboBox *>();
    QCOMPARE(box->currentText(), u"Anna Meier (anna2@example.com)"_s);
    QCOMPARE(editor->text(), u"70010002"_s);
    QTest::keyClick(box, Qt::Key_Return); // Nothing chosen.
    QVERIFY(!editor->isTouched());

    editor->setText(u"70010001"_s);
    const int second = box->findText(u"Anna Meier (anna2@example.com)"_s);
    box->setCurrentIndex(second);
    QCOMPARE(editor->text(), u"70010002"_s);
    QCOMPARE(box->findText(u"Ben Meier"_s), box->count() - 1); // Alone: as he is called.
    QCOMPARE(m_names.shown(u"p"_s, u"70010002"_s), u"70010002"_s);
    m_names.setDefinitions({ownerProperty()});
    QCOMPARE(m_names.shown(u"p"_s, u"70010002"_s), u"Anna Meier (anna2@example.com)"_s);
    m_names.setDefinitions({});
}

void TestPropertyEditors::reportsOptionsOfOneLabelApart()
{
    PropertyEditor *editor = make(define(u"enumeration"_s, u"select"_s, twins));
    editor->show();
    editor->setText(u"2"_s);
    auto *box = editor->findChild<QComboBox *>();
    QCOMPARE(box->currentText(), u"same (2)"_s);
    box->lineEdit()->selectAll();
    QTest::keyClicks(box->lineEdit(), u"Same (1)"_s);
    QCOMPARE(editor->text(), u"1"_s);
    box->lineEdit()->selectAll();
    QTest::keyClicks(box->lineEdit(), u"same"_s);
    QVERIFY(!editor->refusal().isEmpty()); // Which?
    QCOMPARE(editor->text(), u"2"_s);
}

void TestPropertyEditors::refusesTextsThatAreNoChoice()
{
    PropertyEditor *editor = make(define(u"enumeration"_s, u"select"_s, colours));
    editor->show();
    editor->setText(u"r"_s);
    auto *line = editor->findChild<QComboBox *>()->lineEdit();
    line->selectAll();
    QTest::keyClicks(line, u"Blue"_s);
    QVERIFY2(editor->refusal().contains(u"Blue"_s), qPrintable(editor->refusal()));
    QCOMPARE(editor->text(), u"r"_s);
    line->selectAll();
    QTest::keyClicks(line, u"green"_s);
    QCOMPARE(editor->text(), u"g"_s);
    line->selectAll();
    QTest::keyClick(line, Qt::Key_Delete);
    QVERIFY(editor->refusal().isEmpty());
    QCOMPARE(editor->text(), QString());
}

void TestPropertyEditors::ticksTheHighlightedOption()
{
    PropertyEditor *editor = make(define(u"enumeration"_s, u"checkbox"_s, roles), true);
    editor->show();
    editor->setText(u"DECISION_MAKER"_s);
    editor->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(editor));
    QSignalSpy chosen(editor, &PropertyEditor::chosen);
    auto *button = editor->findChild<QToolButton *>();
    QTest::keyClick(button, Qt::Key_Space);
    auto *menu = editor->findChild<QMenu *>();
    QVERIFY(menu->isVisible());
    QCOMPARE(menu->actions()[1]->text(), u"Legal && Compliance"_s);

    QTest::keyClick(menu, Qt::Key_Down);
    QTest::keyClick(menu, Qt::Key_Down);
    QTest::keyClick(menu, Qt::Key_Space);
    QVERIFY(menu->isVisible()); // More may be ticked.
    QCOMPARE(editor->text(), u"DECISION_MAKER;BUDGET_HOLDER"_s);
    QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(menu->actions()[1]).center());
    QVERIFY(menu->isVisible());
    QCOMPARE(editor->text(), u"DECISION_MAKER;LEGAL;BUDGET_HOLDER"_s);
    QCOMPARE(chosen.size(), 0);
    QTest::keyClick(menu, Qt::Key_Return);
    QVERIFY(!menu->isVisible());
    QCOMPARE(chosen.size(), 1);
}

void TestPropertyEditors::keepsTheFocus()
{
    QWidget window;
    auto *layout = new QVBoxLayout(&window);
    auto *before = new QLineEdit(&window);
    const PropertyDefinition definition = define(u"enumeration"_s, u"checkbox"_s, roles);
    PropertyEditor *editor = makePropertyEditor(&definition, m_names, true, &window);
    auto *after = new QLineEdit(&window);
    for (QWidget *widget : {static_cast<QWidget *>(before), static_cast<QWidget *>(editor),
                            static_cast<QWidget *>(after)})
        layout->addWidget(widget);
    editor->setText(QString());
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    auto *button = editor->findChild<QToolButton *>();
    button->setFocus();
    for (const Qt::Key key : {Qt::Key_Up, Qt::Key_Left, Qt::Key_Right, Qt::Key_Down}) {
        QTest::keyClick(button, key);
        QVERIFY(button->hasFocus());
    }
    auto *menu = editor->findChild<QMenu *>();
    QVERIFY(menu->isVisible()); // Down opens it.
    QTest::keyClick(menu, Qt::Key_Escape);
    QVERIFY(!menu->isVisible());
    QVERIFY(button->hasFocus());
}

void TestPropertyEditors::refusesDatesThatAreNone()
{
    for (const QString &type : {u"date"_s, u"datetime"_s}) {
        PropertyEditor *editor = make(define(type, u"date"_s));
        editor->show();
        editor->setText(u"2026-11-23"_s);
        auto *line = editor->findChild<QLineEdit *>();
        line->selectAll();
        QTest::keyClicks(line, u"2026-02-30"_s);
        QVERIFY(!editor->refusal().isEmpty());
        QCOMPARE(editor->text(), u"2026-11-23"_s);
    }
}

void TestPropertyEditors::everyEditorHasAName_data()
{
    QTest::addColumn<PropertyDefinition>("definition");
    for (const auto &[kind, definition] : kinds())
        QTest::newRow(kind) << definition;
}

void TestPropertyEditors::everyEditorHasAName()
{
    QFETCH(PropertyDefinition, definition);
    PropertyEditor *editor = make(definition);
    QVERIFY(editor->focusProxy());
    QVERIFY(!editor->focusProxy()->accessibleName().isEmpty());
}

HUBKEEPER_WINDOW_TEST(TestPropertyEditors)
#include "tst_propertyeditors.moc"
