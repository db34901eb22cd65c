// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "widgets/page.h"

#include <QPointer>

class QGridLayout;
class QLabel;
class QPushButton;
class QTreeView;

namespace hubkeeper {

class CallBar;
class CallBase;
class FactCard;
class HistoryStrip;
class MessageBar;
class TestStepModel;

/// Whether the connection works: a test in named steps, started by the user and dated, and what is
/// known of account, limits and token.
class OverviewPage final : public Page
{
    Q_OBJECT

public:
    explicit OverviewPage(QWidget *parent);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QIcon icon() const override;
    void setConnection(const Connection *connection) override;
    void setSession(std::shared_ptr<Session> session) override;
    void addToMenus(const Menus &menus) override;
    void reload() override;

    /// Starts a test; one that runs is left alone.
    void startTest();

signals:
    /// A test that was started here has ended and is shown.
    void tested(bool ok);

private:
    void build();
    void onTested();
    void showReport();
    void showConnection();
    void showAccount();
    void showDeprecation();
    void showCertificate();
    void buildCards(QGridLayout *cards);
    void showToken();
    void showLimits();

    std::shared_ptr<Session> m_session;
    std::unique_ptr<QObject> m_ofSession; // Parent of the calls and context of the connections.
    QPointer<CallBase> m_testing;
    QAction *m_testAction;
    QLabel *m_name;
    QLabel *m_summary;
    QPushButton *m_test;
    QLabel *m_lastTest;
    MessageBar *m_messages;
    CallBar *m_progress;
    TestStepModel *m_steps;
    QTreeView *m_stepView;
    QLabel *m_noTest;
    FactCard *m_file;
    FactCard *m_account;
    FactCard *m_limits;
    FactCard *m_token;
    FactCard *m_ends;
    HistoryStrip *m_history;
    QPushButton *m_showLimits = nullptr;
    QPushButton *m_connect = nullptr;
    QPushButton *m_certificate = nullptr;
};

} // namespace hubkeeper
