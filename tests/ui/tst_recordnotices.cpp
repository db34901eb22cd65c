// SPDX-License-Identifier: MIT
#include "gridrig.h"
#include "records/conditions/conditionbar.h"
#include "records/conditions/conditionrow.h"
#include "records/grid/columndialog.h"
#include "records/grid/gridbar.h"
#include "records/inspector/inspector.h"
#include "records/newrecorddialog.h"
#include "testkit/windowtest.h"
#include "widgets/elidedlabel.h"
#include "widgets/messagebar.h"

#include <QComboBox>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

/// What a records page says, and for how long; its dialogs by keyboard.
class TestRecordNotices final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanupTestCase() { m_rig.reset(); }
    void refusedCellsAreNamedUntilTheNextPaste();
    void anUnknownRecordIsSaidUntilTheNextOne();
    void aBadSearchIsSaidUntilItIsCorrected();
    void partOfTheRecordsIsNeverTakenForAll_data();
    void partOfTheRecordsIsNeverTakenForAll();
    void aLongNameEndsInAnEllipsis();
    void columnsAreTickedByKeyboardAfterAFilter();
    void columnsMoveAsTheyAreSeen();
    void tabGoesThroughAConditionAsItIsSeen();
    void tabGoesThroughAddedProperties();

private:
    [[nodiscard]] MessageBar *message() const
    {
        return m_rig->page->findChild<MessageBar *>(QString(), Qt::FindDirectChildrenOnly);
    }
    [[nodiscard]] QString said() const
    {
        QStringList texts;
        const auto labels = message()->findChildren<QLabel *>();
        for (const QLabel *label : labels)
            texts.append(label->text());
        return texts.join(u'\n');
    }
    [[nodiscard]] ColumnDialog *openColumns();

    std::unique_ptr<GridRig> m_rig;
};

void TestRecordNotices::initTestCase()
{
    m_rig = std::make_unique<GridRig>();
    QVERIFY(m_rig->readContacts());
}

void TestRecordNotices::init()
{
    failOnUnexpectedWarnings();
    m_rig->changes().revertAll();
    m_rig->page->table()->clearSelection();
    m_rig->page->table()->setFocus();
}

/// Labels, names, dates and addresses that are none; what is good beside them is staged.
void TestRecordNotices::refusedCellsAreNamedUntilTheNextPaste()
{
    const QString stage = m_rig->raw(4, u"lifecyclestage"_s);
    m_rig->click(m_rig->cell(3, u"lifecyclestage"_s));
    m_rig->paste(u"Customer\tNobody At All\nGarbage\t\n"_s);
    QCOMPARE(m_rig->raw(3, u"lifecyclestage"_s), u"customer"_s);
    QCOMPARE(m_rig->raw(4, u"lifecyclestage"_s), stage);
    QVERIFY(message()->isVisible());
    QVERIFY2(said().contains(u"Row 4: “Nobody At All”"_s), qPrintable(said()));
    QVERIFY2(said().contains(u"Row 5: “Garbage”"_s), qPrintable(said()));

    m_rig->click(m_rig->cell(6, u"email"_s));
    m_rig->paste(u"b"_s);
    QVERIFY2(said().contains(u"Row 7: “b” is not an e-mail address"_s), qPrintable(said()));

    m_rig->paste(u"b@example.com"_s);
    QVERIFY(!message()->isVisible());

    m_rig->click(m_rig->cell(6, u"lifecyclestage"_s));
    m_rig->paste(u"1a\n2b\n3c\n4d\n5e\n"_s);
    QCOMPARE(said().count(u"Row "_s), 3);
    QVERIFY2(said().contains(u"2 other"_s), qPrintable(said()));
    m_rig->paste(u"Lead"_s);
    QVERIFY(!message()->isVisible());
}

void TestRecordNotices::anUnknownRecordIsSaidUntilTheNextOne()
{
    m_rig->page->showItem(ItemId {u"999"_s});
    QTRY_VERIFY(message()->isVisible());
    m_rig->page->showItem(ItemId {m_rig->page->model()->idAt(2)});
    QVERIFY(!message()->isVisible());
}

void TestRecordNotices::aBadSearchIsSaidUntilItIsCorrected()
{
    auto *bar = m_rig->page->findChild<ConditionBar *>();
    QTest::mouseClick(bar->findChild<QPushButton *>(u"addCondition"_s), Qt::LeftButton);
    ConditionRow *row = bar->rows().first();
    auto *property = row->property()->lineEdit();
    QTRY_VERIFY(property->hasFocus());
    QTest::keyClicks(property, u"Qwerty"_s);
    emit bar->searchRequested();
    QVERIFY(message()->isVisible());
    QVERIFY2(said().contains(u"There is no property “Qwerty”"_s), qPrintable(said()));
    QTest::keyClick(property, Qt::Key_Backspace);
    QVERIFY(!message()->isVisible());
    emit bar->searchRequested();
    QVERIFY(message()->isVisible());
    row->findChild<QToolButton *>()->click(); // Takes it away.
    QVERIFY(!message()->isVisible());
}

void TestRecordNotices::partOfTheRecordsIsNeverTakenForAll_data()
{
    QTest::addColumn<int>("shown");
    QTest::addColumn<bool>("whole");
    QTest::addColumn<int>("total");
    QTest::addColumn<QString>("text");
    QTest::newRow("all") << 12'000 << true << 12'000 << u"12,000 record(s)"_s;
    QTest::newRow("filtered") << 12 << true << -1 << u"12 of 12,000 record(s)"_s;
    QTest::newRow("part") << 12'000 << false << 62'400 << u"12,000 of 62,400 record(s) read"_s;
    QTest::newRow("part of nobody knows how many")
        << 12'000 << false << -1 << u"12,000 record(s), not all read"_s;
    QTest::newRow("part, filtered")
        << 12 << false << 62'400 << u"12 of 12,000 record(s), not all read"_s;
}

void TestRecordNotices::partOfTheRecordsIsNeverTakenForAll()
{
    QFETCH(int, shown);
    QFETCH(bool, whole);
    QFETCH(int, total);
    const QLocale before;
    QLocale::setDefault(QLocale(QLocale::English));
    GridBar bar(u"x"_s, nullptr);
    bar.showCount(shown, 12'000, whole, total);
    QTEST(bar.findChild<QLabel *>(u"xCount"_s)->text(), "text");
    QLocale::setDefault(before);
}

void TestRecordNotices::aLongNameEndsInAnEllipsis()
{
    auto *inspector = qobject_cast<Inspector *>(m_rig->page->inspector());
    QVERIFY(inspector);
    const QString name = u"Long"_s.repeated(80);
    const int width = m_rig->window.width();
    inspector->showRecord(u"1"_s, name);
    auto *title = inspector->findChild<ElidedLabel *>(u"recordTitle"_s);
    QVERIFY(title && title->isVisible());
    QCOMPARE(title->text(), name);
    QVERIFY2(title->shownText().endsWith(u'…'), qPrintable(title->shownText()));
    QCOMPARE(m_rig->window.width(), width);
}

ColumnDialog *TestRecordNotices::openColumns()
{
    m_rig->activate();
    const auto buttons = m_rig->page->findChildren<QToolButton *>();
    for (QToolButton *button : buttons) {
        if (button->text() == u"Columns…"_s)
            button->click();
    }
    auto *dialog = m_rig->page->findChild<ColumnDialog *>();
    return dialog && QTest::qWaitForWindowActive(dialog) ? dialog : nullptr;
}

void TestRecordNotices::columnsAreTickedByKeyboardAfterAFilter()
{
    ColumnDialog *dialog = openColumns();
    QVERIFY(dialog);
    const QStringList before = dialog->chosen();
    QVERIFY(!before.contains(u"fax"_s));
    QTest::keyClicks(dialog->focusWidget(), u"(fax)"_s); // The filter has the focus.
    QTest::keyClick(dialog->focusWidget(), Qt::Key_Down);
    auto *list = dialog->findChild<QListWidget *>(u"columnList"_s);
    QCOMPARE(dialog->focusWidget(), list);
    QTest::keyClick(list, Qt::Key_Home);
    QTest::keyClick(list, Qt::Key_Space);
    QCOMPARE(dialog->chosen(), before + QStringList {u"fax"_s});
    QTest::keyClick(list, Qt::Key_End);
    QTest::keyClick(list, Qt::Key_Space);
    QCOMPARE(dialog->chosen(), before);
    dialog->reject();
    QTRY_VERIFY(!m_rig->page->findChild<ColumnDialog *>());
}

void TestRecordNotices::columnsMoveAsTheyAreSeen()
{
    ColumnDialog *dialog = openColumns();
    QVERIFY(dialog);
    const QStringList before = dialog->chosen();
    auto *list = dialog->findChild<QListWidget *>(u"columnList"_s);
    QTest::keyClicks(dialog->focusWidget(), u"name"_s);
    list->setFocus();
    QTest::keyClick(list, Qt::Key_End);
    const QString moved = list->currentItem()->text();
    int shownAbove = list->currentRow() - 1;
    while (list->item(shownAbove)->isHidden())
        --shownAbove;
    const auto buttons = dialog->findChildren<QPushButton *>();
    for (QPushButton *button : buttons) {
        if (button->text().contains(u"Up"_s))
            button->click();
    }
    QCOMPARE(list->currentRow(), shownAbove);
    QCOMPARE(list->item(shownAbove)->text(), moved);
    dialog->reject();
    QTRY_VERIFY(!m_rig->page->findChild<ColumnDialog *>());
}

void TestRecordNotices::tabGoesThroughAConditionAsItIsSeen()
{
    m_rig->activate();
    auto *bar = m_rig->page->findChild<ConditionBar *>();
    QTest::mouseClick(bar->findChild<QPushButton *>(u"addCondition"_s), Qt::LeftButton);
    ConditionRow *row = bar->rows().first();
    row->op()->setCurrentIndex(1);
    row->op()->setFocus();
    QTest::keyClick(row->op(), Qt::Key_Tab);
    QVERIFY(row->value()->isAncestorOf(m_rig->window.focusWidget()));
    QTest::keyClick(m_rig->window.focusWidget(), Qt::Key_Tab);
    QCOMPARE(m_rig->window.focusWidget(), row->findChild<QToolButton *>());
    row->findChild<QToolButton *>()->click();
}

void TestRecordNotices::tabGoesThroughAddedProperties()
{
    NewRecordDialog dialog(ObjectType::Contacts, m_rig->page->names(), nullptr);
    dialog.show();
    QVERIFY(QTest::qWaitForWindowActive(&dialog));
    const auto buttons = dialog.findChildren<QPushButton *>();
    for (QPushButton *button : buttons) {
        if (button->text().contains(u"Add Property"_s))
            button->click();
    }
    auto *ask = dialog.findChild<QInputDialog *>(u"addProperty"_s);
    QVERIFY(ask);
    QVERIFY(ask->minimumWidth() > ask->fontMetrics().horizontalAdvance(ask->windowTitle()) * 2);
    ask->setTextValue(u"Fax Number (fax)"_s);
    ask->accept();
    auto *fax = dialog.findChild<QWidget *>(u"fax"_s);
    QTRY_VERIFY(fax && fax->isAncestorOf(dialog.focusWidget()));
    QTest::keyClick(dialog.focusWidget(), Qt::Key_Backtab, Qt::ShiftModifier);
    QVERIFY(dialog.findChild<QWidget *>(u"company"_s)->isAncestorOf(dialog.focusWidget()));
}

HUBKEEPER_WINDOW_TEST(TestRecordNotices)
#include "tst_recordnotices.moc"
