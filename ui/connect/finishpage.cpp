// SPDX-License-Identifier: MIT
#include "connect/finishpage.h"

#include "provisioner/confidential/secretvalue.h"
#include "provisioner/document/secretplacing.h"
#include "session/connections/connection.h"
#include "session/secrets/secretplaces.h"
#include "session/signin/revocation.h"
#include "widgets/callbar.h"
#include "widgets/messagebar.h"

#include <QBoxLayout>
#include <QButtonGroup>
#include <QCheckBox>
#include <QFormLayout>
#include <QGroupBox>
#include <QLabel>
#include <QLineEdit>
#include <QRadioButton>
#include <QWizard>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

const auto clientIdPointer = u"/configurationProperties/clientId"_s;

} // namespace

FinishPage::FinishPage(SignInState &state, QWidget *parent)
    : AssistantPage(state, tr("Finish"), parent)
    , m_messages(new MessageBar(this))
    , m_progress(new CallBar(this))
    , m_writeId(new QCheckBox(tr("Write the client &ID into the file"), this))
    , m_file(new QGroupBox(tr("Secrets in the provisioner file"), this))
    , m_choice(new QButtonGroup(this))
    , m_secretName(new QLineEdit(this))
    , m_tokenName(new QLineEdit(this))
    , m_revoke(new QCheckBox(tr("&End the old refresh token at HubSpot"), this))
    , m_revokeText(text(tr("Whatever still uses the old token is refused from then on: an IDM "
                           "server that was deployed with it needs the new one first.")))
{
    setFinalPage(true);
    build();
}

void FinishPage::build()
{
    m_writeId->setObjectName(u"writeClientId"_s);
    m_revoke->setObjectName(u"revokeOld"_s);
    m_secretName->setObjectName(u"secretName"_s);
    m_tokenName->setObjectName(u"tokenName"_s);
    const std::pair<FileChoice, QString> choices[] = {
        {LeaveFile, tr("&Leave them as they are")},
        {PlainText, tr("As &plain text, which IDM encrypts when it loads the file")},
        {Substitution, tr("As s&ubstitutions, which IDM fills in from its environment:")}};
    auto *inFile = new QVBoxLayout(m_file);
    for (const auto &[choice, words] : choices) {
        auto *button = new QRadioButton(words, m_file);
        button->setObjectName(u"fileChoice%1"_s.arg(int(choice)));
        m_choice->addButton(button, choice);
        inFile->addWidget(button);
    }
    m_choice->button(LeaveFile)->setChecked(true);
    auto *names = new QFormLayout;
    names->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    names->setContentsMargins(fontMetrics().height() * 2, 0, 0, 0);
    names->addRow(tr("&Name for the client secret:"), m_secretName);
    names->addRow(tr("N&ame for the refresh token:"), m_tokenName);
    inFile->addLayout(names);

    m_column->addWidget(m_messages);
    m_column->addWidget(m_progress);
    m_column->addWidget(m_writeId);
    m_column->addWidget(m_file);
    m_column->addWidget(m_revoke);
    m_column->addWidget(m_revokeText);
    m_column->addStretch();
    connect(m_choice, &QButtonGroup::idToggled, this, &FinishPage::showNames);
    showNames();
}

void FinishPage::showNames()
{
    const bool wanted = m_choice->checkedId() == Substitution;
    m_secretName->setEnabled(wanted);
    m_tokenName->setEnabled(wanted);
}

bool FinishPage::hasOtherToken() const
{
    const Secret &old = m_state.basis->known.refreshToken;
    return !old.isEmpty() && !old.equals(m_state.outcome->refreshToken);
}

void FinishPage::initializePage()
{
    const bool hasFile = m_state.services.document != nullptr;
    const bool idDiffers = m_state.clientId != m_state.basis->fileClientId;
    m_writeId->setVisible(hasFile && idDiffers);
    m_writeId->setChecked(hasFile && idDiffers);
    m_file->setVisible(hasFile);
    m_revoke->setVisible(hasOtherToken());
    m_revokeText->setVisible(hasOtherToken());
    const QString path = m_state.connection.provisionerPath;
    if (m_secretName->text().isEmpty())
        m_secretName->setText(substitutionNameFor(nameOf(SecretName::ClientSecret), path));
    if (m_tokenName->text().isEmpty())
        m_tokenName->setText(substitutionNameFor(nameOf(SecretName::RefreshToken), path));
    recommend();
    m_messages->showMessage(MessageBar::Good, tr("The connection is ready."));
}

/// To leave them, if the file has something for both; else IDM could not sign in. Nothing goes into
/// the file unasked.
void FinishPage::recommend()
{
    const Document *document = m_state.services.document;
    if (!document)
        return;
    const auto isThere = [&](const QString &name) {
        const JsonText &text = document->text();
        return secretFormOf(text, text.at(u"/configurationProperties/"_s + name))
            != SecretForm::Absent;
    };
    const bool hasBoth =
        isThere(nameOf(SecretName::ClientSecret)) && isThere(nameOf(SecretName::RefreshToken));
    const std::pair<FileChoice, QString> choices[] = {
        {LeaveFile,
         hasBoth ? tr("&Leave them as they are (recommended)")
                 : tr("&Leave them as they are: IDM cannot sign in then")},
        {Substitution,
         hasBoth
             ? tr("As s&ubstitutions, which IDM fills in from its environment:")
             : tr("As s&ubstitutions, which IDM fills in from its environment (recommended):")}};
    for (const auto &[choice, words] : choices)
        m_choice->button(choice)->setText(words);
}

bool FinishPage::validatePage()
{
    if (const auto edited = editFile(); !edited) {
        m_messages->showError(edited.error(), Situation::SavingFile);
        m_messages->showUntil(m_choice, &QButtonGroup::idToggled);
        m_messages->showUntil(m_writeId, &QCheckBox::toggled);
        for (QLineEdit *name : {m_secretName, m_tokenName})
            m_messages->showUntil(name, &QLineEdit::textChanged);
        return false;
    }
    if (!m_revoke->isChecked() || !hasOtherToken() || m_revoked)
        return true;
    revoke();
    return false;
}

/// A file without unsaved edits is saved; one with some is left to the user. Undo works for both.
Result<void> FinishPage::editFile()
{
    Document *document = m_state.services.document;
    if (!document)
        return {};
    const bool wasClean = !document->isModified();
    if (m_writeId->isChecked()) {
        if (auto set = document->setValue(clientIdPointer, m_state.clientId, tr("Client ID")); !set)
            return set;
    }
    if (auto placed = placeSecrets(); !placed)
        return placed;
    return wasClean && document->isModified() ? document->save(false) : Result<void>();
}

Result<void> FinishPage::placeSecrets()
{
    Document &document = *m_state.services.document;
    const auto secret = nameOf(SecretName::ClientSecret);
    const auto token = nameOf(SecretName::RefreshToken);
    switch (FileChoice(m_choice->checkedId())) {
    case PlainText:
        return placePlainText(document, secret, m_state.secretInUse(), tr("Client secret"))
            .and_then([&] {
                return placePlainText(document, token, m_state.outcome->refreshToken,
                                      tr("Refresh token"));
            });
    case Substitution:
        return placeSubstitution(document, secret, m_secretName->text().trimmed(),
                                 tr("Client secret"))
            .and_then([&] {
                return placeSubstitution(document, token, m_tokenName->text().trimmed(),
                                         tr("Refresh token"));
            });
    case LeaveFile:
        break;
    }
    return {};
}

void FinishPage::revoke()
{
    OAuthCredentials app = m_state.basis->known.clone();
    if (app.clientId == m_state.clientId) // The secret may have been renewed since.
        app.clientSecret = m_state.secretInUse();
    auto *call = new Revocation(m_state.basis->transport, m_state.connection.apiVersion, app, this);
    m_progress->watch(call, tr("Ending the old token"));
    call->onDone(this, [this](const Result<void> &revoked) {
        if (!revoked) {
            m_messages->showError(revoked.error(), Situation::RevokingToken);
            m_revoke->setChecked(false); // The next press finishes without it.
            return;
        }
        m_revoked = true;
        wizard()->accept();
    });
}

} // namespace hubkeeper
