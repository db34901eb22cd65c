// SPDX-License-Identifier: MIT
#include "configuration/configurationpage.h"

#include "configuration/diffview.h"
#include "configuration/documentfindings.h"
#include "configuration/jsoneditor.h"
#include "configuration/propertyform.h"
#include "provisioner/secretvalue.h"
#include "session/connection.h"
#include "shell/icons.h"
#include "shell/messagebar.h"

#include <QAction>
#include <QBoxLayout>
#include <QFileDialog>
#include <QHeaderView>
#include <QLabel>
#include <QScrollArea>
#include <QSplitter>
#include <QTabWidget>
#include <QToolButton>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace hubkeeper {

ConfigurationPage::ConfigurationPage(QWidget *parent)
    : Page(u"configuration"_s, parent)
    , m_findings(new DocumentFindings(this))
    , m_file(new QLabel(this))
    , m_message(new MessageBar(this))
    , m_tabs(new QTabWidget(this))
    , m_form(new PropertyForm(this))
    , m_typesView(new QTreeView(this))
    , m_editor(new JsonEditor(this))
    , m_diff(new DiffView(this))
    , m_save(new QAction(hubkeeper::icon(u"document-save"_s), tr("&Save"), this))
    , m_saveAs(new QAction(hubkeeper::icon(u"document-save-as"_s), tr("Save &As…"), this))
    , m_revert(new QAction(hubkeeper::icon(u"document-revert"_s), tr("&Revert to Saved"), this))
{
    m_save->setShortcut(QKeySequence::Save);
    m_saveAs->setShortcut(QKeySequence::SaveAs);
    build();
    connect(m_save, &QAction::triggered, this, [this] { saveOver(false); });
    connect(m_saveAs, &QAction::triggered, this, &ConfigurationPage::saveAs);
    connect(m_revert, &QAction::triggered, this, &ConfigurationPage::revert);
    connect(m_editor, &QPlainTextEdit::textChanged, this, &ConfigurationPage::onTextTyped);
    connect(m_form, &PropertyForm::secretsWanted, this, [this] { emit wants(u"secrets"_s); });
    connect(m_form, &PropertyForm::failed, this,
            [this](const Error &error) { m_message->showError(error, Situation::SavingFile); });
    connect(m_message, &MessageBar::buttonPressed, this, &ConfigurationPage::onMessageButton);
    connect(m_typesView, &QTreeView::activated, this, [this](const QModelIndex &index) {
        showInText(index.data(ObjectTypesModel::PointerRole).toString());
    });
    connect(m_findings, &DocumentFindings::changed, this, &ConfigurationPage::onFindings);
    updateActions();
}

ConfigurationPage::~ConfigurationPage() = default;

void ConfigurationPage::build()
{
    m_file->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_file->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto *top = new QHBoxLayout;
    top->addWidget(m_file, 1);
    for (QAction *action : {m_save, m_saveAs, m_revert}) {
        auto *button = new QToolButton(this);
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setFocusPolicy(Qt::StrongFocus);
        top->addWidget(button);
    }
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus); // Its fields take the keyboard.
    scroll->setWidget(m_form);
    m_typesView->setModel(&m_types);
    m_typesView->setAccessibleName(tr("Object types of the file"));
    m_typesView->setUniformRowHeights(true);
    m_typesView->setAlternatingRowColors(true);
    m_typesView->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_typesView->header()->resizeSection(0, fontMetrics().averageCharWidth() * 28);
    auto *split = new QSplitter(Qt::Horizontal, this);
    split->addWidget(scroll);
    split->addWidget(m_typesView);
    split->setStretchFactor(0, 1);
    split->setStretchFactor(1, 1);
    m_tabs->addTab(split, tr("&Form"));
    m_tabs->addTab(m_editor, tr("&Text"));
    m_tabs->addTab(m_diff, tr("&Diff"));

    auto *layout = new QVBoxLayout(this);
    layout->addLayout(top);
    layout->addWidget(m_message);
    layout->addWidget(m_tabs, 1);
}

QString ConfigurationPage::title() const
{
    return tr("Configuration");
}

QIcon ConfigurationPage::icon() const
{
    return hubkeeper::icon(u"configuration"_s);
}

void ConfigurationPage::addToMenus(const Menus &menus)
{
    QAction *before =
        menus.file->actions().value(std::max(0, int(menus.file->actions().size()) - 2));
    menus.file->insertActions(before, {m_save, m_saveAs, m_revert});
    menus.file->insertSeparator(before);
}

void ConfigurationPage::setConnection(const Connection *connection)
{
    const QString path = connection ? connection->provisionerPath : QString();
    if (path != m_path)
        open(path);
}

void ConfigurationPage::setSession(std::shared_ptr<Session> session)
{
    m_hasSession = session != nullptr;
    showSecrets();
}

void ConfigurationPage::open(const QString &path)
{
    m_path = path;
    m_message->dismiss();
    m_form->setDocument(nullptr);
    m_document.reset();
    m_file->setText(path);
    if (!path.isEmpty()) {
        auto document = Document::open(path);
        if (document)
            m_document = std::move(*document);
        else
            m_message->showError(document.error(), Situation::OpeningFile);
    }
    m_tabs->setEnabled(m_document != nullptr);
    if (m_document) {
        connect(m_document.get(), &Document::changed, this, &ConfigurationPage::onDocumentChanged);
        connect(m_document.get(), &Document::savedOrMoved, this, &ConfigurationPage::updateActions);
        m_form->setDocument(m_document.get());
    }
    m_findings->setDocument(m_document.get());
    m_diff->setDocument(m_document.get());
    onDocumentChanged();
    showSecrets();
}

void ConfigurationPage::onDocumentChanged()
{
    m_editor->showText(m_document ? QString::fromUtf8(m_document->bytes()) : QString());
    m_types.setText(m_document ? m_document->text() : JsonText());
    for (int row = 0; row < std::min(2, m_types.rowCount({})); ++row)
        m_typesView->expand(m_types.index(row, 0, {}));
    if (const auto fault = m_document ? m_document->firstFault() : std::nullopt) {
        m_message->showMessage(MessageBar::Failure, tr("The text is no valid JSON."), *fault,
                               {{u"fault"_s, tr("&Show")}});
    } else if (m_message->kind() == MessageBar::Failure && m_document) {
        m_message->dismiss();
    }
    updateActions();
    emit undoChanged();
}

void ConfigurationPage::onFindings()
{
    QList<JsonEditor::Mark> marks;
    for (const Finding &finding : m_findings->findings()) {
        if (finding.at.size() > 0) {
            marks.append({finding.position.line, finding.position.column, int(finding.at.size()),
                          finding.message});
        }
    }
    m_editor->setMarks(marks);
}

void ConfigurationPage::onTextTyped()
{
    if (m_document)
        m_document->setBytes(m_editor->toPlainText().toUtf8(), tr("Typing"));
}

void ConfigurationPage::showSecrets()
{
    for (const QString &name : {u"clientSecret"_s, u"refreshToken"_s}) {
        const SecretForm form = m_document
            ? secretFormOf(m_document->text(),
                           m_document->text().at(u"/configurationProperties/"_s + name))
            : SecretForm::Absent;
        QString state = m_hasSession ? tr("In the keychain") : tr("Not set");
        if (form == SecretForm::PlainText)
            state = tr("In the file, as plain text; IDM encrypts it when it loads the file");
        else if (form == SecretForm::Encrypted)
            state = tr("In the file, encrypted by IDM");
        else if (form == SecretForm::Substituted)
            state = tr("In the file, as a substitution that IDM fills in");
        else if (form == SecretForm::Invalid)
            state = tr("In the file, in a form that is no secret");
        m_form->setSecretState(name, state);
    }
}

void ConfigurationPage::updateActions()
{
    const bool modified = m_document && m_document->isModified();
    m_save->setEnabled(modified);
    m_saveAs->setEnabled(m_document != nullptr);
    m_revert->setEnabled(modified);
    m_file->setText(modified ? tr("%1 (not saved)").arg(m_path) : m_path);
    emit titleChanged();
}

QString ConfigurationPage::undoName() const
{
    return m_document ? m_document->undoName() : QString();
}

QString ConfigurationPage::redoName() const
{
    return m_document ? m_document->redoName() : QString();
}

void ConfigurationPage::undo()
{
    if (m_document)
        m_document->undo();
}

void ConfigurationPage::redo()
{
    if (m_document)
        m_document->redo();
}

QString ConfigurationPage::unsaved() const
{
    return m_document && m_document->isModified()
        ? tr("%1 has edits that were not saved.").arg(m_path)
        : QString();
}

bool ConfigurationPage::save()
{
    return saveOver(false);
}

bool ConfigurationPage::saveOver(bool overwrite)
{
    if (!m_document)
        return true;
    const auto saved = m_document->save(overwrite);
    if (saved) {
        m_message->dismiss();
        emit statusMessage(tr("Saved. Only what you edited has changed."));
        return true;
    }
    if (saved.error().kind == ErrorKind::Conflict)
        checkDisk();
    else
        m_message->showError(saved.error(), Situation::SavingFile);
    return false;
}

void ConfigurationPage::saveAs()
{
    const QString path = QFileDialog::getSaveFileName(this, tr("Save Provisioner As"), m_path,
                                                      tr("Provisioners (*.json)"));
    if (path.isEmpty())
        return;
    const auto saved = m_document->saveAs(path);
    if (!saved)
        return m_message->showError(saved.error(), Situation::SavingFile);
    m_path = path;
    updateActions();
}

void ConfigurationPage::revert()
{
    while (m_document && m_document->isModified() && m_document->canUndo())
        m_document->undo();
}

void ConfigurationPage::readAgain()
{
    if (!m_document)
        return;
    const auto read = m_document->reload();
    if (!read)
        m_message->showError(read.error(), Situation::OpeningFile);
    else
        m_message->dismiss();
}

void ConfigurationPage::checkDisk()
{
    if (!m_document || !m_document->isChangedOnDisk())
        return;
    if (!m_document->isModified())
        return readAgain();
    m_message->showMessage(
        MessageBar::Warning, tr("The file was changed by another program."),
        tr("Your edits are not saved yet. Undo brings back what is replaced."),
        {{u"overwrite"_s, tr("&Overwrite It")}, {u"read"_s, tr("&Read It Again")}});
}

void ConfigurationPage::onMessageButton(const QString &button)
{
    if (button == "overwrite"_L1) {
        saveOver(true);
        return;
    }
    if (button == "read"_L1)
        return readAgain();
    if (button == "fault"_L1 && m_document && !m_document->text().faults().empty()) {
        const auto place =
            m_document->text().positionOf(m_document->text().faults().front().at.begin);
        m_tabs->setCurrentWidget(m_editor);
        return m_editor->goTo(place.line, place.column);
    }
    emit wants(button);
}

void ConfigurationPage::showItem(const QString &item)
{
    if (!m_document || item.isEmpty())
        return;
    if (!item.startsWith(u'/')) {
        m_tabs->setCurrentWidget(m_editor);
        return m_editor->goTo(item.section(u':', 0, 0).toInt(), item.section(u':', 1).toInt());
    }
    if (m_tabs->currentWidget() == m_editor || !m_form->showField(item))
        showInText(item);
}

void ConfigurationPage::showInText(const QString &pointer)
{
    const int node = m_document ? m_document->text().at(pointer) : JsonText::none;
    if (node == JsonText::none)
        return;
    const TextPosition place =
        m_document->text().positionOf(m_document->text().node(node).span.begin);
    m_tabs->setCurrentWidget(m_editor);
    m_editor->goTo(place.line, place.column);
}

void ConfigurationPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    checkDisk();
}

void ConfigurationPage::reload()
{
    checkDisk();
}

} // namespace hubkeeper
