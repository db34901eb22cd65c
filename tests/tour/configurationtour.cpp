// SPDX-License-Identifier: MIT
#include "configurationtour.h"

#include "configuration/compare/diffview.h"
#include "configuration/configurationpage.h"
#include "configuration/findings/documentfindings.h"
#include "configuration/form/provisionerform.h"
#include "configuration/text/textpane.h"
#include "problems/findingsmodel.h"
#include "problems/problemsdock.h"
#include "window/mainwindow.h"

#include <QAction>
#include <QDialog>
#include <QListWidget>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace hubkeeper {

namespace {

constexpr auto configurationPatience = 20s;
constexpr int turnsToPaint = 40;

/// What the steps share.
struct Walk
{
    MainWindow &window;
    ConfigurationTour::Picture picture;
    QByteArray before;

    [[nodiscard]] ConfigurationPage &page() const
    {
        return *qobject_cast<ConfigurationPage *>(window.page(PageId::Configuration));
    }
    [[nodiscard]] ProblemsDock &dock() const
    {
        return *qobject_cast<ProblemsDock *>(window.page(PageId::Problems));
    }
    /// The tab of the configuration page that holds a view.
    void showTab(QWidget *view) const
    {
        window.showPlace({PageId::Configuration, {}});
        page().findChild<QTabWidget *>()->setCurrentWidget(view);
    }
    /// Waits until it is painted, then takes the picture.
    Call<QString> *look(const QString &name, const QString &seen, QObject *parent) const
    {
        return new WaitUntil([turns = 0]() mutable { return ++turns > turnsToPaint; },
                             [picture = picture, name, seen]() -> Result<QString> {
                                 return seen + u", "_s + picture(name);
                             },
                             configurationPatience, parent);
    }
};

Call<QString> *failedStep(const QString &what, QObject *parent)
{
    return new ReadyCall<QString>(fail(ErrorKind::BadReply, what), parent);
}

/// A misspelt property and a misspelt flag: both are silently ignored by IDM.
Call<QString> *makeMistakes(Walk &walk, QObject *parent)
{
    Document *document = walk.page().document();
    walk.before = document->bytes();
    QByteArray text = walk.before;
    const qsizetype key = text.indexOf("\"readSchema\"");
    const qsizetype flag = text.indexOf("NOT_CREATABLE");
    if (key < 0 || flag < 0)
        return failedStep(u"The provisioner is not the sample."_s, parent);
    text.replace(flag, 13, "NOT_CREATEABLE").replace(key, 12, "\"readShema\"");
    document->setBytes(text, u"Tour"_s);
    walk.page().findings()->check();
    walk.showTab(walk.page().text());
    walk.page().text()->goToPointer(u"/configurationProperties/readShema"_s);
    const QList<Finding> here = walk.page().text()->findingsAtCursor();
    if (here.isEmpty())
        return failedStep(u"The misspelt property was not found."_s, parent);
    return walk.look(u"text"_s, here.first().message, parent);
}

Call<QString> *compare(Walk &walk, QObject *parent)
{
    DiffView *diff = walk.page().diff();
    walk.showTab(diff);
    diff->compareWith(DiffView::Against::Saved);
    if (diff->comparison().hunks.size() != 2)
        return failedStep(u"There should be two differences."_s, parent);
    return walk.look(u"diff"_s, diff->summary(), parent);
}

/// As a user presses the button; the choice is kept, so it is taken back.
Call<QString> *compareBesideEachOther(Walk &walk, QObject *parent)
{
    auto *button = walk.page().diff()->findChild<QToolButton *>(u"sideBySide"_s);
    button->setChecked(true);
    return walk.look(u"side-by-side"_s, walk.page().diff()->summary(), parent);
}

Call<QString> *showForm(Walk &walk, const QString &pointer, const QString &name, QObject *parent)
{
    ProvisionerForm *form = walk.page().form();
    walk.showTab(form);
    if (!form->showField(pointer))
        return failedStep(u"The form has no field for %1."_s.arg(pointer), parent);
    return walk.look(name, form->sectionList()->currentItem()->text(), parent);
}

Call<QString> *showProperties(Walk &walk, QObject *parent)
{
    return showForm(walk, u"/configurationProperties/permitsPerSecond"_s, u"form"_s, parent);
}

Call<QString> *showAttributes(Walk &walk, QObject *parent)
{
    return showForm(walk, u"/objectTypes/contact/properties/vid"_s, u"object-types"_s, parent);
}

Call<QString> *showOptions(Walk &walk, QObject *parent)
{
    return showForm(walk, u"/operationOptions"_s, u"operation-options"_s, parent);
}

Call<QString> *listProblems(Walk &walk, QObject *parent)
{
    walk.page().diff()->findChild<QToolButton *>(u"sideBySide"_s)->setChecked(false);
    walk.showTab(walk.page().text());
    walk.window.showPlace({PageId::Problems, {}});
    ProblemsDock &dock = walk.dock();
    const QAbstractItemModel *rows = dock.table()->model();
    for (int row = 0; row < rows->rowCount(); ++row) {
        if (rows->index(row, FindingsModel::MessageColumn)
                .data()
                .toString()
                .contains("readShema"_L1))
            dock.showItem(ItemId {rows->index(row, FindingsModel::RuleColumn).data().toString()});
    }
    return walk.look(u"problems"_s, dock.title(), parent);
}

Call<QString> *fixAll(Walk &walk, QObject *parent)
{
    walk.dock().fixAllAction()->trigger();
    // The preview comes when the fixes are found, and the picture when what they did is painted.
    return new WaitUntil(
        [&walk, turns = 0]() mutable {
            auto *preview = walk.dock().findChild<QDialog *>(u"fixPreview"_s);
            if (preview && preview->isVisible()) {
                preview->accept();
                walk.window.activateWindow(); // No window manager does it here.
            }
            const QByteArray &now = walk.page().document()->bytes();
            const bool fixed = !now.contains("readShema") && !now.contains("NOT_CREATEABLE");
            return fixed && ++turns > turnsToPaint;
        },
        [&walk]() -> Result<QString> {
            return walk.dock().title() + u", "_s + walk.picture(u"fixed"_s);
        },
        configurationPatience, parent);
}

Call<QString> *takeBack(Walk &walk, QObject *parent)
{
    Document *document = walk.page().document();
    while (document->bytes() != walk.before && document->canUndo())
        document->undo();
    if (document->bytes() != walk.before)
        return failedStep(u"Undo did not bring the text back."_s, parent);
    return new ReadyCall<QString>(u"every byte is as it was"_s, parent);
}

} // namespace

ConfigurationTour::ConfigurationTour(MainWindow &window, Picture picture)
    : m_window(window)
    , m_picture(std::move(picture))
{
}

void ConfigurationTour::addSteps(TourRunner &runner) const
{
    const auto walk = std::make_shared<Walk>(Walk {m_window, m_picture, {}});
    using Step = Call<QString> *(*)(Walk &, QObject *);
    const std::pair<QString, Step> steps[] {{u"Make two mistakes in the text"_s, makeMistakes},
                                            {u"The same in the form"_s, showProperties},
                                            {u"Object types"_s, showAttributes},
                                            {u"Operation options"_s, showOptions},
                                            {u"Compare with the saved file"_s, compare},
                                            {u"Beside each other"_s, compareBesideEachOther},
                                            {u"Look at the problems"_s, listProblems},
                                            {u"Fix all that is safe"_s, fixAll},
                                            {u"Undo"_s, takeBack}};
    for (const auto &[name, step] : steps)
        runner.add(name, [walk, step = step](QObject *parent) { return step(*walk, parent); });
}

} // namespace hubkeeper
