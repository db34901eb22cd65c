// SPDX-License-Identifier: MIT
#include "connect/browserpage.h"

#include "connect/certificatedialog.h"
#include "widgets/icons.h"
#include "widgets/messagebar.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QFormLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace hubkeeper {

BrowserPage::BrowserPage(SignInState &state, QWidget *parent)
    : AssistantPage(state, tr("Sign In with Your Browser"), parent)
    , m_messages(new MessageBar(this))
    , m_stateText(text({}))
    , m_timeLeft(new QProgressBar(this))
    , m_link(new QLineEdit(this))
    , m_open(new QPushButton(icon(u"open-external"_s), tr("&Open Browser"), this))
    , m_copy(new QPushButton(icon(u"edit-copy"_s), tr("&Copy Link"), this))
    , m_pasted(new QLineEdit(this))
    , m_use(new QPushButton(tr("&Use It"), this))
    , m_again(new QPushButton(icon(u"view-refresh"_s), tr("&Start Again"), this))
{
    build();
    m_tick.setInterval(1s);
    connect(&m_tick, &QTimer::timeout, this, &BrowserPage::showWaiting);
    connect(m_open, &QPushButton::clicked, this, &BrowserPage::openBrowser);
    connect(m_copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_link->text()); });
    connect(m_use, &QPushButton::clicked, this, &BrowserPage::usePasted);
    connect(m_pasted, &QLineEdit::textChanged, this, &BrowserPage::showState);
    connect(m_again, &QPushButton::clicked, this, [this] { start(true); });
    connect(m_messages, &MessageBar::buttonPressed, this, &BrowserPage::onMessageButton);
}

void BrowserPage::build()
{
    m_stateText->setObjectName(u"signInState"_s);
    m_link->setObjectName(u"link"_s);
    m_link->setReadOnly(true);
    m_link->setAccessibleName(tr("Link to HubSpot's page"));
    m_open->setObjectName(u"openBrowser"_s);
    m_copy->setObjectName(u"copyLink"_s);
    m_again->setObjectName(u"startAgain"_s);
    m_timeLeft->setTextVisible(false);
    m_timeLeft->setAccessibleName(tr("Time left"));
    m_pasted->setObjectName(u"pasted"_s);
    m_pasted->setEchoMode(QLineEdit::Password);
    m_pasted->setAccessibleName(tr("Code or address"));
    m_pasted->setPlaceholderText(tr("The code, or the whole address of the last page"));
    m_use->setObjectName(u"usePasted"_s);
    for (QPushButton *button : {m_open, m_copy, m_use, m_again})
        button->setAutoDefault(false);

    m_column->addWidget(m_messages);
    m_column->addWidget(
        text(tr("Your browser shows HubSpot's page. Choose the account, read what the app may do, "
                "and allow it. Then come back here.")));
    auto *linkRow = new QHBoxLayout;
    linkRow->addWidget(m_link, 1);
    linkRow->addWidget(m_copy);
    linkRow->addWidget(m_open);
    m_column->addLayout(linkRow);
    m_column->addWidget(m_stateText);
    m_column->addWidget(m_timeLeft);
    m_column->addSpacing(fontMetrics().height());
    m_column->addWidget(text(
        tr("If the browser is on another computer, or its last page cannot be shown: paste the "
           "address of that page, or the code in it.")));
    auto *pasteRow = new QHBoxLayout;
    pasteRow->addWidget(m_pasted, 1);
    pasteRow->addWidget(m_use);
    m_column->addLayout(pasteRow);
    m_column->addStretch();
    auto *last = new QHBoxLayout;
    last->addWidget(m_again);
    last->addStretch();
    m_column->addLayout(last);
}

void BrowserPage::initializePage()
{
    start(true);
}

void BrowserPage::cleanupPage()
{
    delete m_signIn;
    m_tick.stop();
    m_messages->dismiss();
}

bool BrowserPage::isComplete() const
{
    return m_state.outcome != nullptr;
}

QUrl BrowserPage::link() const
{
    return m_signIn ? m_signIn->authorizePage() : QUrl();
}

void BrowserPage::start(bool listen)
{
    delete m_signIn;
    m_messages->dismiss();
    m_pasted->clear();
    m_state.outcome.reset();
    m_exchanging = false;
    emit completeChanged();
    SignInRequest request;
    request.clientId = m_state.clientId;
    request.clientSecret = m_state.secretInUse();
    request.authorizeHost = m_state.basis->authorizeHost;
    request.transport = m_state.basis->transport;
    request.apiVersion = m_state.connection.apiVersion;
    request.scopes = m_state.scopes;
    request.port = m_state.port;
    request.listen = listen;
    m_timeLeft->setRange(0, int(request.patience / 1s));
    m_signIn = new SignIn(std::move(request), m_state.services.session.clock, this);
    m_link->setText(QString::fromUtf8(m_signIn->authorizePage().toEncoded()));
    m_link->setCursorPosition(0);
    connect(m_signIn, &SignIn::codeArrived, this, [this] {
        m_exchanging = true;
        showState();
    });
    m_signIn->onDone(this, [this](const Result<std::shared_ptr<const SignInOutcome>> &outcome) {
        onDone(outcome);
    });
    m_tick.start();
    showState();
    if (listen && !m_signIn->isFinished())
        openBrowser();
}

void BrowserPage::openBrowser()
{
    if (m_signIn && m_state.services.openBrowser && !m_state.services.openBrowser(link())) {
        m_messages->showMessage(
            MessageBar::Warning, tr("The browser could not be opened."),
            tr("Copy the link and open it in a browser yourself; Hubkeeper goes on waiting."));
        m_messages->showUntil(m_signIn.data(), &SignIn::codeArrived);
    }
}

void BrowserPage::usePasted()
{
    if (!m_signIn)
        return;
    const auto used = m_signIn->usePastedText(m_pasted->text());
    m_pasted->clear();
    if (used)
        return m_messages->endError(Situation::SigningIn);
    m_messages->showError(used.error(), Situation::SigningIn);
    m_messages->showUntil(m_pasted, &QLineEdit::textEdited);
}

void BrowserPage::onDone(const Result<std::shared_ptr<const SignInOutcome>> &outcome)
{
    m_certificate = m_signIn ? m_signIn->lastCertificate() : std::nullopt;
    m_signIn.clear();
    m_tick.stop();
    m_exchanging = false;
    if (outcome) {
        m_state.outcome = *outcome;
        m_messages->dismiss();
    }
    showState();
    emit completeChanged();
    if (outcome)
        emit granted();
    else if (isAboutTheClient(outcome.error()))
        emit clientRefused(outcome.error());
    else
        showFailure(outcome.error());
}

void BrowserPage::showFailure(const Error &error)
{
    if (error.kind == ErrorKind::Cancelled)
        return;
    const ErrorText words = errorText(error, Situation::SigningIn);
    const MessageBar::Button again {Choice::Again, tr("Start &Again")};
    const MessageBar::Button paste {Choice::Paste, tr("&Paste the Code Instead")};
    QList<MessageBar::Button> ways {again};
    if (error.kind == ErrorKind::InvalidInput)
        ways = {{Choice::OtherPort, tr("Choose Another P&ort")}, paste};
    else if (error.kind == ErrorKind::TimedOut)
        ways = {again, paste};
    else if (error.kind == ErrorKind::Untrusted && m_certificate)
        ways = {{Choice::Certificate, tr("Show the C&ertificate…")}, again};
    m_messages->showMessage(MessageBar::Failure, words.sentence,
                            (words.detail + u'\n' + words.advice).trimmed(), ways);
}

void BrowserPage::onMessageButton(Choice button)
{
    if (button == Choice::Again)
        start(true);
    else if (button == Choice::Paste)
        start(false);
    else if (button == Choice::OtherPort)
        emit portWanted();
    else if (button == Choice::Certificate && m_certificate)
        showCertificate();
}

void BrowserPage::showCertificate()
{
    auto *dialog = new CertificateDialog(*m_certificate, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void BrowserPage::showWaiting()
{
    if (!m_signIn || m_exchanging)
        return;
    const auto left = std::chrono::ceil<std::chrono::seconds>(m_signIn->timeLeft()).count();
    m_timeLeft->setValue(int(left));
    //: %1 are minutes and seconds: "4:05".
    m_stateText->setText(tr("Waiting for the browser. %1 left.")
                             .arg(u"%1:%2"_s.arg(left / 60).arg(left % 60, 2, 10, QChar(u'0'))));
}

void BrowserPage::showState()
{
    const bool waits = m_signIn && !m_exchanging;
    for (QWidget *widget : QList<QWidget *> {m_link, m_open, m_copy, m_pasted})
        widget->setEnabled(waits);
    m_use->setEnabled(waits && !m_pasted->text().trimmed().isEmpty());
    m_timeLeft->setVisible(waits);
    if (m_exchanging)
        m_stateText->setText(tr("The code is there. Exchanging it for a token…"));
    else if (m_state.outcome)
        m_stateText->setText(tr("HubSpot granted the access."));
    else if (!waits)
        m_stateText->setText(tr("Nothing is waited for at the moment."));
    else
        showWaiting();
}

} // namespace hubkeeper
