// SPDX-License-Identifier: MIT
#include "gridrig.h"
#include "records/grid/findreplacedialog.h"
#include "records/grid/recordurl.h"
#include "records/grid/setvaluedialog.h"
#include "records/grid/textreplacer.h"
#include "records/values/propertyeditors.h"
#include "testkit/windowtest.h"

#include <QCheckBox>
#include <QHeaderView>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QTableWidget>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

/// Many cells at once, with keys and mouse.
class TestGridHands final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanupTestCase() { m_rig.reset(); }
    void replacesInTexts_data();
    void replacesInTexts();
    void saysWhatIsWrongWithAnExpression();
    void knowsAddressesOfRecords_data();
    void knowsAddressesOfRecords();
    void fillsRight();
    void fillsRightOnlyWhatAPropertyTakes();
    void leavesReadOnlyCellsAlone();
    void setsOneValueForMany();
    void setsAnOptionByItsEditor();
    void setsTextsOfSeveralProperties();
    void replacesInTheSelection();
    void replacesInAColumnByExpression();
    void replacesNothingWhileMasked();
    void replacesNothingOfAnotherOrder();
    void copiesWithHeaders();
    void selectsLines();
    void sortsBySeveralColumns();
    void pastedAddressGoesToTheRecord();
    void goToTakesAnAddress();

private:
    template <typename T>
    [[nodiscard]] T *dialog()
    {
        T *found = nullptr;
        const auto isThere = [&] {
            found = m_rig->page->findChild<T *>();
            return found && found->isVisible();
        };
        if (!QTest::qWaitFor(isThere))
            return nullptr;
        found->activateWindow();
        (void)QTest::qWaitForWindowActive(found);
        return found;
    }
    void select(int first, int last, const QString &from, const QString &to)
    {
        m_rig->click(m_rig->cell(first, from));
        m_rig->click(m_rig->cell(last, to), Qt::ShiftModifier);
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::ControlModifier)
    {
        QTest::keyClick(m_rig->page->table(), key, modifiers);
    }
    void undo() { m_rig->changes().undo(); }

    std::unique_ptr<GridRig> m_rig;
    QString m_said;
};

void TestGridHands::initTestCase()
{
    m_rig = std::make_unique<GridRig>();
    QVERIFY(m_rig->readContacts());
    connect(m_rig->page, &Page::statusMessage, this,
            [this](const QString &text) { m_said = text; });
}

void TestGridHands::init()
{
    failOnUnexpectedWarnings();
    m_rig->changes().revertAll();
    m_rig->page->table()->clearSelection();
    m_rig->activate();
    m_rig->page->table()->setFocus();
    m_said.clear();
}

void TestGridHands::replacesInTexts_data()
{
    QTest::addColumn<TextReplacement>("wanted");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("after"); // "-": nothing is found.
    // clang-format off
    QTest::newRow("every one")      << TextReplacement {u"a"_s, u"o"_s}                  << u"banana A"_s << u"bonono o"_s;
    QTest::newRow("case")           << TextReplacement {u"a"_s, u"o"_s, false, true}     << u"Aa"_s       << u"Ao"_s;
    QTest::newRow("whole")          << TextReplacement {u"bern"_s, u"Bern"_s, false, false, true} << u"BERN"_s << u"Bern"_s;
    QTest::newRow("not whole")      << TextReplacement {u"bern"_s, u"x"_s, false, false, true} << u"Bernau"_s << u"-"_s;
    QTest::newRow("nothing")        << TextReplacement {u"zz"_s, u"x"_s}                 << u"banana"_s   << u"-"_s;
    QTest::newRow("signs")          << TextReplacement {u"."_s, u"\\1"_s}                << u"a.b"_s      << u"a\\1b"_s;
    QTest::newRow("groups")         << TextReplacement {u"^00(\\d+)$"_s, u"+\\1"_s, true} << u"0049"_s    << u"+49"_s;
    QTest::newRow("by letters")     << TextReplacement {u"ß|é"_s, u"_"_s, true}          << u"ßÉ"_s       << u"__"_s;
    QTest::newRow("whole by expression") << TextReplacement {u"a|ab"_s, u"x"_s, true, true, true} << u"ab"_s << u"x"_s;
    QTest::newRow("to nothing")     << TextReplacement {u" "_s, u""_s}                   << u" a b "_s    << u"ab"_s;
    // clang-format on
}

void TestGridHands::replacesInTexts()
{
    QFETCH(TextReplacement, wanted);
    QFETCH(QString, text);
    const TextReplacer replacer(wanted);
    QCOMPARE(replacer.fault(), QString());
    QTEST(replacer.replaced(text).value_or(u"-"_s), "after");
}

void TestGridHands::saysWhatIsWrongWithAnExpression()
{
    QVERIFY(!TextReplacer({u""_s, u"x"_s}).fault().isEmpty());
    const QString fault = TextReplacer({u"a(b"_s, u"x"_s, true}).fault();
    QVERIFY2(fault.contains(u"at character 4"_s), qPrintable(fault));
    QVERIFY(TextReplacer({u"a(b"_s, u"x"_s}).fault().isEmpty());
}

void TestGridHands::knowsAddressesOfRecords_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("record"); // "contacts 7", or empty.
    // clang-format off
    QTest::newRow("contact")    << u"https://app.hubspot.com/contacts/123/record/0-1/7"_s       << u"contacts 7"_s;
    QTest::newRow("company")    << u"https://app-eu1.hubspot.com/contacts/123/record/0-2/8/?x=1"_s << u"companies 8"_s;
    QTest::newRow("older")      << u" https://app.hubspot.com/contacts/123/contact/9\n"_s       << u"contacts 9"_s;
    QTest::newRow("older, company") << u"https://app.hubspot.com/contacts/123/company/9"_s      << u"companies 9"_s;
    QTest::newRow("deal")       << u"https://app.hubspot.com/contacts/123/record/0-3/7"_s       << u""_s;
    QTest::newRow("list")       << u"https://app.hubspot.com/contacts/123/objects/0-1/views"_s  << u""_s;
    QTest::newRow("elsewhere")  << u"https://hubspot.com.evil.example/contacts/1/record/0-1/7"_s << u""_s;
    QTest::newRow("http")       << u"http://app.hubspot.com/contacts/123/record/0-1/7"_s        << u""_s;
    QTest::newRow("two")        << u"https://app.hubspot.com/contacts/1/record/0-1/7\thttps://app.hubspot.com/contacts/1/record/0-1/8"_s << u""_s;
    QTest::newRow("a text")     << u"see 0-1/7"_s << u""_s;
    // clang-format on
}

void TestGridHands::knowsAddressesOfRecords()
{
    QFETCH(QString, text);
    const auto found = recordFromUrl(text);
    const QString record = found ? nameOf(found->type) + u' ' + found->id : QString();
    QTEST(record, "record");
}

void TestGridHands::fillsRight()
{
    const QStringList first = m_rig->raws(3, 5, u"firstname"_s);
    const QStringList last = m_rig->raws(3, 5, u"lastname"_s);
    select(3, 5, u"firstname"_s, u"lastname"_s);
    press(Qt::Key_R);
    QTRY_COMPARE(m_rig->raws(3, 5, u"lastname"_s), first);
    QCOMPARE(m_rig->raws(3, 5, u"firstname"_s), first);
    undo(); // One step.
    QCOMPARE(m_rig->raws(3, 5, u"lastname"_s), last);

    m_rig->click(m_rig->cell(3, u"firstname"_s));
    press(Qt::Key_R);
    QVERIFY(m_said.contains(u"to the right"_s));
    QVERIFY(m_rig->changes().isEmpty());
}

void TestGridHands::fillsRightOnlyWhatAPropertyTakes()
{
    m_rig->click(m_rig->cell(3, u"company"_s));
    m_rig->paste(u"Acme"_s);
    const QString stage = m_rig->raw(3, u"lifecyclestage"_s);
    m_said.clear();
    select(3, 3, u"company"_s, u"lifecyclestage"_s);
    press(Qt::Key_R);
    QTRY_VERIFY(!m_said.isEmpty());
    QVERIFY2(m_said.contains(u"1 could not be edited"_s), qPrintable(m_said));
    QCOMPARE(m_rig->raw(3, u"lifecyclestage"_s), stage);
    QTRY_VERIFY(m_rig->page->findChild<MessageBar *>()->isVisible()); // It says why.
}

void TestGridHands::leavesReadOnlyCellsAlone()
{
    const QStringList dates = m_rig->raws(3, 5, u"lastmodifieddate"_s);
    select(3, 5, u"lastmodifieddate"_s, u"lastmodifieddate"_s);
    press(Qt::Key_D);
    QTRY_VERIFY2(m_said.contains(u"2 could not be edited"_s), qPrintable(m_said));
    QCOMPARE(m_rig->raws(3, 5, u"lastmodifieddate"_s), dates);
    QVERIFY(m_rig->changes().isEmpty());
}

void TestGridHands::setsOneValueForMany()
{
    const QStringList before = m_rig->raws(2, 9, u"company"_s);
    select(2, 9, u"company"_s, u"company"_s);
    press(Qt::Key_E);
    auto *ask = dialog<SetValueDialog>();
    QVERIFY(ask);
    QVERIFY(ask->findChild<QLabel *>()->text().startsWith(u"8 cell(s) of"_s));
    QTest::keyClicks(ask->findChild<PropertyEditor *>()->focusProxy()
                         ? ask->findChild<PropertyEditor *>()->focusProxy()
                         : ask->findChild<PropertyEditor *>()->findChild<QWidget *>(),
                     u"Acme"_s);
    QTest::keyClick(ask, Qt::Key_Return);
    QTRY_COMPARE(m_rig->raws(2, 9, u"company"_s), QStringList(8, u"Acme"_s));
    undo();
    QCOMPARE(m_rig->raws(2, 9, u"company"_s), before);
}

void TestGridHands::setsAnOptionByItsEditor()
{
    select(2, 4, u"lifecyclestage"_s, u"lifecyclestage"_s);
    press(Qt::Key_E);
    auto *ask = dialog<SetValueDialog>();
    QVERIFY(ask);
    auto *editor = ask->findChild<PropertyEditor *>();
    editor->setText(u"customer"_s);
    QTest::keyClick(ask, Qt::Key_Return);
    QTRY_COMPARE(m_rig->raws(2, 4, u"lifecyclestage"_s), QStringList(3, u"customer"_s));
}

void TestGridHands::setsTextsOfSeveralProperties()
{
    select(2, 3, u"company"_s, u"lifecyclestage"_s);
    press(Qt::Key_E);
    auto *ask = dialog<SetValueDialog>();
    QVERIFY(ask);
    QTest::keyClicks(ask->findChild<QLineEdit *>(u"setValueText"_s), u"Lead"_s);
    QTest::keyClick(ask, Qt::Key_Return);
    QTRY_COMPARE(m_rig->raws(2, 3, u"company"_s), QStringList(2, u"Lead"_s));
    QCOMPARE(m_rig->raws(2, 3, u"lifecyclestage"_s), QStringList(2, u"lead"_s)); // By its label.
}

void TestGridHands::replacesInTheSelection()
{
    m_rig->paste(QString()); // Nothing on the clipboard to be in the way.
    select(2, 5, u"company"_s, u"company"_s);
    m_rig->paste(u"Acme Ltd\nFoo Ltd\nBar Inc\nLtd Ltd\n"_s);
    QTRY_COMPARE(m_rig->raw(5, u"company"_s), u"Ltd Ltd"_s);
    select(2, 4, u"company"_s, u"company"_s);
    press(Qt::Key_H);
    auto *ask = dialog<FindReplaceDialog>();
    QVERIFY(ask);
    QVERIFY(ask->width() <= 1024 && ask->height() <= 700);
    QTest::keyClicks(ask->findChild<QLineEdit *>(u"findText"_s), u"ltd"_s);
    QTest::keyClicks(ask->findChild<QLineEdit *>(u"replaceText"_s), u"Limited"_s);
    auto *preview = ask->findChild<QTableWidget *>(u"findPreview"_s);
    QTRY_COMPARE(preview->rowCount(), 2);
    QCOMPARE(preview->item(0, 0)->text(), u"Acme Ltd"_s);
    QCOMPARE(preview->item(0, 1)->text(), u"Acme Limited"_s);
    QTRY_VERIFY(ask->findChild<QLabel *>(u"findCount"_s)->text().startsWith(u"2 cell(s)"_s));
    QTest::keyClick(ask, Qt::Key_Return);
    QTRY_COMPARE(m_rig->raws(2, 5, u"company"_s),
                 QStringList({u"Acme Limited"_s, u"Foo Limited"_s, u"Bar Inc"_s, u"Ltd Ltd"_s}));
    undo();
    QCOMPARE(m_rig->raw(3, u"company"_s), u"Foo Ltd"_s);
}

void TestGridHands::replacesInAColumnByExpression()
{
    const QStringList before = m_rig->raws(0, 59, u"email"_s);
    m_rig->click(m_rig->cell(7, u"email"_s));
    press(Qt::Key_H);
    auto *ask = dialog<FindReplaceDialog>();
    QVERIFY(ask);
    QVERIFY(ask->findChild<QRadioButton *>(u"findInColumn"_s)->isChecked());
    auto *expression = ask->findChild<QCheckBox *>(u"findExpression"_s);
    QTest::mouseClick(expression, Qt::LeftButton, {}, QPoint(8, expression->height() / 2));
    QTest::keyClicks(ask->findChild<QLineEdit *>(u"findText"_s), u"^([^@]+)@(.+)$"_s);
    QTest::keyClicks(ask->findChild<QLineEdit *>(u"replaceText"_s), u"\\1+old@\\2"_s);
    QTRY_VERIFY(ask->findChild<QTableWidget *>(u"findPreview"_s)->rowCount() > 10);
    QTest::keyClick(ask, Qt::Key_Return);
    QStringList after = before;
    after.replaceInStrings(QRegularExpression(u"^([^@]+)@"_s), u"\\1+old@"_s);
    QTRY_COMPARE(m_rig->raws(0, 59, u"email"_s), after);
    undo();
    QCOMPARE(m_rig->raws(0, 59, u"email"_s), before);
}

void TestGridHands::replacesNothingWhileMasked()
{
    m_rig->click(m_rig->cell(7, u"email"_s));
    m_rig->masking.setOn(true);
    press(Qt::Key_H);
    QTRY_VERIFY(m_said.contains(u"masked"_s));
    QVERIFY(!m_rig->page->findChild<FindReplaceDialog *>());
    m_rig->masking.setOn(false);
}

void TestGridHands::replacesNothingOfAnotherOrder()
{
    select(2, 5, u"company"_s, u"company"_s);
    press(Qt::Key_E);
    auto *ask = dialog<SetValueDialog>();
    QVERIFY(ask);
    m_rig->page->table()->sortByColumn(2, Qt::DescendingOrder); // As a reading does at its end.
    const QString first = m_rig->page->model()->idAt(2);
    QTRY_VERIFY(m_rig->page->model()->idAt(2) != first);
    QTest::keyClick(ask, Qt::Key_Return);
    QTRY_VERIFY2(m_said.contains(u"has changed meanwhile"_s), qPrintable(m_said));
    QVERIFY(m_rig->changes().isEmpty());
    const QString sorted = m_rig->page->model()->idAt(2);
    m_rig->page->table()->sortByColumn(-1, Qt::AscendingOrder);
    QTRY_VERIFY(m_rig->page->model()->idAt(2) != sorted);
}

void TestGridHands::copiesWithHeaders()
{
    select(3, 4, u"company"_s, u"lifecyclestage"_s);
    press(Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(m_said.contains(u"copied"_s));
    const QStringList lines = QApplication::clipboard()->text().split(u'\n');
    QCOMPARE(lines.size(), 4);
    QCOMPARE(lines[0], u"Company Name\tLifecycle Stage"_s);
    const QString shown = m_rig->cell(3, u"lifecyclestage"_s).data(Qt::DisplayRole).toString();
    QVERIFY2(lines[1].endsWith(u'\t' + shown), qPrintable(lines[1]));
}

void TestGridHands::selectsLines()
{
    RecordTable *table = m_rig->page->table();
    select(3, 5, u"company"_s, u"company"_s);
    press(Qt::Key_Space, Qt::ShiftModifier);
    QCOMPARE(table->selectedRanges(),
             QList<QRect> {QRect(0, 3, m_rig->page->model()->columnCount(), 3)});
    m_rig->click(m_rig->cell(4, u"company"_s));
    press(Qt::Key_Space);
    QCOMPARE(table->selectedRanges(),
             QList<QRect> {QRect(m_rig->cell(0, u"company"_s).column(), 0, 1, 60)});
}

/// A click, and then one with Shift on another header.
void TestGridHands::sortsBySeveralColumns()
{
    RecordTable *table = m_rig->page->table();
    QHeaderView *header = table->horizontalHeader();
    const auto clickHeader = [&](const QString &property, Qt::KeyboardModifiers modifiers) {
        const int column = m_rig->cell(0, property).column();
        table->scrollTo(m_rig->cell(0, property));
        const QPoint at(header->sectionViewportPosition(column) + header->sectionSize(column) / 2,
                        header->height() / 2);
        QTest::mouseClick(header->viewport(), Qt::LeftButton, modifiers, at);
    };
    const auto isSorted = [&](bool emailsDown) {
        const QStringList stages = m_rig->raws(0, 59, u"lifecyclestage"_s);
        const QStringList emails = m_rig->raws(0, 59, u"email"_s);
        for (qsizetype i = 1; i < stages.size(); ++i) {
            if (stages[i] == stages[i - 1] && !emails[i].isEmpty() && !emails[i - 1].isEmpty()
                && (emails[i] < emails[i - 1]) != emailsDown)
                return false;
        }
        return true;
    };
    clickHeader(u"lifecyclestage"_s, {});
    QTRY_COMPARE(header->sortIndicatorSection(), m_rig->cell(0, u"lifecyclestage"_s).column());
    clickHeader(u"email"_s, Qt::ShiftModifier);
    const int email = m_rig->cell(0, u"email"_s).column();
    const auto title = [&] {
        return m_rig->page->model()->headerData(email, Qt::Horizontal, Qt::DisplayRole).toString();
    };
    QVERIFY2(title().endsWith(u"\u21912"_s), qPrintable(title()));
    QTRY_VERIFY(isSorted(false));
    clickHeader(u"email"_s, Qt::ShiftModifier);
    QVERIFY2(title().endsWith(u"\u21932"_s), qPrintable(title()));
    QTRY_VERIFY(isSorted(true));
    QCOMPARE(header->sortIndicatorSection(), m_rig->cell(0, u"lifecyclestage"_s).column());
    clickHeader(u"email"_s, Qt::ShiftModifier); // Not any more.
    QVERIFY2(!title().contains(u'\u2193'), qPrintable(title()));
    table->sortByColumn(-1, Qt::AscendingOrder);
}

void TestGridHands::pastedAddressGoesToTheRecord()
{
    m_rig->click(m_rig->cell(3, u"company"_s));
    const QString id = m_rig->page->model()->idAt(40);
    m_rig->paste(u"https://app.hubspot.com/contacts/12345678/record/0-1/"_s + id);
    QTRY_COMPARE(m_rig->page->table()->currentIndex().row(), 40);
    QVERIFY(m_rig->changes().isEmpty());

    QObject listener;
    QList<Place> places;
    connect(m_rig->page, &Page::goTo, &listener, [&](const Place &place) { places.append(place); });
    m_rig->paste(u"https://app.hubspot.com/contacts/12345678/company/99"_s);
    QTRY_COMPARE(places.size(), 1);
    QCOMPARE(places.first(), (Place {PageId::Companies, ItemId {u"99"_s}}));
}

void TestGridHands::goToTakesAnAddress()
{
    QVERIFY(m_rig->page->askForItem());
    auto *ask = dialog<QInputDialog>();
    QVERIFY(ask);
    QTest::keyClicks(ask->findChild<QLineEdit *>(),
                     u"https://app.hubspot.com/contacts/1/record/0-1/"_s
                         + m_rig->page->model()->idAt(20));
    QTest::keyClick(ask, Qt::Key_Return);
    QTRY_COMPARE(m_rig->page->table()->currentIndex().row(), 20);
}

HUBKEEPER_WINDOW_TEST(TestGridHands)
#include "tst_gridhands.moc"
