// SPDX-License-Identifier: MIT
#pragma once

#include "session/connections/connection.h"

#include <QToolButton>

namespace hubkeeper {

class CurrentSession;

/// The button that says which connection is open, of what kind it is and how far it may be written
/// to, and that opens another one. Colour comes in addition to text and icon.
class ConnectionSwitcher final : public QToolButton
{
    Q_OBJECT

public:
    ConnectionSwitcher(CurrentSession &keeper, QWidget *parent);

    /// Actions shown below the connections: open a file, practice, settings.
    void setCommands(const QList<QAction *> &commands);

signals:
    void chosen(const QString &connectionId);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void fillMenu();
    void showConnection();

    CurrentSession &m_keeper;
    QMenu *m_menu;
    QList<QAction *> m_commands;
    QColor m_colour;
};

} // namespace hubkeeper
