// SPDX-License-Identifier: MIT
#include "window/mainwindow.h"

#include "provisioner/document/draftfile.h"
#include "widgets/callbar.h"
#include "widgets/connectiontext.h"
#include "widgets/icons.h"
#include "widgets/messagebar.h"
#include "widgets/sizes.h"
#include "widgets/tallcontents.h"
#include "window/connectionactions.h"
#include "window/connectionswitcher.h"
#include "window/helpactions.h"
#include "window/leaveguard.h"
#include "window/maskingpolicy.h"
#include "window/notreadynotice.h"
#include "window/openactions.h"
#include "window/pagenavigation.h"
#include "window/recentfiles.h"
#include "window/restoredchanges.h"
#include "window/startpage.h"
#include "window/statusline.h"
#include "window/undoactions.h"
#include "window/windowsize.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QBoxLayout>
#include <QDragEnterEvent>
#include <QMenuBar>
#include <QMimeData>
#include <QStackedWidget>
#include <QToolBar>

using namespace Qt::StringLiterals;

namespace hubkeeper {

MainWindow::MainWindow(const WindowServices &services, QWidget *parent)
    : QMainWindow(parent)
    , m_services(services)
    , m_settings(services.session.paths)
    , m_keeper(new CurrentSession(services.registry, services.session, this))
    , m_actions(*this)
    , m_central(new QStackedWidget(this))
    , m_pages(nullptr)
    , m_messages(new MessageBar(this))
    , m_whyNot(new MessageBar(this))
    , m_progress(new CallBar(this))
    , m_switcher(new ConnectionSwitcher(*m_keeper, this))
    , m_status(new StatusLine(*m_keeper, this))
    , m_recent(new RecentFiles(m_settings, this))
    , m_start(new StartPage(
          *m_recent,
          [folder = draftFolder(services.session.paths.state)](const QString &path) {
              return DraftFile::exists(folder, path);
          },
          bool(services.startPractice), this))
    , m_leaving(nullptr)
    , m_connection(nullptr)
    , m_open(nullptr)
    , m_undo(nullptr)
{
    setObjectName(u"mainWindow"_s);
    setWindowTitle(u"Hubkeeper"_s);
    setWindowIcon(programIcon());
    setAcceptDrops(true);
    setDockNestingEnabled(true);
    m_actions.fillMenuBar(*this, m_recent);
    m_pages = new PageNavigation(*this, m_actions, m_settings);
    m_leaving = new LeaveGuard(*m_keeper, *m_pages, *m_messages, *this);
    m_connection =
        new ConnectionActions(services, {*m_keeper, *m_pages, *m_leaving, *m_messages}, *this);
    m_open = new OpenActions(
        services, {*m_keeper, *m_pages, *m_leaving, *m_recent, *m_messages, *m_progress}, *this);
    new NotReadyNotice(*m_keeper, *m_pages, *m_whyNot, this);
    m_undo = new UndoActions(*m_keeper, *m_pages, m_masking, m_actions, this);
    build();
    showColours(coloursFrom(m_settings.value(setting::colours)).value_or(Colours::System));
    connectActions();
    connectPageActions();
    connectViewActions();
    connectKeeper();
}

MainWindow::~MainWindow()
{
    hide(); // Editors that lose the focus commit while everything they notify is still there.
}

void MainWindow::buildConnectionBar()
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
    m_switcher->setCommands({m_actions.open, m_actions.practice, m_actions.writeMode,
                             m_actions.secrets, m_actions.settings, m_actions.manageConnections,
                             m_actions.closeConnection});
}

void MainWindow::build()
{
    buildConnectionBar();
    m_central->addWidget(m_start);
    m_central->addWidget(m_pages);
    sizeByCurrent(m_central);
    auto *all = new TallContents(TallContents::Least, this);
    all->setMost(fontMetrics().height() * 19); // Messages are whole, but do not push the window.
    auto *column = new QVBoxLayout(all);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_messages);
    column->addWidget(m_whyNot);
    column->addWidget(m_progress);
    column->addWidget(m_central, 1);
    setCentralWidget(all);
    setStatusBar(m_status);
}

void MainWindow::connectActions()
{
    const auto on = [this](QAction *action, auto slot) {
        connect(action, &QAction::triggered, this, slot);
    };
    on(m_actions.open, [this] { m_open->askForFile(false); });
    on(m_actions.practice, &MainWindow::openPractice);
    on(m_actions.closeConnection, [this] {
        m_isAtServers = false;
        m_leaving->leaveThen([this] { m_keeper->close(); });
    });
    on(m_actions.quit, &QWidget::close);
    (new HelpActions(*m_pages, *this))->connectTo(m_actions);
    m_actions.practice->setVisible(bool(m_services.startPractice));
    m_connection->connectTo(m_actions);
    connect(m_connection, &ConnectionActions::placeWanted, this, &MainWindow::showPlace);
    connect(m_connection, &ConnectionActions::connectionWanted, m_open,
            &OpenActions::openConnection);
    connect(m_connection, &ConnectionActions::keychainChanged, m_status, &StatusLine::showKeychain);
    connect(m_leaving, &LeaveGuard::pageWanted, this, [this](PageId page) {
        showPlace({page, {}});
    });
    connect(m_recent, &RecentFiles::chosen, m_open, &OpenActions::openRecent);
    connect(m_switcher, &ConnectionSwitcher::chosen, m_open, &OpenActions::openConnection);
    connect(m_open, &OpenActions::practiceOpened, this, &MainWindow::practiceOpened);
    connect(m_open, &OpenActions::signInWanted, m_connection, &ConnectionActions::signIn);
    connect(m_messages, &MessageBar::buttonPressed, this, &MainWindow::onWanted);
    connect(m_whyNot, &MessageBar::buttonPressed, this, &MainWindow::onWanted);
    connect(m_start, &StartPage::wants, this, &MainWindow::onWanted);
    connect(m_start, &StartPage::fileWanted, m_open, &OpenActions::openRecent);
}

/// What the page in front does.
void MainWindow::connectPageActions()
{
    const auto on = [this](QAction *action, void (*run)(Page &)) {
        connect(action, &QAction::triggered, this, [this, run] {
            if (Page *page = currentPage())
                run(*page);
        });
    };
    on(m_actions.find, [](Page &page) { page.focusFilter(); });
    on(m_actions.reload, [](Page &page) { page.reload(); });
    connect(m_actions.goToItem, &QAction::triggered, this, [this] {
        Page *contacts = page(PageId::Contacts);
        if (currentPage() && !currentPage()->askForItem() && contacts)
            (void)contacts->askForItem();
    });
    connect(m_actions.nextArea, &QAction::triggered, this,
            [this] { m_pages->focusArea(1, m_switcher); });
    connect(m_actions.previousArea, &QAction::triggered, this,
            [this] { m_pages->focusArea(-1, m_switcher); });
    connect(m_pages, &PageNavigation::currentChanged, m_undo, &UndoActions::show);
    connect(m_undo, &UndoActions::done, m_status,
            [this](const QString &text) { m_status->showMessage(text, 8000); });
}

void MainWindow::connectViewActions()
{
    connect(m_actions.colours, &QActionGroup::triggered, this, [this](QAction *chosen) {
        const auto colours = chosen->data().value<Colours>();
        m_settings.setValue(setting::colours, nameOf(colours));
        applyColours(colours);
    });
    connect(m_actions.mask, &QAction::toggled, &m_masking, &Masking::setOn);
    connect(&m_masking, &Masking::changed, this, &MainWindow::showMasking);
    m_maskingPolicy = new MaskingPolicy(*m_actions.mask, m_settings, *m_keeper, this);
}

void MainWindow::connectKeeper()
{
    connect(m_keeper, &CurrentSession::connectionChanged, this, &MainWindow::onConnectionChanged);
    connect(m_keeper, &CurrentSession::sessionChanged, this, &MainWindow::onSessionChanged);
    connect(m_keeper, &CurrentSession::changesRestored, this, [this] {
        showRestored(*m_messages, m_keeper->restoredChanges(), m_keeper->session()->changes());
    });
    connect(m_keeper, &CurrentSession::failed, this, [this](const Error &error) {
        m_messages->showError(error, Situation::ReadingConnections);
        if (error.kind != ErrorKind::NotFound) // A connection that is gone stays so.
            m_messages->showUntil(m_keeper, &CurrentSession::listRead);
    });
    connect(m_keeper, &CurrentSession::opening, this,
            [this](CallBase *call) { m_progress->watch(call, tr("Opening the connection")); });
}

void MainWindow::addPage(Page *page)
{
    connectPage(page);
    m_pages->addPage(page);
}

void MainWindow::addPanel(Page *panel)
{
    connectPage(panel);
    m_pages->addPanel(panel);
}

void MainWindow::connectPage(Page *page)
{
    connect(page, &Page::goTo, this, &MainWindow::showPlace);
    connect(page, &Page::wants, this, &MainWindow::onWanted);
    connect(page, &Page::fileWanted, this, &MainWindow::openFile);
    connect(page, &Page::titleChanged, m_pages, &PageNavigation::showTitles);
    connect(page, &Page::undoChanged, m_undo, &UndoActions::show);
    connect(page, &Page::statusMessage, this,
            [this](const QString &text) { m_status->showMessage(text, 8000); });
    connect(page, &Page::working, m_status,
            [this, page](const QString &text) { m_status->showWork(page->id(), text); });
}

void MainWindow::complete()
{
    m_actions.menus.go->addSeparator();
    m_actions.menus.go->addActions({m_actions.nextArea, m_actions.previousArea});
    m_actions.menus.file->addSeparator();
    m_actions.menus.file->addActions({m_actions.closeConnection, m_actions.quit});
    takeSize(*this, m_settings);
    m_pages->restore();
    const QList<MessageBar *> messages = findChildren<MessageBar *>();
    for (MessageBar *message : messages)
        message->setMasking(m_masking);
    onConnectionChanged();
    onSessionChanged();
}

Page *MainWindow::page(PageId id) const
{
    return m_pages->page(id);
}

Page *MainWindow::currentPage() const
{
    return m_pages->current();
}

void MainWindow::showPlace(const Place &place)
{
    m_pages->showPlace(place);
}

void MainWindow::showCurrent()
{
    const bool isOpen = m_keeper->connection().has_value() || m_isAtServers;
    m_central->setCurrentIndex(isOpen ? 1 : 0);
    m_pages->setOpen(isOpen);
}

/// A server can be looked at, and its configuration saved as a file, before there is any.
void MainWindow::showServers()
{
    m_isAtServers = true;
    showCurrent();
    enableActions();
    showPlace({PageId::Idm, {}});
}

void MainWindow::showColours(Colours colours)
{
    for (QAction *action : m_actions.colours->actions())
        action->setChecked(action->data().value<Colours>() == colours);
    applyColours(colours);
}

void MainWindow::showMasking()
{
    if (m_maskingPolicy)
        m_maskingPolicy->keep(m_masking.isOn());
    m_status->showMasking(m_masking.isOn());
    m_undo->show();
}

void MainWindow::onConnectionChanged()
{
    const auto &connection = m_keeper->connection();
    const Connection *open = connection ? &*connection : nullptr;
    const QList<Page *> pages = m_pages->pagesAndPanels();
    for (Page *page : pages)
        page->setConnection(open);
    //: Title of the window: name of the program and summary of the connection.
    setWindowTitle(open ? tr("%1 – Hubkeeper").arg(summaryOf(*open)) : u"Hubkeeper"_s);
    if (open)
        m_isAtServers = false;
    const bool isPractice = open && open->kind == ConnectionKind::Practice;
    if (open && !isPractice) // A practice portal ends with us.
        m_recent->add(open->provisionerPath);
    showCurrent();
    enableActions();
}

void MainWindow::onSessionChanged()
{
    const auto &session = m_keeper->session();
    m_masking.forgetDefinitions();
    const QList<Page *> pages = m_pages->pagesAndPanels();
    for (Page *page : pages)
        page->setSession(session);
    if (session) {
        ChangeSet &changes = session->changes();
        connect(&changes, &ChangeSet::changed, m_undo, &UndoActions::show);
        connect(&changes, &ChangeSet::changed, m_messages, [this, &changes] {
            if (changes.waiting() == 0) // Those of the last time, too.
                m_messages->dismissFor(&changes);
        });
        connect(session.get(), &Session::refreshTokenNotStored, this, [this](const Error &error) {
            m_messages->showError(error, Situation::StoringReplacedToken);
        });
    }
    m_messages->dismiss();
    m_status->showKeychain();
    enableActions();
    m_undo->show();
}

void MainWindow::enableActions()
{
    const auto &connection = m_keeper->connection();
    const bool open = connection.has_value();
    m_actions.closeConnection->setEnabled(open || m_isAtServers);
    const bool inBook = open && m_keeper->registry().byId(connection->id);
    for (QAction *action :
         {m_actions.connectPortal, m_actions.secrets, m_actions.writeMode, m_actions.settings,
          m_actions.find, m_actions.reload, m_actions.nextArea, m_actions.previousArea})
        action->setEnabled(open);
    m_actions.forgetConnection->setEnabled(inBook);
    const QList<QAction *> goActions = m_actions.menus.go->actions();
    for (QAction *action : goActions)
        action->setEnabled(open || m_isAtServers);
    m_actions.panels->setEnabled(open);
}

void MainWindow::onWanted(Choice choice)
{
    switch (choice) {
    case Choice::Open:
        return m_open->askForFile(false);
    case Choice::AddConnection:
        return m_open->askForFile(true);
    case Choice::AddServer:
        return showServers();
    case Choice::New:
        return m_actions.newProvisioner->trigger();
    case Choice::Practice:
        return m_open->openPractice();
    case Choice::Secrets:
        return m_connection->showSecrets();
    case Choice::Connect:
        return m_connection->signIn();
    case Choice::Certificate:
        return m_connection->showCertificate();
    case Choice::WriteMode:
        return m_connection->chooseWriteMode();
    case Choice::Settings:
        return m_connection->editSettings();
    case Choice::Configuration:
        return showPlace({PageId::Configuration, {}});
    case Choice::Changes:
        return showPlace({PageId::Changes, {}});
    case Choice::ForgetFile:
        return m_open->forgetMissingFile();
    case Choice::SessionOnly:
        return m_connection->keepSecretsForSession();
    case Choice::Retry:
    case Choice::Reopen:
        return m_keeper->reopen();
    default:
        return; // Of the one who offered it.
    }
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (!m_leaving->mayClose())
        return event->ignore();
    m_settings.setValue(setting::windowGeometry, saveGeometry());
    m_pages->save();
    QMainWindow::closeEvent(event);
}

void MainWindow::setOtherFiles(std::function<bool(const QString &path)> areTheirs,
                               std::function<void(const QString &path)> open)
{
    m_open->setOtherFiles(
        [areTheirs = std::move(areTheirs), open = std::move(open)](const QString &path) {
            if (!areTheirs(path))
                return false;
            open(path);
            return true;
        });
}

void MainWindow::openFile(const QString &path)
{
    m_open->openFile(path);
}

void MainWindow::openPractice()
{
    m_open->openPractice();
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
