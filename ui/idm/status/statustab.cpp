// SPDX-License-Identifier: MIT
#include "idm/status/statustab.h"

#include "idm/currentserver.h"
#include "idm/servers/serverconnectors.h"
#include "idm/status/statussteps.h"
#include "idm/status/stepsview.h"
#include "idm/system/systemactions.h"
#include "overview/historystrip.h"
#include "provisioner/document/document.h"
#include "session/open/session.h"
#include "widgets/callbar.h"
#include "widgets/factcard.h"
#include "widgets/icons.h"
#include "widgets/messagebar.h"
#include "widgets/showntime.h"
#include "widgets/sizes.h"
#include "widgets/tallcontents.h"
#include "widgets/teststepview.h"
#include "widgets/wrappedlabel.h"

#include <QBoxLayout>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>

#include <map>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QJsonObject objectIn(const Document *document)
{
    if (!document)
        return {};
    const JsonText &text = document->text();
    return text.isValid() ? text.valueOf(text.root()).toObject() : QJsonObject();
}

} // namespace

StatusTab::StatusTab(CurrentServer &server, ServerConnectors &connectors, QWidget *parent)
    : QWidget(parent)
    , m_server(server)
    , m_connectors(connectors)
    , m_work(std::make_unique<QObject>())
    , m_choice(new ConnectorChoice(connectors, this))
    , m_look(new QPushButton(icon(u"view-refresh"_s), tr("&Look Again"), this))
    , m_when(new QLabel(this))
    , m_messages(new MessageBar(this))
    , m_progress(new CallBar(this))
    , m_mark(new QLabel(this))
    , m_headline(new WrappedLabel(this))
    , m_next(new WrappedLabel(this))
    , m_deploy(new QPushButton(icon(u"apply"_s), tr("&Deploy…"), this))
    , m_steps(new TestStepModel(this))
    , m_ownSteps(new TestStepModel(this))
    , m_stepsView(new StepsView(*m_steps, u"serverSteps"_s, tr("On the server"), this))
    , m_ownView(new StepsView(*m_ownSteps, u"ownSteps"_s, tr("From here to HubSpot"), this))
    , m_ownNote(new WrappedLabel(this))
    , m_test(new QPushButton(icon(u"test"_s), tr("Te&st From Here"), this))
    , m_past(new HistoryStrip(this))
    , m_hosts(new FactCard(tr("Where connectors run"), this))
{
    build();
    connect(&m_server, &CurrentServer::changed, this, &StatusTab::onServer);
    connect(m_choice, &ConnectorChoice::idChanged, this, &StatusTab::onChosen);
    connect(&m_connectors, &ServerConnectors::changed, this, [this] {
        if (m_connectors.failure())
            m_messages->showError(*m_connectors.failure(), Situation::ReadingServer);
        if (m_isStale && isVisible()) // It is known now which one is meant.
            read();
    });
    connect(m_look, &QPushButton::clicked, this, &StatusTab::look);
    connect(m_test, &QPushButton::clicked, this, &StatusTab::testFromHere);
    connect(m_deploy, &QPushButton::clicked, this, &StatusTab::deployWanted);
    connect(m_messages, &MessageBar::buttonPressed, this, [this](Choice choice) {
        if (choice == Choice::Retry)
            look();
    });
    setSession(nullptr);
    showStatus();
}

StatusTab::~StatusTab() = default;

void StatusTab::build()
{
    auto *label = new QLabel(tr("C&onnector:"), this);
    label->setBuddy(m_choice);
    m_look->setObjectName(u"lookAgain"_s);
    m_look->setToolTip(tr("Ask the server again. Hubkeeper does not ask by itself."));
    m_deploy->setObjectName(u"goToDeploy"_s);
    m_test->setObjectName(u"testFromHere"_s);
    m_hosts->setObjectName(u"connectorHosts"_s);
    m_headline->setObjectName(u"statusHeadline"_s);
    m_next->setObjectName(u"statusNext"_s);
    QFont bold = m_headline->font();
    bold.setBold(true);
    m_headline->setFont(bold);
    auto *choose = new QHBoxLayout;
    choose->addWidget(label);
    choose->addWidget(m_choice, 1);
    choose->addWidget(m_look);
    choose->addWidget(m_when);
    auto *verdict = new QGridLayout;
    verdict->addWidget(m_mark, 0, 0, Qt::AlignTop);
    verdict->addWidget(m_headline, 0, 1);
    verdict->addWidget(m_next, 1, 1);
    verdict->addWidget(m_deploy, 0, 2, 2, 1, Qt::AlignTop);
    verdict->setColumnStretch(1, 1);
    auto *sides = new QGridLayout;
    sides->addWidget(new QLabel(tr("On the server"), this), 0, 0);
    sides->addWidget(new QLabel(tr("From here to HubSpot"), this), 0, 1);
    sides->addWidget(m_test, 0, 2);
    sides->addWidget(m_stepsView, 1, 0, Qt::AlignTop);
    sides->addWidget(m_ownView, 1, 1, 1, 2, Qt::AlignTop);
    sides->addWidget(m_ownNote, 2, 1, 1, 2, Qt::AlignTop);
    sides->setColumnStretch(0, 1);
    sides->setColumnStretch(1, 1);
    auto *inside = new TallContents(TallContents::Everything, this);
    auto *column = new QVBoxLayout(inside);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(choose);
    column->addWidget(m_messages);
    column->addWidget(m_progress);
    column->addLayout(verdict);
    column->addWidget(m_past);
    column->addLayout(sides);
    column->addWidget(m_hosts);
    column->addStretch();
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(scrolling(inside, this));
    setFocusProxy(m_look);
}

void StatusTab::setDocument(Document *document)
{
    m_document = document;
    m_choice->setDocument(document);
}

void StatusTab::setSession(std::shared_ptr<Session> session)
{
    m_ofSession = std::make_unique<QObject>();
    m_session = std::move(session);
    if (m_session)
        connect(m_session.get(), &Session::testFinished, m_ofSession.get(),
                [this] { showOwnTest(); });
    showOwnTest();
}

void StatusTab::onServer()
{
    const auto &session = m_server.session();
    if (session && m_shownFor.lock() == session)
        return;
    m_shownFor = session;
    m_work = std::make_unique<QObject>();
    m_status.reset();
    m_loaded.clear();
    m_messages->dismiss();
    m_isStale = session != nullptr;
    showStatus();
}

/// One look for whatever was chosen; more only if somebody asks.
void StatusTab::onChosen()
{
    m_status.reset();
    m_isStale = true;
    showStatus();
    if (isVisible())
        read();
}

void StatusTab::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_isStale)
        read();
}

void StatusTab::look()
{
    m_connectors.read();
    read();
}

void StatusTab::read()
{
    const auto session = m_server.session();
    if (!session || m_choice->id().isEmpty())
        return;
    m_isStale = false;
    m_work = std::make_unique<QObject>();
    m_messages->dismiss();
    const QJsonObject wanted = m_choice->isOfDocument() ? objectIn(m_document) : QJsonObject();
    auto *call = readStatus(session->client(), m_choice->id(), m_server.facts()->profile, wanted,
                            m_work.get());
    m_progress->watch(call, tr("Asking the server"));
    call->onDone(m_work.get(), [this, session](const Result<ConnectorStatus> &status) {
        onStatus(status);
        availableConnectors(session->client(), m_work.get())
            ->onDone(m_work.get(), [this, session](const Result<QList<LoadedConnector>> &loaded) {
                m_loaded = loaded.value_or(QList<LoadedConnector>());
                if (!loaded)
                    m_messages->showError(loaded.error(), Situation::ReadingServer);
                showHosts();
            });
    });
}

QString StatusTab::historyKey() const
{
    return m_server.server() ? m_server.server()->id + u' ' + m_choice->id() : QString();
}

void StatusTab::onStatus(const Result<ConnectorStatus> &status)
{
    if (!status)
        return m_messages->showError(status.error(), Situation::ReadingServer);
    m_status = *status;
    const QDateTime now = m_server.services().clock.utc();
    m_when->setText(shownSoon(now));
    QList<PastTest> &past = m_history[historyKey()];
    past.append({now, verdictOf(*status),
                 status->state == ConnectorStatus::State::Active ? QString() : status->detail});
    if (past.size() > TestHistory::mostTests)
        past.removeFirst();
    showStatus();
}

void StatusTab::showStatus()
{
    const bool isKnown = m_status.has_value();
    const bool isActive = isKnown && m_status->state == ConnectorStatus::State::Active;
    const int size = fontMetrics().height();
    m_mark->setVisible(isKnown);
    m_mark->setPixmap(icon(isActive ? u"dialog-ok"_s : u"dialog-warning"_s).pixmap(size));
    m_headline->setText(isKnown ? headlineOf(*m_status)
                                : tr("The status is known once the server has answered."));
    QString next;
    if (isKnown && !isActive)
        //: %1 is why a connector does not work, %2 what to do about it.
        next = tr("%1\nNext: %2").arg(m_status->detail, m_status->next);
    m_next->setText(next);
    m_next->setVisible(!next.isEmpty());
    m_deploy->setVisible(isKnown && m_choice->isOfDocument()
                         && m_status->state == ConnectorStatus::State::NotDeployed);
    m_steps->setSteps(isKnown ? stepsOf(*m_status) : QList<TestStep>());
    m_stepsView->setVisible(isKnown);
    m_when->setVisible(isKnown);
    m_past->setTests(isKnown ? m_history.value(historyKey()) : QList<PastTest>());
    showHosts();
}

/// The server itself and its connector servers, by what they have loaded.
void StatusTab::showHosts()
{
    m_hosts->setVisible(m_status.has_value() && !m_loaded.isEmpty());
    m_hosts->clear();
    std::map<QString, QStringList> hosts;
    for (const LoadedConnector &one : m_loaded)
        //: The name of a connector's bundle, and its version.
        hosts[one.isLocal() ? QString() : one.host].append(
            tr("%1 %2").arg(one.bundleName.section(u'.', -1), one.bundleVersion));
    for (auto &[host, bundles] : hosts) {
        bundles.removeDuplicates(); // One bundle may hold several connectors.
        m_hosts->addFact(host.isEmpty() ? tr("The server itself:")
                                        //: %1 is the name of a connector server.
                                        : tr("Connector server %1:").arg(host),
                         bundles.join(u", "_s));
    }
}

void StatusTab::showOwnTest()
{
    const bool hasTest = m_session && m_session->lastTest();
    m_ownSteps->setSteps(hasTest ? m_session->lastTest()->steps : QList<TestStep>());
    m_ownView->setVisible(hasTest);
    m_ownNote->setVisible(!hasTest);
    m_ownNote->setText(m_session
                           ? tr("The test from here shows which part of the way to HubSpot fails.")
                           : tr("Not connected to HubSpot: the file has no session from here."));
    m_test->setEnabled(m_session != nullptr);
}

void StatusTab::testFromHere()
{
    if (!m_session)
        return;
    m_test->setEnabled(false);
    auto *call = m_session->test(m_ofSession.get());
    m_progress->watch(call, tr("Testing the connection"));
    call->onDone(m_ofSession.get(), [this](const Result<TestReport> &report) {
        m_test->setEnabled(true);
        if (!report)
            m_messages->showError(report.error(), Situation::TestingConnection);
    });
}

} // namespace hubkeeper
