// SPDX-License-Identifier: MIT
#include "connect/needspage.h"

#include "widgets/icons.h"
#include "widgets/messagebar.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QFormLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>

using namespace Qt::StringLiterals;

namespace hubkeeper {

NeedsPage::NeedsPage(SignInState &state, QWidget *parent)
    : AssistantPage(state, tr("What You Need"), parent)
    , m_messages(new MessageBar(this))
    , m_port(new QSpinBox(this))
    , m_redirect(new QLineEdit(this))
{
    m_port->setObjectName(u"port"_s);
    m_port->setRange(1024, 65535);
    m_port->setValue(state.port);
    m_port->setGroupSeparatorShown(false);
    m_redirect->setObjectName(u"redirectUrl"_s);
    m_redirect->setReadOnly(true);
    m_redirect->setAccessibleName(tr("Redirect URL"));
    auto *copy = new QPushButton(icon(u"edit-copy"_s), tr("&Copy"), this);
    copy->setObjectName(u"copyRedirect"_s);
    copy->setAccessibleName(tr("Copy the redirect URL"));
    connect(copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_redirect->text()); });
    connect(m_port, &QSpinBox::valueChanged, this, &NeedsPage::showRedirect);

    m_column->addWidget(m_messages);
    m_column->addWidget(
        text(tr("An OAuth app of your own in HubSpot, with its client ID and client secret. Both "
                "are on the app's Auth page in the developer account. Register this address there "
                "as a redirect URL, letter for letter:")));
    auto *row = new QHBoxLayout;
    row->addWidget(m_redirect, 1);
    row->addWidget(copy);
    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    form->addRow(tr("&Redirect URL:"), row);
    static_cast<QLabel *>(form->labelForField(row))->setBuddy(m_redirect);
    auto *portRow = new QHBoxLayout;
    portRow->addWidget(m_port);
    portRow->addStretch();
    form->addRow(tr("&Port on this computer:"), portRow);
    static_cast<QLabel *>(form->labelForField(portRow))->setBuddy(m_port);
    m_column->addLayout(form);
    m_column->addWidget(text(
        tr("You sign in with your own browser, as a super admin of the account or as a user who "
           "may install apps. Hubkeeper listens on this port of your computer only while it "
           "waits. It never sees your password.")));
    m_column->addStretch();
    connect(m_messages, &MessageBar::buttonPressed, this, &NeedsPage::readBasis);
    showRedirect();
}

void NeedsPage::initializePage()
{
    readBasis();
}

bool NeedsPage::isComplete() const
{
    return m_state.basis != nullptr;
}

void NeedsPage::readBasis()
{
    m_messages->dismiss();
    readSignInBasis(m_state.connection, m_state.services.session.secrets, this)
        ->onDone(this, [this](const Result<std::shared_ptr<const SignInBasis>> &basis) {
            if (basis)
                m_state.basis = *basis;
            else
                m_messages->showError(basis.error(), Situation::SigningIn);
            emit completeChanged();
        });
}

void NeedsPage::showRedirect()
{
    m_state.port = quint16(m_port->value());
    m_redirect->setText(redirectUriFor(m_state.port));
}

} // namespace hubkeeper
