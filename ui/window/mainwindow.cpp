// SPDX-License-Identifier: MIT
#include "window/mainwindow.h"

#include "widgets/callbar.h"
#include "widgets/colours.h"
#include "widgets/connectiontext.h"
#include "widgets/icons.h"
#include "widgets/messagebar.h"
#include "window/connectionswitcher.h"
#include "window/recentfiles.h"
#include "window/startpage.h"
#include "window/statusline.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QBoxLayout>
#include <QDockWidget>
#include <QDragEnterEvent>
#include <QLabel>
#include <QListWidget>
#include <QMenuBar>
#include <QMimeData>
#include <QStackedWidget>
#include <QToolBar>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

const auto geometryKey = u"window/geometry"_s;
const auto layoutKey = u"window/layout"_s;
const auto docksKey = u"window/docks"_s;
const auto pageKey = u"window/page"_s;
const auto coloursKey = u"window/colors"_s;
const auto maskKey = u"window/maskPersonalData"_s;
constexpr int layoutVersion = 1;
constexpr auto inspectorName = "inspector"_L1;

/// Lets what a stack shows say alone how small it may be: a page out of sight must not take the
/// room from a dock.
void sizeByCurrent(QStackedWidget *stack)
{
    const auto adapt = [stack](int current) {
        for (int at = 0; at < stack->count(); ++at) {
            const auto policy = at == current ? QSizePolicy::Preferred : QSizePolicy::Ignored;
            stack->widget(at)->setSizePolicy(policy, policy);
        }
        // Hidden widgets do not tell by themselves, and a dock may be shown before anybody asks.
        for (QWidget *around = stack; around; around = around->parentWidget()) {
            if (around->layout())
                around->layout()->invalidate();
            around->updateGeometry();
        }
    };
    QObject::connect(stack, &QStackedWidget::currentChanged, stack, adapt);
    adapt(stack->currentIndex());
}

} // namespace

MainWindow::MainWindow(const WindowServices &services, QWidget *parent)
    : QMainWindow(parent)
    , m_services(services)
    , m_settings(services.session.paths.state + u"/window.ini"_s, QSettings::IniFormat)
    , m_keeper(new SessionKeeper(services.book, services.session, this))
    , m_actions(*this)
    , m_navigation(new QListWidget(this))
    , m_central(new QStackedWidget(this))
    , m_pages(new QStackedWidget(this))
    , m_messages(new MessageBar(this))
    , m_progress(new CallBar(this))
    , m_switcher(new ConnectionSwitcher(*m_keeper, this))
    , m_status(new StatusLine(*m_keeper, this))
    , m_recent(new RecentFiles(m_settings, this))
    , m_start(new StartPage(*m_recent, bool(services.startPractice), this))
    , m_inspectorDock(new QDockWidget(tr("Inspector"), this))
    , m_inspectors(new QStackedWidget(m_inspectorDock))
{
    setObjectName(u"mainWindow"_s);
    setWindowTitle(u"Hubkeeper"_s);
    setWindowIcon(programIcon());
    setAcceptDrops(true);
    setDockNestingEnabled(true);
    build();
    m_actions.fillMenuBar(*this, m_recent);
    showColours(coloursFrom(m_settings.value(coloursKey).toString()).value_or(Colours::System));
    connectActions();
    connect(m_keeper, &SessionKeeper::connectionChanged, this, &MainWindow::onConnectionChanged);
    connect(m_keeper, &SessionKeeper::sessionChanged, this, &MainWindow::onSessionChanged);
    connect(m_keeper, &SessionKeeper::opening, this,
            [this](CallBase *call) { m_progress->watch(call, tr("Opening the connection")); });
}

MainWindow::~MainWindow()
{
    hide(); // Editors that lose the focus commit while everything they tell is still there.
}

void MainWindow::build()
{
    auto *bar = addToolBar(tr("Connection"));
    bar->setObjectName(u"connectionBar"_s);
    bar->setMovable(false);
    bar->toggleViewAction()->setEnabled(false); // The write mode is always visible.
    bar->addWidget(m_switcher);
    bar->addSeparator();
    bar->addActions({m_actions.undo, m_actions.redo, m_actions.reload});
    auto *space = new QWidget(bar);
    space->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    bar->addWidget(space);
    bar->addAction(m_actions.palette);

    m_navigation->setObjectName(u"navigation"_s);
    m_navigation->setAccessibleName(tr("Pages"));
    m_navigation->setUniformItemSizes(true);
    m_navigation->setFrameShape(QFrame::NoFrame);
    m_navigation->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    connect(m_navigation, &QListWidget::currentRowChanged, this, &MainWindow::showPage);

    auto *all = new QWidget(this);
    auto *row = new QHBoxLayout;
    row->setSpacing(0);
    row->addWidget(m_navigation);
    row->addWidget(m_pages, 1);
    m_central->addWidget(m_start);
    auto *withNavigation = new QWidget(m_central);
    row->setContentsMargins(0, 0, 0, 0);
    withNavigation->setLayout(row);
    m_central->addWidget(withNavigation);
    auto *column = new QVBoxLayout(all);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_messages);
    column->addWidget(m_progress);
    column->addWidget(m_central, 1);
    setCentralWidget(all);
    for (QStackedWidget *stack : {m_central, m_pages, m_inspectors})
        sizeByCurrent(stack);
    setStatusBar(m_status);

    m_inspectorDock->setObjectName(inspectorName);
    m_inspectorDock->setWidget(m_inspectors);
    m_inspectorDock->installEventFilter(this);
    addDockWidget(layoutDirection() == Qt::RightToLeft ? Qt::LeftDockWidgetArea
                                                       : Qt::RightDockWidgetArea,
                  m_inspectorDock);
    connect(m_messages, &MessageBar::buttonPressed, this, &MainWindow::onWanted);
    connect(m_start, &StartPage::wants, this, &MainWindow::onWanted);
    connect(m_start, &StartPage::fileWanted, this, &MainWindow::openRecent);
}

void MainWindow::connectActions()
{
    const auto on = [this](QAction *action, auto slot) {
        connect(action, &QAction::triggered, this, slot);
    };
    on(m_actions.open, &MainWindow::askForFile);
    on(m_actions.practice, &MainWindow::openPractice);
    on(m_actions.closeConnection, [this] { leaveThen([this] { m_keeper->close(); }); });
    on(m_actions.quit, &QWidget::close);
    on(m_actions.undo, [this] { undoOrRedo(true); });
    on(m_actions.redo, [this] { undoOrRedo(false); });
    on(m_actions.find, [this] {
        if (Page *page = currentPage())
            page->focusFilter();
    });
    on(m_actions.reload, [this] {
        if (Page *page = currentPage())
            page->reload();
    });
    on(m_actions.nextArea, [this] { focusArea(1); });
    on(m_actions.previousArea, [this] { focusArea(-1); });
    on(m_actions.palette, &MainWindow::openPalette);
    on(m_actions.connectPortal, &MainWindow::openConnect);
    on(m_actions.secrets, &MainWindow::openSecrets);
    on(m_actions.writeMode, &MainWindow::openWriteMode);
    on(m_actions.settings, &MainWindow::openSettings);
    on(m_actions.forgetConnection, &MainWindow::askToForget);
    on(m_actions.manual, &MainWindow::openManual);
    on(m_actions.shortcuts, &MainWindow::openShortcuts);
    on(m_actions.about, &MainWindow::openAbout);
    on(m_actions.aboutQt, &QApplication::aboutQt);
    on(m_actions.inspector, [this](bool shown) {
        if (shown)
            m_wantedDocks.insert(inspectorName);
        else
            m_wantedDocks.remove(inspectorName);
        placeDocks();
    });
    connect(m_actions.colours, &QActionGroup::triggered, this, [this](QAction *chosen) {
        m_settings.setValue(coloursKey, chosen->data());
        applyColours(*coloursFrom(chosen->data().toString()));
    });
    connect(m_recent, &RecentFiles::chosen, this, &MainWindow::openRecent);
    connect(m_switcher, &ConnectionSwitcher::chosen, this, [this](const QString &id) {
        leaveThen([this, id] {
            if (const Connection *connection = m_keeper->book().byId(id))
                m_keeper->open(Connection(*connection));
        });
    });
    connect(m_actions.mask, &QAction::toggled, &m_masking, &Masking::setOn);
    connect(&m_masking, &Masking::changed, this, &MainWindow::showMasking);
    m_actions.mask->setChecked(m_settings.value(maskKey).toBool());
    m_actions.practice->setVisible(bool(m_services.startPractice));
    m_switcher->setCommands({m_actions.open, m_actions.practice, m_actions.writeMode,
                             m_actions.secrets, m_actions.settings, m_actions.closeConnection});
}

void MainWindow::addPage(Page *page)
{
    const int number = m_pages->addWidget(page) + 1;
    auto *item = new QListWidgetItem(page->icon(), page->title(), m_navigation);
    item->setData(Qt::UserRole, page->id());
    if (QWidget *inspector = page->inspector())
        m_inspectors->addWidget(inspector);
    connectPage(page);
    addToGoMenu(page, number);
    page->addToMenus(m_actions.menus);
}

void MainWindow::addPanel(Page *panel)
{
    auto *dock = new QDockWidget(panel->title(), this);
    dock->setObjectName(panel->id() + u"Dock"_s);
    dock->setWidget(panel);
    dock->installEventFilter(this);
    addDockWidget(Qt::BottomDockWidgetArea, dock);
    if (!m_panelDocks.isEmpty())
        tabifyDockWidget(m_panelDocks.last(), dock);
    m_panelDocks.append(dock);
    m_panels.append(panel);
    connectPage(panel);
    auto *action = m_actions.panels->addAction(panel->icon(), panel->title());
    action->setObjectName(panel->id() + u"Shown"_s);
    action->setCheckable(true);
    m_panelActions.append(action);
    connect(action, &QAction::triggered, this, [this, panel, dock](bool shown) {
        if (!shown)
            dock->close();
        else
            showPlace({panel->id(), {}});
    });
    panel->addToMenus(m_actions.menus);
}

void MainWindow::connectPage(Page *page)
{
    connect(page, &Page::goTo, this, &MainWindow::showPlace);
    connect(page, &Page::wants, this, &MainWindow::onWanted);
    connect(page, &Page::fileWanted, this, &MainWindow::openFile);
    connect(page, &Page::titleChanged, this, &MainWindow::showTitles);
    connect(page, &Page::undoChanged, this, &MainWindow::showUndo);
    connect(page, &Page::statusMessage, this,
            [this](const QString &text) { m_status->showMessage(text, 8000); });
}

void MainWindow::addToGoMenu(Page *page, int number)
{
    auto *action = m_actions.menus.go->addAction(page->icon(), page->title());
    action->setObjectName(u"go-"_s + page->id());
    if (number < 10) {
#ifdef Q_OS_MACOS
        action->setShortcut(QKeySequence(u"Ctrl+%1"_s.arg(number)));
#else
        action->setShortcut(QKeySequence(u"Alt+%1"_s.arg(number)));
#endif
    }
    connect(action, &QAction::triggered, this, [this, page] { showPlace({page->id(), {}}); });
}

void MainWindow::complete()
{
    m_actions.menus.go->addSeparator();
    m_actions.menus.go->addActions({m_actions.nextArea, m_actions.previousArea});
    m_actions.menus.file->addSeparator();
    m_actions.menus.file->addActions({m_actions.closeConnection, m_actions.quit});
    QStringList wanted {inspectorName};
    for (const QDockWidget *dock : std::as_const(m_panelDocks))
        wanted.append(dock->objectName());
    const QStringList saved = m_settings.value(docksKey, wanted).toStringList();
    m_wantedDocks = QSet<QString>(saved.begin(), saved.end());

    resize(fontMetrics().averageCharWidth() * 160, fontMetrics().height() * 48);
    restoreGeometry(m_settings.value(geometryKey).toByteArray());
    if (!restoreState(m_settings.value(layoutKey).toByteArray(), layoutVersion)
        && !m_panelDocks.isEmpty())
        resizeDocks({m_panelDocks.first()}, {fontMetrics().height() * 12}, Qt::Vertical);
    const int widest = m_navigation->sizeHintForColumn(0);
    m_navigation->setFixedWidth(widest + fontMetrics().averageCharWidth() * 4);
    m_navigation->setCurrentRow(0);
    const QString last = m_settings.value(pageKey).toString();
    for (int row = 0; row < m_navigation->count(); ++row) {
        if (m_navigation->item(row)->data(Qt::UserRole).toString() == last)
            m_navigation->setCurrentRow(row);
    }
    const QList<MessageBar *> messages = findChildren<MessageBar *>();
    for (MessageBar *message : messages)
        message->setMasking(m_masking);
    onConnectionChanged();
    onSessionChanged();
}

Page *MainWindow::page(const QString &id) const
{
    for (int row = 0; row < m_pages->count(); ++row) {
        if (m_pages->widget(row)->objectName() == id)
            return static_cast<Page *>(m_pages->widget(row));
    }
    const auto panel = std::find_if(m_panels.begin(), m_panels.end(),
                                    [&](const Page *p) { return p->id() == id; });
    return panel == m_panels.end() ? nullptr : *panel;
}

Page *MainWindow::currentPage() const
{
    return m_keeper->connection() ? static_cast<Page *>(m_pages->currentWidget()) : nullptr;
}

void MainWindow::showPlace(const Place &place)
{
    Page *wanted = page(place.page);
    if (!wanted || !m_keeper->connection())
        return;
    const auto panel = m_panels.indexOf(wanted);
    if (panel >= 0) {
        QDockWidget *dock = m_panelDocks[panel];
        m_wantedDocks.insert(dock->objectName());
        placeDocks();
        dock->raise();
        wanted->setFocus();
    } else {
        m_navigation->setCurrentRow(m_pages->indexOf(wanted));
        if (!wanted->isAncestorOf(focusWidget()))
            wanted->setFocus();
    }
    if (!place.item.isEmpty())
        wanted->showItem(place.item);
}

void MainWindow::showPage(int row)
{
    if (row < 0)
        return;
    m_pages->setCurrentIndex(row);
    if (QWidget *inspector = static_cast<Page *>(m_pages->currentWidget())->inspector())
        m_inspectors->setCurrentWidget(inspector);
    placeDocks();
    showUndo();
}

void MainWindow::showCurrent()
{
    m_central->setCurrentIndex(m_keeper->connection() ? 1 : 0);
    placeDocks();
    showUndo();
}

void MainWindow::showColours(Colours colours)
{
    for (QAction *action : m_actions.colours->actions())
        action->setChecked(action->data().toString() == nameOf(colours));
    applyColours(colours);
}

void MainWindow::showMasking()
{
    m_settings.setValue(maskKey, m_masking.isOn());
    m_status->showMasking(m_masking.isOn());
    showUndo();
}

void MainWindow::showTitles()
{
    for (int row = 0; row < m_pages->count(); ++row)
        m_navigation->item(row)->setText(static_cast<Page *>(m_pages->widget(row))->title());
    for (qsizetype at = 0; at < m_panels.size(); ++at)
        m_panelDocks[at]->setWindowTitle(m_panels[at]->title());
}

void MainWindow::placeDocks()
{
    Page *current = currentPage();
    const bool inspectable = current && current->inspector();
    m_inspectorDock->setVisible(inspectable && m_wantedDocks.contains(inspectorName));
    m_actions.inspector->setChecked(m_wantedDocks.contains(inspectorName));
    for (qsizetype at = 0; at < m_panels.size(); ++at) {
        const bool shown = m_wantedDocks.contains(m_panelDocks[at]->objectName());
        m_panelDocks[at]->setVisible(current && shown);
        m_panelActions[at]->setChecked(shown);
    }
}

void MainWindow::onConnectionChanged()
{
    const auto &connection = m_keeper->connection();
    const Connection *open = connection ? &*connection : nullptr;
    for (int row = 0; row < m_pages->count(); ++row)
        static_cast<Page *>(m_pages->widget(row))->setConnection(open);
    for (Page *panel : std::as_const(m_panels))
        panel->setConnection(open);
    //: Title of the window: name of the program and summary of the connection.
    setWindowTitle(open ? tr("%1 – Hubkeeper").arg(summaryOf(*open)) : u"Hubkeeper"_s);
    if (open && m_keeper->book().byId(open->id))
        m_recent->add(open->provisionerPath);
    showCurrent();
    enableActions();
}

void MainWindow::onSessionChanged()
{
    const auto &session = m_keeper->session();
    m_masking.forgetDefinitions();
    for (int row = 0; row < m_pages->count(); ++row)
        static_cast<Page *>(m_pages->widget(row))->setSession(session);
    for (Page *panel : std::as_const(m_panels))
        panel->setSession(session);
    if (session)
        connect(&session->changes(), &ChangeSet::changed, this, &MainWindow::showUndo);
    m_messages->dismiss();
    if (m_keeper->failure())
        m_messages->showError(*m_keeper->failure(), Situation::OpeningConnection);
    showRestoredChanges();
    m_status->showKeychain();
    enableActions();
    showUndo();
}

void MainWindow::showRestoredChanges()
{
    const Result<int> &restored = m_keeper->restoredChanges();
    if (!restored) {
        m_messages->showError(restored.error(), Situation::ReadingDraft);
    } else if (*restored > 0) {
        m_messages->showMessage(MessageBar::Information,
                                tr("%Ln record(s) with staged changes are back from the last time.",
                                   nullptr, *restored),
                                tr("Nothing of it was sent."), {{u"changes"_s, tr("&Review")}});
    }
}

void MainWindow::enableActions()
{
    const auto &connection = m_keeper->connection();
    const bool open = connection.has_value();
    const bool inBook = open && m_keeper->book().byId(connection->id);
    for (QAction *action : {m_actions.closeConnection, m_actions.connectPortal, m_actions.secrets,
                            m_actions.writeMode, m_actions.settings, m_actions.find,
                            m_actions.reload, m_actions.nextArea, m_actions.previousArea})
        action->setEnabled(open);
    m_actions.forgetConnection->setEnabled(inBook);
    const QList<QAction *> goActions = m_actions.menus.go->actions();
    for (QAction *action : goActions)
        action->setEnabled(open);
    m_actions.panels->setEnabled(open);
}

void MainWindow::showUndo()
{
    Page *page = currentPage();
    const bool own = page && page->hasUndo();
    const Session *session = m_keeper->session().get();
    const ChangeSet *changes = session ? &m_keeper->session()->changes() : nullptr;
    const bool canUndo = own ? !page->undoName().isEmpty() : changes && changes->canUndo();
    const bool canRedo = own ? !page->redoName().isEmpty() : changes && changes->canRedo();
    // A staged step may be named after a record.
    const bool named = own || (changes && !m_masking.isOn());
    const QString undoName = own ? page->undoName() : named ? changes->undoName() : QString();
    const QString redoName = own ? page->redoName() : named ? changes->redoName() : QString();
    m_actions.undo->setEnabled(canUndo);
    m_actions.redo->setEnabled(canRedo);
    //: %1 names a step: "Undo: clientId".
    m_actions.undo->setText(!undoName.isEmpty() ? tr("&Undo: %1").arg(undoName) : tr("&Undo"));
    m_actions.redo->setText(!redoName.isEmpty() ? tr("&Redo: %1").arg(redoName) : tr("&Redo"));
}

void MainWindow::undoOrRedo(bool undo)
{
    Page *page = currentPage();
    if (page && page->hasUndo())
        undo ? page->undo() : page->redo();
    else if (m_keeper->session())
        undo ? m_keeper->session()->changes().undo() : m_keeper->session()->changes().redo();
}

void MainWindow::focusArea(int step)
{
    QList<QWidget *> areas {m_navigation, m_pages->currentWidget()};
    if (m_inspectorDock->isVisible())
        areas.append(m_inspectorDock->widget());
    for (QDockWidget *dock : std::as_const(m_panelDocks)) {
        if (dock->isVisible() && !dock->visibleRegion().isEmpty())
            areas.append(dock->widget());
    }
    areas.append(m_switcher);
    qsizetype now = 0;
    for (qsizetype at = 0; at < areas.size(); ++at) {
        if (areas[at] == focusWidget() || areas[at]->isAncestorOf(focusWidget()))
            now = at;
    }
    QWidget *next = areas[(now + step + areas.size()) % areas.size()];
    if (next->focusPolicy() == Qt::NoFocus) {
        // The first widget inside that takes the keyboard; focusNextInFocusChain keeps Tab order.
        QWidget *inside = next->nextInFocusChain();
        while (inside != next
               && !(next->isAncestorOf(inside) && inside->isVisible() && inside->isEnabled()
                    && inside->focusPolicy() & Qt::TabFocus))
            inside = inside->nextInFocusChain();
        next = inside;
    }
    next->setFocus(Qt::TabFocusReason);
}

void MainWindow::saveLayout()
{
    m_settings.setValue(geometryKey, saveGeometry());
    m_settings.setValue(layoutKey, saveState(layoutVersion));
    m_settings.setValue(docksKey, QStringList(m_wantedDocks.begin(), m_wantedDocks.end()));
    if (const QListWidgetItem *item = m_navigation->currentItem())
        m_settings.setValue(pageKey, item->data(Qt::UserRole));
}

bool MainWindow::eventFilter(QObject *watched, QEvent *event)
{
    // A dock closed by its own button is not wanted any more.
    if (event->type() == QEvent::Close && qobject_cast<QDockWidget *>(watched)) {
        m_wantedDocks.remove(watched->objectName());
        QMetaObject::invokeMethod(this, &MainWindow::placeDocks, Qt::QueuedConnection);
    }
    return QMainWindow::eventFilter(watched, event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    const QList<QUrl> urls = event->mimeData()->urls();
    if (urls.size() == 1 && urls.first().isLocalFile())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    event->acceptProposedAction();
    openFile(event->mimeData()->urls().first().toLocalFile());
}

} // namespace hubkeeper
