// SPDX-License-Identifier: MIT
#include "connect/credentialspage.h"

#include "widgets/messagebar.h"

#include <QBoxLayout>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace hubkeeper {

CredentialsPage::CredentialsPage(SignInState &state, QWidget *parent)
    : AssistantPage(state, tr("The App's Credentials"), parent)
    , m_messages(new MessageBar(this))
    , m_id(new QLineEdit(this))
    , m_secret(new QLineEdit(this))
    , m_known(text({}))
{
    m_id->setObjectName(u"clientId"_s);
    m_secret->setObjectName(u"clientSecret"_s);
    m_secret->setEchoMode(QLineEdit::Password);
    m_secret->setInputMethodHints(Qt::ImhSensitiveData | Qt::ImhNoPredictiveText);
    connect(m_id, &QLineEdit::textChanged, this, &CredentialsPage::completeChanged);
    connect(m_secret, &QLineEdit::textChanged, this, &CredentialsPage::completeChanged);
    for (QLineEdit *field : {m_id, m_secret}) // What was refused is not what is there now.
        connect(field, &QLineEdit::textEdited, m_messages, &MessageBar::dismiss);

    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    form->addRow(tr("Client &ID:"), m_id);
    form->addRow(tr("Client &secret:"), m_secret);
    m_known->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred); // One line, if it fits.
    form->addRow(QString(), m_known);
    m_column->addWidget(m_messages);
    m_column->addWidget(text(tr("Copy both from the app's Auth page in HubSpot. The secret goes "
                                "to HubSpot and, at the end, into the keychain; nowhere else.")));
    m_column->addLayout(form);
    m_column->addStretch();
}

void CredentialsPage::initializePage()
{
    if (m_id->text().isEmpty())
        m_id->setText(m_state.basis->fileClientId);
    const bool isKnown = !m_state.basis->known.clientSecret.isEmpty() && !m_refused;
    m_secret->setPlaceholderText(isKnown ? tr("Leave empty to use the one that is known")
                                         : QString());
    m_known->setText(isKnown ? tr("A client secret of this connection is known already.")
                             : QString());
}

bool CredentialsPage::isComplete() const
{
    const bool isKnown =
        m_state.basis && !m_state.basis->known.clientSecret.isEmpty() && !m_refused;
    return !m_id->text().trimmed().isEmpty() && (isKnown || !m_secret->text().trimmed().isEmpty());
}

bool CredentialsPage::validatePage()
{
    m_messages->dismiss();
    m_state.clientId = m_id->text().trimmed();
    m_state.clientSecret = Secret(m_secret->text().trimmed().toUtf8());
    return true;
}

void CredentialsPage::refuse(const Error &error)
{
    m_refused = true;
    m_secret->clear();
    initializePage();
    m_messages->showError(error, Situation::SigningIn);
    m_secret->setFocus();
    emit completeChanged();
}

} // namespace hubkeeper
