// SPDX-License-Identifier: MIT
#include "configuration/configurationpage.h"

#include "configuration/diffview.h"
#include "configuration/documentfindings.h"
#include "configuration/jsoneditor.h"
#include "configuration/mergedialog.h"
#include "configuration/newprovisionerdialog.h"
#include "configuration/opendocument.h"
#include "configuration/provisionerform.h"
#include "configuration/textpane.h"
#include "provisioner/confidential/secretvalue.h"
#include "session/connection.h"
#include "shell/icons.h"
#include "shell/messagebar.h"

#include <QAction>
#include <QApplication>
#include <QBoxLayout>
#include <QCheckBox>
#include <QDir>
#include <QEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QLocale>
#include <QTabWidget>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace hubkeeper {

ConfigurationPage::ConfigurationPage(const QString &draftFolder, QWidget *parent)
    : Page(u"configuration"_s, parent)
    , m_open(new OpenDocument(draftFolder, this))
    , m_findings(new DocumentFindings(this))
    , m_enabled(new QCheckBox(tr("Ena&bled"), this))
    , m_file(new QLabel(this))
    , m_draft(new MessageBar(this))
    , m_disk(new MessageBar(this))
    , m_message(new MessageBar(this))
    , m_rules(new MessageBar(this))
    , m_tabs(new QTabWidget(this))
    , m_form(new ProvisionerForm(m_findings, this))
    , m_text(new TextPane(*m_findings, this))
    , m_diff(new DiffView(this))
    , m_new(makeAction(u"list-add"_s, tr("&New Provisioner…"), &ConfigurationPage::askForNew))
    , m_save(makeAction(u"document-save"_s, tr("&Save"), nullptr))
    , m_saveAs(makeAction(u"document-save-as"_s, tr("Save &As…"), &ConfigurationPage::askToSaveAs))
    , m_revert(makeAction(u"document-revert"_s, tr("&Revert to Saved"), &ConfigurationPage::revert))
{
    m_new->setObjectName(u"newProvisioner"_s);
    m_new->setShortcut(QKeySequence::New);
    m_save->setShortcut(QKeySequence::Save);
    m_saveAs->setShortcut(QKeySequence::SaveAs);
    build();
    connect(m_save, &QAction::triggered, this, &ConfigurationPage::saveDocument);
    connect(m_enabled, &QCheckBox::clicked, this, &ConfigurationPage::setEnabledInFile);
    connect(m_text, &TextPane::statusMessage, this, &Page::statusMessage);
    connect(m_text, &TextPane::explainWanted, this, [this](const QString &rule) {
        emit goTo({u"problems"_s, rule});
    });
    connect(m_form, &ProvisionerForm::secretsWanted, this, [this] { emit wants(u"secrets"_s); });
    connect(m_form, &ProvisionerForm::textWanted, this, &ConfigurationPage::showInText);
    const auto showFailure = [this](const Error &error) {
        m_message->showError(error, Situation::SavingFile);
    };
    connect(m_form, &ProvisionerForm::failed, this, showFailure);
    connect(m_open, &OpenDocument::failed, this, showFailure);
    connect(m_open, &OpenDocument::fileTouched, this, &ConfigurationPage::checkDisk);
    connect(m_draft, &MessageBar::buttonPressed, this, &ConfigurationPage::onDraftButton);
    connect(m_disk, &MessageBar::buttonPressed, this, &ConfigurationPage::onDiskButton);
    connect(m_message, &MessageBar::buttonPressed, this, &ConfigurationPage::onMessageButton);
    updateActions();
}

ConfigurationPage::~ConfigurationPage() = default;

QAction *ConfigurationPage::makeAction(const QString &icon, const QString &text,
                                       void (ConfigurationPage::*slot)())
{
    auto *action = new QAction(hubkeeper::icon(icon), text, this);
    if (slot)
        connect(action, &QAction::triggered, this, slot);
    return action;
}

void ConfigurationPage::build()
{
    QFont bold = m_enabled->font();
    bold.setBold(true);
    m_enabled->setFont(bold);
    m_enabled->setToolTip(tr("Whether IDM starts this connector"));
    m_file->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_file->setTextFormat(Qt::PlainText);
    m_file->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto *top = new QHBoxLayout;
    top->addWidget(m_enabled);
    top->addSpacing(fontMetrics().averageCharWidth() * 2);
    top->addWidget(m_file, 1);
    for (QAction *action : {m_save, m_saveAs, m_revert}) {
        auto *button = new QToolButton(this);
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setFocusPolicy(Qt::StrongFocus);
        top->addWidget(button);
    }
    m_tabs->addTab(m_form, tr("&Form"));
    m_tabs->addTab(m_text, tr("&Text"));
    m_tabs->addTab(m_diff, tr("&Diff"));

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
    menus.file->insertAction(menus.file->actions().value(0), m_new);
    QAction *before =
        menus.file->actions().value(std::max(0, int(menus.file->actions().size()) - 2));
    menus.file->insertActions(before, {m_save, m_saveAs, m_revert});
    menus.file->insertSeparator(before);
}

void ConfigurationPage::setConnection(const Connection *connection)
{
    const QString path = connection ? connection->provisionerPath : QString();
    m_findings->setApiVersion(connection ? nameOf(connection->apiVersion) : QString());
    if (path != m_path)
        open(path);
}

void ConfigurationPage::setDatedRules(const Result<std::shared_ptr<const DatedRules>> &rules)
{
    if (rules)
        m_findings->setDatedRules(*rules);
    else
        m_rules->showError(rules.error(), Situation::OpeningFile);
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
    for (MessageBar *bar : {m_draft, m_disk, m_message})
        bar->dismiss();
    m_form->setDocument(nullptr);
    m_findings->setDocument(nullptr);
    m_text->setDocument(nullptr);
    m_diff->setDocument(nullptr);
    m_open->close();
    if (!path.isEmpty()) {
        if (const auto opened = m_open->open(path); !opened)
            m_message->showError(opened.error(), Situation::OpeningFile);
    }
    m_tabs->setEnabled(document() != nullptr);
    if (document()) {
        connect(document(), &Document::changed, this, &ConfigurationPage::onDocumentChanged);
        connect(document(), &Document::savedOrMoved, this, &ConfigurationPage::updateActions);
    }
    m_form->setDocument(document());
    m_text->setDocument(document());
    m_findings->setDocument(document());
    m_diff->setDocument(document());
    offerDraft();
    onDocumentChanged();
    showSecrets();
    emit documentOpened(document());
}

void ConfigurationPage::onDocumentChanged()
{
    if (m_open->draft() && m_draft->isHidden())
        m_open->discard(); // The offer was closed, and new edits want to be kept.
    if (const auto fault = document() ? document()->firstFault() : std::nullopt) {
        m_message->showMessage(MessageBar::Failure, tr("The text is no valid JSON."), *fault,
                               {{u"fault"_s, tr("S&how")}});
    } else if (m_message->kind() == MessageBar::Failure && document()) {
        m_message->dismiss();
    }
    showEnabled();
    updateActions();
    emit undoChanged();
}

void ConfigurationPage::setEnabledInFile(bool on)
{
    const auto done = document()->setValue(u"/enabled"_s, on, on ? tr("Enable") : tr("Disable"));
    if (!done)
        m_message->showError(done.error(), Situation::SavingFile);
}

void ConfigurationPage::showEnabled()
{
    const bool valid = document() && document()->text().isValid();
    const int node = valid ? document()->text().at(u"/enabled"_s) : JsonText::none;
    const bool isPlain =
        node == JsonText::none || document()->text().node(node).kind == JsonKind::Boolean;
    m_enabled->setEnabled(valid && isPlain);
    if (!isPlain)
        m_enabled->setCheckState(Qt::PartiallyChecked); // IDM fills it in, or refuses it.
    else
        m_enabled->setChecked(valid && document()->value(u"/enabled"_s).toBool(true));
}

void ConfigurationPage::showSecrets()
{
    for (const QString &name : {u"clientSecret"_s, u"refreshToken"_s}) {
        const SecretForm form = document()
            ? secretFormOf(document()->text(),
                           document()->text().at(u"/configurationProperties/"_s + name))
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
    const bool modified = document() && document()->isModified();
    m_save->setEnabled(modified);
    m_saveAs->setEnabled(document() != nullptr);
    m_revert->setEnabled(modified);
    const QString path = QDir::toNativeSeparators(m_path);
    m_file->setText(modified ? tr("%1 (not saved)").arg(path) : path);
    m_file->setToolTip(path);
    if (!modified && m_open->diskState() == DiskState::Same)
        m_disk->dismiss();
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

void ConfigurationPage::commitTyping() const
{
    QWidget *focused = QApplication::focusWidget();
    if (!focused || !m_form->isAncestorOf(focused))
        return;
    focused->clearFocus();
    focused->setFocus();
}

QString ConfigurationPage::unsaved() const
{
    commitTyping();
    return document() && document()->isModified()
        ? tr("%1 has edits that were not saved.").arg(m_path)
        : QString();
}

void ConfigurationPage::askForNew()
{
    const QByteArray current = document() ? document()->bytes() : QByteArray();
    const QString folder = m_path.isEmpty() ? QDir::homePath() : QFileInfo(m_path).absolutePath();
    auto *dialog = new NewProvisionerDialog(current, folder, window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { emit fileWanted(dialog->path()); });
    dialog->open();
}

bool ConfigurationPage::save()
{
    return saveDocument();
}

bool ConfigurationPage::saveDocument()
{
    if (!document())
        return true;
    commitTyping();
    // A file that was removed is simply written again.
    const auto saved = document()->save(m_open->diskState() == DiskState::Gone);
    if (saved) {
        m_message->dismiss();
        m_disk->dismiss();
        emit statusMessage(tr("Saved. Only what you edited has changed."));
        return true;
    }
    if (saved.error().kind == ErrorKind::Conflict)
        checkDisk();
    else
        m_message->showError(saved.error(), Situation::SavingFile);
    return false;
}

void ConfigurationPage::askToSaveAs()
{
    auto *dialog = new QFileDialog(this, tr("Save Provisioner As"), m_path);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("Provisioners (*.json)")});
    dialog->setDefaultSuffix(u"json"_s);
    connect(dialog, &QFileDialog::fileSelected, this, &ConfigurationPage::saveAsChosen);
    dialog->open();
}

void ConfigurationPage::saveAsChosen(const QString &path)
{
    // "provisioner.openicf-hubspot" has an ending for the dialog, so it adds none; without .json
    // IDM does not see the file.
    if (path.endsWith(".json"_L1, Qt::CaseInsensitive))
        return saveAs(path);
    const QString named = path + u".json"_s;
    if (!QFileInfo::exists(named)) // Nobody was asked about that one.
        return saveAs(named);
    m_message->showMessage(MessageBar::Failure,
                           tr("%1 is there already.").arg(QFileInfo(named).fileName()),
                           tr("Choose it with its ending if it is to be replaced."));
}

void ConfigurationPage::saveAs(const QString &path)
{
    if (!document())
        return;
    const auto saved = m_open->saveAs(path);
    if (!saved)
        return m_message->showError(saved.error(), Situation::SavingFile);
    m_path = QFileInfo(path).absoluteFilePath();
    updateActions();
    emit fileWanted(m_path); // A connection goes with its file.
}

void ConfigurationPage::revert()
{
    if (document())
        document()->setBytes(document()->savedBytes(), tr("Revert to Saved"));
}

void ConfigurationPage::offerDraft()
{
    if (!m_open->draft())
        return;
    const QString when =
        QLocale().toString(m_open->draft()->written.toLocalTime(), QLocale::ShortFormat);
    QString detail = tr("Hubkeeper ended unexpectedly. Secrets that were typed are not kept.");
    if (m_open->draft()->fileChanged)
        detail += u' ' + tr("The file has changed since then; look at it before you save.");
    m_draft->showMessage(MessageBar::Information, tr("Edits of %1 were not saved.").arg(when),
                         detail, {{u"restore"_s, tr("Restore")}, {u"discard"_s, tr("Discard")}});
}

void ConfigurationPage::onDraftButton(const QString &button)
{
    m_draft->dismiss();
    if (button == "discard"_L1)
        return m_open->discard();
    if (const int lost = m_open->restore(); lost > 0)
        emit statusMessage(tr("%Ln secret(s) did not come back and are empty.", nullptr, lost));
}

void ConfigurationPage::checkDisk()
{
    switch (m_open->diskState()) {
    case DiskState::Same:
        return m_disk->dismiss();
    case DiskState::Changed:
        readAgain();
        emit statusMessage(tr("Another program changed the file; it was read again."));
        return;
    case DiskState::Gone:
        m_disk->showMessage(MessageBar::Warning, tr("The file was removed or cannot be read."),
                            tr("Saving writes it again."), {{u"write"_s, tr("Write It Again")}});
        return;
    case DiskState::Diverged:
        return showDiverged();
    }
}

void ConfigurationPage::showDiverged()
{
    const QString text = tr("Another program changed the file, and you have edits.");
    QList<MessageBar::Button> buttons {{u"mine"_s, tr("Keep Mine")},
                                       {u"theirs"_s, tr("Take From Disk")}};
    const auto merge = m_open->merge();
    if (!merge) {
        m_disk->showMessage(MessageBar::Warning, text, merge.error().sentence(), buttons);
    } else if (merge->conflicts.isEmpty()) {
        buttons.prepend({u"merge"_s, tr("Merge")});
        m_disk->showMessage(MessageBar::Warning, text,
                            tr("They fit together: no value was changed by both."), buttons);
    } else {
        buttons.prepend({u"choose"_s, tr("Choose…")});
        m_disk->showMessage(
            MessageBar::Warning, text,
            tr("%Ln value(s) were changed by both.", nullptr, int(merge->conflicts.size())),
            buttons);
    }
}

void ConfigurationPage::onDiskButton(const QString &button)
{
    if (button == "choose"_L1)
        return openMerge();
    if (button == "write"_L1) {
        saveDocument();
        return;
    }
    if (button == "theirs"_L1)
        return readAgain();
    const auto done = button == "merge"_L1 ? m_open->adoptMerge({}) : m_open->keepMine();
    if (!done)
        return m_message->showError(done.error(), Situation::OpeningFile);
    m_disk->dismiss();
    updateActions();
}

void ConfigurationPage::openMerge()
{
    const auto merge = m_open->merge();
    if (!merge)
        return m_message->showError(merge.error(), Situation::OpeningFile);
    auto *dialog = new MergeDialog(merge->conflicts, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        const auto done = m_open->adoptMerge(dialog->choices());
        if (!done)
            return m_message->showError(done.error(), Situation::OpeningFile);
        m_disk->dismiss();
        updateActions();
    });
    dialog->open();
}

void ConfigurationPage::readAgain()
{
    if (!document())
        return;
    const auto read = document()->reload();
    if (!read)
        return m_message->showError(read.error(), Situation::OpeningFile);
    m_disk->dismiss();
}

void ConfigurationPage::onMessageButton(const QString &button)
{
    if (button == "fault"_L1 && document() && !document()->text().faults().empty()) {
        m_tabs->setCurrentWidget(m_text);
        return m_text->editor()->goToOffset(document()->text().faults().front().at.begin);
    }
    emit wants(button);
}

void ConfigurationPage::showItem(const QString &item)
{
    if (!document() || item.isEmpty())
        return;
    if (!item.startsWith(u'/')) {
        m_tabs->setCurrentWidget(m_text);
        return m_text->goToPosition(
            {item.section(u':', 0, 0).toInt(), item.section(u':', 1).toInt()});
    }
    if (m_tabs->currentWidget() != m_form)
        return showInText(item);
    if (item == "/enabled"_L1)
        m_enabled->setFocus(Qt::OtherFocusReason);
    else if (!m_form->showField(item))
        showInText(item);
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

JsonEditor *ConfigurationPage::editor() const
{
    return m_text->editor();
}

void ConfigurationPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    checkDisk();
}

void ConfigurationPage::changeEvent(QEvent *event)
{
    Page::changeEvent(event);
    if (event->type() == QEvent::ActivationChange && isActiveWindow() && isVisible())
        checkDisk();
}

void ConfigurationPage::reload()
{
    checkDisk();
}

} // namespace hubkeeper
