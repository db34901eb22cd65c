// SPDX-License-Identifier: MIT
#pragma once

#include "idm/currentserver.h"
#include "idm/practiceserver.h"
#include "widgets/page.h"

#include <functional>

class QTabBar;
class QStackedWidget;

namespace hubkeeper {

class CallBar;
class ElidedLabel;
class EmptyState;
class MessageBar;
class ServerSwitcher;

/// The page of one IDM server: which one, who answers there, and a tab for each thing to do with
/// it. Nothing is contacted until the user opens a server.
class IdmPage final : public Page
{
    Q_OBJECT

public:
    /// What a tab needs to be of use.
    enum class Needs {
        Server, ///< While none is open, the page says so in its place.
        Nothing, ///< It is shown always, and says itself what it misses.
    };

    /// `server` must outlive the page.
    IdmPage(CurrentServer &server, QWidget *parent);
    ~IdmPage() override;

    /// In the order of the tabs; the page owns it. The title is translated.
    void addTab(QWidget *tab, const QString &title, Needs needs = Needs::Server);
    /// Brings a tab to the front.
    void showTab(QWidget *tab);
    /// What of the tabs would be lost if the program ended now, and what saves it.
    void setEdits(std::function<QString()> unsaved, std::function<bool()> save);
    /// Offers the practice IDM.
    void setPractice(StartPracticeServer start);
    /// Starts the practice IDM and opens it; nothing if there is none.
    void openPractice();

    /// F5: asks who answers, and calls `again` with the tab in front.
    void setReload(std::function<void(QWidget *tab)> again) { m_again = std::move(again); }

    [[nodiscard]] CurrentServer &current() { return m_server; }

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QIcon icon() const override;
    void setSession(std::shared_ptr<Session> session) override;
    void reload() override;
    [[nodiscard]] QString unsaved() const override;
    [[nodiscard]] bool save() override;

private:
    void build();
    void makeActions();
    void showServer();
    void showEmptyState();
    void showFailure();
    void showTabs();
    void onPressed(Choice choice);
    void open(const QString &id);
    void addServer();
    void editServer();
    void manageServers();
    void enterLogin();
    [[nodiscard]] QString offered() const;

    CurrentServer &m_server;
    StartPracticeServer m_startPractice;
    std::function<void(QWidget *tab)> m_again;
    ServerSwitcher *m_switcher;
    ElidedLabel *m_facts;
    MessageBar *m_messages;
    CallBar *m_progress;
    QTabBar *m_tabs;
    QStackedWidget *m_stack; // The empty state, then the tabs.
    EmptyState *m_empty;
    QList<Needs> m_needs; // Of each tab.
    std::function<QString()> m_unsaved;
    std::function<bool()> m_save;
    QAction *m_add;
    QAction *m_practice;
    QAction *m_settings;
    QAction *m_manage;
    QAction *m_close;
    QString m_newest; // The server that was added last.
};

} // namespace hubkeeper
