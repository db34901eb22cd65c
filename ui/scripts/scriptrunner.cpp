// SPDX-License-Identifier: MIT
#include "scripts/scriptrunner.h"

#include "scripts/argumentsmodel.h"
#include "scripts/scriptoutput.h"
#include "session/open/session.h"
#include "session/writing/runscript.h"
#include "session/writing/stagewrites.h"
#include "widgets/actionbutton.h"
#include "widgets/elidedlabel.h"
#include "widgets/icons.h"
#include "widgets/messagebar.h"

#include <QAction>
#include <QApplication>
#include <QBoxLayout>
#include <QCheckBox>
#include <QHeaderView>
#include <QLabel>
#include <QRegularExpression>
#include <QSpinBox>
#include <QTabWidget>
#include <QTableView>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace hubkeeper {

ScriptRunner::ScriptRunner(const Masking &masking, MessageBar &message, QWidget *parent)
    : QWidget(parent)
    , m_message(message)
    , m_arguments(new ArgumentsModel(this))
    , m_bar(new QWidget(this))
    , m_tabs(new QTabWidget(this))
    , m_argumentsView(new QTableView(this))
    , m_output(new ScriptOutput(masking, this))
    , m_dryRun(new QCheckBox(tr("&Dry run: stage the writes, send none"), m_bar))
    , m_timeLimit(new QSpinBox(m_bar))
    , m_memoryLimit(new QSpinBox(this))
    , m_state(new ElidedLabel(m_bar, Qt::ElideRight))
    , m_run(new QAction(icon(u"test"_s), tr("&Run Script"), this))
    , m_stop(new QAction(icon(u"process-stop"_s), tr("St&op Script"), this))
{
    m_run->setShortcut(QKeySequence(u"F9"_s));
    m_stop->setShortcut(QKeySequence(u"Shift+F9"_s));
    m_tick.setInterval(1s);
    build();
    connect(&m_tick, &QTimer::timeout, this, &ScriptRunner::showState);
    connect(m_stop, &QAction::triggered, this, [this] {
        if (m_running)
            m_running->cancel();
    });
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(m_arguments, signal, this, &ScriptRunner::keepArguments);
    connect(m_arguments, &QAbstractItemModel::dataChanged, this, &ScriptRunner::keepArguments);
    updateActions();
}

ScriptRunner::~ScriptRunner() = default;

void ScriptRunner::build()
{
    m_dryRun->setChecked(true);
    m_timeLimit->setRange(1, 600);
    m_timeLimit->setValue(30);
    //: Seconds, after a number.
    m_timeLimit->setSuffix(tr(" s"));
    m_timeLimit->setAccessibleName(tr("Time limit in seconds"));
    m_timeLimit->setToolTip(tr("The script is stopped after this time"));
    auto *limit = new QLabel(tr("Time li&mit:"), m_bar);
    limit->setBuddy(m_timeLimit);
    auto *bar = new QHBoxLayout(m_bar);
    bar->setContentsMargins(0, 0, 0, 0);
    bar->addWidget(buttonFor(m_run, Qt::ToolButtonTextBesideIcon, m_bar));
    bar->addWidget(buttonFor(m_stop, Qt::ToolButtonTextBesideIcon, m_bar));
    bar->addWidget(m_dryRun);
    bar->addStretch(1);
    bar->addWidget(m_state);
    bar->addWidget(limit);
    bar->addWidget(m_timeLimit);
    m_tabs->addTab(m_output, tr("O&utput"));
    m_tabs->addTab(buildArguments(), tr("&Arguments"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_tabs);
}

QWidget *ScriptRunner::buildArguments()
{
    m_argumentsView->setModel(m_arguments);
    m_argumentsView->setAccessibleName(tr("Arguments of the script"));
    m_argumentsView->setTabKeyNavigation(false);
    m_argumentsView->verticalHeader()->hide();
    m_argumentsView->verticalHeader()->setDefaultSectionSize(fontMetrics().height() * 3 / 2);
    m_argumentsView->horizontalHeader()->setHighlightSections(false);
    m_argumentsView->horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    m_argumentsView->horizontalHeader()->setStretchLastSection(true);
    m_argumentsView->setColumnWidth(0, fontMetrics().averageCharWidth() * 24);
    auto *remove = new QAction(icon(u"list-remove"_s), tr("Remove Argument"), this);
    remove->setShortcut(QKeySequence::Delete);
    remove->setShortcutContext(Qt::WidgetShortcut);
    m_argumentsView->addAction(remove);
    m_argumentsView->setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(remove, &QAction::triggered, this,
            [this] { m_arguments->removeArgument(m_argumentsView->currentIndex().row()); });
    auto *hint = new QLabel(
        tr("Each argument is a variable of the script. Type into the empty row to add one."), this);
    hint->setWordWrap(true);
    m_memoryLimit->setRange(64, 16'384);
    m_memoryLimit->setValue(256);
    m_memoryLimit->setSingleStep(64);
    //: Megabytes, after a number.
    m_memoryLimit->setSuffix(tr(" MB"));
    m_memoryLimit->setAccessibleName(tr("Memory limit in megabytes"));
    m_memoryLimit->setToolTip(tr("The script is stopped when it takes more"));
    auto *limit = new QLabel(tr("Memory l&imit:"), this);
    limit->setBuddy(m_memoryLimit);
    auto *box = new QWidget(this);
    auto *layout = new QVBoxLayout(box);
    auto *row = new QHBoxLayout;
    row->addWidget(hint, 1);
    row->addWidget(buttonFor(remove, Qt::ToolButtonTextBesideIcon, this));
    row->addWidget(limit);
    row->addWidget(m_memoryLimit);
    layout->addLayout(row);
    layout->addWidget(m_argumentsView, 1);
    return box;
}

void ScriptRunner::setConnection(const Connection *connection)
{
    m_connectionLabel = connection ? connection->label : QString();
    m_isProduction = connection && connection->kind == ConnectionKind::Production;
    emit connectionChanged();
}

void ScriptRunner::setSession(std::shared_ptr<Session> session)
{
    m_work = std::make_unique<QObject>();
    m_running.clear();
    m_tick.stop();
    m_state->clear();
    m_session = std::move(session);
    updateActions();
}

void ScriptRunner::showArgumentsOf(const QString &name)
{
    m_argumentsOf.clear(); // Nothing is kept while they change.
    m_arguments->setArguments(m_keptArguments.value(name));
    m_argumentsOf = name;
}

void ScriptRunner::setArguments(const QString &name, const QJsonObject &arguments)
{
    m_keptArguments.insert(name, arguments);
    showArgumentsOf(name);
}

void ScriptRunner::forgetArguments()
{
    m_keptArguments.clear();
}

void ScriptRunner::keepArguments()
{
    if (!m_argumentsOf.isEmpty())
        m_keptArguments.insert(m_argumentsOf, m_arguments->arguments().value_or(QJsonObject()));
}

void ScriptRunner::setUsable(bool usable)
{
    m_isUsable = usable;
    updateActions();
}

void ScriptRunner::updateActions()
{
    const bool runs = !m_running.isNull();
    m_run->setEnabled(m_isUsable && m_session && !runs);
    m_stop->setEnabled(runs);
    m_dryRun->setEnabled(!runs);
    m_timeLimit->setEnabled(!runs);
    m_memoryLimit->setEnabled(!runs);
}

void ScriptRunner::run(const ScriptToRun &script)
{
    if (m_running || !m_session)
        return;
    m_script = script;
    if (const auto arguments = m_arguments->arguments(); !arguments) {
        m_tabs->setCurrentIndex(1);
        m_argumentsView->setFocus();
        m_message.showMessage(MessageBar::Failure, arguments.error().what);
        m_message.showUntil(m_arguments, &QAbstractItemModel::dataChanged);
        m_message.showUntil(m_arguments, &QAbstractItemModel::rowsRemoved);
        return m_message.showUntil(m_arguments, &QAbstractItemModel::modelReset);
    }
    if (m_dryRun->isChecked() || mayWrite())
        start(false);
}

void ScriptRunner::confirm()
{
    if (!m_running && m_session)
        start(true);
}

void ScriptRunner::runDry(const ScriptToRun &script)
{
    m_dryRun->setChecked(true);
    run(script);
}

/// Whether a real run may begin at once; else says why not, or asks.
bool ScriptRunner::mayWrite()
{
    const WritePolicy &policy = m_session->policyInForce();
    std::optional<Error> refusal = m_session->policyFault();
    if (!refusal)
        refusal = refusalOf(CollectedWrite {}, {}, policy, true);
    if (refusal) {
        m_message.showMessage(
            MessageBar::Warning, tr("The script was not run."), refusal->sentence(),
            {{Choice::DryRun, tr("Run Dr&y")}, {Choice::WriteMode, tr("&Write Mode…")}});
        m_message.showUntil(this, &ScriptRunner::connectionChanged);
        return false;
    }
    if (policy.mode != WriteMode::Confirm && !m_isProduction)
        return true;
    m_message.showMessage(
        MessageBar::Warning,
        //: %1 is a script's name, %2 a connection's.
        tr("Let “%1” write to %2?").arg(m_script.name, m_connectionLabel),
        tr("What it writes is sent at once, one by one, without a review. The "
           "journal keeps the old values, and Revert Run there takes the run "
           "back."),
        {{Choice::Confirm, tr("Run and &Write")}, {Choice::DryRun, tr("Run Dr&y")}});
    m_message.showUntil(this, &ScriptRunner::connectionChanged);
    return false;
}

void ScriptRunner::start(bool confirmed)
{
    m_message.dismiss();
    m_output->clear();
    m_tabs->setCurrentWidget(m_output);
    emit started();
    ScriptRequest request;
    request.text = m_script.text;
    request.arguments = m_arguments->arguments().value_or(QJsonObject());
    request.timeLimit = std::chrono::seconds(m_timeLimit->value());
    request.memoryLimit = m_memoryLimit->value();
    request.dryRun = m_dryRun->isChecked();
    m_journalRun.clear();
    ScriptRunOptions options;
    options.confirmed = confirmed;
    options.name = m_script.name;
    options.recorded = [this](const QString &runId) { m_journalRun = runId; };
    m_running = runScript(*m_session, request, options, m_work.get());
    connect(m_running, &ScriptRun::printed, m_output, &ScriptOutput::print);
    m_running->onDone(m_work.get(), [this, run = m_running](const Result<ScriptOutcome> &outcome) {
        onEnded(outcome, run ? run->failedLine() : 0);
    });
    m_elapsed.start();
    m_tick.start();
    showState();
    updateActions();
}

void ScriptRunner::onEnded(const Result<ScriptOutcome> &outcome, int line)
{
    m_running.clear();
    m_tick.stop();
    m_state->setText(tr("Took %L1 s").arg(double(m_elapsed.elapsed()) / 1000.0, 0, 'f', 1));
    updateActions();
    if (!outcome) {
        showFailure(outcome.error(), line);
        emit ended();
        return;
    }
    m_output->showResult(outcome->result);
    if (!outcome->writes.isEmpty())
        return stage(*outcome);
    if (!m_journalRun.isEmpty())
        m_message.showMessage(MessageBar::Good, tr("What the script wrote is in the journal."),
                              tr("Revert Run there takes it back."),
                              {{Choice::ShowJournal, tr("Show in &Journal")}});
    emit ended();
}

void ScriptRunner::showFailure(const Error &error, int line)
{
    QList<MessageBar::Button> buttons;
    if (!m_journalRun.isEmpty())
        buttons.append({Choice::ShowJournal, tr("Show in &Journal")});
    if (error.kind == ErrorKind::Cancelled)
        return m_message.showMessage(
            MessageBar::Information, tr("The script was stopped."),
            m_journalRun.isEmpty() ? QString() : tr("What it wrote before is in the journal."),
            buttons);
    if (line > 0) {
        emit failedAt(line, error.what);
        m_faultLine = line;
        buttons.append({Choice::ShowFault, tr("&Show Line %L1").arg(line)});
    }
    const bool late = error.kind == ErrorKind::TimedOut && line == 0;
    QString detail = error.sentence();
    static const QRegularExpression again(u"^The script failed( \\([^)]*\\))?: "_s);
    detail.remove(again); // The message says so itself, and its button names the line.
    m_message.showMessage(MessageBar::Failure,
                          late ? tr("The script took too long and was stopped.")
                               : tr("The script failed."),
                          detail, buttons);
}

void ScriptRunner::stage(const ScriptOutcome &outcome)
{
    stageWrites(*m_session, outcome.writes, tr("Script %1").arg(m_script.name), m_work.get())
        ->onDone(m_work.get(), [this](const Result<StagedWrites> &result) {
            if (!result) {
                m_message.showError(result.error(), Situation::ReadingRecords);
            } else {
                const QPointer<QWidget> focus = QApplication::focusWidget();
                m_message.showMessage(
                    result->left.isEmpty() ? MessageBar::Good : MessageBar::Warning,
                    tr("%Ln write(s) staged, none sent.", nullptr, result->staged),
                    result->left.isEmpty()
                        ? tr("Review them in Changes, then apply.")
                        : tr("Not staged: %1").arg(result->left.mid(0, 10).join(u"; "_s)),
                    {{Choice::Changes, tr("Revie&w")}});
                const ChangeSet &changes = m_session->changes();
                connect(&changes, &ChangeSet::changed, m_message.shown(), [this, &changes] {
                    if (changes.isEmpty()) // Applied or discarded.
                        m_message.dismiss();
                });
                if (result->staged > 0)
                    emit staged();
                if (focus)
                    focus->setFocus(); // Who runs and edits goes on doing so.
            }
            emit ended();
        });
}

void ScriptRunner::showState()
{
    m_state->setText(tr("Running for %Ln second(s)…", nullptr, int(m_elapsed.elapsed() / 1000)));
}

} // namespace hubkeeper
