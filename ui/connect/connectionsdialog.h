// SPDX-License-Identifier: MIT
#pragma once

#include "session/connections/connectionregistry.h"

#include <QDialog>

#include <functional>

class QLineEdit;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace hubkeeper {

class MessageBar;

/// "Manage Connections": all of the registry, with filter; open one, rename it, forget several.
class ConnectionsDialog final : public QDialog
{
    Q_OBJECT

public:
    /// Takes over the settings in which the second differs from the first.
    using Change = std::function<Result<void>(const Connection &before, const Connection &after)>;

    /// `registry` must outlive the dialog, which is shown again by refresh().
    ConnectionsDialog(const ConnectionRegistry &registry, Change change, QWidget *parent);

    /// Shows what the registry holds now; what was selected stays so.
    void refresh();

signals:
    void openWanted(const QString &id);
    /// With their secrets, after the question was answered.
    void forgetWanted(const QStringList &ids);

private:
    void build();
    void addRow(const Connection &connection);
    void filter();
    void updateButtons();
    [[nodiscard]] QStringList selected() const;
    void openSelected();
    void rename();
    void onEdited(QTreeWidgetItem *item);
    void askToForget();
    void onAnswer();

    const ConnectionRegistry &m_registry;
    const Change m_change;
    bool m_isFilling = false;
    QStringList m_asked; // Connections that a question is open about.
    MessageBar *m_message;
    QLineEdit *m_filter;
    QTreeWidget *m_list;
    QPushButton *m_open = nullptr;
    QPushButton *m_rename = nullptr;
    QPushButton *m_forget = nullptr;
};

} // namespace hubkeeper
