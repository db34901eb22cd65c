// SPDX-License-Identifier: MIT
#include "gridrig.h"
#include "records/conditions/choicepicker.h"
#include "records/conditions/conditionbar.h"
#include "records/conditions/conditiongroup.h"
#include "records/conditions/conditionrow.h"
#include "records/conditions/crestfield.h"
#include "records/grid/gridheaders.h"
#include "records/views/viewtabs.h"
#include "testkit/windowtest.h"

#include <QHeaderView>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabBar>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

namespace {

constexpr int typingPause = 500; // Milliseconds; the text waits for 300.

} // namespace

/// Views and their conditions, with keys and mouse.
class TestRecordViews final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_rig.reset(); }
    void keepsAViewAndShowsItAgain();
    void marksAndResetsWhatIsChanged();
    void deletesWithUndo();
    void movesAndNamesTabsByKeys();
    void anotherWindowSeesViews();
    void viewsAreInTheMenuBar();
    void groupsJoinConditions();
    void crestAndRowsFollowEachOther();
    void picksOptionsAndDays();
    void saysWhatIsFilteredHere();
    void emptyViewOffersToClear();

private:
    [[nodiscard]] QTabBar *tabs() const { return m_rig->page->findChild<QTabBar *>(u"viewTabs"_s); }
    [[nodiscard]] ConditionBar *bar() const { return m_rig->page->findChild<ConditionBar *>(); }
    [[nodiscard]] RecordTable *table() const { return m_rig->page->table(); }
    void type(const QString &filter);
    void search(int rows);
    void saveAs(const QString &name);
    void trigger(const QString &name) { m_rig->page->findChild<QAction *>(name)->trigger(); }

    std::unique_ptr<GridRig> m_rig;
};

void TestRecordViews::init()
{
    failOnUnexpectedWarnings();
    m_rig = std::make_unique<GridRig>();
    QVERIFY(m_rig->readContacts());
}

/// Types CREST over what is there.
void TestRecordViews::type(const QString &filter)
{
    m_rig->activate();
    auto *show = bar()->findChild<QToolButton *>(u"showCrest"_s);
    if (!show->isChecked())
        QTest::mouseClick(show, Qt::LeftButton);
    QPlainTextEdit *edit = bar()->crest()->edit();
    edit->setFocus();
    edit->selectAll();
    QTest::keyClick(edit, Qt::Key_Delete);
    QTest::keyClicks(edit, filter);
}

void TestRecordViews::search(int rows)
{
    QTest::keyClick(bar()->crest()->edit(), Qt::Key_Return);
    QTRY_VERIFY2_WITH_TIMEOUT(m_rig->page->isComplete()
                                  && (rows < 0 ? m_rig->page->model()->rowCount() < 60
                                               : m_rig->page->model()->rowCount() == rows),
                              qPrintable(QString::number(m_rig->page->model()->rowCount())),
                              20'000);
}

void TestRecordViews::saveAs(const QString &name)
{
    trigger(u"saveViewAs"_s);
    auto *ask = m_rig->page->findChild<QInputDialog *>(u"viewName"_s);
    QVERIFY(ask);
    ask->setTextValue(name);
    ask->accept();
    QTRY_VERIFY(!m_rig->page->findChild<QInputDialog *>(u"viewName"_s));
    QCOMPARE(m_rig->page->views().current().name, name);
}

void TestRecordViews::keepsAViewAndShowsItAgain()
{
    QCOMPARE(tabs()->count(), 1);
    QCOMPARE(tabs()->tabText(0), u"All contacts"_s);
    type(u"lifecyclestage eq \"customer\""_s);
    search(-1);
    const int customers = m_rig->page->model()->rowCount();
    QVERIFY(customers > 0);
    QCOMPARE(tabs()->tabText(0), u"All contacts *"_s);
    table()->horizontalHeader()->resizeSection(2, 333);
    saveAs(u"Customers"_s);
    QCOMPARE(tabs()->count(), 2);
    QCOMPARE(tabs()->currentIndex(), 1);
    QCOMPARE(tabs()->tabText(1), u"Customers"_s);
    QCOMPARE(tabs()->tabText(0), u"All contacts"_s);

    m_rig->activate();
    table()->setFocus();
    QTest::keyClick(table(), Qt::Key_PageUp, Qt::ControlModifier);
    QTRY_VERIFY(m_rig->page->isComplete() && m_rig->page->model()->rowCount() == 60);
    QCOMPARE(tabs()->currentIndex(), 0);
    QVERIFY(bar()->isEmpty());
    QVERIFY(table()->horizontalHeader()->sectionSize(2) != 333);
    QTest::keyClick(table(), Qt::Key_PageDown, Qt::ControlModifier);
    QTRY_VERIFY(m_rig->page->isComplete() && m_rig->page->model()->rowCount() == customers);
    QCOMPARE(table()->horizontalHeader()->sectionSize(2), 333);
    QCOMPARE(bar()->rows().size(), 1);
    QCOMPARE(bar()->filterText(), u"lifecyclestage eq \"customer\""_s);
    QCOMPARE(m_rig->page->views().isModified(m_rig->page->views().current().id), false);
}

void TestRecordViews::marksAndResetsWhatIsChanged()
{
    type(u"lifecyclestage eq \"lead\""_s);
    search(-1);
    const int leads = m_rig->page->model()->rowCount();
    saveAs(u"Leads"_s);
    auto *save = m_rig->page->findChild<QToolButton *>(u"saveViewButton"_s);
    auto *reset = m_rig->page->findChild<QToolButton *>(u"resetViewButton"_s);
    QVERIFY(!save->isVisible());
    type(u"lifecyclestage eq \"customer\""_s);
    search(-1);
    QTRY_COMPARE(tabs()->tabText(1), u"Leads *"_s);
    QVERIFY(save->isVisible() && reset->isVisible());
    QTest::mouseClick(reset, Qt::LeftButton);
    QTRY_VERIFY(m_rig->page->isComplete() && m_rig->page->model()->rowCount() == leads);
    QCOMPARE(tabs()->tabText(1), u"Leads"_s);

    table()->headers().sortFurther(m_rig->cell(0, u"email"_s).column());
    QTRY_VERIFY(save->isVisible());
    QTest::mouseClick(save, Qt::LeftButton);
    QTRY_VERIFY(!save->isVisible());
    const auto kept = ViewRegistry::load(m_rig->practice.paths);
    QVERIFY(kept);
    const QList<RecordView> views = kept->of(u"practice"_s, ObjectType::Contacts);
    QCOMPARE(views.size(), 1);
    QCOMPARE(views[0].sorts, (QList<RowSort> {{u"email"_s, false}}));
}

void TestRecordViews::deletesWithUndo()
{
    saveAs(u"One"_s);
    saveAs(u"Two"_s);
    QCOMPARE(tabs()->count(), 3);
    tabs()->setCurrentIndex(1);
    tabs()->setFocus();
    QTest::keyClick(tabs(), Qt::Key_Delete);
    QTRY_COMPARE(tabs()->count(), 2);
    QCOMPARE(tabs()->tabText(1), u"Two"_s);
    auto *message = m_rig->page->findChild<MessageBar *>();
    QTRY_VERIFY(message->isVisible());
    QVERIFY2(message->text().contains(u"“One”"_s), qPrintable(message->text()));
    emit message->buttonPressed(Choice::Restore);
    QTRY_COMPARE(tabs()->count(), 3);
    QCOMPARE(tabs()->tabText(1), u"One"_s);
    QCOMPARE(tabs()->currentIndex(), 1);
    tabs()->setCurrentIndex(0);
    QTest::keyClick(tabs(), Qt::Key_Delete); // Not this one.
    QCOMPARE(tabs()->count(), 3);
}

void TestRecordViews::movesAndNamesTabsByKeys()
{
    saveAs(u"One"_s);
    saveAs(u"Two"_s);
    tabs()->setFocus();
    QTest::keyClick(tabs(), Qt::Key_PageUp, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(tabs()->tabText(1), u"Two"_s);
    QTRY_COMPARE(ViewRegistry::load(m_rig->practice.paths)
                     ->of(u"practice"_s, ObjectType::Contacts)
                     .value(0)
                     .name,
                 u"Two"_s);
    QTest::keyClick(tabs(), Qt::Key_PageUp, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(tabs()->tabText(0), u"All contacts"_s); // It stays the first.
    QTest::keyClick(tabs(), Qt::Key_F2);
    auto *ask = m_rig->page->findChild<QInputDialog *>(u"viewName"_s);
    QVERIFY(ask);
    ask->setTextValue(u"one"_s); // Taken.
    ask->accept();
    QTRY_VERIFY(m_rig->page->findChild<MessageBar *>()->isVisible());
    QCOMPARE(tabs()->tabText(1), u"Two"_s);
}

void TestRecordViews::anotherWindowSeesViews()
{
    auto theirs = ViewRegistry::load(m_rig->practice.paths);
    QVERIFY(theirs);
    RecordView view;
    view.connectionId = u"practice"_s;
    view.name = u"Theirs"_s;
    view.filter = u"lifecyclestage eq \"lead\""_s;
    const auto added = theirs->add(view);
    QVERIFY(added);
    QTRY_COMPARE(tabs()->count(), 2);
    tabs()->setCurrentIndex(1);
    QTRY_VERIFY(m_rig->page->isComplete() && m_rig->page->model()->rowCount() < 60);
    const int leads = m_rig->page->model()->rowCount();
    view = *added;
    view.filter = u"! (lifecyclestage eq \"lead\")"_s;
    QVERIFY(theirs->change(view)); // Nobody has changed it here: it follows.
    QTRY_VERIFY(m_rig->page->isComplete() && m_rig->page->model()->rowCount() == 60 - leads);
    QVERIFY(theirs->remove(added->id));
    QTRY_COMPARE(tabs()->count(), 1);
    QTRY_COMPARE(m_rig->page->model()->rowCount(), 60);
    QVERIFY(m_rig->page->findChild<MessageBar *>()->text().contains(u"“Theirs”"_s));
}

void TestRecordViews::viewsAreInTheMenuBar()
{
    Menus menus;
    QMenu file, edit, view, go;
    menus.file = &file;
    menus.edit = &edit;
    menus.view = &view;
    menus.go = &go;
    m_rig->page->addToMenus(menus);
    const QList<QAction *> all = view.actions().constFirst()->menu()->actions();
    const auto *saveAs = m_rig->page->findChild<QAction *>(u"saveViewAs"_s);
    QVERIFY(all.contains(saveAs) && saveAs->isEnabled());
    m_rig->page->hide(); // Another page is shown.
    QVERIFY(std::none_of(all.begin(), all.end(), [](const QAction *one) {
        return !one->isSeparator() && one->isEnabled();
    }));
    m_rig->page->show();
    QVERIFY(saveAs->isEnabled());
    m_rig->page->setSession(nullptr);
    QVERIFY(!saveAs->isEnabled());
}

void TestRecordViews::groupsJoinConditions()
{
    m_rig->activate();
    QTest::mouseClick(bar()->findChild<QPushButton *>(u"addCondition"_s), Qt::LeftButton);
    ConditionRow *row = bar()->rows().first();
    QTest::keyClicks(row->property()->lineEdit(), u"email"_s);
    QTest::keyClick(row->property()->lineEdit(), Qt::Key_Tab);
    row->op()->setCurrentIndex(row->op()->findText(u"has a value"_s));
    QTest::mouseClick(bar()->findChild<QPushButton *>(u"addGroup"_s), Qt::LeftButton);
    ConditionGroup *group = bar()->group()->groups().value(0);
    QVERIFY(group && group->isVisible());
    QCOMPARE(group->match()->currentText(), u"Any of these holds"_s);
    group->addRow();
    const QStringList stages {u"Lead"_s, u"Customer"_s};
    for (int i = 0; i < 2; ++i) {
        ConditionRow *one = group->rows()[i];
        one->property()->setCurrentText(u"Lifecycle Stage"_s);
        auto *choice = one->value()->findChild<QComboBox *>();
        QVERIFY(choice);
        choice->setCurrentIndex(choice->findText(stages[i]));
    }
    QCOMPARE(bar()->fault(), QString());
    QCOMPARE(bar()->filterText(),
             u"email pr and (lifecyclestage eq \"lead\" or lifecyclestage eq \"customer\")"_s);
    emit bar()->searchRequested();
    QTRY_VERIFY_WITH_TIMEOUT(m_rig->page->isComplete() && m_rig->page->model()->rowCount() < 60
                                 && m_rig->page->model()->rowCount() > 0,
                             20'000);
    const QStringList found =
        m_rig->raws(0, m_rig->page->model()->rowCount() - 1, u"lifecyclestage"_s);
    for (const QString &stage : found)
        QVERIFY2(stage == "lead"_L1 || stage == "customer"_L1, qPrintable(stage));
    QTest::mouseClick(group->findChild<QToolButton *>(u"removeGroup"_s), Qt::LeftButton);
    QTRY_COMPARE(bar()->filterText(), u"email pr"_s);
}

void TestRecordViews::crestAndRowsFollowEachOther()
{
    type(u"firstname eq \"Ada\" and (city sw \"B\" or createdate ge \"{last 7 days}\")"_s);
    QTRY_COMPARE(bar()->rows().size(), 1);
    QTRY_COMPARE(bar()->group()->groups().size(), 1);
    QVERIFY(!bar()->isText());
    ConditionRow *row = bar()->rows().first();
    auto *line = row->value()->findChild<QLineEdit *>();
    QVERIFY(!line->hasSelectedText());
    line->setFocus();
    line->selectAll();
    QTest::keyClicks(line, u"Eve"_s);
    QTest::qWait(typingPause); // Nothing comes back from the text that was not typed there.
    QCOMPARE(bar()->rows().value(0), row);
    QVERIFY(line->hasFocus());
    QVERIFY2(bar()->crest()->text().startsWith(u"firstname eq \"Eve\" and ("_s),
             qPrintable(bar()->crest()->text()));

    const QString odd = u"! (firstname eq \"a\" and lastname eq \"b\")"_s;
    type(odd);
    QTRY_VERIFY(bar()->isText());
    QVERIFY(!bar()->findChild<QWidget *>(u"conditions"_s)->isVisible());
    QCOMPARE(bar()->filterText(), odd);
    search(60);

    type(u"firstname eq \"a"_s);
    QTRY_VERIFY(!bar()->fault().isEmpty());
    QVERIFY2(bar()->crest()->said()->text().contains(u"from character 14"_s),
             qPrintable(bar()->crest()->said()->text()));
    QTest::keyClick(bar()->crest()->edit(), Qt::Key_Return);
    QTRY_VERIFY(m_rig->page->findChild<MessageBar *>()->isVisible());
    QTest::keyClicks(bar()->crest()->edit(), u"\""_s); // Whole again: rows can show it.
    QTRY_COMPARE(bar()->rows().size(), 1);
    QVERIFY(!bar()->isText());
}

void TestRecordViews::picksOptionsAndDays()
{
    type(u"lifecyclestage eq \"lead\" or lifecyclestage eq \"customer\""_s);
    QTRY_COMPARE(bar()->rows().size(), 1); // "is one of".
    auto *picker = bar()->rows().first()->value();
    QVERIFY(qobject_cast<ChoicePicker *>(picker));
    QTest::mouseClick(picker->findChild<QToolButton *>(), Qt::LeftButton);
    auto *list = picker->findChild<QListWidget *>();
    QTRY_VERIFY(list->isVisible());
    auto *find = picker->findChild<QLineEdit *>();
    QTest::keyClicks(find, u"custo"_s);
    QTest::keyClick(find, Qt::Key_Return); // Takes the tick off.
    QCOMPARE(picker->text(), u"lead"_s);
    list->parentWidget()->close();
    QTRY_COMPARE(bar()->crest()->text(), u"lifecyclestage eq \"lead\""_s);

    type(u"createdate ge \"{2026-01-01}\""_s);
    QTRY_COMPARE(bar()->rows().first()->property()->currentText(), u"Create Date"_s);
    auto *line = bar()->rows().first()->value()->findChild<QLineEdit *>();
    QTRY_COMPARE(line->text(), u"2026-01-01"_s);
    line->setFocus();
    line->selectAll();
    QTest::keyClicks(line, u"Last  30 days"_s);
    QCOMPARE(bar()->rows().first()->fault(), QString());
    QCOMPARE(bar()->filterText(), u"createdate ge \"{last 30 days}\""_s);
    line->selectAll();
    QTest::keyClicks(line, QLocale().toString(QDate(2026, 11, 5), QLocale::ShortFormat));
    QCOMPARE(bar()->filterText(), u"createdate ge \"{2026-11-05}\""_s);
    line->selectAll();
    QTest::keyClicks(line, u"some day"_s);
    QVERIFY(bar()->rows().first()->fault().contains(u"“some day”"_s));
    line->selectAll();
    QTest::keyClicks(line, u"today"_s);
    emit bar()->searchRequested();
    QTRY_VERIFY2(bar()->crest()->said()->text().contains(u"createdate ge \"20"_s),
                 qPrintable(bar()->crest()->said()->text()));
}

void TestRecordViews::saysWhatIsFilteredHere()
{
    type(u"email co \"an\""_s);
    search(-1);
    auto *note = bar()->findChild<QLabel *>(u"conditionNote"_s);
    QTest::qWait(typingPause); // It stays.
    QVERIFY(note->isVisible());
    QVERIFY2(note->text().contains(u"contains “an”"_s), qPrintable(note->text()));
    const int rows = m_rig->page->model()->rowCount();
    QVERIFY(rows > 0);
    const QStringList emails = m_rig->raws(0, rows - 1, u"email"_s);
    for (const QString &email : emails)
        QVERIFY2(email.contains(u"an"_s, Qt::CaseInsensitive), qPrintable(email));
}

void TestRecordViews::emptyViewOffersToClear()
{
    type(u"email eq \"nobody@nowhere.example\""_s);
    search(0);
    auto *clear = m_rig->page->findChild<QPushButton *>(u"clearConditions"_s);
    QTRY_VERIFY(clear->isVisible());
    m_rig->activate();
    QTest::mouseClick(clear, Qt::LeftButton);
    QTRY_COMPARE(m_rig->page->model()->rowCount(), 60);
    QVERIFY(bar()->isEmpty());
}

HUBKEEPER_WINDOW_TEST(TestRecordViews)
#include "tst_recordviews.moc"
