// SPDX-License-Identifier: MIT
#include "scripts/scriptspage.h"

#include "base/shownname.h"
#include "editor/codeeditor.h"
#include "scripts/scriptexamples.h"
#include "scripts/scriptfiles.h"
#include "scripts/scriptoutput.h"
#include "scripts/scriptrunner.h"
#include "session/connections/connection.h"
#include "widgets/icons.h"
#include "widgets/messagebar.h"

#include <QAction>
#include <QBoxLayout>
#include <QCheckBox>
#include <QListView>
#include <QSpinBox>
#include <QSplitter>
#include <QTableView>

using namespace Qt::StringLiterals;

namespace hubkeeper {

ScriptsPage::ScriptsPage(const QString &stateFolder, const Masking &masking, QWidget *parent)
    : Page(PageId::Scripts, parent)
    , m_message(new MessageBar(this))
    , m_files(new ScriptFiles(stateFolder, this))
    , m_runner(new ScriptRunner(masking, *m_message, this))
{
    build();
    connectParts();
    onChosen();
}

void ScriptsPage::build()
{
    auto *top = new QWidget(this);
    auto *topLayout = new QVBoxLayout(top);
    topLayout->setContentsMargins(0, 0, 0, 0);
    topLayout->addWidget(m_runner->bar());
    topLayout->addWidget(m_message);
    topLayout->addWidget(m_files->editor(), 1);
    auto *right = new QSplitter(Qt::Vertical, this);
    right->addWidget(top);
    right->addWidget(m_runner);
    right->setStretchFactor(0, 3);
    right->setStretchFactor(1, 2);
    right->setChildrenCollapsible(false);
    auto *split = new QSplitter(Qt::Horizontal, this);
    split->addWidget(m_files);
    split->addWidget(right);
    split->setStretchFactor(1, 1);
    split->setSizes(
        {fontMetrics().averageCharWidth() * 30, fontMetrics().averageCharWidth() * 110});
    split->setChildrenCollapsible(false);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(split, 1);
}

void ScriptsPage::connectParts()
{
    connect(m_files, &ScriptFiles::chosen, this, &ScriptsPage::onChosen);
    connect(m_files, &ScriptFiles::changed, this, &ScriptsPage::updateUse);
    connect(m_files, &ScriptFiles::undoChanged, this, &Page::undoChanged);
    connect(m_files, &ScriptFiles::exampleChosen, this, &ScriptsPage::useExample);
    connect(m_files, &ScriptFiles::statusMessage, this, &Page::statusMessage);
    connect(m_files, &ScriptFiles::failed, this, [this](const Error &error) {
        m_message->showError(error, Situation::SavingFile);
        m_message->showUntil(m_files, &ScriptFiles::undoChanged); // An edit that worked.
    });
    connect(m_runner->runAction(), &QAction::triggered, this, [this] {
        m_runner->run({m_files->currentName(), editor()->toPlainText()});
    });
    connect(m_runner, &ScriptRunner::started, this, [this] { editor()->setMarks({}); });
    connect(m_runner, &ScriptRunner::failedAt, this, [this](int line, const QString &why) {
        editor()->setMarks({{line, 1, 10'000, why}});
    });
    connect(m_runner, &ScriptRunner::staged, this, [this] { emit goTo({PageId::Changes, {}}); });
    connect(m_runner, &ScriptRunner::ended, this, &ScriptsPage::runEnded);
    connect(m_message, &MessageBar::buttonPressed, this, &ScriptsPage::onMessageButton);
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
    menus.portal->addActions({runAction(), stopAction()});
}

void ScriptsPage::setConnection(const Connection *connection)
{
    m_runner->setConnection(connection);
    m_files->useScratchOf(connection ? connection->id : QString());
}

void ScriptsPage::setSession(std::shared_ptr<Session> session)
{
    m_runner->setSession(std::move(session));
    showWhereItRuns(); // What was said was about another session.
    updateUse();
}

void ScriptsPage::setDocument(Document *document)
{
    m_runner->forgetArguments();
    m_files->setDocument(document);
}

void ScriptsPage::onChosen()
{
    m_runner->showArgumentsOf(m_files->currentName());
    showWhereItRuns();
}

void ScriptsPage::showWhereItRuns()
{
    const ScriptAction action = m_files->current();
    if (action.isJavaScript() || action.id.isEmpty())
        return m_message->dismiss();
    const QString detail = action.file.isEmpty()
        ? tr("Its language is %1. It can be edited here and run through IDM.")
              .arg(shownName(action.language))
        : tr("Its text is in %1, beside IDM.").arg(action.file);
    m_message->showMessage(MessageBar::Information, tr("This script runs on the server only."),
                           detail);
}

void ScriptsPage::updateUse()
{
    m_runner->setUsable(isVisible() && m_files->current().isJavaScript()
                        && !editor()->toPlainText().trimmed().isEmpty());
}

void ScriptsPage::useExample(const ScriptExample &example)
{
    m_files->putOnScratch(example.text());
    m_runner->setArguments(m_files->currentName(), example.arguments);
    m_message->dismiss();
    editor()->setMarks({});
    editor()->setFocus();
}

void ScriptsPage::showItem(const PlaceItem &item)
{
    m_files->choose(idIn(item));
}

QString ScriptsPage::undoName() const
{
    return m_files->undoName();
}

QString ScriptsPage::redoName() const
{
    return m_files->redoName();
}

void ScriptsPage::undo()
{
    m_files->undo();
}

void ScriptsPage::redo()
{
    m_files->redo();
}

void ScriptsPage::onMessageButton(Choice button)
{
    if (button == Choice::ShowFault)
        return editor()->goTo(m_runner->faultLine(), 1);
    if (button == Choice::Changes)
        return emit goTo({PageId::Changes, {}});
    if (button == Choice::ShowJournal)
        return emit goTo({PageId::Journal, ItemId {m_runner->journalRun()}});
    if (button == Choice::Confirm)
        return m_runner->confirm();
    if (button == Choice::DryRun)
        return m_runner->runDry({m_files->currentName(), editor()->toPlainText()});
    emit wants(button);
}

void ScriptsPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    updateUse();
}

void ScriptsPage::hideEvent(QHideEvent *event)
{
    Page::hideEvent(event);
    m_runner->setUsable(false); // F9 belongs to the page that is seen.
}

QListView *ScriptsPage::list() const
{
    return m_files->list();
}

CodeEditor *ScriptsPage::editor() const
{
    return m_files->editor();
}

ScriptOutput *ScriptsPage::output() const
{
    return m_runner->output();
}

QTableView *ScriptsPage::argumentsView() const
{
    return m_runner->argumentsView();
}

QCheckBox *ScriptsPage::dryRun() const
{
    return m_runner->dryRun();
}

QSpinBox *ScriptsPage::timeLimit() const
{
    return m_runner->timeLimit();
}

QSpinBox *ScriptsPage::memoryLimit() const
{
    return m_runner->memoryLimit();
}

QAction *ScriptsPage::runAction() const
{
    return m_runner->runAction();
}

QAction *ScriptsPage::stopAction() const
{
    return m_runner->stopAction();
}

} // namespace hubkeeper
