// SPDX-License-Identifier: MIT
// The Scripts page and its file: list, editor, draft. Running is in scriptspage.cpp.
#include "editor/codeeditor.h"
#include "scripts/argumentsmodel.h"
#include "scripts/examplesdialog.h"
#include "scripts/scriptdraft.h"
#include "scripts/scriptlistmodel.h"
#include "scripts/scriptspage.h"
#include "session/connections/connection.h"
#include "widgets/messagebar.h"

#include <QAction>
#include <QCheckBox>
#include <QLabel>
#include <QListView>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// A document that holds one script; undo never leads to one without it.
std::unique_ptr<Document> documentOf(const QString &script)
{
    const auto made = Document::fromBytes("{}");
    if (const auto added = addScriptAction(*made, u"scratch"_s, script); !added)
        qFatal("%s", qUtf8Printable(added.error().what)); // Cannot be: it is empty and valid.
    return Document::fromBytes(made->bytes());
}

} // namespace

QString ScriptsPage::scratchPath(const Connection *connection) const
{
    return u"%1/scripts/%2.js"_s.arg(m_stateFolder, connection ? connection->id : u"scratch"_s);
}

/// Shows the scratch pad of a connection; what is on the present one is saved.
void ScriptsPage::keepScratchIn(const QString &path)
{
    m_draft.reset(); // Saves.
    m_draft = std::make_unique<ScriptDraft>(path);
    m_scratch = documentOf(m_draft->text());
    connect(m_scratch.get(), &Document::changed, this, [this] {
        m_draft->setText(scriptActionsOf(m_scratch->text()).value(0).text);
        onDocumentChanged();
    });
    showScript();
    emit undoChanged();
}

void ScriptsPage::setConnection(const Connection *connection)
{
    m_connectionLabel = connection ? connection->label : QString();
    m_isProduction = connection && connection->kind == ConnectionKind::Production;
    if (const QString path = scratchPath(connection); path != m_draft->path())
        keepScratchIn(path);
}

void ScriptsPage::setDocument(Document *document)
{
    if (m_document)
        disconnect(m_document, nullptr, this, nullptr);
    m_document = document;
    m_keptArguments.clear();
    if (m_document)
        connect(m_document, &Document::changed, this, &ScriptsPage::onDocumentChanged);
    onDocumentChanged();
}

bool ScriptsPage::onScratch() const
{
    return m_listView->currentIndex().row() <= ScriptListModel::scratchRow;
}

Document *ScriptsPage::currentDocument() const
{
    return onScratch() ? m_scratch.get() : m_document.data();
}

ScriptAction ScriptsPage::currentAction() const
{
    if (onScratch())
        return scriptActionsOf(m_scratch->text()).value(0);
    const ScriptAction *action = m_list->actionAt(m_listView->currentIndex().row());
    return action ? *action : ScriptAction {};
}

QString ScriptsPage::currentName() const
{
    return onScratch() ? tr("Scratch pad") : currentAction().id;
}

void ScriptsPage::onDocumentChanged()
{
    const int row = m_listView->currentIndex().row();
    m_list->setActions(m_document ? scriptActionsOf(m_document->text()) : QList<ScriptAction>());
    if (m_listView->currentIndex().row() != row || row < 0)
        m_listView->setCurrentIndex(m_list->index(std::clamp(row, 0, m_list->rowCount() - 1)));
    const bool damaged = m_document && !m_document->text().isValid();
    m_hint->setText(damaged ? tr("The file is no valid JSON now. Mend it on the Configuration page "
                                 "to edit its scripts.")
                        : m_list->rowCount() > 1
                        ? QString()
                        : tr("The file has no scripts yet. Try one on the scratch pad, or begin "
                             "with an example; then add it to the file."));
    m_hint->setVisible(!m_hint->text().isEmpty());
    showScript();
    emit undoChanged();
}

void ScriptsPage::showScript()
{
    const int row = m_listView->currentIndex().row();
    const bool another = row != m_shownRow;
    m_shownRow = row;
    const ScriptAction action = currentAction();
    m_editor->showText(action.text);
    const bool readable = onScratch() || (m_document && m_document->text().isValid());
    m_editor->setReadOnly(!readable || (!onScratch() && !action.file.isEmpty()));
    if (another) {
        m_editor->setMarks({});
        m_arguments->setArguments(m_keptArguments.value(currentName()));
        if (!action.isJavaScript() && !action.id.isEmpty()) {
            const QString detail = action.file.isEmpty()
                ? tr("Its language is %1. It can be edited here and run through IDM.")
                      .arg(action.language)
                : tr("Its text lies in %1, beside IDM.").arg(action.file);
            m_message->showMessage(MessageBar::Information,
                                   tr("This script runs on the server only."), detail);
        } else {
            m_message->dismiss();
        }
        emit undoChanged();
    }
    updateActions();
}

void ScriptsPage::onTyped()
{
    Document *document = currentDocument();
    if (!document)
        return;
    const QString text = m_editor->toPlainText();
    const ScriptAction action = currentAction();
    const auto set = setScriptText(*document, action, text);
    if (!set)
        m_message->showError(set.error(), Situation::SavingFile);
    updateActions();
}

void ScriptsPage::addScript()
{
    if (!m_document)
        return;
    QString id;
    for (int number = 1; id.isEmpty() || m_list->rowOf(id) >= 0; ++number)
        id = u"script-%1"_s.arg(number);
    const QString scratch = onScratch() ? m_editor->toPlainText() : QString();
    const auto added = addScriptAction(*m_document, id, scratch);
    if (!added)
        return m_message->showError(added.error(), Situation::SavingFile);
    m_listView->setCurrentIndex(m_list->index(m_list->rowOf(id)));
    m_listView->setFocus();
    m_listView->edit(m_listView->currentIndex()); // Its name is the first thing to type.
    emit statusMessage(tr("Added to the file, which is not saved yet."));
}

void ScriptsPage::renameScript(int row, const QString &id)
{
    const ScriptAction *action = m_list->actionAt(row);
    if (!m_document || !action)
        return;
    const auto renamed = renameScriptAction(*m_document, ScriptAction(*action), id);
    if (!renamed)
        m_message->showError(renamed.error(), Situation::SavingFile);
}

void ScriptsPage::deleteScript()
{
    if (!m_document || onScratch())
        return;
    const ScriptAction action = currentAction();
    const auto removed = removeScriptAction(*m_document, action);
    if (!removed)
        return m_message->showError(removed.error(), Situation::SavingFile);
    emit statusMessage(tr("“%1” was deleted. Undo brings it back.").arg(action.id));
}

void ScriptsPage::chooseExample()
{
    ExamplesDialog dialog(this);
    if (dialog.exec() == QDialog::Accepted)
        useExample(dialog.example());
}

void ScriptsPage::useExample(const ScriptExample &example)
{
    m_listView->setCurrentIndex(m_list->index(ScriptListModel::scratchRow));
    const QString text = example.text();
    const auto set = setScriptText(*m_scratch, currentAction(), text);
    if (!set)
        return m_message->showError(set.error(), Situation::OpeningFile);
    m_arguments->setArguments(example.arguments);
    keepArguments();
    m_message->dismiss();
    m_editor->setMarks({});
    m_editor->setFocus();
}

void ScriptsPage::showItem(const QString &item)
{
    if (const int row = m_list->rowOf(item); row >= 0)
        m_listView->setCurrentIndex(m_list->index(row));
}

void ScriptsPage::keepArguments()
{
    m_keptArguments.insert(currentName(), m_arguments->arguments().value_or(QJsonObject()));
}

QString ScriptsPage::undoName() const
{
    const Document *document = currentDocument();
    return document ? document->undoName() : QString();
}

QString ScriptsPage::redoName() const
{
    const Document *document = currentDocument();
    return document ? document->redoName() : QString();
}

void ScriptsPage::undo()
{
    if (Document *document = currentDocument())
        document->undo();
}

void ScriptsPage::redo()
{
    if (Document *document = currentDocument())
        document->redo();
}

void ScriptsPage::onMessageButton(const QString &button)
{
    if (button.startsWith("line-"_L1))
        return m_editor->goTo(button.mid(5).toInt(), 1);
    if (button == "changes"_L1)
        return emit goTo({button, {}});
    if (button == "journal"_L1)
        return emit goTo({button, m_journalRun});
    if (button == "confirmed"_L1)
        return start(true);
    if (button != "dry"_L1)
        return emit wants(button);
    m_dryRun->setChecked(true);
    run();
}

} // namespace hubkeeper
