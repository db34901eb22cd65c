// SPDX-License-Identifier: MIT
#include "window/connectionswitcher.h"

#include "widgets/colourchoice.h"
#include "widgets/connectiontext.h"
#include "widgets/icons.h"
#include "window/currentsession.h"

#include <QMenu>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// Kind and write mode stay in sight beside it.
QString withShortLabel(const QString &label)
{
    constexpr int most = 40;
    return label.size() <= most ? label : label.left(most - 1) + u'…';
}

} // namespace

ConnectionSwitcher::ConnectionSwitcher(CurrentSession &keeper, QWidget *parent)
    : QToolButton(parent)
    , m_keeper(keeper)
    , m_menu(new QMenu(this))
{
    setObjectName(u"connectionSwitcher"_s);
    setPopupMode(QToolButton::InstantPopup);
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setFocusPolicy(Qt::TabFocus);
    setMenu(m_menu);
    connect(m_menu, &QMenu::aboutToShow, this, &ConnectionSwitcher::fillMenu);
    connect(&m_keeper, &CurrentSession::connectionChanged, this,
            &ConnectionSwitcher::showConnection);
    showConnection();
}

void ConnectionSwitcher::setCommands(const QList<QAction *> &commands)
{
    m_commands = commands;
}

void ConnectionSwitcher::fillMenu()
{
    m_menu->clear();
    const auto &open = m_keeper.connection();
    for (const Connection &connection : m_keeper.registry().connections()) {
        Connection shown = connection;
        shown.label = withShortLabel(shown.label);
        QString text = summaryOf(shown);
        text.replace(u'&', u"&&"_s);
        auto *action = m_menu->addAction(iconOf(connection.kind), text);
        action->setCheckable(true);
        action->setChecked(open && open->id == connection.id);
        action->setToolTip(connection.provisionerPath);
        connect(action, &QAction::triggered, this, [this, id = connection.id] { emit chosen(id); });
    }
    if (!m_menu->isEmpty())
        m_menu->addSeparator();
    m_menu->addActions(m_commands);
}

void ConnectionSwitcher::showConnection()
{
    const auto &connection = m_keeper.connection();
    m_colour = connection ? QColor(connection->colour) : QColor();
    if (connection) {
        Connection shown = *connection;
        setAccessibleName(tr("Connection: %1").arg(summaryOf(shown)));
        shown.label = withShortLabel(shown.label);
        QString text = summaryOf(shown);
        setToolTip(
            u"%1\n%2"_s.arg(explanationOf(connection->policy.mode), connection->provisionerPath));
        text.replace(u'&', u"&&"_s);
        setText(text);
        setIcon(iconOf(connection->policy.mode));
    } else {
        setText(tr("No connection"));
        setAccessibleName(tr("Connection: none is open"));
        setToolTip(tr("Open a provisioner file or the practice portal"));
        setIcon(hubkeeper::icon(u"disconnected"_s));
    }
    setAccessibleDescription(toolTip());
    updateGeometry();
    update();
}

void ConnectionSwitcher::paintEvent(QPaintEvent *event)
{
    QToolButton::paintEvent(event);
    paintColourStrip(*this, m_colour);
}

} // namespace hubkeeper
