// SPDX-License-Identifier: MIT
#include "recordstour.h"

#include "records/conditions/conditionbar.h"
#include "records/conditions/crestfield.h"
#include "records/grid/recordtable.h"
#include "records/grid/recordtablemodel.h"
#include "records/recordspage.h"
#include "widgets/messagebar.h"
#include "window/mainwindow.h"

#include <QPlainTextEdit>
#include <QScrollBar>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace hubkeeper {

namespace {

constexpr auto recordsPatience = 30s;

/// What the steps share.
struct RecordsVisit
{
    MainWindow &window;
    RecordsTour::Picture picture;

    [[nodiscard]] RecordsPage &page() const
    {
        return *static_cast<RecordsPage *>(window.page(PageId::Contacts));
    }
    [[nodiscard]] ConditionBar &bar() const { return *page().findChild<ConditionBar *>(); }
    /// Once `isThere` was true for some turns, and everything is read.
    Call<QString> *look(std::function<bool()> isThere, const QString &name, QObject *parent) const
    {
        return new WaitUntil(
            [*this, isThere = std::move(isThere), turns = 0]() mutable {
                return isThere() && page().isComplete() && ++turns > 40;
            },
            [*this, name]() -> Result<QString> {
                return u"%1 records, %2"_s.arg(page().model()->rowCount()).arg(picture(name));
            },
            recordsPatience, parent);
    }
    /// Types conditions and searches once rows, or the text, show them.
    void search(const QString &filter) const
    {
        bar().crest()->edit()->setPlainText(filter);
        QObject::connect(
            &bar(), &ConditionBar::edited, &page(),
            [visit = *this] { emit visit.bar().searchRequested(); }, Qt::SingleShotConnection);
    }
};

Call<QString> *findByConditions(const RecordsVisit &visit, QObject *parent)
{
    visit.window.showPlace({PageId::Contacts, {}});
    visit.bar().findChild<QToolButton *>(u"showCrest"_s)->click();
    visit.search(
        u"createdate le \"{today}\" and (lifecyclestage eq \"lead\" or email co \"example.org\")"_s);
    return visit.look(
        [visit] { return visit.bar().rows().size() == 1 && visit.page().model()->rowCount() > 0; },
        u"conditions"_s, parent);
}

Call<QString> *keepAsView(const RecordsVisit &visit, QObject *parent)
{
    visit.bar().findChild<QToolButton *>(u"showCrest"_s)->click();
    visit.page().views().saveAs(u"Leads and example.org"_s);
    QScrollBar *across = visit.page().table()->horizontalScrollBar();
    across->setValue(across->maximum());
    return visit.look([visit] { return !visit.page().views().current().isAll(); }, u"view"_s,
                      parent);
}

Call<QString> *showNothing(const RecordsVisit &visit, QObject *parent)
{
    visit.search(u"email eq \"nobody@nowhere.example\""_s);
    return visit.look([visit] { return visit.page().model()->rowCount() == 0; }, u"empty-view"_s,
                      parent);
}

Call<QString> *showAllAgain(const RecordsVisit &visit, QObject *parent)
{
    RecordViews &views = visit.page().views();
    views.remove(views.current().id);
    views.choose(views.tabs().constFirst().id);
    visit.page().table()->horizontalScrollBar()->setValue(0);
    auto *look = visit.look([visit] { return visit.page().model()->rowCount() > 100; },
                            u"view-deleted"_s, parent);
    look->onDone(&visit.page(), [visit](const Result<QString> &) {
        visit.page().findChild<MessageBar *>()->dismiss();
    });
    return look;
}

} // namespace

RecordsTour::RecordsTour(MainWindow &window, Picture picture)
    : m_window(window)
    , m_picture(std::move(picture))
{
}

void RecordsTour::addSteps(TourRunner &runner) const
{
    const RecordsVisit visit {m_window, m_picture};
    const auto add = [&](const QString &name,
                         Call<QString> *(*step)(const RecordsVisit &, QObject *)) {
        runner.add(name, [visit, step](QObject *parent) { return step(visit, parent); });
    };
    add(u"Find by conditions"_s, findByConditions);
    add(u"Keep a view"_s, keepAsView);
    add(u"A view of nothing"_s, showNothing);
    add(u"All contacts again"_s, showAllAgain);
}

} // namespace hubkeeper
