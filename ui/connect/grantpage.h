// SPDX-License-Identifier: MIT
#pragma once

#include "connect/assistantpage.h"

class QTreeWidget;

namespace hubkeeper {

class MessageBar;

/// What was granted of what was asked for, and what does not work without the rest.
class GrantPage final : public AssistantPage
{
    Q_OBJECT

public:
    GrantPage(SignInState &state, QWidget *parent);

    void initializePage() override;

signals:
    /// The user changed the app in HubSpot and wants to sign in once more.
    void askAgain();

private:
    void addScope(const QString &scope);
    void showSummary();

    MessageBar *m_messages;
    QTreeWidget *m_list;
};

} // namespace hubkeeper
