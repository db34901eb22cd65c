// SPDX-License-Identifier: MIT
#include "configuration/configurationpage.h"

#include "configuration/compare/diffview.h"
#include "configuration/file/diskchanges.h"
#include "configuration/file/draftoffer.h"
#include "configuration/file/fileactions.h"
#include "configuration/file/filemessages.h"
#include "configuration/file/opendocument.h"
#include "configuration/findings/documentfindings.h"
#include "configuration/form/enabledswitch.h"
#include "configuration/form/provisionerform.h"
#include "configuration/form/secretbutton.h"
#include "configuration/text/jsoneditor.h"
#include "configuration/text/textpane.h"
#include "provisioner/confidential/secretvalue.h"
#include "secrets/secretstore.h"
#include "session/connections/connection.h"
#include "widgets/actionbutton.h"
#include "widgets/elidedlabel.h"
#include "widgets/icons.h"
#include "widgets/messagebar.h"
#include "widgets/sizes.h"
#include "widgets/typing.h"

#include <QAction>
#include <QBoxLayout>
#include <QDir>
#include <QEvent>
#include <QFileInfo>
#include <QLabel>
#include <QTabWidget>

using namespace Qt::StringLiterals;

namespace hubkeeper {

ConfigurationPage::ConfigurationPage(const QString &draftFolder, Settings &settings,
                                     QWidget *parent)
    : Page(PageId::Configuration, parent)
    , m_open(new OpenDocument(draftFolder, this))
    , m_findings(new DocumentFindings(this))
    , m_enabled(new EnabledSwitch(this))
    , m_file(new ElidedLabel(this))
    , m_draft(new MessageBar(this))
    , m_disk(new MessageBar(this))
    , m_message(new MessageBar(this))
    , m_rules(new MessageBar(this))
    , m_tabs(new QTabWidget(this))
    , m_form(new ProvisionerForm(m_findings, this))
    , m_text(new TextPane(*m_findings, this))
    , m_diff(new DiffView(settings, this))
    , m_files(new FileActions(*m_open, this))
    , m_messages(new FileMessages(*m_open, *m_message, this))
    , m_draftOffer(new DraftOffer(*m_open, *m_draft, this))
    , m_diskChanges(new DiskChanges(*m_open, *m_disk, this))
{
    build();
    connectParts();
    connectFile();
    showFile();
}

void ConfigurationPage::connectParts()
{
    connect(m_text, &TextPane::statusMessage, this, &Page::statusMessage);
    connect(m_text, &TextPane::explainWanted, this, [this](const QString &rule) {
        emit goTo({PageId::Problems, ItemId {rule}});
    });
    connect(m_form, &ProvisionerForm::secretsWanted, this, [this] { emit wants(Choice::Secrets); });
    connect(m_form, &ProvisionerForm::textWanted, this, &ConfigurationPage::showInText);
    connect(m_message, &MessageBar::buttonPressed, this, &ConfigurationPage::onMessageButton);
    connect(m_tabs, &QTabWidget::currentChanged, this, &ConfigurationPage::showFault);
    connect(m_enabled, &EnabledSwitch::failed, m_messages, &FileMessages::showNotEdited);
    connect(m_open, &OpenDocument::failed, m_messages, &FileMessages::showNotSaved);
    connect(m_files, &FileActions::failed, m_messages, &FileMessages::showNotSaved);
    connect(m_files, &FileActions::refused, m_messages, &FileMessages::showRefused);
    connect(m_diskChanges, &DiskChanges::failed, this, [this](const Error &error) {
        m_messages->showNotOpened(error);
        m_message->showUntil(m_diskChanges, &DiskChanges::resolved);
    });
}

void ConfigurationPage::connectFile()
{
    connect(m_files, &FileActions::aboutToSave, this, [this] { commitTyping(window()); });
    connect(new TypingWatch(m_form), &TypingWatch::changed, this, &ConfigurationPage::onTyping);
    connect(m_open, &OpenDocument::aboutToKeepDraft, m_form, &ProvisionerForm::takeTyping);
    connect(m_files, &FileActions::saved, this, &ConfigurationPage::onSaved);
    connect(m_files, &FileActions::moved, this, &ConfigurationPage::onMoved);
    connect(m_files, &FileActions::created, this, &ConfigurationPage::onNew);
    connect(m_files, &FileActions::conflict, this, [this] {
        m_diskChanges->check();
        emit statusMessage(
            tr("Not saved: decide first what becomes of the other program's edits."));
    });
    connect(m_diskChanges, &DiskChanges::resolved, this, &ConfigurationPage::showFile);
    connect(m_diskChanges, &DiskChanges::saveWanted, this, [this] { (void)m_files->save(); });
    connect(m_diskChanges, &DiskChanges::statusMessage, this, &Page::statusMessage);
    connect(m_draftOffer, &DraftOffer::statusMessage, this, &Page::statusMessage);
}

ConfigurationPage::~ConfigurationPage() = default;

void ConfigurationPage::build()
{
    m_file->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto *top = new QHBoxLayout;
    top->addWidget(m_enabled);
    top->addSpacing(fontMetrics().averageCharWidth() * 2);
    top->addWidget(m_file, 1);
    for (QAction *action : m_files->onPage())
        top->addWidget(buttonFor(action, Qt::ToolButtonTextBesideIcon, this));
    m_tabs->addTab(m_form, tr("Fo&rm"));
    m_tabs->addTab(m_text, tr("&Text"));
    m_tabs->addTab(m_diff, tr("&Diff"));
    sizeByCurrent(m_tabs);

    auto *layout = new QVBoxLayout(this);
    layout->addLayout(top);
    for (MessageBar *bar : {m_rules, m_draft, m_disk, m_message})
        layout->addWidget(bar);
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

Document *ConfigurationPage::document() const
{
    return m_open->document();
}

void ConfigurationPage::addToMenus(const Menus &menus)
{
    m_files->addToMenus(menus);
    menus.edit->addActions(m_text->findActions());
    for (const QAction *action : m_text->findActions()) {
        connect(action, &QAction::triggered, this, [this] {
            if (!m_text->isVisible()) { // They find in the text, wherever they are asked for.
                m_tabs->setCurrentWidget(m_text);
                emit goTo({id(), {}});
            }
        });
    }
}

void ConfigurationPage::setConnection(const Connection *connection)
{
    const QString path = connection ? connection->provisionerPath : QString();
    m_findings->setApiVersion(connection ? nameOf(connection->apiVersion) : QString());
    m_findings->setPractice(connection && connection->kind == ConnectionKind::Practice);
    if (path != m_path)
        open(path);
}

void ConfigurationPage::setDatedRules(const Result<std::shared_ptr<const DatedRules>> &rules)
{
    if (!rules)
        return m_rules->showError(rules.error(), Situation::OpeningFile);
    m_rules->dismiss();
    m_findings->setDatedRules(*rules);
}

void ConfigurationPage::setSession(std::shared_ptr<Session> session)
{
    m_hasSession = session != nullptr;
    m_form->setSession(std::move(session));
    showSecrets();
}

void ConfigurationPage::open(const QString &path)
{
    m_path = path;
    m_files->setPath(path);
    for (MessageBar *bar : {m_draft, m_disk, m_message})
        bar->dismiss();
    m_form->setDocument(nullptr);
    m_findings->setDocument(nullptr);
    m_text->setDocument(nullptr);
    m_diff->setDocument(nullptr);
    m_open->close();
    if (!path.isEmpty()) {
        if (const auto opened = m_open->open(path); !opened)
            m_messages->showNotOpened(opened.error());
    }
    connectDocument();
    m_draftOffer->ask();
    onDocumentChanged();
    showSecrets();
    emit documentOpened(document());
    if (!path.isEmpty() && std::exchange(m_newPath, {}) == path && document()) {
        m_tabs->setCurrentWidget(m_form);
        QMetaObject::invokeMethod(
            this,
            [this] {
                emit goTo({id(), JsonPlace {u"/configurationProperties/clientId"_s}});
            },
            Qt::QueuedConnection);
    }
}

void ConfigurationPage::connectDocument()
{
    m_tabs->setEnabled(document() != nullptr);
    if (document()) {
        connect(document(), &Document::changed, this, &ConfigurationPage::onDocumentChanged);
        connect(document(), &Document::savedOrMoved, this, &ConfigurationPage::showFile);
    }
    m_enabled->setDocument(document());
    m_form->setDocument(document());
    m_text->setDocument(document());
    m_findings->setDocument(document());
    m_diff->setDocument(document());
}

void ConfigurationPage::onDocumentChanged()
{
    m_draftOffer->onEdited();
    showFault();
    m_enabled->showValue();
    showSecrets();
    showFile();
    emit undoChanged();
}

void ConfigurationPage::showFault()
{
    m_messages->showFault(m_tabs->currentWidget() == m_text);
}

bool ConfigurationPage::saysWhyNotReady() const
{
    return document() && document()->firstFault();
}

std::optional<QDateTime> ConfigurationPage::draftTime() const
{
    return m_open->draft() ? std::optional(m_open->draft()->written) : std::nullopt;
}

void ConfigurationPage::showSecrets()
{
    for (const QString &name :
         {nameOf(SecretName::ClientSecret), nameOf(SecretName::RefreshToken)}) {
        const SecretForm form = document()
            ? secretFormOf(document()->text(),
                           document()->text().at(u"/configurationProperties/"_s + name))
            : SecretForm::Absent;
        m_form->setSecretState(name, secretStateText(form, m_hasSession));
    }
}

void ConfigurationPage::showFile()
{
    const bool isTyping = document() && lineBeingTyped(m_form);
    const bool modified = isTyping || (document() && document()->isModified());
    const QString path = QDir::toNativeSeparators(m_path);
    m_files->update(isTyping);
    m_file->setText(modified ? tr("%1 (not saved)").arg(path) : path);
    m_file->setToolTip(path);
    if (!modified)
        m_diskChanges->onSaved();
    emit titleChanged();
}

QString ConfigurationPage::undoName() const
{
    return document() ? document()->undoName() : QString();
}

QString ConfigurationPage::redoName() const
{
    return document() ? document()->redoName() : QString();
}

void ConfigurationPage::undo()
{
    if (document())
        document()->undo();
}

void ConfigurationPage::redo()
{
    if (document())
        document()->redo();
}

/// What is typed and not taken over yet is an edit already: it can be saved, and is kept for the
/// case of a crash.
void ConfigurationPage::onTyping()
{
    if (lineBeingTyped(m_form))
        m_open->keepDraftSoon();
    showFile();
}

QString ConfigurationPage::unsaved() const
{
    commitTyping(m_form);
    return document() && document()->isModified()
        ? tr("%1 has edits that were not saved.").arg(m_path)
        : QString();
}

bool ConfigurationPage::save()
{
    return m_files->save();
}

void ConfigurationPage::saveAs(const QString &path)
{
    m_files->saveAs(path);
}

void ConfigurationPage::onSaved()
{
    m_message->dismiss();
    m_disk->dismiss();
    emit statusMessage(tr("Saved. Only what you edited has changed."));
    if (!m_hasSession)
        emit wants(Choice::Reopen); // What stood in the way may be gone.
}

/// Of a new file the client ID is the first thing that is missing.
void ConfigurationPage::onNew(const QString &path)
{
    m_newPath = QFileInfo(path).absoluteFilePath();
    emit fileWanted(path);
}

void ConfigurationPage::onMoved(const QString &path)
{
    m_path = path;
    showFile();
    emit fileWanted(path); // A connection goes with its file.
}

void ConfigurationPage::onMessageButton(Choice button)
{
    if (button == Choice::ShowFault && document() && !document()->text().faults().empty()) {
        m_tabs->setCurrentWidget(m_text);
        return m_text->editor()->goToOffset(document()->text().faults().front().at.begin);
    }
    emit wants(button);
}

void ConfigurationPage::showItem(const PlaceItem &item)
{
    if (!document())
        return;
    if (const auto *place = std::get_if<TextPlace>(&item)) {
        m_tabs->setCurrentWidget(m_text);
        return m_text->goToPosition({place->line, place->column});
    }
    if (const auto *place = std::get_if<JsonPlace>(&item); place && !place->pointer.isEmpty())
        showValue(place->pointer);
}

void ConfigurationPage::showValue(const QString &pointer)
{
    if (m_tabs->currentWidget() != m_form)
        return showInText(pointer);
    if (pointer == "/enabled"_L1)
        m_enabled->setFocus(Qt::OtherFocusReason);
    else if (!m_form->showField(pointer))
        showInText(pointer);
}

std::optional<qsizetype> ConfigurationPage::place() const
{
    if (!document() || !isVisible())
        return std::nullopt;
    if (m_tabs->currentWidget() == m_text)
        return m_text->editor()->cursorOffset();
    const QString pointer = m_enabled->hasFocus() ? u"/enabled"_s : m_form->focusedPointer();
    const int node = pointer.isEmpty() ? JsonText::none : document()->text().at(pointer);
    if (node == JsonText::none)
        return std::nullopt;
    return document()->text().node(node).span.begin;
}

void ConfigurationPage::showInText(const QString &pointer)
{
    if (!document() || document()->text().at(pointer) == JsonText::none)
        return;
    m_tabs->setCurrentWidget(m_text);
    m_text->goToPointer(pointer);
}

void ConfigurationPage::focusFilter()
{
    m_tabs->setCurrentWidget(m_text);
    m_text->find();
}

bool ConfigurationPage::askForItem()
{
    if (!document())
        return false;
    m_tabs->setCurrentWidget(m_text);
    m_text->askForLine();
    return true;
}

JsonEditor *ConfigurationPage::editor() const
{
    return m_text->editor();
}

void ConfigurationPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    m_diskChanges->check();
}

void ConfigurationPage::changeEvent(QEvent *event)
{
    Page::changeEvent(event);
    if (event->type() == QEvent::ActivationChange && isActiveWindow() && isVisible())
        reload();
}

void ConfigurationPage::reload()
{
    m_diskChanges->check();
    m_findings->project().lookAgain();
}

} // namespace hubkeeper
