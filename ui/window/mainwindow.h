// SPDX-License-Identifier: MIT
#pragma once

#include "base/settings.h"
#include "widgets/colours.h"
#include "widgets/masking.h"
#include "widgets/page.h"
#include "window/currentsession.h"
#include "window/windowactions.h"
#include "window/windowservices.h"

#include <QMainWindow>

class QStackedWidget;

namespace hubkeeper {

class CallBar;
class ConnectionActions;
class ConnectionSwitcher;
class LeaveGuard;
class MaskingPolicy;
class MessageBar;
class OpenActions;
class PageNavigation;
class RecentFiles;
class StartPage;
class StatusLine;
class UndoActions;

/// The frame: menus, connection switcher, files, status, and what they say of the open connection.
/// It knows pages only as Page; window/parts.h puts them in. PageNavigation arranges them,
/// ConnectionActions has the dialogs about the connection, LeaveGuard asks before something is
/// lost.
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

    [[nodiscard]] const WindowServices &services() const { return m_services; }
    [[nodiscard]] CurrentSession &keeper() { return *m_keeper; }
    /// Whether the window hides personal data; lives as long as the window.
    [[nodiscard]] Masking &masking() { return m_masking; }
    /// What windows remember; lives as long as the window.
    [[nodiscard]] Settings &settings() { return m_settings; }
    [[nodiscard]] Page *page(PageId id) const; ///< Page or panel; null if unknown.
    [[nodiscard]] Page *currentPage() const; ///< Null while the start page is shown.

    void openFile(const QString &path);
    /// Files that a page shows itself, as mappings: which they are, asked before one is opened as a
    /// provisioner, and how they are opened.
    void setOtherFiles(std::function<bool(const QString &path)> areTheirs,
                       std::function<void(const QString &path)> open);
    void openPractice();
    void showPlace(const Place &place);
    /// The page of IDM servers, also without a connection.
    void showServers();
    /// Until the user chooses others in View > Colors; not kept.
    void showColours(Colours colours);

signals:
    /// The practice portal runs, and its connection is open.
    void practiceOpened();

protected:
    void closeEvent(QCloseEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void build();
    void buildConnectionBar();
    void connectActions();
    void connectPageActions();
    void connectViewActions();
    void connectKeeper();
    void connectPage(Page *page);

    void showCurrent();
    void showMasking();
    void enableActions();

    void onConnectionChanged();
    void onSessionChanged();
    void onWanted(Choice choice);

    const WindowServices m_services;
    Settings m_settings;
    Masking m_masking;
    CurrentSession *m_keeper;
    WindowActions m_actions;
    MaskingPolicy *m_maskingPolicy = nullptr;

    bool m_isAtServers = false; // Without a connection: the IDM page needs none.
    QStackedWidget *m_central; // Start page, or the pages.
    PageNavigation *m_pages;
    MessageBar *m_messages;
    MessageBar *m_whyNot; // There is no session.
    CallBar *m_progress;
    ConnectionSwitcher *m_switcher;
    StatusLine *m_status;
    RecentFiles *m_recent;
    StartPage *m_start;
    LeaveGuard *m_leaving;
    ConnectionActions *m_connection;
    OpenActions *m_open;
    UndoActions *m_undo;
};

} // namespace hubkeeper
