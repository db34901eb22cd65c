// SPDX-License-Identifier: MIT
#include "gridrig.h"
#include "tables/clipboardcells.h"
#include "testkit/windowtest.h"

#include <QHeaderView>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollBar>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

/// Copying and pasting ranges with keys and mouse.
class TestGridPaste final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanupTestCase() { m_rig.reset(); }
    void startsAtTheTopLeftOfTheSelection_data();
    void startsAtTheTopLeftOfTheSelection();
    void oneValueFillsTheSelection();
    void oneValueFillsSeveralRanges();
    void refusesSeveralRanges();
    void asksWhenSizesDiffer();
    void pastesIntoTheSelectionItWasCopiedFrom();
    void textsOfASpreadsheetArriveCellByCell();
    void copiesWhatASpreadsheetReads();
    void isOneStep();
    void fillsDown();
    void deleteEmptiesCells();
    void saysWhatItCouldNotPaste();
    void readsNumbersAndLabels();
    void ctrlShiftArrowsSelect();
    void columnsCanBeDragged();
    void rowsSayWhoseTheyAre();

private:
    [[nodiscard]] QMessageBox *question() const
    {
        return m_rig->window.findChild<QMessageBox *>(u"pasteSizes"_s);
    }

    std::unique_ptr<GridRig> m_rig;
    QString m_said;
};

void TestGridPaste::initTestCase()
{
    m_rig = std::make_unique<GridRig>();
    QVERIFY(m_rig->readContacts());
    connect(m_rig->page, &Page::statusMessage, this,
            [this](const QString &text) { m_said = text; });
}

void TestGridPaste::init()
{
    failOnUnexpectedWarnings();
    m_rig->changes().revertAll();
    m_rig->page->table()->clearSelection();
    m_rig->page->table()->setFocus();
    m_said.clear();
}

void TestGridPaste::startsAtTheTopLeftOfTheSelection_data()
{
    QTest::addColumn<bool>("withKeys");
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("to");
    QTest::newRow("mouse, down") << false << 3 << 6;
    QTest::newRow("mouse, up") << false << 6 << 3;
    QTest::newRow("keys, down") << true << 3 << 6;
    QTest::newRow("keys, up") << true << 6 << 3;
}

void TestGridPaste::startsAtTheTopLeftOfTheSelection()
{
    QFETCH(bool, withKeys);
    QFETCH(int, from);
    QFETCH(int, to);
    const QStringList after = m_rig->raws(7, 12, u"firstname"_s);
    m_rig->click(m_rig->cell(from, u"firstname"_s));
    if (withKeys) {
        for (int i = 0; i < 3; ++i)
            QTest::keyClick(m_rig->page->table(), to > from ? Qt::Key_Down : Qt::Key_Up,
                            Qt::ShiftModifier);
    } else {
        m_rig->click(m_rig->cell(to, u"firstname"_s), Qt::ShiftModifier);
    }

    m_rig->paste(u"A4\nA5\nA6\nA7\n"_s);

    QCOMPARE(m_rig->raws(3, 6, u"firstname"_s), (QStringList {u"A4"_s, u"A5"_s, u"A6"_s, u"A7"_s}));
    QCOMPARE(m_rig->raws(7, 12, u"firstname"_s), after);
    QCOMPARE(m_rig->changes().count(), 4);
}

void TestGridPaste::oneValueFillsTheSelection()
{
    m_rig->click(m_rig->cell(3, u"firstname"_s));
    m_rig->click(m_rig->cell(6, u"lastname"_s), Qt::ShiftModifier);
    m_rig->paste(u"Bern"_s);
    QCOMPARE(m_rig->raws(3, 6, u"firstname"_s), QStringList(4, u"Bern"_s));
    QCOMPARE(m_rig->raws(3, 6, u"lastname"_s), QStringList(4, u"Bern"_s));
    QCOMPARE(m_rig->changes().count(), 4);

    // One row goes into each selected row.
    m_rig->paste(u"Ann\tArbor\n"_s);
    QCOMPARE(m_rig->raws(3, 6, u"firstname"_s), QStringList(4, u"Ann"_s));
    QCOMPARE(m_rig->raws(3, 6, u"lastname"_s), QStringList(4, u"Arbor"_s));
}

void TestGridPaste::oneValueFillsSeveralRanges()
{
    m_rig->click(m_rig->cell(1, u"firstname"_s));
    m_rig->click(m_rig->cell(4, u"lastname"_s), Qt::ControlModifier);
    m_rig->paste(u"Bern"_s);
    QCOMPARE(m_rig->raw(1, u"firstname"_s), u"Bern"_s);
    QCOMPARE(m_rig->raw(4, u"lastname"_s), u"Bern"_s);
    QCOMPARE(m_rig->changes().count(), 2);
}

void TestGridPaste::refusesSeveralRanges()
{
    m_rig->click(m_rig->cell(1, u"firstname"_s));
    m_rig->click(m_rig->cell(4, u"firstname"_s), Qt::ControlModifier);
    m_rig->paste(u"A\nB\n"_s);
    QVERIFY(m_rig->changes().isEmpty());
    QVERIFY2(m_said.startsWith(u"Nothing was pasted"_s), qPrintable(m_said));
}

void TestGridPaste::asksWhenSizesDiffer()
{
    m_rig->click(m_rig->cell(3, u"firstname"_s));
    m_rig->click(m_rig->cell(5, u"firstname"_s), Qt::ShiftModifier);
    m_rig->paste(u"A\nB\n"_s);
    QVERIFY(m_rig->changes().isEmpty());
    QVERIFY(question());
    QVERIFY2(question()->informativeText().contains(u"rows 4 to 5"_s),
             qPrintable(question()->informativeText()));
    QTest::keyClick(question(), Qt::Key_Escape);
    QTRY_VERIFY(!question());
    QVERIFY(m_rig->changes().isEmpty());

    m_rig->paste(u"A\nB\n"_s);
    QVERIFY(question());
    const auto buttons = question()->buttons();
    const auto accept = std::find_if(buttons.begin(), buttons.end(), [this](auto *button) {
        return question()->buttonRole(button) == QMessageBox::AcceptRole;
    });
    QVERIFY(accept != buttons.end());
    QTest::mouseClick(*accept, Qt::LeftButton);
    QCOMPARE(m_rig->raws(3, 4, u"firstname"_s), (QStringList {u"A"_s, u"B"_s}));
    QCOMPARE(m_rig->changes().count(), 2);
    QTRY_VERIFY(!question());
}

/// Out to a spreadsheet and back: the selection is still there.
void TestGridPaste::pastesIntoTheSelectionItWasCopiedFrom()
{
    const QStringList before = m_rig->raws(0, 20, u"firstname"_s);
    m_rig->click(m_rig->cell(1, u"firstname"_s));
    for (int i = 0; i < 15; ++i)
        QTest::keyClick(m_rig->page->table(), Qt::Key_Down, Qt::ShiftModifier);
    QTest::keySequence(m_rig->page->table(), QKeySequence::Copy);
    QStringList texts;
    for (const QStringList &cells : cellsFromClipboard(QApplication::clipboard()->text()))
        texts.append(cells);
    QCOMPARE(texts, before.mid(1, 16));

    for (QString &text : texts)
        text += u" x"_s;
    m_rig->paste(texts.join(u'\n'));

    QCOMPARE(m_rig->raws(1, 16, u"firstname"_s), texts);
    QCOMPARE(m_rig->raw(0, u"firstname"_s), before[0]);
    QCOMPARE(m_rig->raws(17, 20, u"firstname"_s), before.mid(17, 4));
}

void TestGridPaste::textsOfASpreadsheetArriveCellByCell()
{
    m_rig->click(m_rig->cell(3, u"firstname"_s));
    m_rig->paste(u"\"Kalli\" K.\tMüller\r\n\"12 Zoll\tRohr\r\nNext\tRow\r\n\"a\nb\"\tOne\r\n"_s);
    QCOMPARE(m_rig->raws(3, 6, u"firstname"_s),
             (QStringList {u"\"Kalli\" K."_s, u"\"12 Zoll"_s, u"Next"_s, u"a\nb"_s}));
    QCOMPARE(m_rig->raws(3, 6, u"lastname"_s),
             (QStringList {u"Müller"_s, u"Rohr"_s, u"Row"_s, u"One"_s}));
}

void TestGridPaste::copiesWhatASpreadsheetReads()
{
    m_rig->click(m_rig->cell(3, u"firstname"_s));
    m_rig->paste(u"\"Kalli\" K.\tMüller"_s);
    m_rig->click(m_rig->cell(3, u"firstname"_s));
    m_rig->click(m_rig->cell(3, u"lastname"_s), Qt::ShiftModifier);
    QTest::keySequence(m_rig->page->table(), QKeySequence::Copy);
    QCOMPARE(QApplication::clipboard()->text(), u"\"\"\"Kalli\"\" K.\"\tMüller\n"_s);
}

void TestGridPaste::isOneStep()
{
    m_rig->click(m_rig->cell(3, u"firstname"_s));
    m_rig->paste(u"Ann\tArbor\nBea\tBrook\n"_s);
    QCOMPARE(m_rig->changes().count(), 2);
    m_rig->changes().undo();
    QVERIFY(m_rig->changes().isEmpty());
}

void TestGridPaste::fillsDown()
{
    const QString first = m_rig->raw(3, u"firstname"_s);
    m_rig->click(m_rig->cell(3, u"firstname"_s));
    m_rig->click(m_rig->cell(6, u"firstname"_s), Qt::ShiftModifier);
    QTest::keyClick(m_rig->page->table(), Qt::Key_D, Qt::ControlModifier);
    QCOMPARE(m_rig->raws(3, 6, u"firstname"_s), QStringList(4, first));
    QVERIFY(m_rig->changes().count() <= 3);
}

void TestGridPaste::deleteEmptiesCells()
{
    m_rig->click(m_rig->cell(3, u"firstname"_s));
    m_rig->click(m_rig->cell(4, u"lastname"_s), Qt::ShiftModifier);
    QTest::keyClick(m_rig->page->table(), Qt::Key_Delete);
    QCOMPARE(m_rig->raws(3, 4, u"firstname"_s).join(QString()), QString());
    QCOMPARE(m_rig->raws(3, 4, u"lastname"_s).join(QString()), QString());
    m_rig->changes().undo();
    QVERIFY(m_rig->changes().isEmpty());
}

void TestGridPaste::saysWhatItCouldNotPaste()
{
    m_rig->click(m_rig->cell(3, u"hubspot_owner_id"_s));
    m_rig->paste(u"Nobody At All\t2026-01-01\n"_s); // The column beside it is read-only.
    QVERIFY(m_rig->changes().isEmpty());
    QVERIFY2(m_said.contains(u"2 could not be edited"_s), qPrintable(m_said));

    m_rig->click(m_rig->cell(59, u"firstname"_s));
    m_rig->paste(u"A\nB\nC\n"_s);
    QCOMPARE(m_rig->changes().count(), 1);
    QVERIFY2(m_said.contains(u"2 beyond the end of the grid"_s), qPrintable(m_said));
}

/// What the grid shows can be pasted: names of owners, labels of options.
void TestGridPaste::readsNumbersAndLabels()
{
    const Owner owner = m_rig->page->names().owners().first();
    m_rig->click(m_rig->cell(3, u"lifecyclestage"_s));
    m_rig->paste(
        u"Customer\t%1\n"_s.arg(m_rig->page->names().shown(u"hubspot_owner_id"_s, owner.id)));
    QCOMPARE(m_rig->raw(3, u"lifecyclestage"_s), u"customer"_s);
    QCOMPARE(m_rig->raw(3, u"hubspot_owner_id"_s), owner.id);
}

void TestGridPaste::ctrlShiftArrowsSelect()
{
    m_rig->click(m_rig->cell(5, u"firstname"_s));
    QTest::keyClick(m_rig->page->table(), Qt::Key_Down, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(m_rig->page->table()->selectedRowCount(), 55);
    QCOMPARE(m_rig->page->table()->currentIndex().row(), 59);
    QTest::keyClick(m_rig->page->table(), Qt::Key_Up, Qt::ControlModifier);
    QCOMPARE(m_rig->page->table()->selectedRowCount(), 1);
    QCOMPARE(m_rig->page->table()->currentIndex(), m_rig->cell(0, u"firstname"_s));
}

void TestGridPaste::columnsCanBeDragged()
{
    QTableView *table = m_rig->page->table();
    const QStringList before = m_rig->page->model()->columns();
    table->setCurrentIndex(m_rig->cell(7, u"lastname"_s));
    table->horizontalHeader()->resizeSection(1, 222);
    table->horizontalHeader()->moveSection(1, 2); // As the mouse does it.
    const auto columns = [&] { return m_rig->page->model()->columns(); };
    QTRY_COMPARE(columns().first(), before[1]);
    QCOMPARE(columns()[1], before[0]);
    QCOMPARE(table->horizontalHeader()->visualIndex(1), 1);
    QCOMPARE(table->columnWidth(2), 222);
    QTRY_COMPARE(table->currentIndex().row(), 7);
    table->horizontalHeader()->moveSection(0, 3); // The id stays where it is.
    QTRY_COMPARE(table->horizontalHeader()->visualIndex(0), 0);
    table->horizontalHeader()->moveSection(2, 1);
    QTRY_COMPARE(columns(), before);
}

void TestGridPaste::rowsSayWhoseTheyAre()
{
    RecordTable *table = m_rig->page->table();
    const RecordTableModel *model = m_rig->page->model();
    table->unpinAction()->trigger(); // Pinned columns say it themselves.
    const auto title = [&](int row) {
        return model->headerData(row, Qt::Vertical, Qt::DisplayRole).toString();
    };
    table->horizontalScrollBar()->setValue(0);
    QCOMPARE(title(0), u"1"_s);
    const int narrow = table->verticalHeader()->width();
    table->horizontalScrollBar()->setValue(table->horizontalScrollBar()->maximum());
    QVERIFY(table->horizontalScrollBar()->value() > 0);
    QTRY_VERIFY(title(0).contains(model->labelAt(0)));
    QTRY_VERIFY(table->verticalHeader()->width() > 2 * narrow);
    table->horizontalScrollBar()->setValue(0);
    QCOMPARE(title(0), u"1"_s);
    QTRY_COMPARE(table->verticalHeader()->width(), narrow);
}

HUBKEEPER_WINDOW_TEST(TestGridPaste)
#include "tst_gridpaste.moc"
