// SPDX-License-Identifier: MIT
#pragma once

#include <QColor>
#include <QToolButton>

namespace hubkeeper {

class CurrentServer;

/// Shows the open server with its kind, colour and write mode; its menu opens another one, and has
/// what else can be done with servers.
class ServerSwitcher final : public QToolButton
{
    Q_OBJECT

public:
    ServerSwitcher(CurrentServer &server, QWidget *parent);

    /// Below the servers of the list.
    void setCommands(const QList<QAction *> &commands);

signals:
    /// The user wants this one opened.
    void chosen(const QString &id);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void fillMenu();
    void showServer();

    CurrentServer &m_server;
    QMenu *m_menu;
    QList<QAction *> m_commands;
    QColor m_colour;
};

} // namespace hubkeeper
