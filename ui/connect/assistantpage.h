// SPDX-License-Identifier: MIT
#pragma once

#include "connect/signinstate.h"

#include <QWizardPage>

class QLabel;
class QVBoxLayout;

namespace hubkeeper {

/// A page of the assistant: a title, a text, and what it works on.
class AssistantPage : public QWizardPage
{
    Q_OBJECT

public:
    /// `state` must outlive the page.
    AssistantPage(SignInState &state, const QString &title, QWidget *parent);

protected:
    /// A text that wraps, in plain text.
    [[nodiscard]] QLabel *text(const QString &words);

    SignInState &m_state;
    QVBoxLayout *m_column;
};

} // namespace hubkeeper
