// SPDX-License-Identifier: MIT
#include "window/pagenavigation.h"

#include "widgets/sizes.h"
#include "widgets/tallcontents.h"
#include "widgets/typing.h"
#include "window/windowactions.h"

#include <QAction>
#include <QApplication>
#include <QBoxLayout>
#include <QDockWidget>
#include <QEvent>
#include <QListWidget>
#include <QMainWindow>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTabBar>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int layoutVersion = 1;
constexpr auto inspectorName = "inspector"_L1;

/// The first widget inside that takes the keyboard, in the order of Tab.
QWidget *firstInside(QWidget *area)
{
    QWidget *inside = area->nextInFocusChain();
    while (inside != area
           && !(area->isAncestorOf(inside) && inside->isVisible() && inside->isEnabled()
                && inside->focusPolicy() & Qt::TabFocus))
        inside = inside->nextInFocusChain();
    return inside;
}

} // namespace

PageNavigation::PageNavigation(QMainWindow &window, WindowActions &actions, Settings &settings)
    : QWidget(&window)
    , m_window(window)
    , m_actions(actions)
    , m_settings(settings)
    , m_list(new QListWidget(this))
    , m_stack(new QStackedWidget(this))
    , m_inspectorDock(new QDockWidget(tr("Inspector"), &window))
    , m_inspectors(new QStackedWidget(m_inspectorDock))
{
    m_list->setObjectName(u"navigation"_s);
    m_list->setAccessibleName(tr("Pages"));
    m_list->setUniformItemSizes(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    connect(m_list, &QListWidget::currentRowChanged, this, &PageNavigation::showRow);
    auto *row = new QHBoxLayout(this);
    row->setSpacing(0);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_list);
    row->addWidget(scrollingStack(), 1);
    sizeByCurrent(m_stack);
    sizeByCurrent(m_inspectors);

    window.installEventFilter(this);
    m_inspectorDock->setObjectName(inspectorName);
    m_inspectorDock->setWidget(m_inspectors);
    m_inspectorDock->installEventFilter(this);
    window.addDockWidget(window.layoutDirection() == Qt::RightToLeft ? Qt::LeftDockWidgetArea
                                                                     : Qt::RightDockWidgetArea,
                         m_inspectorDock);
    connect(m_actions.inspector, &QAction::triggered, this, [this](bool shown) {
        setWanted(inspectorName, shown);
        placeDocks();
    });
}

/// A page that needs more room than there is scrolls; the window does not grow for it.
QWidget *PageNavigation::scrollingStack()
{
    auto *inside = new TallContents(TallContents::Least, this);
    auto *layout = new QVBoxLayout(inside);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
    QScrollArea *scroll = scrolling(inside, this);
    scroll->setObjectName(u"pageScroll"_s);
    scroll->setMinimumHeight(fontMetrics().height() * 6);
    return scroll;
}

void PageNavigation::addPage(Page *page)
{
    const int number = m_stack->addWidget(page) + 1;
    auto *item = new QListWidgetItem(page->icon(), page->title(), m_list);
    item->setData(Qt::UserRole, nameOf(page->id()));
    if (QWidget *inspector = page->inspector())
        m_inspectors->addWidget(inspector);
    addToGoMenu(page, number);
    page->addToMenus(m_actions.menus);
}

void PageNavigation::addPanel(Page *panel)
{
    auto *dock = new QDockWidget(panel->title(), &m_window);
    dock->setObjectName(nameOf(panel->id()) + u"Dock"_s);
    dock->setWidget(panel);
    dock->installEventFilter(this);
    m_window.addDockWidget(Qt::BottomDockWidgetArea, dock);
    if (!m_docks.isEmpty())
        m_window.tabifyDockWidget(m_docks.last(), dock);
    m_docks.append(dock);
    m_panels.append(panel);
    connect(dock, &QDockWidget::visibilityChanged, this, [this, dock](bool isInFront) {
        if (!isInFront || !m_isOpen || m_isPlacing)
            return;
        m_front = dock; // By a click on its tab, perhaps: it stays then, even if it is empty.
        m_asked.insert(dock->objectName());
    });
    auto *action = m_actions.panels->addAction(panel->icon(), panel->title());
    action->setObjectName(nameOf(panel->id()) + u"Shown"_s);
    action->setCheckable(true);
    m_panelActions.append(action);
    connect(action, &QAction::triggered, this, [this, panel, dock](bool shown) {
        if (!shown)
            dock->close();
        else
            showPlace({panel->id(), {}});
    });
    if (panel->id() == PageId::Changes)
        addReview(panel);
    panel->addToMenus(m_actions.menus);
}

/// What is about to be sent is a key away from every page.
void PageNavigation::addReview(Page *changes)
{
    auto *action = m_actions.menus.changes->addAction(changes->icon(), tr("S&how Changes"));
    action->setObjectName(u"showChanges"_s);
    action->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_Return);
    action->setEnabled(false); // Until a connection is open.
    m_actions.menus.changes->addSeparator();
    m_review = action;
    connect(action, &QAction::triggered, this, [this, changes] {
        showPlace({PageId::Changes, {}});
        changes->showItem({}); // The keyboard goes to the list.
    });
}

void PageNavigation::addToGoMenu(Page *page, int number)
{
    auto *action = m_actions.menus.go->addAction(page->icon(), page->title());
    action->setObjectName(u"go-"_s + nameOf(page->id()));
    if (number < 10) {
#ifdef Q_OS_MACOS
        action->setShortcut(QKeySequence(u"Ctrl+%1"_s.arg(number)));
#else
        action->setShortcut(QKeySequence(u"Alt+%1"_s.arg(number)));
#endif
    }
    connect(action, &QAction::triggered, this, [this, page] { showPlace({page->id(), {}}); });
}

void PageNavigation::restore()
{
    QStringList wanted {inspectorName};
    for (const QDockWidget *dock : std::as_const(m_docks))
        wanted.append(dock->objectName());
    const QStringList saved = m_settings.value(setting::shownDocks, {}, wanted);
    m_wantedDocks = QSet<QString>(saved.begin(), saved.end());
    if (!m_window.restoreState(m_settings.value(setting::windowLayout), layoutVersion)
        && !m_docks.isEmpty())
        m_dockHeight = fontMetrics().height() * 12;
    m_dockHeight = m_settings.value(setting::dockHeight, {}, m_dockHeight);
    const QString front = m_settings.value(setting::frontDock);
    for (QDockWidget *dock : std::as_const(m_docks)) {
        if (dock->objectName() == front)
            m_front = dock;
    }
    m_list->setFixedWidth(m_list->sizeHintForColumn(0) + fontMetrics().averageCharWidth() * 4);
    m_list->setCurrentRow(0);
    const QString last = m_settings.value(setting::lastPage);
    for (int row = 0; row < m_list->count(); ++row) {
        if (m_list->item(row)->data(Qt::UserRole).toString() == last)
            m_list->setCurrentRow(row);
    }
}

void PageNavigation::save()
{
    m_settings.setValue(setting::windowLayout, m_window.saveState(layoutVersion));
    m_settings.setValue(setting::shownDocks,
                        QStringList(m_wantedDocks.begin(), m_wantedDocks.end()));
    if (m_front) {
        m_settings.setValue(setting::frontDock, m_front->objectName());
        if (m_dockHeight > 0)
            m_settings.setValue(setting::dockHeight, m_dockHeight);
    }
    if (const QListWidgetItem *item = m_list->currentItem())
        m_settings.setValue(setting::lastPage, item->data(Qt::UserRole).toString());
}

QList<Page *> PageNavigation::pages() const
{
    QList<Page *> pages;
    for (int row = 0; row < m_stack->count(); ++row)
        pages.append(static_cast<Page *>(m_stack->widget(row)));
    return pages;
}

Page *PageNavigation::page(PageId id) const
{
    const QList<Page *> all = pagesAndPanels();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const Page *page) { return page->id() == id; });
    return found == all.end() ? nullptr : *found;
}

Page *PageNavigation::current() const
{
    return m_isOpen ? static_cast<Page *>(m_stack->currentWidget()) : nullptr;
}

Page *PageNavigation::focused() const
{
    for (Page *panel : m_panels) {
        if (m_isOpen && panel->isAncestorOf(m_window.focusWidget()))
            return panel;
    }
    return current();
}

void PageNavigation::showPlace(const Place &place)
{
    Page *wanted = page(place.page);
    if (!wanted || !m_isOpen)
        return;
    const auto panel = m_panels.indexOf(wanted);
    if (panel >= 0) {
        ask(m_docks[panel]);
        wanted->setFocus();
    } else {
        m_list->setCurrentRow(m_stack->indexOf(wanted));
        if (!wanted->isAncestorOf(m_window.focusWidget()))
            wanted->setFocus();
    }
    if (place.item != PlaceItem())
        wanted->showItem(place.item);
}

/// Shows a dock, in front of the others.
void PageNavigation::ask(QDockWidget *dock)
{
    setWanted(dock->objectName(), true);
    m_asked.insert(dock->objectName());
    m_front = dock;
    placeDocks();
}

void PageNavigation::showUrgent(PageId id)
{
    const auto urgent = std::find_if(m_panels.begin(), m_panels.end(),
                                     [](const Page *panel) { return panel->needsAttention(); });
    if (urgent == m_panels.end() || !m_isOpen)
        return;
    showPlace({id, {}});
    ask(m_docks[urgent - m_panels.begin()]);
}

void PageNavigation::showRow(int row)
{
    if (row < 0)
        return;
    commitTyping(m_stack); // Before the page that holds it is hidden.
    m_stack->setCurrentIndex(row);
    if (QWidget *inspector = static_cast<Page *>(m_stack->currentWidget())->inspector())
        m_inspectors->setCurrentWidget(inspector);
    placeDocks();
    emit currentChanged();
}

void PageNavigation::setOpen(bool open)
{
    if (open != m_isOpen)
        m_asked.clear();
    m_isOpen = open;
    if (m_review)
        m_review->setEnabled(open);
    placeDocks();
    emit currentChanged();
}

void PageNavigation::showTitles()
{
    const QList<Page *> all = pages();
    for (int row = 0; row < all.size(); ++row)
        m_list->item(row)->setText(all[row]->title());
    for (qsizetype at = 0; at < m_panels.size(); ++at)
        m_docks[at]->setWindowTitle(m_panels[at]->title());
    if (haveDocksToSpeak() != m_docksSpeak)
        placeDocks();
}

void PageNavigation::setWanted(const QString &dock, bool wanted)
{
    if (wanted)
        m_wantedDocks.insert(dock);
    else
        m_wantedDocks.remove(dock);
}

/// Empty docks take no room until somebody asks for one of them; from then on they all stay.
bool PageNavigation::haveDocksToSpeak() const
{
    for (qsizetype at = 0; at < m_docks.size(); ++at) {
        const QString name = m_docks[at]->objectName();
        if (m_wantedDocks.contains(name) && (m_asked.contains(name) || !m_panels[at]->isEmpty()))
            return true;
    }
    return false;
}

void PageNavigation::placeDocks()
{
    Page *page = current();
    const bool inspectable = page && page->inspector();
    m_inspectorDock->setVisible(inspectable && m_wantedDocks.contains(inspectorName));
    m_actions.inspector->setChecked(m_wantedDocks.contains(inspectorName));
    m_docksSpeak = haveDocksToSpeak();
    m_isPlacing = true;
    for (qsizetype at = 0; at < m_panels.size(); ++at) {
        const bool shown = m_docksSpeak && m_wantedDocks.contains(m_docks[at]->objectName());
        m_docks[at]->setVisible(page && shown);
        m_panelActions[at]->setChecked(shown);
    }
    m_isPlacing = false;
    if (page && m_docksSpeak)
        raiseFront();
}

/// The one that was in front, or if nothing is in it, the first in which there is something.
void PageNavigation::raiseFront()
{
    const auto speaks = [this](QDockWidget *dock) {
        const qsizetype at = m_docks.indexOf(dock);
        return at >= 0 && !dock->isHidden()
            && (m_asked.contains(dock->objectName()) || !m_panels[at]->isEmpty());
    };
    if (!m_front || !speaks(m_front)) {
        const auto first = std::find_if(m_docks.begin(), m_docks.end(), speaks);
        m_front = first == m_docks.end() ? nullptr : *first;
    }
    if (!m_front)
        return;
    m_front->raise();
    keepDockHeight();
}

/// What the window gains or loses in height is the page's; a small window leaves it the larger
/// part.
void PageNavigation::keepDockHeight()
{
    m_windowHeight = m_window.height();
    if (!m_front || !m_front->isVisible() || m_front->isFloating())
        return;
    if (m_dockHeight == 0)
        m_dockHeight = m_front->height() + tabsHeight();
    const int most = m_window.height() / 2;
    m_window.resizeDocks({m_front}, {std::min(m_dockHeight, most)}, Qt::Vertical);
}

/// Of the tabs below the dock in front, which resizeDocks() counts as part of it; 0 if it is alone.
int PageNavigation::tabsHeight() const
{
    const auto bars = m_window.findChildren<QTabBar *>(Qt::FindDirectChildrenOnly);
    for (const QTabBar *bar : bars) {
        if (bar->isVisible() && bar->y() >= m_front->geometry().bottom())
            return bar->height();
    }
    return 0;
}

void PageNavigation::focusArea(int step, QWidget *last)
{
    QList<QWidget *> areas {m_list, m_stack->currentWidget()};
    if (m_inspectorDock->isVisible())
        areas.append(m_inspectorDock->widget());
    for (QDockWidget *dock : std::as_const(m_docks)) {
        if (dock->isVisible() && !dock->visibleRegion().isEmpty())
            areas.append(dock->widget());
    }
    areas.append(last);
    const QWidget *focused = m_window.focusWidget();
    qsizetype now = 0;
    for (qsizetype at = 0; at < areas.size(); ++at) {
        if (areas[at] == focused || areas[at]->isAncestorOf(focused))
            now = at;
    }
    QWidget *next = areas[(now + step + areas.size()) % areas.size()];
    if (next->focusPolicy() == Qt::NoFocus)
        next = firstInside(next);
    next->setFocus(Qt::TabFocusReason);
}

bool PageNavigation::eventFilter(QObject *watched, QEvent *event)
{
    // A dock closed by its own button is not wanted any more.
    if (event->type() == QEvent::Close && qobject_cast<QDockWidget *>(watched)) {
        setWanted(watched->objectName(), false);
        m_asked.remove(watched->objectName());
        QMetaObject::invokeMethod(this, &PageNavigation::placeDocks, Qt::QueuedConnection);
    }
    if (event->type() == QEvent::Resize && watched == &m_window) {
        keepDockHeight(); // The layout has divided the room already.
    } else if (event->type() == QEvent::Resize && watched == m_front
               && m_window.height() == m_windowHeight && !m_front->isFloating()
               && QApplication::mouseButtons() == Qt::LeftButton) {
        m_dockHeight = m_front->height() + tabsHeight(); // By the line between page and dock.
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace hubkeeper
