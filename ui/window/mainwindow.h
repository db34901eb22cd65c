// SPDX-License-Identifier: MIT
#pragma once

#include "session/connections/secretvault.h"
#include "widgets/colours.h"
#include "widgets/masking.h"
#include "widgets/page.h"
#include "window/sessionkeeper.h"
#include "window/windowactions.h"

#include <QMainWindow>
#include <QSettings>

class QDockWidget;
class QListWidget;
class QStackedWidget;

namespace hubkeeper {

class CallBar;
class ConnectAssistant;
class ConnectionSwitcher;
class ManualWindow;
class MessageBar;
class RecentFiles;
class SecretsDialog;
class StartPage;
class StatusLine;

/// What the window needs; all must outlive it.
struct WindowServices
{
    ConnectionBook &book;
    SessionServices session;
    /// To offer "Use for this session" when no keychain answers; may be null.
    SecretVault *vault = nullptr;
    /// Starts the practice portal and gives its connection, whose provisioner holds the made-up
    /// secrets. Empty: not offered.
    std::function<Call<Connection> *(QObject *parent)> startPractice = {};
    /// Opens an address in the user's browser. Empty: the desktop's own way.
    std::function<bool(const QUrl &)> openBrowser = {};
};

/// The frame: navigation, pages, docks, menus, connection switcher, status. It knows pages only as
/// Page; shell/parts.h puts them in.
class MainWindow final : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(const WindowServices &services, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// In the order of the navigation.
    void addPage(Page *page);
    /// In the docks below, in this order.
    void addPanel(Page *panel);
    /// After the last page and panel: menus are completed, the saved layout comes back.
    void complete();

    [[nodiscard]] SessionKeeper &keeper() { return *m_keeper; }
    /// Whether the window hides personal data; lives as long as the window.
    [[nodiscard]] Masking &masking() { return m_masking; }
    [[nodiscard]] Page *page(const QString &id) const; ///< Page or panel; null if unknown.
    [[nodiscard]] Page *currentPage() const; ///< Null while the start page is shown.

    void openFile(const QString &path);
    void openPractice();
    void showPlace(const Place &place);
    /// Until the user chooses others in View > Colors; not kept.
    void showColours(Colours colours);

protected:
    void closeEvent(QCloseEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void build();
    void connectActions();
    void connectPage(Page *page);
    void addToGoMenu(Page *page, int number);
    void fillNavigation();

    void showPage(int row);
    void showCurrent();
    void showMasking();
    void showTitles();
    void showUndo();
    void undoOrRedo(bool undo);
    void enableActions();
    void placeDocks();

    void onConnectionChanged();
    void onSessionChanged();
    void showRestoredChanges();
    void onWanted(const QString &actionId);

    void openRecent(const QString &path);
    void forgetMissingFile();
    void askForFile();
    void askForFileThenConnect();
    [[nodiscard]] QString lastFolder() const;
    [[nodiscard]] QList<Page *> unsavedPages() const;
    void leaveThen(std::function<void()> then);
    void closeAfterWrites(Session &session);
    void openSecrets();
    void openConnect();
    void openCertificate();
    [[nodiscard]] Document *document() const;
    void openWriteMode();
    void openSettings();
    void askToForget();
    void keepSecretsForSession();
    void openPalette();
    void openShortcuts();
    void openAbout();
    void openManual();
    void focusArea(int step);
    void saveLayout();

    const WindowServices m_services;
    QSettings m_settings;
    Masking m_masking;
    SessionKeeper *m_keeper;
    WindowActions m_actions;

    QListWidget *m_navigation;
    QStackedWidget *m_central; // Start page, or the pages.
    QStackedWidget *m_pages;
    MessageBar *m_messages;
    CallBar *m_progress;
    ConnectionSwitcher *m_switcher;
    StatusLine *m_status;
    RecentFiles *m_recent;
    StartPage *m_start;
    QDockWidget *m_inspectorDock;
    QStackedWidget *m_inspectors;
    QList<QDockWidget *> m_panelDocks;
    QList<Page *> m_panels;
    QList<QAction *> m_panelActions; // View > Panels, in the order of the panels.
    QSet<QString> m_wantedDocks; // By object name; what the user wants to see.
    QPointer<ManualWindow> m_manual;
    QPointer<SecretsDialog> m_secrets;
    QPointer<ConnectAssistant> m_assistant;
    QString m_missingFile; // A recent file that is not there any more.
    bool m_leaving = false;
    QPointer<CallBase> m_finishingWrites; // The window closes when it is over.
};

} // namespace hubkeeper
