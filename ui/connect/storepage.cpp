// SPDX-License-Identifier: MIT
#include "connect/storepage.h"

#include "session/connections/secretvault.h"
#include "session/open/sessionopening.h"
#include "widgets/callbar.h"
#include "widgets/messagebar.h"
#include "widgets/teststepview.h"

#include <QBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace hubkeeper {

StorePage::StorePage(SignInState &state, QWidget *parent)
    : AssistantPage(state, tr("Store and Test"), parent)
    , m_messages(new MessageBar(this))
    , m_stored(text({}))
    , m_progress(new CallBar(this))
    , m_steps(new TestStepModel(this))
    , m_stepView(new QTreeView(this))
{
    m_stored->setObjectName(u"storedState"_s);
    m_stepView->setModel(m_steps);
    m_stepView->setObjectName(u"assistantSteps"_s);
    m_stepView->setAccessibleName(tr("Steps of the test"));
    m_stepView->setRootIsDecorated(false);
    m_stepView->setItemsExpandable(false);
    m_stepView->setWordWrap(true);
    m_stepView->setAlternatingRowColors(true);
    m_stepView->header()->setStretchLastSection(false);
    m_stepView->header()->setSectionResizeMode(TestStepModel::Step, QHeaderView::ResizeToContents);
    m_stepView->header()->setSectionResizeMode(TestStepModel::Found, QHeaderView::Stretch);
    m_stepView->header()->setSectionResizeMode(TestStepModel::Took, QHeaderView::ResizeToContents);
    m_column->addWidget(m_messages);
    m_column->addWidget(m_stored);
    m_column->addWidget(m_progress);
    m_column->addWidget(m_stepView, 1);
    connect(m_messages, &MessageBar::buttonPressed, this, &StorePage::onMessageButton);
}

StorePage::~StorePage() = default;

void StorePage::initializePage()
{
    m_isStored = false;
    m_isTested = false;
    m_steps->setSteps({});
    store();
}

void StorePage::cleanupPage()
{
    m_calls.reset();
    m_session.reset();
}

bool StorePage::isComplete() const
{
    return m_isStored && m_isTested;
}

void StorePage::store()
{
    m_messages->dismiss();
    m_calls = std::make_unique<QObject>();
    m_stored->setText(tr("Storing client secret and refresh token…"));
    auto *call =
        storeCredentials(m_state.connection, m_state.secretInUse(), m_state.outcome->refreshToken,
                         m_state.services.session.secrets, m_calls.get());
    m_progress->watch(call, tr("Waiting for the keychain"));
    call->onDone(m_calls.get(), [this](const Result<void> &stored) { onStored(stored); });
}

void StorePage::onStored(const Result<void> &stored)
{
    if (!stored) {
        m_stored->setText(
            tr("Nothing is stored yet; the grant is kept while this window is open."));
        return showFailure(stored.error(), Situation::StoringSecret);
    }
    m_isStored = true;
    m_everStored = true;
    const SecretBackend backend = m_state.services.session.secrets.backend();
    m_stored->setText(
        backend.persistent
            //: %1 is the name of a keychain ("Secret Service"), %2 the name its entries have there.
            ? tr("Client secret and refresh token are in the %1, under the name \"%2\".")
                  .arg(backend.name, backend.service)
            : tr("Client secret and refresh token are kept in memory for this session only."));
    test();
}

void StorePage::test()
{
    m_messages->dismiss();
    OAuthCredentials given {m_state.clientId, m_state.secretInUse(),
                            m_state.outcome->refreshToken.clone()};
    auto *call =
        openSession(m_state.connection, m_state.services.session, std::move(given), m_calls.get());
    m_progress->watch(call, tr("Opening the connection"));
    call->onDone(m_calls.get(),
                 [this](const Result<std::shared_ptr<Session>> &session) { onOpened(session); });
}

void StorePage::onOpened(const Result<std::shared_ptr<Session>> &session)
{
    if (!session) {
        m_isTested = true;
        emit completeChanged();
        return showFailure(session.error(), Situation::OpeningConnection);
    }
    m_session = *session;
    auto *call = m_session->test(m_calls.get());
    m_progress->watch(call, tr("Testing the connection"));
    call->onDone(m_calls.get(), [this](const Result<TestReport> &report) { onTested(report); });
}

void StorePage::onTested(const Result<TestReport> &report)
{
    m_isTested = true;
    emit completeChanged();
    if (!report)
        return showFailure(report.error(), Situation::TestingConnection);
    m_steps->setSteps(report->steps);
    if (report->error)
        return showFailure(*report->error, Situation::TestingConnection);
    m_messages->showMessage(MessageBar::Good, tr("The connection works."));
}

void StorePage::showFailure(const Error &error, Situation situation)
{
    if (error.kind == ErrorKind::Cancelled) {
        m_messages->showMessage(MessageBar::Information, tr("It was stopped."), {},
                                {{Choice::Again, tr("&Try Again")}});
        return;
    }
    const ErrorText words = errorText(error, situation);
    QList<MessageBar::Button> ways {{Choice::Again, tr("&Try Again")}};
    SecretVault *vault = m_state.services.vault;
    if (error.kind == ErrorKind::NoKeychain && vault && !vault->isSessionOnly())
        ways.prepend({Choice::SessionOnly, tr("Use for This &Session")});
    m_messages->showMessage(MessageBar::Failure, words.sentence,
                            (words.detail + u'\n' + words.advice).trimmed(), ways);
}

void StorePage::onMessageButton(Choice button)
{
    if (button == Choice::SessionOnly)
        m_state.services.vault->useSessionOnly();
    if (m_isStored)
        test();
    else
        store();
}

} // namespace hubkeeper
