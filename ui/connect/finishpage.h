// SPDX-License-Identifier: MIT
#pragma once

#include "connect/assistantpage.h"

class QButtonGroup;
class QCheckBox;
class QGroupBox;
class QLineEdit;

namespace hubkeeper {

class CallBar;
class MessageBar;

/// What can follow: client id and secrets into the file, the old token ended. Nothing of it
/// happens unasked, but a client id that differs is offered ticked.
class FinishPage final : public AssistantPage
{
    Q_OBJECT

public:
    enum FileChoice { LeaveFile, PlainText, Substitution };

    FinishPage(SignInState &state, QWidget *parent);

    void initializePage() override;
    [[nodiscard]] bool validatePage() override;

private:
    void build();
    void recommend();
    void showNames();
    [[nodiscard]] Result<void> editFile();
    [[nodiscard]] Result<void> placeSecrets();
    void revoke();
    [[nodiscard]] bool hasOtherToken() const;

    MessageBar *m_messages;
    CallBar *m_progress;
    QCheckBox *m_writeId;
    QGroupBox *m_file;
    QButtonGroup *m_choice;
    QLineEdit *m_secretName;
    QLineEdit *m_tokenName;
    QCheckBox *m_revoke;
    QLabel *m_revokeText;
    bool m_revoked = false;
};

} // namespace hubkeeper
