// SPDX-License-Identifier: MIT
#pragma once

#include "session/idm/deploy.h"
#include "widgets/errortext.h"
#include "widgets/place.h"

#include <QPointer>
#include <QWidget>

#include <functional>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPushButton;

namespace hubkeeper {

class CallBar;
class ConnectorChoice;
class CurrentServer;
class Document;
class MessageBar;
class PlanView;
class ServerConnectors;
class ServerRollback;
class WrappedLabel;

/// Brings the open provisioner to the server: what differs, where the secrets come from, what
/// speaks against it; then the write, which proves itself, and the way back. Takes the server's
/// values into the file as well. Compares when it is shown and when the file was saved; deploys
/// what is saved.
class DeployTab final : public QWidget
{
    Q_OBJECT

public:
    /// Both must outlive it.
    DeployTab(CurrentServer &server, ServerConnectors &connectors, QWidget *parent);
    ~DeployTab() override;

    /// The file that is open; null for none.
    void setDocument(Document *document);
    /// The connection whose secrets the keychain may have; empty for none.
    void setConnection(const QString &id);
    /// Saves the open file; false if that failed and somebody says why.
    void setSave(std::function<bool()> save) { m_save = std::move(save); }

    /// Reads the server and compares. What is said of the last deployment stays.
    void compare();
    void deploy();
    void rollBackLast();
    /// The server's values into the open file, as one step of its undo.
    void takeServers();
    /// The server's configuration as a new file (0600 if it is new). Fails as saveFile().
    [[nodiscard]] Result<void> saveServersAs(const QString &path);

    /// What was compared last; nothing while that is not known.
    [[nodiscard]] const std::optional<DeployPlan> &plan() const { return m_plan; }
    /// The command that does the same.
    [[nodiscard]] QString command() const;

signals:
    void statusMessage(const QString &text);
    void goTo(const hubkeeper::Place &place);
    void fileWanted(const QString &path);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void build();
    void connectAll();
    void onServer();
    void compareLater();
    void onPlan(const Result<DeployPlan> &plan);
    void showPlan();
    [[nodiscard]] QString summary() const;
    void updateButtons();
    [[nodiscard]] QString whyNot() const;
    void start();
    void onDeployed(const Result<DeployReport> &report);
    void showReport(const DeployReport &report);
    void onPressed(Choice choice);
    void chooseNewFile();

    CurrentServer &m_server;
    ServerConnectors &m_connectors;
    std::weak_ptr<void> m_comparedWith; // The server session.
    QPointer<Document> m_document;
    QString m_connection;
    std::function<bool()> m_save;
    std::unique_ptr<QObject> m_comparing; // Parent of a comparison.
    QObject m_work; // Parent of what writes.
    bool m_isStale = true;
    bool m_isDeploying = false;
    std::optional<DeployPlan> m_plan;
    QByteArray m_planned; // The text that was compared.
    QString m_lastRun; // Of a deployment to this server.
    QString m_lastServer;
    ConnectorChoice *m_choice;
    QComboBox *m_secrets;
    QPushButton *m_compare;
    MessageBar *m_messages;
    MessageBar *m_unsaved;
    CallBar *m_progress;
    WrappedLabel *m_summary;
    PlanView *m_view;
    QLineEdit *m_command;
    QPushButton *m_copy;
    QLineEdit *m_note;
    QCheckBox *m_tests;
    QPushButton *m_take;
    QPushButton *m_newFile;
    QPushButton *m_back;
    QPushButton *m_deploy;
    ServerRollback *m_rollback;
};

} // namespace hubkeeper
