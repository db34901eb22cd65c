// SPDX-License-Identifier: MIT
#pragma once

#include "connect/assistantpage.h"

class QLineEdit;

namespace hubkeeper {

class MessageBar;

/// Client ID and client secret of the app. A secret that is known already need not be typed.
class CredentialsPage final : public AssistantPage
{
    Q_OBJECT

public:
    CredentialsPage(SignInState &state, QWidget *parent);

    void initializePage() override;
    [[nodiscard]] bool isComplete() const override;
    [[nodiscard]] bool validatePage() override;
    /// HubSpot did not accept them: says so, and takes another secret.
    void refuse(const Error &error);

private:
    MessageBar *m_messages;
    QLineEdit *m_id;
    QLineEdit *m_secret;
    QLabel *m_known;
    bool m_refused = false;
};

} // namespace hubkeeper
