// SPDX-License-Identifier: MIT
#include "workbenchtour.h"

#include "records/grid/recordtable.h"
#include "records/grid/recordtablemodel.h"
#include "records/inspector/historymodel.h"
#include "records/inspector/historyview.h"
#include "records/inspector/inspector.h"
#include "records/recordspage.h"
#include "session/open/session.h"
#include "widgets/messagebar.h"
#include "window/mainwindow.h"
#include "workbench/duplicates/duplicatesdialog.h"
#include "workbench/duplicates/mergegroupdialog.h"
#include "workbench/history/asofdialog.h"
#include "workbench/history/recordsasof.h"
#include "workbench/repairs/recordsrepair.h"
#include "workbench/repairs/repairdialog.h"
#include "workbench/report/recordsreport.h"
#include "workbench/report/reportdialog.h"
#include "workbench/snapshots/snapshotgrid.h"
#include "workbench/snapshots/snapshotspage.h"
#include "workbench/snapshots/textrowsmodel.h"

#include <QAction>
#include <QComboBox>
#include <QDockWidget>
#include <QItemSelectionModel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTabWidget>
#include <QTableView>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace hubkeeper {

namespace {

constexpr auto workbenchPatience = 60s;
constexpr int workbenchTurns = 30; // To read and to paint.

/// What the steps share.
struct WorkbenchVisit
{
    MainWindow &window;
    WorkbenchTour::Picture picture;

    [[nodiscard]] RecordsPage &contacts() const
    {
        return *static_cast<RecordsPage *>(window.page(PageId::Contacts));
    }
    [[nodiscard]] SnapshotsPage &snapshots() const
    {
        return *static_cast<SnapshotsPage *>(window.page(PageId::Snapshots));
    }
    void click(const QString &button) const
    {
        snapshots().findChild<QPushButton *>(button)->click();
    }
    [[nodiscard]] QWidget &repair() const
    {
        return *contacts().findChild<RecordsRepair *>()->dialog();
    }
    /// Waits for `isThere`, and until it is painted; then takes the picture.
    Call<QString> *look(std::function<bool()> isThere, const QString &name, QWidget &shown,
                        QObject *parent) const
    {
        return new WaitUntil(
            [isThere = std::move(isThere), turns = 0]() mutable {
                return isThere() && ++turns > workbenchTurns;
            },
            [picture = picture, name, &shown]() -> Result<QString> { return picture(name, shown); },
            workbenchPatience, parent);
    }
};

using WorkbenchStep = Call<QString> *(*)(const WorkbenchVisit &visit, QObject *parent);

Call<QString> *seeHistory(const WorkbenchVisit &visit, QObject *parent)
{
    visit.window.showPlace({PageId::Contacts, {}});
    auto *inspector = qobject_cast<Inspector *>(visit.contacts().inspector());
    HistoryView *history = inspector->history();
    inspector->tabs()->setCurrentWidget(history);
    return visit.look([history] { return history->model()->rowCount() > 0; }, u"history"_s,
                      visit.window, parent);
}

Call<QString> *seeRepair(const WorkbenchVisit &visit, QObject *parent)
{
    auto *inspector = qobject_cast<Inspector *>(visit.contacts().inspector());
    inspector->tabs()->setCurrentIndex(0);
    visit.contacts().findChild<QAction *>(u"repairRecords"_s)->trigger();
    QWidget &dialog = visit.repair();
    auto *recipe = dialog.findChild<QComboBox *>(u"repairRecipe"_s);
    recipe->setCurrentIndex(recipe->findText(u"E.164"_s, Qt::MatchContains));
    dialog.findChild<QLineEdit *>(u"repairCountry"_s)->setText(u"CH"_s);
    dialog.findChild<QPushButton *>(u"repairPreview"_s)->click();
    auto *pairs = dialog.findChild<QTableView *>(u"repairPairs"_s);
    return visit.look([pairs] { return pairs->model()->rowCount() > 0; }, u"repair"_s, dialog,
                      parent);
}

Call<QString> *seeDoubtful(const WorkbenchVisit &visit, QObject *parent)
{
    QWidget &dialog = visit.repair();
    dialog.findChild<QTabWidget *>(u"repairTabs"_s)->setCurrentIndex(1);
    return visit.look([] { return true; }, u"repair-doubtful"_s, dialog, parent);
}

Call<QString> *seeReport(const WorkbenchVisit &visit, QObject *parent)
{
    visit.repair().close();
    visit.window.activateWindow(); // No window manager does.
    visit.contacts().findChild<QAction *>(u"reportRecords"_s)->trigger();
    QWidget &dialog = *visit.contacts().findChild<RecordsReport *>()->dialog();
    dialog.findChild<QLineEdit *>(u"reportCountry"_s)->setText(u"CH"_s);
    dialog.findChild<QListWidget *>(u"reportRequired"_s)->item(0)->setCheckState(Qt::Checked);
    dialog.findChild<QPushButton *>(u"reportLook"_s)->click();
    auto *findings = dialog.findChild<QTableView *>(u"reportFindings"_s);
    return visit.look([findings] { return findings->model()->rowCount() > 0; }, u"report"_s, dialog,
                      parent);
}

Call<QString> *seeValuesAsOf(const WorkbenchVisit &visit, QObject *parent)
{
    visit.contacts().findChild<RecordsReport *>()->dialog()->close();
    visit.window.activateWindow(); // No window manager does.
    RecordTable *table = visit.contacts().table();
    table->setFocus();
    table->selectionModel()->select({table->model()->index(0, 1), table->model()->index(5, 4)},
                                    QItemSelectionModel::ClearAndSelect);
    visit.contacts().findChild<QAction *>(u"valuesAsOf"_s)->trigger();
    QWidget &dialog = *visit.contacts().findChild<RecordsAsOf *>()->dialog();
    auto *preset = dialog.findChild<QComboBox *>(u"asOfPreset"_s);
    preset->setCurrentIndex(preset->findText(u"hour"_s, Qt::MatchContains));
    emit preset->activated(preset->currentIndex());
    dialog.findChild<QPushButton *>(u"asOfPreview"_s)->click();
    const auto *button = dialog.findChild<QPushButton *>(u"asOfPreview"_s);
    return visit.look([button] { return button->isEnabled(); }, u"values-as-of"_s, dialog, parent);
}

Call<QString> *takeSnapshot(const WorkbenchVisit &visit, QObject *parent)
{
    for (auto *dock : visit.window.findChildren<QDockWidget *>())
        dock->close(); // The page has more to show.
    visit.contacts().findChild<RecordsAsOf *>()->dialog()->close();
    visit.window.activateWindow(); // No window manager does.
    visit.window.showPlace({PageId::Snapshots, {}});
    auto *list = visit.snapshots().list();
    const auto isTaken = [visit, list, isClicked = false]() mutable {
        auto *take = visit.snapshots().findChild<QPushButton *>(u"takeSnapshot"_s);
        if (!isClicked && take->isEnabled()) {
            isClicked = true;
            take->click();
            return false;
        }
        return isClicked && take->isEnabled() && list->model()->rowCount() > 0;
    };
    return visit.look(isTaken, u"snapshots"_s, visit.window, parent);
}

Call<QString> *lookIntoSnapshot(const WorkbenchVisit &visit, QObject *parent)
{
    visit.click(u"openSnapshot"_s);
    auto *grid = visit.snapshots().findChild<QTableView *>(u"snapshotGrid"_s);
    return visit.look([grid] { return grid->model() && grid->model()->rowCount() > 0; },
                      u"snapshot-records"_s, visit.window, parent);
}

Call<QString> *compareSnapshot(const WorkbenchVisit &visit, QObject *parent)
{
    visit.snapshots().findChild<QTabWidget *>(u"snapshotTabs"_s)->setCurrentIndex(1);
    visit.click(u"compareSnapshot"_s);
    const auto *compare = visit.snapshots().findChild<QPushButton *>(u"compareSnapshot"_s);
    return visit.look([compare] { return compare->isEnabled(); }, u"snapshot-differences"_s,
                      visit.window, parent);
}

/// One edit, on a portal that is filled from the snapshot.
Call<QString> *rehearse(const WorkbenchVisit &visit, QObject *parent)
{
    auto *grid = qobject_cast<RecordTable *>(visit.snapshots().grid()->table());
    auto *model = qobject_cast<RecordTableModel *>(grid->model());
    const int column = int(model->columns().indexOf(u"phone"_s)) + 1;
    for (int row = 0; row < 4; ++row)
        model->setData(model->index(row, column), u"+41 31 555 11 2%1"_s.arg(row), Qt::EditRole);
    visit.snapshots().findChild<QTabWidget *>(u"snapshotTabs"_s)->setCurrentIndex(2);
    visit.click(u"rehearse"_s);
    const auto *rows = visit.snapshots().rehearsal();
    return visit.look([rows] { return rows->rowCount() > 0; }, u"rehearsal"_s, visit.window,
                      parent);
}

Call<QString> *seeDuplicates(const WorkbenchVisit &visit, QObject *parent)
{
    visit.window.keeper().session()->changes().revertAll();
    visit.contacts().findChild<QAction *>(u"duplicateContacts"_s)->trigger();
    QWidget &dialog = *visit.contacts().findChild<DuplicatesDialog *>();
    dialog.findChild<QPushButton *>(u"findDuplicates"_s)->click();
    auto *records = dialog.findChild<QTableView *>(u"sideBySide"_s);
    const auto isShown = [&dialog, records, isChosen = false]() mutable {
        if (records->model()->columnCount() < 2)
            return false;
        if (!std::exchange(isChosen, true)) {
            records->setCurrentIndex(records->model()->index(0, 1));
            dialog.findChild<QPushButton *>(u"useValue"_s)->click();
        }
        return true;
    };
    return visit.look(isShown, u"duplicates"_s, dialog, parent);
}

Call<QString> *seeMerge(const WorkbenchVisit &visit, QObject *parent)
{
    auto *duplicates = visit.contacts().findChild<DuplicatesDialog *>();
    duplicates->findChild<QPushButton *>(u"mergeGroup"_s)->click();
    QWidget &dialog = *duplicates->findChild<MergeGroupDialog *>();
    const auto *merge = dialog.findChild<QPushButton *>(u"mergeNow"_s);
    return visit.look([merge] { return merge->isEnabled(); }, u"merge"_s, dialog, parent);
}

Call<QString> *merge(const WorkbenchVisit &visit, QObject *parent)
{
    QWidget &dialog = *visit.contacts().findChild<MergeGroupDialog *>();
    dialog.findChild<QPushButton *>(u"mergeNow"_s)->click();
    const auto *message = dialog.findChild<MessageBar *>();
    return visit.look([message] { return message->isVisible(); }, u"merged"_s, dialog, parent);
}

/// What can be taken back, and what does not return.
Call<QString> *takeMergeBack(const WorkbenchVisit &visit, QObject *parent)
{
    auto *duplicates = visit.contacts().findChild<DuplicatesDialog *>();
    auto *message = duplicates->findChild<MergeGroupDialog *>()->findChild<MessageBar *>();
    message->findChild<QAbstractButton *>(nameOf(Choice::ShowJournal))->click();
    duplicates->close();
    visit.window.activateWindow(); // No window manager does.
    auto *revert = visit.window.page(PageId::Journal)->findChild<QPushButton *>(u"revertRun"_s);
    const auto isStaged = [visit, revert, isClicked = false, turns = 0]() mutable {
        if (!isClicked && revert->isEnabled() && ++turns > workbenchTurns) { // Its run is read.
            isClicked = true;
            revert->click();
        }
        return isClicked && visit.window.keeper().session()->changes().waiting() > 0;
    };
    return visit.look(isStaged, u"merge-undone"_s, visit.window, parent);
}

} // namespace

WorkbenchTour::WorkbenchTour(MainWindow &window, Picture picture)
    : m_window(window)
    , m_picture(std::move(picture))
{
}

void WorkbenchTour::addSteps(TourRunner &runner) const
{
    const std::pair<QString, WorkbenchStep> steps[] = {
        {u"What were the values?"_s, seeHistory},
        {u"Repair: what would change"_s, seeRepair},
        {u"Repair: what is doubtful"_s, seeDoubtful},
        {u"Report: what is wrong"_s, seeReport},
        {u"Values as of an hour ago"_s, seeValuesAsOf},
        {u"Take a snapshot"_s, takeSnapshot},
        {u"Look into it"_s, lookIntoSnapshot},
        {u"Compare it with the portal"_s, compareSnapshot},
        {u"Rehearse a change"_s, rehearse},
        {u"Find duplicates"_s, seeDuplicates},
        {u"Merge: what is left"_s, seeMerge},
        {u"Merge: what became of it"_s, merge},
        {u"Take the merge back"_s, takeMergeBack}};
    for (const auto &[name, step] : steps)
        runner.add(name, [visit = WorkbenchVisit {m_window, m_picture}, step](QObject *parent) {
            return step(visit, parent);
        });
}

} // namespace hubkeeper
