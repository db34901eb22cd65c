// SPDX-License-Identifier: MIT
#include "changestour.h"

#include "changes/applyactions.h"
#include "changes/changesdock.h"
#include "records/grid/recordtablemodel.h"
#include "records/recordspage.h"
#include "session/open/session.h"
#include "widgets/messagebar.h"
#include "window/mainwindow.h"

#include <QAbstractButton>
#include <QAction>
#include <QMessageBox>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace hubkeeper {

namespace {

constexpr auto reviewPatience = 60s;
constexpr int reviewTurns = 30; // To ask the file, and to paint.
constexpr int mostEdited = 600;

/// What the steps share.
struct ChangesVisit
{
    MainWindow &window;
    ChangesTour::Picture picture;

    [[nodiscard]] ChangesDock &dock() const
    {
        return *static_cast<ChangesDock *>(window.page(PageId::Changes));
    }
    [[nodiscard]] ApplyActions &applying() const { return *dock().applying(); }
    [[nodiscard]] ChangeSet &changes() const { return window.keeper().session()->changes(); }
    [[nodiscard]] const RecordTableModel &contacts() const
    {
        return *static_cast<RecordsPage *>(window.page(PageId::Contacts))->model();
    }
    [[nodiscard]] QMessageBox *question() const
    {
        return window.findChild<QMessageBox *>(u"applyQuestion"_s);
    }

    void setMode(WriteMode mode) const;
    void stage() const;
    void stageEdits(std::vector<RowChange> &rows) const;
    [[nodiscard]] bool press(const QString &text) const;
    [[nodiscard]] bool chooseGroup(const QString &text) const;
    Call<QString> *look(std::function<bool()> isThere, const QString &name, QObject *parent) const;
    Call<QString> *lookAtEnd(const std::function<void()> &start, const QString &name,
                             QObject *parent) const;
};

void ChangesVisit::setMode(WriteMode mode) const
{
    Connection changed = *window.keeper().connection();
    changed.policy.mode = mode;
    (void)window.keeper().change(*window.keeper().connection(), changed);
}

/// What a spring cleaning leaves: cities in capitals, telephone numbers without blanks, a stage
/// set, one value that was another when it was read.
void ChangesVisit::stageEdits(std::vector<RowChange> &rows) const
{
    const RecordTableModel &model = contacts();
    for (int row = 0; row < std::min(mostEdited, model.rowCount()); ++row) {
        RowChange change;
        change.id = model.idAt(row);
        const auto edit = [&](const QString &property, const auto &changed) {
            const int column = int(model.columns().indexOf(property)) + 1;
            if (column < 1)
                return;
            const QString before =
                model.index(row, column).data(RecordTableModel::RawTextRole).toString();
            const QString after = changed(before);
            if (property == "email"_L1)
                change.label = before;
            else if (after != before)
                change.cells.insert(property, {before, after});
        };
        edit(u"email"_s, [](const QString &text) { return text; });
        if (row % 3 == 0)
            edit(u"city"_s, [](const QString &text) { return text.toUpper(); });
        if (row % 2 == 0)
            edit(u"phone"_s, [](QString text) { return text.remove(u' '); });
        if (row % 4 == 1)
            edit(u"lifecyclestage"_s, [](const QString &) { return u"customer"_s; });
        if (row == 7)
            change.cells.insert(u"firstname"_s, {u"Somebody"_s, u"Nobody"_s});
        if (!change.cells.isEmpty())
            rows.push_back(change);
    }
}

void ChangesVisit::stage() const
{
    std::vector<RowChange> rows;
    stageEdits(rows);
    for (int number = 1; number <= 12; ++number) {
        RowChange &fresh = rows.emplace_back();
        fresh.kind = ChangeKind::Create;
        fresh.id = u"new-%1"_s.arg(number);
        fresh.label = number % 5 == 0 ? u"spring.fair %1"_s.arg(number)
                                      : u"spring.fair%1@example.com"_s.arg(number);
        fresh.cells = {{u"email"_s, {{}, fresh.label}}, {u"city"_s, {{}, u"Bern"_s}}};
    }
    (void)changes().addRows(std::move(rows), Adding::Merge, u"Spring cleaning"_s, &window);
}

bool ChangesVisit::press(const QString &text) const
{
    for (auto *button : dock().findChild<MessageBar *>()->findChildren<QAbstractButton *>()) {
        if (button->isVisible() && button->text().remove(u'&') == text) {
            button->click();
            return true;
        }
    }
    return false;
}

bool ChangesVisit::chooseGroup(const QString &text) const
{
    QTreeView *groups = dock().groups();
    const QModelIndexList found =
        groups->model()->match(groups->model()->index(0, 0), Qt::DisplayRole, text, 1,
                               Qt::MatchContains | Qt::MatchRecursive);
    if (!found.isEmpty())
        groups->setCurrentIndex(found.first());
    return !found.isEmpty();
}

/// Waits for `isThere`, and until it is painted; then takes the picture.
Call<QString> *ChangesVisit::look(std::function<bool()> isThere, const QString &name,
                                  QObject *parent) const
{
    return new WaitUntil([isThere = std::move(isThere),
                          turns = 0]() mutable { return isThere() && ++turns > reviewTurns; },
                         [*this, name]() -> Result<QString> { return picture(name, window); },
                         reviewPatience, parent);
}

Call<QString> *ChangesVisit::lookAtEnd(const std::function<void()> &start, const QString &name,
                                       QObject *parent) const
{
    auto ended = std::make_shared<bool>(false);
    QObject::connect(&dock(), &ChangesDock::runEnded, parent, [ended] { *ended = true; });
    start();
    return look([ended] { return *ended; }, name, parent);
}

void addReview(TourRunner &runner, const std::shared_ptr<ChangesVisit> &visit)
{
    runner.add(u"Changes: groups"_s, [visit](QObject *parent) {
        visit->window.resize(1024, 700);
        visit->window.showPlace({PageId::Contacts, {}});
        visit->window.showPlace({PageId::Changes, {}});
        visit->stage();
        return visit->look([visit] { return visit->dock().groups()->model()->rowCount() > 0; },
                           u"review"_s, parent);
    });
    runner.add(u"Changes: one group, left out"_s, [visit](QObject *parent) {
        if (!visit->chooseGroup(u"New contacts"_s))
            return visit->look([] { return false; }, {}, parent);
        QTreeView *groups = visit->dock().groups();
        groups->model()->setData(groups->currentIndex(), Qt::Unchecked, Qt::CheckStateRole);
        return visit->look([visit] { return visit->changes().excluded() > 0; }, u"left-out"_s,
                           parent);
    });
    runner.add(u"Changes: what is asked"_s, [visit](QObject *parent) {
        QTreeView *groups = visit->dock().groups();
        groups->model()->setData(groups->currentIndex(), Qt::Checked, Qt::CheckStateRole);
        groups->setCurrentIndex(groups->model()->index(0, 0));
        visit->setMode(WriteMode::Confirm);
        visit->applying().apply(0);
        return new WaitUntil([visit] { return visit->question() != nullptr; },
                             [visit]() -> Result<QString> {
                                 const QString seen =
                                     visit->picture(u"apply-question"_s, *visit->question());
                                 visit->question()->reject();
                                 visit->setMode(WriteMode::Free);
                                 return seen;
                             },
                             reviewPatience, parent);
    });
}

void addRuns(TourRunner &runner, const std::shared_ptr<ChangesVisit> &visit)
{
    runner.add(u"Changes: a trial"_s, [visit](QObject *parent) {
        return visit->lookAtEnd([visit] { visit->applying().applyFirstAction()->trigger(); },
                                u"trial"_s, parent);
    });
    runner.add(u"Changes: a pause"_s, [visit](QObject *parent) {
        if (!visit->press(u"Go On With the Rest"_s))
            return visit->look([] { return false; }, {}, parent);
        visit->applying().pauseAction()->trigger();
        return visit->look([visit] { return visit->applying().isPaused(); }, u"paused"_s, parent);
    });
    runner.add(u"Changes: the end"_s, [visit](QObject *parent) {
        return visit->lookAtEnd([visit] { visit->applying().pauseAction()->trigger(); },
                                u"problems-left"_s, parent);
    });
    runner.add(u"Changes: nothing left"_s, [visit](QObject *parent) {
        visit->changes().removeApplied();
        visit->changes().revertAll();
        return visit->look([visit] { return visit->changes().isEmpty(); }, u"nothing-staged"_s,
                           parent);
    });
}

} // namespace

ChangesTour::ChangesTour(MainWindow &window, Picture picture)
    : m_window(window)
    , m_picture(std::move(picture))
{
}

void ChangesTour::addSteps(TourRunner &runner) const
{
    const auto visit = std::make_shared<ChangesVisit>(m_window, m_picture);
    addReview(runner, visit);
    addRuns(runner, visit);
}

} // namespace hubkeeper
