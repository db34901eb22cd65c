// SPDX-License-Identifier: MIT
#include "records/views/viewtabs.h"

#include "records/views/recordviews.h"
#include "widgets/icons.h"

#include <QAction>
#include <QBoxLayout>
#include <QInputDialog>
#include <QKeyEvent>
#include <QMenu>
#include <QPushButton>
#include <QTabBar>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace hubkeeper {

ViewTabs::ViewTabs(ObjectType type, RecordViews &views, QWidget *page)
    : QWidget(page)
    , m_type(type)
    , m_views(views)
    , m_bar(new QTabBar(this))
    , m_saveButton(new QToolButton(this))
    , m_resetButton(new QToolButton(this))
    , m_menuButton(new QPushButton(tr("View"), this))
    , m_menu(new QMenu(this))
{
    m_save = add(u"saveView"_s, tr("&Save"), &ViewTabs::save);
    add(u"saveViewAs"_s, tr("Save as &New View…"), &ViewTabs::saveAs);
    m_reset = add(u"resetView"_s, tr("&Reset"), &ViewTabs::reset);
    add(u"renameView"_s, tr("Ren&ame View…"), &ViewTabs::rename);
    add(u"duplicateView"_s, tr("D&uplicate View…"), &ViewTabs::duplicate);
    add(u"moveViewLeft"_s, tr("Move View &Left"), &ViewTabs::moveLeft);
    add(u"moveViewRight"_s, tr("Move View Ri&ght"), &ViewTabs::moveRight);
    add(u"deleteView"_s, tr("&Delete View"), &ViewTabs::remove);
    makeRow();
    addShortcuts(page);
    m_menu->addActions(m_actions);
    m_menu->addSeparator();
    m_menu->addActions(m_steps);
    connect(m_bar, &QTabBar::currentChanged, this, [this](int at) {
        if (!m_isFilling && at >= 0)
            m_views.choose(m_bar->tabData(at).toString());
    });
    connect(m_bar, &QTabBar::tabMoved, this, &ViewTabs::onMoved, Qt::QueuedConnection);
    connect(m_bar, &QTabBar::tabBarDoubleClicked, this, &ViewTabs::rename);
    connect(m_bar, &QWidget::customContextMenuRequested, this, &ViewTabs::openMenu);
    connect(&m_views, &RecordViews::tabsChanged, this, &ViewTabs::showTabs);
    showTabs();
}

void ViewTabs::makeRow()
{
    m_bar->setObjectName(u"viewTabs"_s);
    m_bar->setAccessibleName(tr("Views"));
    m_bar->setDocumentMode(true);
    m_bar->setDrawBase(false);
    m_bar->setExpanding(false);
    m_bar->setMovable(true);
    m_bar->setUsesScrollButtons(true);
    m_bar->setElideMode(Qt::ElideRight);
    m_bar->setContextMenuPolicy(Qt::CustomContextMenu);
    m_bar->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_bar->installEventFilter(this);
    m_saveButton->setObjectName(u"saveViewButton"_s);
    m_saveButton->setToolTip(tr("Keep the view as it is shown now"));
    m_saveButton->setText(tr("Save"));
    connect(m_saveButton, &QToolButton::clicked, this, &ViewTabs::save);
    m_resetButton->setObjectName(u"resetViewButton"_s);
    m_resetButton->setToolTip(tr("Show the view as it is kept"));
    m_resetButton->setText(tr("Reset"));
    connect(m_resetButton, &QToolButton::clicked, this, &ViewTabs::reset);
    m_menuButton->setObjectName(u"viewMenu"_s);
    m_menuButton->setAccessibleName(tr("What can be done with the view"));
    m_menuButton->setToolTip(tr("Keep, name, move or delete the view"));
    m_menuButton->setMenu(m_menu);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_bar, 1);
    row->addWidget(m_saveButton);
    row->addWidget(m_resetButton);
    row->addWidget(m_menuButton);
}

QAction *ViewTabs::add(const QString &name, const QString &text, void (ViewTabs::*run)())
{
    auto *action = new QAction(text, this);
    action->setObjectName(name);
    connect(action, &QAction::triggered, this, run);
    m_actions.append(action);
    return action;
}

void ViewTabs::addShortcuts(QWidget *page)
{
    const std::pair<QKeySequence, int> steps[] {
        {QKeySequence(Qt::CTRL | Qt::Key_PageDown), 1},
        {QKeySequence(Qt::CTRL | Qt::Key_PageUp), -1},
    };
    for (const auto &[keys, by] : steps) {
        auto *action = new QAction(by > 0 ? tr("Next View") : tr("Previous View"), page);
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(action, &QAction::triggered, this, [this, by = by] { m_views.step(by); });
        page->addAction(action);
        m_steps.append(action);
    }
}

void ViewTabs::addTo(QMenu &menu) const
{
    menu.addActions(m_actions); // The keys of the others are each page's own.
}

QString ViewTabs::allName(ObjectType type)
{
    return type == ObjectType::Contacts ? tr("All contacts") : tr("All companies");
}

QString ViewTabs::nameOf(const QString &id) const
{
    const QList<RecordView> views = m_views.tabs();
    for (const RecordView &view : views) {
        if (view.id == id && !view.isAll())
            return view.name;
    }
    return allName(m_type);
}

void ViewTabs::showTabs()
{
    m_isFilling = true;
    const QList<RecordView> views = m_views.tabs();
    while (m_bar->count() > views.size())
        m_bar->removeTab(m_bar->count() - 1);
    while (m_bar->count() < views.size())
        m_bar->addTab(QString());
    for (int i = 0; i < views.size(); ++i) {
        const QString &id = views[i].id;
        const bool isModified = m_views.isModified(id);
        const QString name = nameOf(id);
        //: A view that is worked with otherwise than it is kept.
        const QString shown = isModified ? tr("%1 *").arg(name) : name;
        m_bar->setTabData(i, id);
        m_bar->setTabText(i, QString(shown).replace(u'&', "&&"_L1));
        m_bar->setTabToolTip(i, isModified ? tr("%1, changed and not saved").arg(name) : name);
        m_bar->setAccessibleTabName(i, m_bar->tabToolTip(i));
        if (id == m_views.current().id)
            m_bar->setCurrentIndex(i);
    }
    m_isFilling = false;
    showActions();
}

void ViewTabs::showActions()
{
    const RecordView &view = m_views.current();
    const bool isModified = m_views.isModified(view.id);
    m_saveButton->setVisible(isModified);
    m_resetButton->setVisible(isModified);
    m_save->setEnabled(isModified && !view.isAll());
    m_reset->setEnabled(isModified);
    const int at = m_bar->currentIndex();
    for (QAction *action : std::as_const(m_actions)) {
        const QString name = action->objectName();
        if (name == "renameView"_L1 || name == "deleteView"_L1)
            action->setEnabled(!view.isAll());
        else if (name == "moveViewLeft"_L1)
            action->setEnabled(at > 1);
        else if (name == "moveViewRight"_L1)
            action->setEnabled(at > 0 && at + 1 < m_bar->count());
        else if (action != m_save && action != m_reset)
            action->setEnabled(true);
    }
    for (QAction *step : std::as_const(m_steps))
        step->setEnabled(m_bar->count() > 1);
    if (isEnabled() && isVisible())
        return;
    const QList<QAction *> all = m_actions + m_steps; // In the menu bar, too.
    for (QAction *action : all)
        action->setEnabled(false);
}

bool ViewTabs::event(QEvent *event)
{
    const bool isHandled = QWidget::event(event);
    const auto type = event->type();
    if (type == QEvent::Show || type == QEvent::Hide || type == QEvent::EnabledChange)
        showActions();
    return isHandled;
}

/// The first tab stays the first.
void ViewTabs::onMoved()
{
    QStringList ids;
    for (int i = 0; i < m_bar->count(); ++i) {
        const QString id = m_bar->tabData(i).toString();
        if (id != m_views.tabs().constFirst().id)
            ids.append(id);
    }
    m_views.setOrder(ids);
    showTabs();
}

void ViewTabs::openMenu(const QPoint &at)
{
    if (const int tab = m_bar->tabAt(at); tab >= 0)
        m_bar->setCurrentIndex(tab);
    m_menu->popup(m_bar->mapToGlobal(at));
}

/// Keys of the tabs themselves: F2 renames, Delete deletes, Ctrl+Shift+Page Up and Down move.
bool ViewTabs::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_bar || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    const bool isMove = key->modifiers() == (Qt::ControlModifier | Qt::ShiftModifier);
    switch (key->key()) {
    case Qt::Key_F2:
        rename();
        return true;
    case Qt::Key_Delete:
        remove();
        return true;
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        if (!isMove)
            break;
        moveBy(key->key() == Qt::Key_PageUp ? -1 : 1);
        return true;
    default:
        break;
    }
    return QWidget::eventFilter(watched, event);
}

void ViewTabs::askForName(const QString &title, const QString &label, const QString &name,
                          const std::function<void(const QString &)> &take)
{
    auto *dialog = new QInputDialog(this);
    dialog->setObjectName(u"viewName"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title);
    dialog->setLabelText(label);
    dialog->setTextValue(name);
    dialog->setMinimumWidth(dialog->fontMetrics().averageCharWidth() * 50);
    connect(dialog, &QInputDialog::textValueSelected, this, [take](const QString &text) {
        if (!text.trimmed().isEmpty())
            take(text.trimmed());
    });
    dialog->open();
}

void ViewTabs::save()
{
    if (m_views.current().isAll())
        return saveAs();
    m_views.save();
}

void ViewTabs::saveAs()
{
    const QString name =
        m_views.freeName(m_views.current().isAll() ? tr("New view") : m_views.current().name);
    askForName(tr("New View"), tr("Name of the view:"), name,
               [this](const QString &text) { m_views.saveAs(text); });
}

void ViewTabs::reset()
{
    m_views.reset();
}

void ViewTabs::rename()
{
    const RecordView view = m_views.current();
    if (view.isAll())
        return;
    askForName(tr("Rename View"), tr("Name of the view:"), view.name,
               [this, id = view.id](const QString &text) { m_views.rename(id, text); });
}

void ViewTabs::duplicate()
{
    const RecordView view = m_views.current();
    const QString name = m_views.freeName(
        view.isAll() ? tr("New view")
                     : tr("%1 (copy)", "of a view").arg(view.name).left(RecordView::longestName));
    askForName(tr("Duplicate View"), tr("Name of the copy:"), name,
               [this, id = view.id](const QString &text) { m_views.duplicate(id, text); });
}

void ViewTabs::remove()
{
    if (!m_views.current().isAll())
        m_views.remove(m_views.current().id);
}

void ViewTabs::moveBy(int by)
{
    const int from = m_bar->currentIndex();
    const int to = from + by;
    if (from > 0 && to > 0 && to < m_bar->count())
        m_bar->moveTab(from, to);
}

} // namespace hubkeeper
