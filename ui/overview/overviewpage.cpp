// SPDX-License-Identifier: MIT
#include "overview/overviewpage.h"

#include "configuration/findings/documentfindings.h"
#include "overview/filefacts.h"
#include "overview/historystrip.h"
#include "overview/readinessview.h"
#include "provisioner/document/document.h"
#include "session/connections/provisionerfacts.h"
#include "session/connections/testhistory.h"
#include "session/open/session.h"
#include "widgets/callbar.h"
#include "widgets/connectiontext.h"
#include "widgets/elidedlabel.h"
#include "widgets/factcard.h"
#include "widgets/icons.h"
#include "widgets/messagebar.h"
#include "widgets/showntime.h"
#include "widgets/sizes.h"
#include "widgets/tallcontents.h"
#include "widgets/teststepview.h"

#include <QBoxLayout>
#include <QDir>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace hubkeeper {

OverviewPage::OverviewPage(const Paths &paths, QWidget *parent)
    : Page(PageId::Overview, parent)
    , m_paths(paths)
    , m_testAction(new QAction(hubkeeper::icon(u"test"_s), tr("&Test Connection"), this))
    , m_name(new ElidedLabel(this))
    , m_summary(new QLabel(this))
    , m_test(new QPushButton(m_testAction->icon(), tr("&Test Connection"), this))
    , m_lastTest(new QLabel(this))
    , m_messages(new MessageBar(this))
    , m_progress(new CallBar(this))
    , m_steps(new TestStepModel(this))
    , m_stepView(new QTreeView(this))
    , m_readiness(new ReadinessView(this))
    , m_file(new FactCard(tr("Connector"), this))
    , m_account(new FactCard(tr("Account"), this))
    , m_limits(new FactCard(tr("Limits"), this))
    , m_token(new FactCard(tr("Access token"), this))
    , m_ends(new FactCard(tr("What ends next"), this))
    , m_history(new HistoryStrip(this))
{
    m_testAction->setObjectName(u"test"_s);
    connect(m_testAction, &QAction::triggered, this, &OverviewPage::startTest);
    connect(m_test, &QPushButton::clicked, this, &OverviewPage::startTest);
    connect(m_messages, &MessageBar::buttonPressed, this, [this](Choice choice) {
        if (choice == Choice::Retry)
            startTest();
        else
            emit wants(choice);
    });
    connect(m_readiness, &ReadinessView::goTo, this, &Page::goTo);
    connect(m_readiness, &ReadinessView::wants, this, [this](Choice choice) {
        if (choice == Choice::Retry)
            startTest();
        else
            emit wants(choice);
    });
    build();
    setSession(nullptr);
}

OverviewPage::~OverviewPage() = default;

void OverviewPage::build()
{
    QFont large = m_name->font();
    large.setPointSizeF(large.pointSizeF() * 1.5);
    m_name->setFont(large);
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setWordWrap(true);
    m_lastTest->setTextFormat(Qt::PlainText);
    m_test->setObjectName(u"testButton"_s);
    m_test->setToolTip(
        tr("A test reads one record of each kind; Hubkeeper never tests by itself."));
    buildSteps();
    auto *head = new QHBoxLayout;
    auto *names = new QVBoxLayout;
    names->addWidget(m_name);
    names->addWidget(m_summary);
    head->addLayout(names, 1);
    auto *tests = new QVBoxLayout;
    tests->addWidget(m_test);
    tests->addWidget(m_lastTest, 0, Qt::AlignTrailing);
    head->addLayout(tests);
    m_cards = new QGridLayout;
    buildCards(m_cards);

    auto *inside = new TallContents(TallContents::Everything, this);
    auto *column = new QVBoxLayout(inside);
    column->addLayout(head);
    column->addWidget(m_messages);
    column->addWidget(m_progress);
    column->addWidget(m_readiness);
    column->addWidget(m_history);
    column->addWidget(m_stepView);
    column->addLayout(m_cards);
    column->addStretch();
    auto *scroll = new QScrollArea(this);
    scroll->setWidget(inside);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(scroll);
    setFocusProxy(m_test);
}

void OverviewPage::buildSteps()
{
    m_stepView->setModel(m_steps);
    m_stepView->setObjectName(u"testSteps"_s);
    m_stepView->setAccessibleName(tr("Steps of the test"));
    m_stepView->setRootIsDecorated(false);
    m_stepView->setItemsExpandable(false);
    m_stepView->setWordWrap(true);
    m_stepView->setAlternatingRowColors(true);
    m_stepView->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_stepView->header()->setStretchLastSection(false);
    m_stepView->header()->setSectionsMovable(false);
    m_stepView->header()->setSectionResizeMode(TestStepModel::Step, QHeaderView::ResizeToContents);
    m_stepView->header()->setSectionResizeMode(TestStepModel::Found, QHeaderView::Stretch);
    m_stepView->header()->setSectionResizeMode(TestStepModel::Took, QHeaderView::ResizeToContents);
}

void OverviewPage::buildCards(QGridLayout *cards)
{
    cards->addWidget(m_account, 0, 0);
    cards->addWidget(m_token, 0, 1);
    cards->addWidget(m_limits, 1, 0);
    cards->addWidget(m_ends, 2, 0, 1, 2);
    cards->setColumnStretch(0, 1);
    cards->setColumnStretch(1, 1);
    m_showLimits =
        m_limits->addButton(u"limitsButton"_s, hubkeeper::icon(u"requests"_s), tr("Show &Usage"));
    m_showLimits->setToolTip(tr("The calls of this session over time"));
    connect(m_showLimits, &QPushButton::clicked, this, [this] {
        emit goTo({PageId::Requests, PagePart::Limits});
    });
    m_connect = m_token->addButton(u"connectButton"_s, hubkeeper::icon(u"connected"_s),
                                   tr("Co&nnect to HubSpot…"));
    connect(m_connect, &QPushButton::clicked, this, [this] { emit wants(Choice::Connect); });
    m_certificate = m_file->addButton(u"certificateButton"_s, hubkeeper::icon(u"lock"_s),
                                      tr("Show the Ce&rtificate…"));
    connect(m_certificate, &QPushButton::clicked, this,
            [this] { emit wants(Choice::Certificate); });
}

QString OverviewPage::title() const
{
    return tr("Overview");
}

QIcon OverviewPage::icon() const
{
    return hubkeeper::icon(u"overview"_s);
}

void OverviewPage::addToMenus(const Menus &menus)
{
    menus.portal->insertAction(menus.portal->actions().value(0), m_testAction);
    menus.portal->insertSeparator(menus.portal->actions().value(1));
}

void OverviewPage::setDocument(Document *document, DocumentFindings *findings)
{
    if (m_document)
        m_document->disconnect(this);
    if (m_findings)
        m_findings->disconnect(this);
    m_document = document;
    m_findings = findings;
    if (m_document) {
        connect(m_document, &Document::savedOrMoved, this, &OverviewPage::showReadiness);
        connect(m_document, &Document::changed, this, &OverviewPage::showReadiness);
    }
    if (m_findings) { // They follow each edit.
        connect(m_findings, &DocumentFindings::changed, this, &OverviewPage::showReadiness);
        connect(m_findings, &DocumentFindings::changed, this, &OverviewPage::showConnection);
    }
    showReadiness();
    showConnection();
    showDeprecation();
}

void OverviewPage::setFailure(const std::optional<Error> &failure)
{
    m_whyNot = failure ? failure->what : QString();
    showReadiness();
}

void OverviewPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    showReadiness();
}

void OverviewPage::showReadiness()
{
    if (!isVisible())
        return; // It comes when it is shown.
    ReadinessFacts facts;
    facts.document = m_document;
    facts.findings = m_findings;
    facts.isSignedIn = m_session != nullptr;
    facts.isRefused = m_session && m_session->tokenState().phase == TokenState::Refused;
    facts.whyNot = m_whyNot;
    if (m_draft)
        facts.draft = m_draft();
    const QList<PastTest> tests = m_session ? m_session->pastTests() : QList<PastTest>();
    facts.lastTest = tests.isEmpty() ? nullptr : &tests.last();
    m_readiness->setLines(readinessOf(facts));
}

void OverviewPage::setConnection(const Connection *connection)
{
    m_connectionShown.reset();
    if (connection)
        m_connectionShown = *connection;
    m_name->setText(connection ? connection->label : QString());
    if (!connection)
        return m_summary->clear();
    const QString path = QDir::toNativeSeparators(connection->provisionerPath);
    m_summary->setText(withShortWords(u"%1\n%2"_s.arg(stateOf(*connection), path)));
    m_summary->setToolTip(path);
}

void OverviewPage::setSession(std::shared_ptr<Session> session)
{
    m_ofSession.reset();
    m_session = std::move(session);
    m_messages->dismiss();
    m_test->setEnabled(bool(m_session));
    m_testAction->setEnabled(bool(m_session));
    if (m_session) {
        m_ofSession = std::make_unique<QObject>();
        connect(m_session.get(), &Session::tokenStateChanged, m_ofSession.get(), [this] {
            showToken();
            showReadiness();
        });
        connect(m_session.get(), &Session::limitsChanged, m_ofSession.get(),
                [this] { showLimits(); });
        connect(m_session.get(), &Session::testFinished, m_ofSession.get(), [this] { onTested(); });
    }
    for (FactCard *card : {m_account, m_token, m_limits}) // Of the portal, which is not there yet.
        card->setVisible(m_session != nullptr);
    if (m_session)
        m_cards->addWidget(m_file, 1, 1);
    else
        m_cards->addWidget(m_file, 0, 0, 1, 2); // Nothing is beside it.
    showAccount();
    showDeprecation();
    showReport();
    showConnection();
    showToken();
    showLimits();
    showReadiness();
}

void OverviewPage::reload()
{
    startTest();
}

void OverviewPage::startTest()
{
    if (!m_session || m_testing)
        return;
    m_messages->dismiss();
    Call<TestReport> *call = m_session->test(m_ofSession.get());
    m_testing = call;
    const bool hadFocus = m_test->hasFocus();
    m_test->clearFocus(); // Disabled it would pass it on, and the page scroll after it.
    m_test->setEnabled(false);
    m_testAction->setEnabled(false);
    m_progress->watch(call, tr("Testing the connection"));
    call->onDone(m_ofSession.get(), [this, hadFocus](const Result<TestReport> &report) {
        m_test->setEnabled(true);
        if (hadFocus && !window()->focusWidget())
            m_test->setFocus();
        m_testAction->setEnabled(true);
        if (!report)
            m_messages->showError(report.error(), Situation::TestingConnection);
        emit tested(report && report->ok);
    });
}

void OverviewPage::onTested()
{
    m_messages->endError(Situation::TestingConnection);
    showReport();
    showAccount();
    showCertificate();
    showReadiness();
}

void OverviewPage::showReport()
{
    const TestReport *report =
        m_session && m_session->lastTest() ? &*m_session->lastTest() : nullptr;
    m_stepView->setVisible(report != nullptr);
    m_steps->setSteps(report ? report->steps : QList<TestStep>());
    const QList<PastTest> past = m_session ? m_session->pastTests() : QList<PastTest>();
    m_lastTest->setVisible(report || !past.isEmpty());
    m_history->setTests(past);
    if (report || !past.isEmpty()) {
        //: %1 is a date with time.
        m_lastTest->setText(tr("Tested %1").arg(shownTime(report ? report->at : past.last().at)));
    }
    if (!report)
        return;
    if (report->error)
        m_messages->showError(*report->error, Situation::TestingConnection);
    // The page scrolls, not the list within it.
    int height = m_stepView->header()->sizeHint().height() + 2 * m_stepView->frameWidth();
    for (int row = 0; row < m_steps->rowCount(); ++row)
        height += m_stepView->sizeHintForIndex(m_steps->index(row, 0)).height();
    m_stepView->setFixedHeight(height);
}

/// What the file says; it can be read without a portal.
void OverviewPage::showConnection()
{
    showCertificate();
    showFile(*m_file, m_document, m_connectionShown);
}

void OverviewPage::showDeprecation()
{
    showWhatEnds(*m_ends, m_document, m_connectionShown, m_paths);
}

void OverviewPage::showAccount()
{
    const auto &report = m_session ? m_session->lastTest() : std::optional<TestReport>();
    if (!report || !report->account) {
        m_account->showSentence(report ? tr("The test did not get as far as the account.")
                                       : tr("Known after the first test."));
        return;
    }
    const AccountDetails &account = *report->account;
    m_account->clear();
    m_account->addFact(tr("Name:"), account.portalName);
    m_account->addFact(tr("Portal ID:"), QString::number(account.portalId));
    m_account->addFact(tr("Type:"), account.accountType);
    m_account->addFact(tr("Time zone:"), account.timeZone);
    m_account->addFact(tr("Currency:"), account.currency);
    m_account->addFact(tr("Data hosted in:"), account.dataHostingLocation);
}

void OverviewPage::showCertificate()
{
    m_certificate->setVisible(m_session && m_session->lastCertificate());
}

void OverviewPage::showToken()
{
    const bool refused = m_session && m_session->tokenState().phase == TokenState::Refused;
    m_connect->setVisible(!m_session || refused);
    if (!m_session) {
        m_token->showSentence(tr("The connection is not ready."));
        return;
    }
    const TokenState &state = m_session->tokenState();
    switch (state.phase) {
    case TokenState::None:
        m_token->showSentence(tr("Asked for with the first request."));
        return;
    case TokenState::Renewing:
        m_token->showSentence(tr("Being renewed."));
        return;
    case TokenState::Refused:
        m_token->showSentence(tr("HubSpot refused the credentials."));
        return;
    case TokenState::Valid:
        break;
    }
    m_token->clear();
    m_token->addFact(tr("State:"), tr("valid"));
    if (state.validUntil.isValid())
        m_token->addFact(tr("Until:"), shownSoon(state.validUntil));
    m_token->addFact(tr("Granted scopes:"), state.scopes.join(u", "_s));
}

void OverviewPage::showLimits()
{
    const LimitReport limits = m_session ? m_session->limits() : LimitReport {};
    m_showLimits->setVisible(m_session != nullptr);
    if (limits.windowMax < 0 && limits.dailyMax < 0) {
        m_limits->showSentence(tr("Known after the first request."));
        return;
    }
    const QLocale locale;
    const auto left = [&](int remaining, int most) {
        //: Numbers of requests: "95 of 100 left".
        return tr("%1 of %2 left").arg(locale.toString(remaining), locale.toString(most));
    };
    m_limits->clear();
    if (limits.windowMax >= 0) {
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(limits.window);
        m_limits->addFact(tr("In %Ln second(s):", nullptr, int(seconds.count())),
                          left(limits.windowRemaining, limits.windowMax));
    }
    if (limits.dailyMax >= 0)
        m_limits->addFact(tr("Today:"), left(limits.dailyRemaining, limits.dailyMax));
    m_limits->addFact(
        tr("Set in the provisioner:"),
        tr("%Ln request(s) per second", nullptr, m_session->provisioner().permitsPerSecond));
}

} // namespace hubkeeper
