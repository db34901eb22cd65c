// SPDX-License-Identifier: MIT
#pragma once

#include "connect/assistantpage.h"
#include "widgets/choice.h"

#include <QPointer>
#include <QTimer>

class QLineEdit;
class QProgressBar;
class QPushButton;

namespace hubkeeper {

class MessageBar;

/// The sign-in itself: opens the browser, waits for it to come back or for a pasted code, and says
/// how long it still waits. Goes on by itself once the grant is there.
class BrowserPage final : public AssistantPage
{
    Q_OBJECT

public:
    BrowserPage(SignInState &state, QWidget *parent);

    void initializePage() override;
    void cleanupPage() override;
    [[nodiscard]] bool isComplete() const override;

    /// Where the browser has to go; empty while nothing waits.
    [[nodiscard]] QUrl link() const;

signals:
    /// The grant is there.
    void granted();
    /// HubSpot does not accept client id or secret.
    void clientRefused(const hubkeeper::Error &error);
    /// The user wants another port.
    void portWanted();

private:
    void build();
    void start(bool listen);
    void openBrowser();
    void usePasted();
    void onDone(const Result<std::shared_ptr<const SignInOutcome>> &outcome);
    void showFailure(const Error &error);
    void showWaiting();
    void showState();
    void showCertificate();
    void onMessageButton(Choice button);

    MessageBar *m_messages;
    QLabel *m_stateText;
    QProgressBar *m_timeLeft;
    QLineEdit *m_link;
    QPushButton *m_open;
    QPushButton *m_copy;
    QLineEdit *m_pasted;
    QPushButton *m_use;
    QPushButton *m_again;
    QPointer<SignIn> m_signIn;
    QTimer m_tick;
    bool m_exchanging = false;
    std::optional<CertificateReport> m_certificate;
};

} // namespace hubkeeper
