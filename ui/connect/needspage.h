// SPDX-License-Identifier: MIT
#pragma once

#include "connect/assistantpage.h"

class QLineEdit;
class QSpinBox;

namespace hubkeeper {

class MessageBar;

/// What has to be there before the sign-in: an OAuth app with the right redirect URL.
class NeedsPage final : public AssistantPage
{
    Q_OBJECT

public:
    NeedsPage(SignInState &state, QWidget *parent);

    void initializePage() override;
    [[nodiscard]] bool isComplete() const override;

private:
    void readBasis();
    void showRedirect();

    MessageBar *m_messages;
    QSpinBox *m_port;
    QLineEdit *m_redirect;
};

} // namespace hubkeeper
