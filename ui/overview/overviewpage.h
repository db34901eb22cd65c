// SPDX-License-Identifier: MIT
#pragma once

#include "base/paths.h"
#include "base/result.h"
#include "session/connections/connection.h"
#include "widgets/page.h"

#include <QPointer>

#include <functional>

class QGridLayout;
class QLabel;
class QPushButton;
class QTreeView;

namespace hubkeeper {

class CallBar;
class CallBase;
class FactCard;
class DocumentFindings;
class HistoryStrip;
class MessageBar;
class ReadinessView;
class TestStepModel;

/// Whether the connector can go live, and what is next if not; whether the connection works: a test
/// in named steps, started by the user and dated; what is known of account, limits and token.
class OverviewPage final : public Page
{
    Q_OBJECT

public:
    /// Dates that the user has changed are below `paths`.
    OverviewPage(const Paths &paths, QWidget *parent);
    ~OverviewPage() override;

    /// The provisioner that is open for editing, with what is wrong with it; null if there is none.
    void setDocument(Document *document, DocumentFindings *findings);
    /// Asked whenever the checklist is shown: when edits were made that a crash left behind.
    void setDraft(std::function<std::optional<QDateTime>()> draft) { m_draft = std::move(draft); }
    /// Why there is no session.
    void setFailure(const std::optional<Error> &failure);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QIcon icon() const override;
    void setConnection(const Connection *connection) override;
    void setSession(std::shared_ptr<Session> session) override;
    void addToMenus(const Menus &menus) override;
    void reload() override;
    [[nodiscard]] bool saysWhyNotReady() const override { return true; }

    /// Starts a test; one that runs is left alone.
    void startTest();

signals:
    /// A test that was started here has ended and is shown.
    void tested(bool ok);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void build();
    void buildSteps();
    void showReadiness();
    void onTested();
    void showReport();
    void showConnection();
    void showAccount();
    void showDeprecation();
    void showCertificate();
    void buildCards(QGridLayout *cards);
    void showToken();
    void showLimits();

    const Paths m_paths;
    std::optional<Connection> m_connectionShown;
    QPointer<Document> m_document;
    DocumentFindings *m_findings = nullptr;
    std::function<std::optional<QDateTime>()> m_draft;
    QString m_whyNot;
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
    ReadinessView *m_readiness;
    FactCard *m_file;
    QGridLayout *m_cards;
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
