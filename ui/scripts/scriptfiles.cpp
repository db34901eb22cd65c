// SPDX-License-Identifier: MIT
#include "scripts/scriptfiles.h"

#include "editor/codeeditor.h"
#include "scripts/examplesdialog.h"
#include "scripts/javascripthighlighter.h"
#include "scripts/scriptdraft.h"
#include "scripts/scriptlistmodel.h"
#include "widgets/actionbutton.h"
#include "widgets/icons.h"

#include <QAction>
#include <QBoxLayout>
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

ScriptFiles::ScriptFiles(QString stateFolder, QWidget *parent)
    : QWidget(parent)
    , m_stateFolder(std::move(stateFolder))
    , m_list(new ScriptListModel(this))
    , m_listView(new QListView(this))
    , m_hint(new QLabel(this))
    , m_editor(new CodeEditor(this))
    , m_highlighter(new JavaScriptHighlighter(m_editor->document(), palette()))
    , m_add(new QAction(icon(u"list-add"_s), tr("Add Script to the File"), this))
    , m_rename(new QAction(icon(u"edit-rename"_s), tr("Rename Script"), this))
    , m_delete(new QAction(icon(u"edit-delete"_s), tr("Delete Script"), this))
    , m_examples(new QAction(icon(u"help-contents"_s), tr("&Examples…"), this))
{
    build();
    connectParts();
    useScratchOf({});
    m_listView->setCurrentIndex(m_list->index(ScriptListModel::scratchRow));
}

ScriptFiles::~ScriptFiles() = default;

void ScriptFiles::build()
{
    m_editor->setAccessibleName(tr("Text of the script"));
    m_editor->setPlaceholderText(
        tr("JavaScript. “connector” has test(), schema(), get(), search(), create(), update() and "
           "remove(); the value of the last statement is the result."));
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
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(buttons);
    layout->addWidget(m_listView, 1);
    layout->addWidget(m_hint);
}

void ScriptFiles::connectParts()
{
    connect(m_editor, &QPlainTextEdit::textChanged, this, &ScriptFiles::onTyped);
    connect(m_listView->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &ScriptFiles::showScript);
    connect(m_list, &ScriptListModel::renamed, this, &ScriptFiles::renameScript,
            Qt::QueuedConnection); // The editor of the name is still open.
    connect(m_add, &QAction::triggered, this, &ScriptFiles::addScript);
    connect(m_rename, &QAction::triggered, this,
            [this] { m_listView->edit(m_listView->currentIndex()); });
    connect(m_delete, &QAction::triggered, this, &ScriptFiles::deleteScript);
    connect(m_examples, &QAction::triggered, this, &ScriptFiles::chooseExample);
}

void ScriptFiles::useScratchOf(const QString &connectionId)
{
    const QString path = u"%1/scripts/%2.js"_s.arg(
        m_stateFolder, connectionId.isEmpty() ? u"scratch"_s : connectionId);
    if (m_draft && m_draft->path() == path)
        return;
    m_draft.reset(); // Saves.
    m_draft = std::make_unique<ScriptDraft>(path);
    connect(m_draft.get(), &ScriptDraft::failed, this, &ScriptFiles::failed);
    m_scratch = documentOf(m_draft->text());
    connect(m_scratch.get(), &Document::changed, this, [this] {
        m_draft->setText(scriptActionsOf(m_scratch->text()).value(0).text);
        onDocumentChanged();
    });
    showScript();
    emit undoChanged();
}

void ScriptFiles::setDocument(Document *document)
{
    if (m_document)
        disconnect(m_document, nullptr, this, nullptr);
    m_document = document;
    if (m_document)
        connect(m_document, &Document::changed, this, &ScriptFiles::onDocumentChanged);
    onDocumentChanged();
}

bool ScriptFiles::onScratch() const
{
    return m_listView->currentIndex().row() <= ScriptListModel::scratchRow;
}

Document *ScriptFiles::currentDocument() const
{
    return onScratch() ? m_scratch.get() : m_document.data();
}

ScriptAction ScriptFiles::current() const
{
    if (onScratch())
        return scriptActionsOf(m_scratch->text()).value(0);
    const ScriptAction *action = m_list->actionAt(m_listView->currentIndex().row());
    return action ? *action : ScriptAction {};
}

QString ScriptFiles::currentName() const
{
    return onScratch() ? tr("Scratch pad") : current().id;
}

void ScriptFiles::choose(const QString &id)
{
    if (const int row = m_list->rowOf(id); row >= 0)
        m_listView->setCurrentIndex(m_list->index(row));
}

void ScriptFiles::putOnScratch(const QString &text)
{
    m_listView->setCurrentIndex(m_list->index(ScriptListModel::scratchRow));
    if (const auto set = setScriptText(*m_scratch, current(), text); !set)
        emit failed(set.error());
}

void ScriptFiles::onDocumentChanged()
{
    const int row = m_listView->currentIndex().row();
    m_list->setActions(m_document ? scriptActionsOf(m_document->text()) : QList<ScriptAction>());
    if (m_listView->currentIndex().row() != row || row < 0)
        m_listView->setCurrentIndex(m_list->index(std::clamp(row, 0, m_list->rowCount() - 1)));
    const bool damaged = m_document && !m_document->text().isValid();
    m_hint->setText(damaged ? tr("The file is not valid JSON now. Fix it on the Configuration page "
                                 "to edit its scripts.")
                        : m_list->rowCount() > 1
                        ? QString()
                        : tr("The file has no scripts yet. Try one on the scratch pad, or begin "
                             "with an example; then add it to the file."));
    m_hint->setVisible(!m_hint->text().isEmpty());
    showScript();
    emit undoChanged();
}

void ScriptFiles::showScript()
{
    const int row = m_listView->currentIndex().row();
    const bool another = row != m_shownRow;
    m_shownRow = row;
    const ScriptAction action = current();
    m_editor->showText(action.text);
    const bool readable = onScratch() || (m_document && m_document->text().isValid());
    m_editor->setReadOnly(!readable || (!onScratch() && !action.file.isEmpty()));
    if (another) {
        m_editor->setMarks({});
        emit chosen();
        emit undoChanged();
    }
    updateActions();
}

void ScriptFiles::onTyped()
{
    Document *document = currentDocument();
    if (!document)
        return;
    if (const auto set = setScriptText(*document, current(), m_editor->toPlainText()); !set)
        emit failed(set.error());
    updateActions();
}

void ScriptFiles::updateActions()
{
    const bool inFile = m_document && m_document->text().isValid();
    m_add->setEnabled(inFile);
    m_rename->setEnabled(inFile && !onScratch());
    m_delete->setEnabled(inFile && !onScratch());
    emit changed();
}

void ScriptFiles::addScript()
{
    if (!m_document)
        return;
    QString id;
    for (int number = 1; id.isEmpty() || m_list->rowOf(id) >= 0; ++number)
        id = u"script-%1"_s.arg(number);
    const QString scratch = onScratch() ? m_editor->toPlainText() : QString();
    if (const auto added = addScriptAction(*m_document, id, scratch); !added)
        return emit failed(added.error());
    m_listView->setCurrentIndex(m_list->index(m_list->rowOf(id)));
    m_listView->setFocus();
    m_listView->edit(m_listView->currentIndex()); // Its name is the first thing to type.
    emit statusMessage(tr("Added to the file, which is not saved yet."));
}

void ScriptFiles::renameScript(int row, const QString &id)
{
    const ScriptAction *action = m_list->actionAt(row);
    if (!m_document || !action)
        return;
    // A copy: the list is made anew by the edit.
    if (const auto renamed = renameScriptAction(*m_document, ScriptAction(*action), id); !renamed)
        emit failed(renamed.error());
}

void ScriptFiles::deleteScript()
{
    if (!m_document || onScratch())
        return;
    const ScriptAction action = current();
    if (const auto removed = removeScriptAction(*m_document, action); !removed)
        return emit failed(removed.error());
    emit statusMessage(tr("“%1” was deleted. Undo brings it back.").arg(action.id));
}

void ScriptFiles::chooseExample()
{
    auto *dialog = new ExamplesDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this,
            [this, dialog] { emit exampleChosen(dialog->example()); });
    dialog->open();
}

QString ScriptFiles::undoName() const
{
    const Document *document = currentDocument();
    return document ? document->undoName() : QString();
}

QString ScriptFiles::redoName() const
{
    const Document *document = currentDocument();
    return document ? document->redoName() : QString();
}

void ScriptFiles::undo()
{
    if (Document *document = currentDocument())
        document->undo();
}

void ScriptFiles::redo()
{
    if (Document *document = currentDocument())
        document->redo();
}

void ScriptFiles::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        m_highlighter->setPalette(palette());
}

} // namespace hubkeeper
