// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/document/document.h"
#include "widgets/page.h"

class QLabel;
class QTabWidget;

namespace hubkeeper {

class DatedRules;
class DiffView;
class DiskChanges;
class DocumentFindings;
class DraftOffer;
class EnabledSwitch;
class FileActions;
class FileMessages;
class JsonEditor;
class MessageBar;
class OpenDocument;
class ProvisionerForm;
class Settings;
class TextPane;

/// The provisioner file of the connection in several views on one document. Undo and redo run
/// across all; saving changes only what was edited. What another program does to the file is
/// noticed, and edits that a crash left behind are offered.
class ConfigurationPage final : public Page
{
    Q_OBJECT

public:
    /// Drafts go to `draftFolder`, below Paths::state. `settings` must outlive the page.
    ConfigurationPage(const QString &draftFolder, Settings &settings, QWidget *parent);
    ~ConfigurationPage() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QIcon icon() const override;
    void setConnection(const Connection *connection) override;
    void setSession(std::shared_ptr<Session> session) override;
    void addToMenus(const Menus &menus) override;
    /// `item` is a JSON pointer: its field while the form is in front, else its place in the text;
    /// or "line:column" of the text, both from 1.
    void showItem(const PlaceItem &item) override;
    /// Ctrl+F finds in the text, whichever view is in front.
    void focusFilter() override;
    /// A line of the text, whichever view is in front.
    [[nodiscard]] bool askForItem() override;
    void reload() override;
    [[nodiscard]] bool hasUndo() const override { return true; }
    [[nodiscard]] QString undoName() const override;
    [[nodiscard]] QString redoName() const override;
    void undo() override;
    void redo() override;
    [[nodiscard]] QString unsaved() const override;
    [[nodiscard]] bool save() override;

    [[nodiscard]] Document *document() const override;
    [[nodiscard]] bool saysWhyNotReady() const override;
    /// What is wrong with the document, for every view on it; lives as long as the page.
    [[nodiscard]] DocumentFindings *findings() const { return m_findings; }
    /// When edits were made that a crash left behind and that are neither restored nor discarded
    /// yet, UTC.
    [[nodiscard]] std::optional<QDateTime> draftTime() const;
    /// The user's dated rules; if they cannot be used, the page says so and the program's hold.
    void setDatedRules(const Result<std::shared_ptr<const DatedRules>> &rules);
    [[nodiscard]] ProvisionerForm *form() const { return m_form; }
    [[nodiscard]] JsonEditor *editor() const;
    [[nodiscard]] TextPane *text() const { return m_text; }
    [[nodiscard]] DiffView *diff() const { return m_diff; }

    /// Where the user is in the document, as a byte of it: the cursor of the text in front, or the
    /// value whose field has the focus. Nothing if neither is in use.
    [[nodiscard]] std::optional<qsizetype> place() const;

    /// Writes to another place and goes on there.
    void saveAs(const QString &path);

signals:
    /// Another document is edited now; null if there is none. The one before is gone.
    void documentOpened(hubkeeper::Document *document);

protected:
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void build();
    void connectParts();
    void connectFile();
    void open(const QString &path);
    void connectDocument();
    void onDocumentChanged();
    void showFault();
    void onNew(const QString &path);
    void showFile();
    void showSecrets();
    void showValue(const QString &pointer);
    void showInText(const QString &pointer);
    void onTyping();
    void onMoved(const QString &path);
    void onSaved();
    void onMessageButton(Choice button);

    QString m_path;
    QString m_newPath; // Of a file that was just made: its first field comes in front.
    bool m_hasSession = false;
    OpenDocument *m_open;
    DocumentFindings *m_findings;
    EnabledSwitch *m_enabled;
    QLabel *m_file;
    MessageBar *m_draft; // Each bar for what it speaks of, so that none hides another.
    MessageBar *m_disk;
    MessageBar *m_message;
    MessageBar *m_rules;
    QTabWidget *m_tabs;
    ProvisionerForm *m_form;
    TextPane *m_text;
    DiffView *m_diff;
    FileActions *m_files;
    FileMessages *m_messages;
    DraftOffer *m_draftOffer;
    DiskChanges *m_diskChanges;
};

} // namespace hubkeeper
