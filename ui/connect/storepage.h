// SPDX-License-Identifier: MIT
#pragma once

#include "connect/assistantpage.h"
#include "connector/testreport.h"
#include "widgets/choice.h"
#include "widgets/errortext.h"

#include <QPointer>

class QTreeView;

namespace hubkeeper {

class CallBar;
class MessageBar;
class TestStepModel;

/// Puts client secret and token into the keychain, then tests the connection with them.
class StorePage final : public AssistantPage
{
    Q_OBJECT

public:
    StorePage(SignInState &state, QWidget *parent);
    ~StorePage() override;

    void initializePage() override;
    void cleanupPage() override;
    [[nodiscard]] bool isComplete() const override;
    /// Something was stored, now or before the user went back.
    [[nodiscard]] bool hasStored() const { return m_everStored; }

private:
    void store();
    void onStored(const Result<void> &stored);
    void test();
    void onOpened(const Result<std::shared_ptr<Session>> &session);
    void onTested(const Result<TestReport> &report);
    void showFailure(const Error &error, Situation situation);
    void onMessageButton(Choice button);

    MessageBar *m_messages;
    QLabel *m_stored;
    CallBar *m_progress;
    TestStepModel *m_steps;
    QTreeView *m_stepView;
    std::unique_ptr<QObject> m_calls; // Parent of what runs.
    std::shared_ptr<Session> m_session;
    bool m_isStored = false;
    bool m_everStored = false;
    bool m_isTested = false;
};

} // namespace hubkeeper
