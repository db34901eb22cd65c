// SPDX-License-Identifier: MIT
#pragma once

#include "idm/system/connectorref.h"
#include "idm/system/connectorstatus.h"
#include "session/connections/testhistory.h"

#include <QPointer>
#include <QWidget>

class QLabel;
class QPushButton;

namespace hubkeeper {

class CallBar;
class CallBase;
class ConnectorChoice;
class CurrentServer;
class Document;
class FactCard;
class HistoryStrip;
class MessageBar;
class ServerConnectors;
class Session;
class StepsView;
class TestStepModel;
class WrappedLabel;

/// How far a connector is on the open server, what keeps it from working and what to do next;
/// beside it the program's own test of the way to HubSpot. Looks once when a server or another
/// connector is chosen, then when the user asks.
class StatusTab final : public QWidget
{
    Q_OBJECT

public:
    /// Both must outlive it.
    StatusTab(CurrentServer &server, ServerConnectors &connectors, QWidget *parent);
    ~StatusTab() override;

    /// The file that is open; null for none.
    void setDocument(Document *document);
    /// The session with HubSpot; null for none.
    void setSession(std::shared_ptr<Session> session);
    /// Asks the server again.
    void look();

    /// Nothing before the first look.
    [[nodiscard]] const std::optional<ConnectorStatus> &status() const { return m_status; }

signals:
    /// The user wants to bring the file to the server.
    void deployWanted();

protected:
    void showEvent(QShowEvent *event) override;

private:
    void build();
    void onServer();
    void onChosen();
    void read();
    void onStatus(const Result<ConnectorStatus> &status);
    void showStatus();
    void showHosts();
    void showOwnTest();
    void testFromHere();
    [[nodiscard]] QString historyKey() const;

    CurrentServer &m_server;
    ServerConnectors &m_connectors;
    std::weak_ptr<void> m_shownFor; // The server session that the status is of.
    QPointer<Document> m_document;
    std::shared_ptr<Session> m_session;
    std::unique_ptr<QObject> m_ofSession;
    std::unique_ptr<QObject> m_work; // Parent of a look.
    bool m_isStale = false; // To be looked at when it is shown.
    std::optional<ConnectorStatus> m_status;
    QList<LoadedConnector> m_loaded;
    QHash<QString, QList<PastTest>> m_history; // Of this window, by server and connector.
    ConnectorChoice *m_choice;
    QPushButton *m_look;
    QLabel *m_when;
    MessageBar *m_messages;
    CallBar *m_progress;
    QLabel *m_mark;
    WrappedLabel *m_headline;
    WrappedLabel *m_next;
    QPushButton *m_deploy;
    TestStepModel *m_steps;
    TestStepModel *m_ownSteps;
    StepsView *m_stepsView;
    StepsView *m_ownView;
    WrappedLabel *m_ownNote;
    QPushButton *m_test;
    HistoryStrip *m_past;
    FactCard *m_hosts;
};

} // namespace hubkeeper
