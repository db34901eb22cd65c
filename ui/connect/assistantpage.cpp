// SPDX-License-Identifier: MIT
#include "connect/assistantpage.h"

#include <QBoxLayout>
#include <QLabel>

namespace hubkeeper {

AssistantPage::AssistantPage(SignInState &state, const QString &title, QWidget *parent)
    : QWizardPage(parent)
    , m_state(state)
    , m_column(new QVBoxLayout(this))
{
    setTitle(title);
}

QLabel *AssistantPage::text(const QString &words)
{
    auto *label = new QLabel(words, this);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

} // namespace hubkeeper
