// SPDX-License-Identifier: MIT
#pragma once

#include "window/windowservices.h"

#include <QPointer>

class QWidget;

namespace hubkeeper {

class ConnectAssistant;
class Document;
class LeaveGuard;
class MessageBar;
class PageNavigation;
class SecretsDialog;
class CurrentSession;
struct Place;
struct WindowActions;

/// The dialogs about the open connection, and what follows from them: signing in, its secrets, its
/// write mode and settings, forgetting it. Each does nothing while no connection is open.
class ConnectionActions final : public QObject
{
    Q_OBJECT

public:
    /// What it works with; all must outlive it.
    struct Parts
    {
        CurrentSession &keeper;
        const PageNavigation &pages;
        LeaveGuard &leaving;
        MessageBar &messages;
    };

    /// Dialogs open over `window`.
    ConnectionActions(const WindowServices &services, const Parts &parts, QWidget &window);

    /// Runs with the actions of the Portal menu.
    void connectTo(const WindowActions &actions);

    void signIn();
    void showSecrets();
    void showCertificate();
    void keepSecretsForSession();
    void chooseWriteMode();
    [[nodiscard]] PortalLimits limitsNow() const;
    void editSettings();
    void askToForget();
    void manage();

signals:
    void placeWanted(const hubkeeper::Place &place);
    /// The user wants to open this one of the registry.
    void connectionWanted(const QString &id);
    /// Where secrets are kept may be another now.
    void keychainChanged();

private:
    [[nodiscard]] Document *document() const;
    /// A connection is open and in the registry; false if not, and the window says why.
    [[nodiscard]] bool isKept();
    template <typename Dialog>
    Dialog *openSettingsDialog();
    void forget(const QString &id);

    const WindowServices m_services;
    const Parts m_parts;
    QWidget &m_window;
    QPointer<SecretsDialog> m_secrets;
    QPointer<ConnectAssistant> m_assistant;
};

} // namespace hubkeeper
