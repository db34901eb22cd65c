// SPDX-License-Identifier: MIT
#include "idm/deploy/deploytab.h"

#include "base/savefile.h"
#include "idm/currentserver.h"
#include "idm/deploy/deployment.h"
#include "idm/deploy/planview.h"
#include "idm/deploy/serverrollback.h"
#include "idm/servers/serverconnectors.h"
#include "idm/servers/writequestion.h"
#include "provisioner/document/document.h"
#include "session/idm/fileonserver.h"
#include "session/idm/seenconfig.h"
#include "widgets/callbar.h"
#include "widgets/icons.h"
#include "widgets/messagebar.h"
#include "widgets/wrappedlabel.h"

#include <QApplication>
#include <QBoxLayout>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int longestNote = 1000;

} // namespace

DeployTab::DeployTab(CurrentServer &server, ServerConnectors &connectors, QWidget *parent)
    : QWidget(parent)
    , m_server(server)
    , m_connectors(connectors)
    , m_comparing(std::make_unique<QObject>())
    , m_choice(new ConnectorChoice(connectors, this))
    , m_secrets(new QComboBox(this))
    , m_compare(new QPushButton(icon(u"view-refresh"_s), tr("Co&mpare Again"), this))
    , m_messages(new MessageBar(this))
    , m_unsaved(new MessageBar(this))
    , m_progress(new CallBar(this))
    , m_summary(new WrappedLabel(this))
    , m_view(new PlanView(this))
    , m_command(new QLineEdit(this))
    , m_copy(new QPushButton(icon(u"edit-copy"_s), tr("Cop&y"), this))
    , m_note(new QLineEdit(this))
    , m_tests(new QCheckBox(tr("Te&st before"), this))
    , m_take(new QPushButton(tr("Ta&ke the Server's"), this))
    , m_newFile(new QPushButton(icon(u"document-save-as"_s), tr("Save the Server's &As…"), this))
    , m_back(new QPushButton(icon(u"document-revert"_s), tr("Roll &Back"), this))
    , m_deploy(new QPushButton(icon(u"apply"_s), tr("&Deploy"), this))
    , m_rollback(new ServerRollback(server, *m_messages, *m_progress, this))
{
    build();
    connectAll();
    showPlan();
}

DeployTab::~DeployTab() = default;

void DeployTab::build()
{
    m_secrets->setObjectName(u"secretChoice"_s);
    m_secrets->addItem(tr("As they are"), int(SecretChoice::AsTheyAre));
    m_secrets->addItem(tr("Keep the server's"), int(SecretChoice::KeepServers));
    m_secrets->addItem(tr("From the keychain"), int(SecretChoice::FromKeychain));
    m_secrets->setToolTip(tr("As they are: the file's, else what the server has, else the "
                             "keychain's."));
    m_compare->setObjectName(u"compareAgain"_s);
    m_summary->setObjectName(u"deploySummary"_s);
    m_command->setObjectName(u"deployCommand"_s);
    m_command->setReadOnly(true);
    m_command->setAccessibleName(tr("The command that does the same"));
    m_note->setObjectName(u"deployNote"_s);
    m_note->setPlaceholderText(tr("Why? (kept in the journal)"));
    m_note->setAccessibleName(tr("Note for the Journal"));
    m_note->setMaxLength(longestNote);
    m_tests->setObjectName(u"testsBefore"_s);
    m_tests->setChecked(true);
    m_tests->setToolTip(tr("Have the server test the new configuration before it is written. Where "
                           "secrets stay encrypted on the server this is not possible."));
    m_take->setObjectName(u"takeServers"_s);
    m_take->setToolTip(
        tr("Put the server's values into the open file; what is the same stays as it "
           "is written. Undo takes it back."));
    m_newFile->setObjectName(u"saveServers"_s);
    m_back->setObjectName(u"rollBack"_s);
    m_back->setToolTip(tr("Put back what the last deployment from here found on the server"));
    m_deploy->setObjectName(u"deploy"_s);
    auto *chooses = new QHBoxLayout;
    const auto labelled = [&](const QString &text, QWidget *field, int stretch) {
        auto *label = new QLabel(text, this);
        label->setBuddy(field);
        chooses->addWidget(label);
        chooses->addWidget(field, stretch);
    };
    labelled(tr("Depl&oy as:"), m_choice, 1);
    labelled(tr("Sec&rets:"), m_secrets, 0);
    chooses->addWidget(m_compare);
    auto *commands = new QHBoxLayout;
    commands->addWidget(m_command, 1);
    commands->addWidget(m_copy);
    auto *buttons = new QHBoxLayout;
    for (QWidget *one : {m_take, m_newFile})
        buttons->addWidget(one);
    buttons->addWidget(m_note, 1);
    for (QWidget *one : std::initializer_list<QWidget *> {m_tests, m_back, m_deploy})
        buttons->addWidget(one);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(chooses);
    column->addWidget(m_unsaved);
    column->addWidget(m_messages);
    column->addWidget(m_progress);
    column->addWidget(m_summary);
    column->addWidget(m_view, 1);
    column->addLayout(commands);
    column->addLayout(buttons);
    m_view->setMinimumHeight(fontMetrics().height() * 7);
    setFocusProxy(m_compare);
}

void DeployTab::connectAll()
{
    connect(&m_server, &CurrentServer::changed, this, &DeployTab::onServer);
    connect(m_choice, &ConnectorChoice::idChanged, this, &DeployTab::compareLater);
    connect(&m_connectors, &ServerConnectors::changed, this, [this] {
        if (m_isStale && isVisible()) // It is known now which one is meant.
            compare();
        updateButtons();
    });
    connect(m_secrets, &QComboBox::currentIndexChanged, this, &DeployTab::compareLater);
    connect(m_compare, &QPushButton::clicked, this, [this] {
        m_messages->dismiss();
        compare();
    });
    connect(m_copy, &QPushButton::clicked, this, [this] {
        QApplication::clipboard()->setText(m_command->text());
        emit statusMessage(tr("The command is in the clipboard."));
    });
    connect(m_tests, &QCheckBox::toggled, this, &DeployTab::updateButtons);
    connect(m_take, &QPushButton::clicked, this, &DeployTab::takeServers);
    connect(m_newFile, &QPushButton::clicked, this, &DeployTab::chooseNewFile);
    connect(m_back, &QPushButton::clicked, this, &DeployTab::rollBackLast);
    connect(m_deploy, &QPushButton::clicked, this, &DeployTab::deploy);
    connect(m_rollback, &ServerRollback::busyChanged, this, &DeployTab::updateButtons);
    connect(m_rollback, &ServerRollback::done, this, [this] {
        m_lastRun.clear();
        m_connectors.read();
        compare();
    });
    for (MessageBar *bar : {m_messages, m_unsaved})
        connect(bar, &MessageBar::buttonPressed, this, &DeployTab::onPressed);
}

void DeployTab::onPressed(Choice choice)
{
    switch (choice) {
    case Choice::Retry:
        m_messages->dismiss();
        return compare();
    case Choice::ShowJournal:
        return emit goTo({PageId::Journal, ItemId {m_lastRun}});
    case Choice::WriteFile:
        if (m_save && m_save())
            compare();
        return;
    default:
        return;
    }
}

void DeployTab::setDocument(Document *document)
{
    if (m_document)
        m_document->disconnect(this);
    m_document = document;
    if (document) {
        connect(document, &Document::changed, this, &DeployTab::updateButtons);
        connect(document, &Document::savedOrMoved, this, &DeployTab::compareLater);
    }
    m_choice->setDocument(document);
    compareLater();
}

void DeployTab::setConnection(const QString &id)
{
    m_connection = id;
}

void DeployTab::onServer()
{
    const auto &session = m_server.session();
    if (session && m_comparedWith.lock() == session)
        return updateButtons(); // Another write mode, perhaps.
    m_comparedWith = session;
    m_messages->dismiss();
    m_comparing = std::make_unique<QObject>();
    m_plan.reset();
    m_isStale = true;
    showPlan();
}

/// When it is seen: nobody needs it before.
void DeployTab::compareLater()
{
    m_comparing = std::make_unique<QObject>();
    m_plan.reset();
    m_isStale = true;
    showPlan();
    if (isVisible())
        compare();
}

void DeployTab::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_isStale || (m_document && m_document->bytes() != m_planned))
        compare();
}

void DeployTab::compare()
{
    const auto session = m_server.session();
    m_comparing = std::make_unique<QObject>();
    m_plan.reset();
    showPlan();
    if (!session || !m_document || m_choice->id().isEmpty())
        return;
    m_isStale = false;
    m_planned = m_document->bytes();
    const JsonText &file = m_document->text();
    if (!file.isValid() || file.node(file.root()).kind != JsonKind::Object)
        return onPlan(fail(ErrorKind::InvalidInput, tr("The file is not valid JSON."),
                           tr("Correct it first: the Problems panel says what is wrong.")));
    const auto choice = SecretChoice(m_secrets->currentData().toInt());
    auto *call = planDeploy(*session, m_server.services().secrets,
                            {file, m_choice->id(), choice, m_connection}, m_comparing.get());
    m_progress->watch(call, tr("Comparing with the server"));
    call->onDone(m_comparing.get(),
                 [this, session](const Result<DeployPlan> &plan) { onPlan(plan); });
}

void DeployTab::onPlan(const Result<DeployPlan> &plan)
{
    m_messages->endError(Situation::ReadingServer);
    if (plan)
        m_plan = *plan;
    else if (plan.error().kind != ErrorKind::Cancelled)
        m_messages->showError(plan.error(), Situation::ReadingServer);
    showPlan();
}

void DeployTab::showPlan()
{
    if (m_plan)
        m_view->show(*m_plan, m_planned,
                     m_plan->seen && m_server.server() ? changedSinceDeployed(
                         *m_server.server(), *m_plan->seen, m_server.services().paths)
                                                       : std::nullopt);
    else
        m_view->clear();
    m_summary->setText(summary());
    if (m_plan && m_plan->refusal())
        m_view->showChecks();
    updateButtons();
}

QString DeployTab::summary() const
{
    if (!m_document)
        return tr("No provisioner is open. The server's can be saved as a new file.");
    if (!m_plan)
        return tr("The file is not compared with the server yet.");
    return summaryOf(*m_plan);
}

QString DeployTab::whyNot() const
{
    const auto &server = m_server.server();
    if (!m_document)
        return tr("No provisioner is open.");
    if (m_document->isModified())
        return tr("The file has unsaved edits.");
    if (!m_plan)
        return tr("Compare first.");
    if (server && server->mode == WriteMode::ReadOnly)
        return tr("The server is read-only. Its settings can allow more.");
    if (const auto refusal = m_plan->refusal())
        return refusal->what;
    if (m_plan->isSame())
        return tr("The server has what the file says.");
    return {};
}

void DeployTab::updateButtons()
{
    const bool isBusy = m_isDeploying || m_rollback->isBusy();
    const QString why = whyNot();
    m_deploy->setEnabled(why.isEmpty() && !isBusy);
    m_deploy->setToolTip(why.isEmpty() ? tr("Write it to the server, and see it work") : why);
    const bool isThere = m_server.server() && m_server.server()->id == m_lastServer;
    m_back->setEnabled(!m_lastRun.isEmpty() && isThere && !isBusy);
    m_take->setEnabled(m_plan && m_plan->seen && !m_plan->difference->isSame() && !isBusy);
    m_newFile->setEnabled(m_connectors.find(m_choice->id()) != nullptr);
    m_compare->setEnabled(m_document && m_server.session() && !isBusy);
    m_command->setText(command());
    m_command->setCursorPosition(0);
    m_copy->setEnabled(!m_command->text().isEmpty());
    const bool isModified = m_document && m_document->isModified();
    if (isModified && !m_unsaved->isVisibleTo(this))
        m_unsaved->showMessage(MessageBar::Information,
                               tr("The file has unsaved edits; what is deployed is what is saved."),
                               {}, {{Choice::WriteFile, tr("Save F&ile")}});
    else if (!isModified)
        m_unsaved->dismiss();
}

QString DeployTab::command() const
{
    if (!m_document || !m_server.server() || m_choice->id().isEmpty())
        return {};
    return deployCommand(m_document->path(), m_choice->id(), m_server.server()->label,
                         SecretChoice(m_secrets->currentData().toInt()), m_tests->isChecked());
}

void DeployTab::deploy()
{
    const auto &server = m_server.server();
    if (!whyNot().isEmpty() || m_isDeploying || !server)
        return;
    WriteQuestion question;
    question.title = tr("Deploy");
    //: %1 is the id of a configuration, %2 the label of a server.
    question.text = tr("Write %1 to %2?").arg(m_plan->id, server->label);
    QStringList sentences {summary()};
    sentences.append(m_plan->seen ? tr("What is there now is kept; it can be rolled back.")
                                  : tr("It can be rolled back."));
    question.consequences = sentences.join(u'\n');
    question.verb = tr("&Deploy");
    askToWrite(*server, question, this, m_comparing.get(), [this] { start(); });
}

void DeployTab::start()
{
    m_messages->dismiss();
    DeployOptions options;
    options.note = m_note->text().simplified();
    options.testsFirst = m_tests->isChecked();
    options.wait = m_server.activationWait();
    auto *call = new Deployment(m_server.session(), m_server.services(), *m_plan, options, &m_work);
    m_lastServer = m_server.server()->id;
    m_isDeploying = true;
    updateButtons();
    m_progress->watch(call, tr("Deploying"));
    call->onDone(this, [this](const Result<DeployReport> &report) {
        m_isDeploying = false;
        onDeployed(report);
    });
}

void DeployTab::onDeployed(const Result<DeployReport> &report)
{
    if (report) {
        m_lastRun = report->written.run;
        m_note->clear(); // The journal has it.
        showReport(*report);
    } else if (report.error().kind == ErrorKind::Cancelled) {
        m_messages->showMessage(MessageBar::Warning, tr("The deployment was stopped."),
                                tr("What the server has now is below."));
    } else {
        m_messages->showError(report.error(), Situation::WritingServer);
    }
    m_connectors.read();
    compare();
}

void DeployTab::showReport(const DeployReport &report)
{
    //: %1 is the id, %2 the name of a connector.
    const Activation &activation = report.activation;
    const QString done = activation.isActive
        ? tr("%1 is written, and the connector %2 is active.").arg(m_plan->id, m_plan->name)
        : tr("%1 is written, but the connector %2 is not active.").arg(m_plan->id, m_plan->name);
    QStringList details = detailsOf(report);
    const Server *server = m_server.registry().find(m_lastServer);
    if (report.written.now && server) {
        const auto kept = rememberDeployed(*server, *report.written.now, m_server.services().paths);
        if (!kept)
            details.append(kept.error().sentence());
    }
    m_messages->showMessage(activation.isActive ? MessageBar::Good : MessageBar::Warning, done,
                            details.join(u'\n'), {{Choice::ShowJournal, tr("Show in &Journal")}});
}

void DeployTab::rollBackLast()
{
    if (!m_lastRun.isEmpty())
        m_rollback->rollBack(m_lastRun, m_lastServer);
}

void DeployTab::takeServers()
{
    if (!m_document || !m_plan || !m_plan->seen)
        return;
    const auto taken = withServersValues(m_document->bytes(), *m_plan->seen);
    if (!taken)
        return m_messages->showError(taken.error(), Situation::EditingFile);
    m_document->setBytes(*taken, tr("Take the Server's Values"));
    emit statusMessage(tr("The file has the server's values. Undo takes them back."));
    compare();
}

Result<void> DeployTab::saveServersAs(const QString &path)
{
    const ConfigObject *object = m_connectors.find(m_choice->id());
    if (!object)
        return fail(ErrorKind::NotFound, tr("The server has no such configuration."));
    return saveFile(path, textOf(*object), FileMode::KeepOrPrivate);
}

void DeployTab::chooseNewFile()
{
    auto *dialog = new QFileDialog(this, tr("Save the Server's Configuration"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("JSON files (*.json)"), tr("All files (*)")});
    dialog->selectFile(QString(m_choice->id()).replace(u'/', u'-') + u".json"_s);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        if (const auto saved = saveServersAs(path); !saved)
            return m_messages->showError(saved.error(), Situation::SavingFile);
        emit fileWanted(path);
    });
    dialog->open();
}

} // namespace hubkeeper
