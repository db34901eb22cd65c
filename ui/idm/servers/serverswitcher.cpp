// SPDX-License-Identifier: MIT
#include "idm/servers/serverswitcher.h"

#include "idm/currentserver.h"
#include "idm/servers/servertext.h"
#include "widgets/colourchoice.h"
#include "widgets/connectiontext.h"
#include "widgets/icons.h"

#include <QMenu>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// Kind and write mode stay in sight beside it; an ampersand is one.
QString shownSummary(Server server)
{
    constexpr int most = 40;
    if (server.label.size() > most)
        server.label = server.label.left(most - 1) + u'…';
    return summaryOf(server).replace(u'&', u"&&"_s);
}

} // namespace

ServerSwitcher::ServerSwitcher(CurrentServer &server, QWidget *parent)
    : QToolButton(parent)
    , m_server(server)
    , m_menu(new QMenu(this))
{
    setObjectName(u"serverSwitcher"_s);
    setPopupMode(QToolButton::InstantPopup);
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setFocusPolicy(Qt::TabFocus);
    setMenu(m_menu);
    connect(m_menu, &QMenu::aboutToShow, this, &ServerSwitcher::fillMenu);
    connect(&m_server, &CurrentServer::changed, this, &ServerSwitcher::showServer);
    showServer();
}

void ServerSwitcher::setCommands(const QList<QAction *> &commands)
{
    m_commands = commands;
}

void ServerSwitcher::fillMenu()
{
    m_menu->clear();
    const auto &open = m_server.server();
    const QList<Server> servers = m_server.registry().servers();
    for (const Server &server : servers) {
        auto *action = m_menu->addAction(iconOf(server.kind), shownSummary(server));
        action->setCheckable(true);
        action->setChecked(open && open->id == server.id);
        action->setToolTip(server.address.toString());
        connect(action, &QAction::triggered, this, [this, id = server.id] { emit chosen(id); });
    }
    if (!m_menu->isEmpty())
        m_menu->addSeparator();
    m_menu->addActions(m_commands);
}

void ServerSwitcher::showServer()
{
    const auto &server = m_server.server();
    m_colour = server ? QColor(server->colour) : QColor();
    if (server) {
        setAccessibleName(tr("Server: %1").arg(summaryOf(*server)));
        setToolTip(u"%1\n%2"_s.arg(serverModeText(server->mode), server->address.toString()));
        setText(shownSummary(*server));
        setIcon(iconOf(server->mode));
    } else {
        setText(tr("No server"));
        setAccessibleName(tr("Server: none is open"));
        setToolTip(tr("Open a server, or add one"));
        setIcon(hubkeeper::icon(u"disconnected"_s));
    }
    setAccessibleDescription(toolTip());
    updateGeometry();
    update();
}

void ServerSwitcher::paintEvent(QPaintEvent *event)
{
    QToolButton::paintEvent(event);
    paintColourStrip(*this, m_colour);
}

} // namespace hubkeeper
