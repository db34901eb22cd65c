// SPDX-License-Identifier: MIT
#include "scripts/scriptspage.h"

#include "editor/codeeditor.h"
#include "scripts/argumentsmodel.h"
#include "scripts/javascripthighlighter.h"
#include "scripts/scriptdraft.h"
#include "scripts/scriptlistmodel.h"
#include "scripts/scriptoutput.h"
#include "session/open/session.h"
#include "session/writing/runscript.h"
#include "session/writing/stagewrites.h"
#include "widgets/actionbutton.h"
#include "widgets/icons.h"
#include "widgets/messagebar.h"

#include <QAction>
#include <QApplication>
#include <QBoxLayout>
#include <QCheckBox>
#include <QHeaderView>
#include <QLabel>
#include <QListView>
#include <QSpinBox>
#include <QTabWidget>
#include <QTableView>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace hubkeeper {

ScriptsPage::ScriptsPage(QString stateFolder, const Masking &masking, QWidget *parent)
    : Page(u"scripts"_s, parent)
    , m_stateFolder(std::move(stateFolder))
    , m_list(new ScriptListModel(this))
    , m_arguments(new ArgumentsModel(this))
    , m_listView(new QListView(this))
    , m_hint(new QLabel(this))
    , m_message(new MessageBar(this))
    , m_editor(new CodeEditor(this))
    , m_highlighter(new JavaScriptHighlighter(m_editor->document(), palette()))
    , m_tabs(new QTabWidget(this))
    , m_argumentsView(new QTableView(this))
    , m_output(new ScriptOutput(masking, this))
    , m_dryRun(new QCheckBox(tr("&Dry run: stage the writes, send none"), this))
    , m_timeLimit(new QSpinBox(this))
    , m_state(new QLabel(this))
    , m_run(new QAction(hubkeeper::icon(u"test"_s), tr("&Run Script"), this))
    , m_stop(new QAction(hubkeeper::icon(u"process-stop"_s), tr("St&op Script"), this))
    , m_add(new QAction(hubkeeper::icon(u"list-add"_s), tr("Add Script to the File"), this))
    , m_rename(new QAction(hubkeeper::icon(u"edit-rename"_s), tr("Rename Script"), this))
    , m_delete(new QAction(hubkeeper::icon(u"edit-delete"_s), tr("Delete Script"), this))
    , m_examples(new QAction(hubkeeper::icon(u"help-contents"_s), tr("&Examples…"), this))
{
    m_run->setShortcut(QKeySequence(u"F9"_s));
    m_stop->setShortcut(QKeySequence(u"Shift+F9"_s));
    build();
    connectParts();
    keepScratchIn(scratchPath(nullptr));
    m_listView->setCurrentIndex(m_list->index(ScriptListModel::scratchRow));
    updateActions();
}

ScriptsPage::~ScriptsPage() = default;

void ScriptsPage::build()
{
    auto *bottom = new QWidget(this);
    auto *bottomLayout = new QVBoxLayout(bottom);
    bottomLayout->setContentsMargins(0, 0, 0, 0);
    m_tabs->addTab(m_output, tr("Out&put"));
    m_tabs->addTab(buildArguments(), tr("&Arguments"));
    bottomLayout->addWidget(m_tabs);
    auto *right = new QSplitter(Qt::Vertical, this);
    right->addWidget(buildEditor());
    right->addWidget(bottom);
    right->setStretchFactor(0, 3);
    right->setStretchFactor(1, 2);
    right->setChildrenCollapsible(false);
    auto *split = new QSplitter(Qt::Horizontal, this);
    split->addWidget(buildList());
    split->addWidget(right);
    split->setStretchFactor(1, 1);
    split->setSizes(
        {fontMetrics().averageCharWidth() * 30, fontMetrics().averageCharWidth() * 110});
    split->setChildrenCollapsible(false);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(split, 1);
}

QWidget *ScriptsPage::buildList()
{
    m_listView->setModel(m_list);
    m_listView->setAccessibleName(tr("Scripts"));
    m_listView->setEditTriggers(QAbstractItemView::EditKeyPressed
                                | QAbstractItemView::DoubleClicked);
    m_listView->setMinimumWidth(fontMetrics().averageCharWidth() * 22);
    m_hint->setWordWrap(true);
    m_hint->setTextFormat(Qt::PlainText);
    auto *buttons = new QHBoxLayout;
    for (QAction *action : {m_add, m_rename, m_delete})
        buttons->addWidget(buttonFor(action, Qt::ToolButtonIconOnly, this));
    buttons->addStretch(1);
    buttons->addWidget(buttonFor(m_examples, Qt::ToolButtonTextBesideIcon, this));
    auto *left = new QWidget(this);
    auto *layout = new QVBoxLayout(left);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(buttons);
    layout->addWidget(m_listView, 1);
    layout->addWidget(m_hint);
    return left;
}

QWidget *ScriptsPage::buildEditor()
{
    m_editor->setAccessibleName(tr("Text of the script"));
    m_editor->setPlaceholderText(
        tr("JavaScript. “connector” has test(), schema(), get(), search(), create(), update() and "
           "remove(); the value of the last statement is the result."));
    m_dryRun->setChecked(true);
    m_timeLimit->setRange(1, 600);
    m_timeLimit->setValue(30);
    //: Seconds, behind a number.
    m_timeLimit->setSuffix(tr(" s"));
    m_timeLimit->setAccessibleName(tr("Time limit in seconds"));
    m_timeLimit->setToolTip(tr("The script is stopped after this time"));
    auto *limit = new QLabel(tr("Time &limit:"), this);
    limit->setBuddy(m_timeLimit);
    auto *bar = new QHBoxLayout;
    bar->addWidget(buttonFor(m_run, Qt::ToolButtonTextBesideIcon, this));
    bar->addWidget(buttonFor(m_stop, Qt::ToolButtonTextBesideIcon, this));
    bar->addWidget(m_dryRun);
    bar->addStretch(1);
    bar->addWidget(m_state);
    bar->addWidget(limit);
    bar->addWidget(m_timeLimit);
    auto *top = new QWidget(this);
    auto *layout = new QVBoxLayout(top);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(bar);
    layout->addWidget(m_message);
    layout->addWidget(m_editor, 1);
    return top;
}

QWidget *ScriptsPage::buildArguments()
{
    m_argumentsView->setModel(m_arguments);
    m_argumentsView->setAccessibleName(tr("Arguments of the script"));
    m_argumentsView->setTabKeyNavigation(false);
    m_argumentsView->verticalHeader()->hide();
    m_argumentsView->verticalHeader()->setDefaultSectionSize(fontMetrics().height() * 3 / 2);
    m_argumentsView->horizontalHeader()->setHighlightSections(false);
    m_argumentsView->horizontalHeader()->setStretchLastSection(true);
    m_argumentsView->setColumnWidth(0, fontMetrics().averageCharWidth() * 24);
    auto *remove = new QAction(hubkeeper::icon(u"list-remove"_s), tr("Remove Argument"), this);
    remove->setShortcut(QKeySequence::Delete);
    remove->setShortcutContext(Qt::WidgetShortcut);
    m_argumentsView->addAction(remove);
    m_argumentsView->setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(remove, &QAction::triggered, this,
            [this] { m_arguments->removeArgument(m_argumentsView->currentIndex().row()); });
    auto *hint = new QLabel(
        tr("Each argument is a variable of the script. Type into the empty row to add one."), this);
    hint->setWordWrap(true);
    auto *box = new QWidget(this);
    auto *layout = new QVBoxLayout(box);
    auto *row = new QHBoxLayout;
    row->addWidget(hint, 1);
    row->addWidget(buttonFor(remove, Qt::ToolButtonTextBesideIcon, this));
    layout->addLayout(row);
    layout->addWidget(m_argumentsView, 1);
    return box;
}

void ScriptsPage::connectParts()
{
    m_tick.setInterval(1s);
    connect(&m_tick, &QTimer::timeout, this, &ScriptsPage::showState);
    connect(m_editor, &QPlainTextEdit::textChanged, this, &ScriptsPage::onTyped);
    connect(m_listView->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &ScriptsPage::showScript);
    connect(m_list, &ScriptListModel::renamed, this, &ScriptsPage::renameScript,
            Qt::QueuedConnection); // The editor of the name is still open.
    connect(m_message, &MessageBar::buttonPressed, this, &ScriptsPage::onMessageButton);
    connect(m_run, &QAction::triggered, this, &ScriptsPage::run);
    connect(m_stop, &QAction::triggered, this, [this] {
        if (m_running)
            m_running->cancel();
    });
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(m_arguments, signal, this, &ScriptsPage::keepArguments);
    connect(m_arguments, &QAbstractItemModel::dataChanged, this, &ScriptsPage::keepArguments);
    connect(m_add, &QAction::triggered, this, &ScriptsPage::addScript);
    connect(m_rename, &QAction::triggered, this,
            [this] { m_listView->edit(m_listView->currentIndex()); });
    connect(m_delete, &QAction::triggered, this, &ScriptsPage::deleteScript);
    connect(m_examples, &QAction::triggered, this, &ScriptsPage::chooseExample);
}

QString ScriptsPage::title() const
{
    return tr("Scripts");
}

QIcon ScriptsPage::icon() const
{
    return hubkeeper::icon(u"text"_s);
}

void ScriptsPage::addToMenus(const Menus &menus)
{
    menus.portal->addSeparator();
    menus.portal->addActions({m_run, m_stop});
}

void ScriptsPage::setSession(std::shared_ptr<Session> session)
{
    m_work = std::make_unique<QObject>();
    m_running.clear();
    m_tick.stop();
    m_state->clear();
    m_session = std::move(session);
    updateActions();
}

void ScriptsPage::run()
{
    if (m_running || !m_session)
        return;
    if (const auto arguments = m_arguments->arguments(); !arguments) {
        m_tabs->setCurrentIndex(1);
        m_argumentsView->setFocus();
        return m_message->showMessage(MessageBar::Failure, arguments.error().what);
    }
    if (m_dryRun->isChecked() || mayWrite())
        start(false);
}

/// Whether a real run may begin at once; else says why not, or asks.
bool ScriptsPage::mayWrite()
{
    const WritePolicy &policy = m_session->connection().policy;
    if (const auto refusal = refusalOf(CollectedWrite {}, {}, policy, true)) {
        m_message->showMessage(MessageBar::Warning, tr("The script was not run."),
                               refusal->sentence(),
                               {{u"dry"_s, tr("Run &Dry")}, {u"write-mode"_s, tr("&Write Mode…")}});
        return false;
    }
    if (policy.mode != WriteMode::Confirm && !m_isProduction)
        return true;
    m_message->showMessage(MessageBar::Warning,
                           //: %1 is a script's name, %2 a connection's.
                           tr("Let “%1” write to %2?").arg(currentName(), m_connectionLabel),
                           tr("What it writes is sent at once, one by one, without a review. The "
                              "journal keeps the old "
                              "values, and Revert Run there takes the run back."),
                           {{u"confirmed"_s, tr("Run and &Write")}, {u"dry"_s, tr("Run &Dry")}});
    return false;
}

void ScriptsPage::start(bool confirmed)
{
    m_message->dismiss();
    m_editor->setMarks({});
    m_output->clear();
    m_tabs->setCurrentWidget(m_output);
    m_runsDry = m_dryRun->isChecked();
    ScriptRequest request;
    request.text = m_editor->toPlainText();
    request.arguments = m_arguments->arguments().value_or(QJsonObject());
    request.timeLimit = std::chrono::seconds(m_timeLimit->value());
    request.dryRun = m_runsDry;
    m_journalRun.clear();
    ScriptRunOptions options;
    options.confirmed = confirmed;
    options.name = currentName();
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

void ScriptsPage::onEnded(const Result<ScriptOutcome> &outcome, int line)
{
    m_running.clear();
    m_tick.stop();
    m_state->setText(tr("Took %L1 s").arg(double(m_elapsed.elapsed()) / 1000.0, 0, 'f', 1));
    updateActions();
    if (!outcome) {
        showFailure(outcome.error(), line);
        emit runEnded();
        return;
    }
    m_output->showResult(outcome->result);
    if (!outcome->writes.isEmpty())
        return stage(*outcome);
    if (!m_journalRun.isEmpty())
        showJournalRun();
    emit runEnded();
}

void ScriptsPage::showJournalRun()
{
    m_message->showMessage(MessageBar::Good, tr("What the script wrote is in the journal."),
                           tr("Revert Run there takes it back."),
                           {{u"journal"_s, tr("Show in &Journal")}});
}

void ScriptsPage::showFailure(const Error &error, int line)
{
    QList<MessageBar::Button> buttons;
    if (!m_journalRun.isEmpty())
        buttons.append({u"journal"_s, tr("Show in &Journal")});
    if (error.kind == ErrorKind::Cancelled)
        return m_message->showMessage(
            MessageBar::Information, tr("The script was stopped."),
            m_journalRun.isEmpty() ? QString() : tr("What it wrote before is in the journal."),
            buttons);
    const bool late = error.kind == ErrorKind::TimedOut;
    if (line > 0) {
        m_editor->setMarks({{line, 1, 10'000, error.what}});
        buttons.append({u"line-%1"_s.arg(line), tr("&Show Line %L1").arg(line)});
    }
    m_message->showMessage(MessageBar::Failure,
                           late ? tr("The script took too long and was stopped.")
                                : tr("The script failed."),
                           error.sentence(), buttons);
}

void ScriptsPage::stage(const ScriptOutcome &outcome)
{
    stageWrites(*m_session, outcome.writes, tr("Script %1").arg(currentName()), m_work.get())
        ->onDone(m_work.get(), [this](const Result<StagedWrites> &staged) {
            if (!staged) {
                m_message->showError(staged.error(), Situation::ReadingRecords);
            } else {
                const QPointer<QWidget> focus = QApplication::focusWidget();
                m_message->showMessage(
                    staged->left.isEmpty() ? MessageBar::Good : MessageBar::Warning,
                    tr("%Ln write(s) staged, none sent.", nullptr, staged->staged),
                    staged->left.isEmpty()
                        ? tr("Review them in Changes, then apply.")
                        : tr("Not staged: %1").arg(staged->left.mid(0, 10).join(u"; "_s)),
                    {{u"changes"_s, tr("Re&view")}});
                if (staged->staged > 0)
                    emit goTo({u"changes"_s, {}});
                if (focus)
                    focus->setFocus(); // Who runs and edits goes on doing so.
            }
            emit runEnded();
        });
}

void ScriptsPage::showState()
{
    m_state->setText(tr("Running for %Ln second(s)…", nullptr, int(m_elapsed.elapsed() / 1000)));
}

void ScriptsPage::updateActions()
{
    const bool runs = !m_running.isNull();
    const ScriptAction action = currentAction();
    const bool usable = m_session && isVisible() && action.isJavaScript();
    const bool inFile = m_document && m_document->text().isValid();
    m_run->setEnabled(usable && !runs && !m_editor->toPlainText().trimmed().isEmpty());
    m_stop->setEnabled(runs);
    m_add->setEnabled(inFile);
    m_rename->setEnabled(inFile && !onScratch());
    m_delete->setEnabled(inFile && !onScratch());
    m_dryRun->setEnabled(!runs);
    m_timeLimit->setEnabled(!runs);
}

void ScriptsPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    updateActions();
}

void ScriptsPage::hideEvent(QHideEvent *event)
{
    Page::hideEvent(event);
    m_run->setEnabled(false); // F9 belongs to the page that is seen.
}

void ScriptsPage::changeEvent(QEvent *event)
{
    Page::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        m_highlighter->setPalette(palette());
}

} // namespace hubkeeper
