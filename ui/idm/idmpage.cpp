// SPDX-License-Identifier: MIT
#include "idm/idmpage.h"

#include "idm/servers/leftreport.h"
#include "idm/servers/logindialog.h"
#include "idm/servers/serverdialog.h"
#include "idm/servers/serversdialog.h"
#include "idm/servers/serverswitcher.h"
#include "idm/servers/servertext.h"
#include "widgets/callbar.h"
#include "widgets/elidedlabel.h"
#include "widgets/emptystate.h"
#include "widgets/icons.h"
#include "widgets/messagebar.h"
#include "widgets/sizes.h"

#include <QAction>
#include <QBoxLayout>
#include <QStackedWidget>
#include <QTabBar>

using namespace Qt::StringLiterals;

namespace hubkeeper {

IdmPage::IdmPage(CurrentServer &server, QWidget *parent)
    : Page(PageId::Idm, parent)
    , m_server(server)
    , m_switcher(new ServerSwitcher(server, this))
    , m_facts(new ElidedLabel(this, Qt::ElideRight))
    , m_messages(new MessageBar(this))
    , m_progress(new CallBar(this))
    , m_tabs(new QTabBar(this))
    , m_stack(new QStackedWidget(this))
    , m_empty(new EmptyState(this))
    , m_add(new QAction(hubkeeper::icon(u"list-add"_s), tr("&Add Server…"), this))
    , m_practice(new QAction(hubkeeper::icon(u"practice"_s), tr("&Practice IDM"), this))
    , m_settings(new QAction(hubkeeper::icon(u"configuration"_s), tr("Server &Settings…"), this))
    , m_manage(new QAction(tr("&Manage Servers…"), this))
    , m_close(new QAction(hubkeeper::icon(u"window-close"_s), tr("&Close Server"), this))
{
    build();
    makeActions();
    connect(&m_server, &CurrentServer::changed, this, &IdmPage::showServer);
    connect(&m_server, &CurrentServer::listChanged, this, [this] {
        m_messages->endError(Situation::ReadingServers);
        showEmptyState();
    });
    connect(&m_server, &CurrentServer::failed, this, [this](const Error &error) {
        m_messages->showError(error, Situation::ReadingServers);
    });
    connect(&m_server, &CurrentServer::opening, this,
            [this](CallBase *call) { m_progress->watch(call, tr("Asking the server")); });
    auto *left = new LeftReport(m_server, this);
    connect(left, &LeftReport::removed, this, [this](const QString &label) {
        emit statusMessage(
            tr("A REPORT mapping that an analysis had left on %1 is removed.").arg(label));
    });
    connect(left, &LeftReport::failed, this, [this](const Error &error) {
        m_messages->showError(error, Situation::WritingServer, Offer::Nothing);
    });
    connect(m_messages, &MessageBar::buttonPressed, this, &IdmPage::onPressed);
    connect(m_empty, &EmptyState::pressed, this, &IdmPage::onPressed);
    showServer();
}

IdmPage::~IdmPage() = default;

void IdmPage::build()
{
    m_facts->setObjectName(u"serverFacts"_s);
    m_tabs->setObjectName(u"idmTabs"_s);
    m_tabs->setAccessibleName(tr("What to do with the server"));
    m_tabs->setDrawBase(true);
    m_tabs->setExpanding(false);
    m_tabs->setUsesScrollButtons(true);
    m_stack->addWidget(m_empty);
    sizeByCurrent(m_stack);
    connect(m_tabs, &QTabBar::currentChanged, this, &IdmPage::showTabs);
    auto *head = new QHBoxLayout;
    head->addWidget(m_switcher);
    head->addWidget(m_facts, 1);
    auto *column = new QVBoxLayout(this);
    column->addLayout(head);
    column->addWidget(m_messages);
    column->addWidget(m_progress);
    column->addWidget(m_tabs);
    column->addWidget(m_stack, 1);
}

void IdmPage::makeActions()
{
    const auto on = [this](QAction *action, const QString &name, auto slot) {
        action->setObjectName(name);
        connect(action, &QAction::triggered, this, slot);
    };
    on(m_add, u"addIdmServer"_s, &IdmPage::addServer);
    on(m_practice, u"practiceIdm"_s, &IdmPage::openPractice);
    on(m_settings, u"idmServerSettings"_s, &IdmPage::editServer);
    on(m_manage, u"manageServers"_s, &IdmPage::manageServers);
    on(m_close, u"closeServer"_s, [this] { m_server.close(); });
    connect(m_switcher, &ServerSwitcher::chosen, this, &IdmPage::open);
    m_switcher->setCommands({m_add, m_practice, m_settings, m_manage, m_close});
    m_practice->setVisible(false);
}

QString IdmPage::title() const
{
    return tr("IDM");
}

QIcon IdmPage::icon() const
{
    return hubkeeper::icon(u"server"_s);
}

void IdmPage::setSession(std::shared_ptr<Session>) { }

void IdmPage::addTab(QWidget *tab, const QString &title, Needs needs)
{
    m_stack->addWidget(tab);
    m_needs.append(needs);
    m_tabs->addTab(title);
    showTabs();
}

void IdmPage::showTab(QWidget *tab)
{
    if (const int at = m_stack->indexOf(tab); at > 0)
        m_tabs->setCurrentIndex(at - 1);
}

void IdmPage::setEdits(std::function<QString()> unsaved, std::function<bool()> save)
{
    m_unsaved = std::move(unsaved);
    m_save = std::move(save);
}

QString IdmPage::unsaved() const
{
    return m_unsaved ? m_unsaved() : QString();
}

bool IdmPage::save()
{
    return !m_save || m_save();
}

void IdmPage::setPractice(StartPracticeServer start)
{
    m_startPractice = std::move(start);
    m_practice->setVisible(bool(m_startPractice));
    showEmptyState();
}

void IdmPage::reload()
{
    m_server.askAgain();
    if (m_again && m_stack->currentIndex() > 0)
        m_again(m_stack->currentWidget());
}

void IdmPage::open(const QString &id)
{
    m_messages->dismiss();
    m_server.open(id);
}

void IdmPage::openPractice()
{
    if (!m_startPractice)
        return;
    m_messages->dismiss();
    auto *call = m_startPractice(this);
    m_progress->watch(call, tr("Starting the practice IDM"));
    call->onDone(this, [this](const Result<PracticeServer> &started) {
        if (!started)
            return m_messages->showError(started.error(), Situation::StartingPractice);
        if (const auto read = m_server.readList(); !read)
            return m_messages->showError(read.error(), Situation::ReadingServers);
        m_server.openWith(started->server.id, started->secret->clone());
    });
}

void IdmPage::showServer()
{
    m_messages->endError(Situation::OpeningServer);
    const auto &facts = m_server.facts();
    m_facts->setText(facts ? summaryOf(*facts) : QString());
    m_close->setEnabled(m_server.server().has_value());
    m_settings->setEnabled(m_server.server().has_value());
    if (m_server.server())
        m_newest = m_server.server()->id;
    showFailure();
    showEmptyState();
    showTabs();
}

void IdmPage::showFailure()
{
    const auto &failure = m_server.failure();
    if (!failure || failure->kind == ErrorKind::Cancelled)
        return;
    Error error = *failure;
    if (error.kind == ErrorKind::NotFound && error.httpStatus == 0 && m_server.server())
        error.remedy = tr("Enter it here; the keychain can keep it."); // No command is needed.
    const bool isPractice =
        m_server.server() && m_server.server()->kind == ConnectionKind::Practice;
    QList<MessageBar::Button> buttons;
    if (error.kind == ErrorKind::Offline && isPractice && m_startPractice)
        buttons.append({Choice::PracticeServer, tr("Start the Pract&ice IDM")});
    m_messages->showError(error, Situation::OpeningServer, buttons);
}

void IdmPage::showTabs()
{
    const int tab = m_tabs->currentIndex();
    const bool isShown = tab >= 0 && (m_server.session() || m_needs[tab] == Needs::Nothing);
    m_stack->setCurrentIndex(isShown ? tab + 1 : 0);
}

void IdmPage::showEmptyState()
{
    m_empty->clearButtons();
    if (m_server.isOpening())
        return m_empty->setContents(icon(), tr("Asking the server"), {});
    const Server *known = m_server.registry().find(offered());
    if (known) {
        m_empty->setContents(
            icon(), tr("No server is open"),
            tr("Choose one above. Nothing is sent to a server until it is opened."));
        //: %1 is the label of a server.
        m_empty->addButton(Choice::Confirm, hubkeeper::icon(u"connected"_s),
                           tr("&Open %1").arg(QString(known->label).replace(u'&', u"&&"_s)));
    } else {
        m_empty->setContents(
            icon(), tr("No IDM server is known yet"),
            tr("With a server you see whether the connector is active there and what keeps it from "
               "working, and bring the provisioner to it."));
    }
    m_empty->addButton(Choice::AddServer, hubkeeper::icon(u"list-add"_s), tr("&Add Server…"));
    if (m_startPractice)
        m_empty->addButton(Choice::PracticeServer, hubkeeper::icon(u"practice"_s),
                           tr("P&ractice IDM"));
}

/// The server that the empty state offers: the one that was opened or added last, or the first.
QString IdmPage::offered() const
{
    const QList<Server> &servers = m_server.registry().servers();
    if (m_server.registry().find(m_newest))
        return m_newest;
    return servers.isEmpty() ? QString() : servers.first().id;
}

void IdmPage::addServer()
{
    Server server;
    server.login.userName = u"openidm-admin"_s;
    auto *dialog = new ServerDialog(m_server, server, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        m_newest = dialog->savedId();
        showEmptyState();
    });
    dialog->open();
}

void IdmPage::editServer()
{
    if (!m_server.server())
        return;
    auto *dialog = new ServerDialog(m_server, *m_server.server(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void IdmPage::manageServers()
{
    auto *dialog = new ServersDialog(m_server, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ServersDialog::openWanted, this, &IdmPage::open);
    dialog->open();
}

/// For this session, and where the user says so for the keychain.
void IdmPage::enterLogin()
{
    if (!m_server.server())
        return;
    const Server server = *m_server.server();
    auto *dialog = new LoginDialog(server, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, server] {
        m_messages->dismiss();
        if (dialog->isToBeStored())
            m_server.services()
                .secrets.write(secretIdOf(server), dialog->secret(), this)
                ->onDone(this, [this](const Result<void> &stored) {
                    if (!stored)
                        m_messages->showError(stored.error(), Situation::StoringSecret,
                                              Offer::Nothing);
                });
        m_server.openWith(server.id, dialog->secret());
    });
    dialog->open();
}

void IdmPage::onPressed(Choice choice)
{
    switch (choice) {
    case Choice::PracticeServer:
        return openPractice();
    case Choice::AddServer:
        return addServer();
    case Choice::Confirm:
        return open(offered());
    case Choice::EnterLogin:
        return enterLogin();
    case Choice::ServerSettings:
        return editServer();
    case Choice::Retry:
        if (m_server.session())
            m_server.askAgain();
        else if (m_server.server())
            open(Server(*m_server.server()).id);
        return;
    default:
        emit wants(choice);
    }
}

} // namespace hubkeeper
