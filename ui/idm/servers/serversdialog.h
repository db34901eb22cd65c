// SPDX-License-Identifier: MIT
#pragma once

#include <QDialog>

class QPushButton;
class QTreeWidget;

namespace hubkeeper {

class CurrentServer;
class MessageBar;
struct Server;

/// "Manage Servers": all that are known; open one, add, change and forget some.
class ServersDialog final : public QDialog
{
    Q_OBJECT

public:
    /// `servers` must outlive the dialog, which follows its list.
    ServersDialog(CurrentServer &servers, QWidget *parent);

    void add();
    void edit();

signals:
    void openWanted(const QString &id);

private:
    void build();
    void refresh();
    void addRow(const Server &server);
    void updateButtons();
    [[nodiscard]] QStringList selected() const;
    void openSelected();
    void openDialog(const Server &server);
    void askToForget();
    void forgetAsked();

    CurrentServer &m_servers;
    QStringList m_asked; // Servers that a question is open about.
    MessageBar *m_message;
    QTreeWidget *m_list;
    QPushButton *m_open = nullptr;
    QPushButton *m_edit = nullptr;
    QPushButton *m_forget = nullptr;
};

} // namespace hubkeeper
