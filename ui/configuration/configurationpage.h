// SPDX-License-Identifier: MIT
#pragma once

#include "configuration/objecttypesmodel.h"
#include "shell/page.h"

class QLabel;
class QTabWidget;
class QTreeView;

namespace hubkeeper {

class DiffView;
class DocumentFindings;
class JsonEditor;
class MessageBar;
class PropertyForm;

/// The provisioner file of the connection in two views on one document: form and text. Undo and
/// redo run across both; saving changes only what was edited.
class ConfigurationPage final : public Page
{
    Q_OBJECT

public:
    explicit ConfigurationPage(QWidget *parent);
    ~ConfigurationPage() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QIcon icon() const override;
    void setConnection(const Connection *connection) override;
    void setSession(std::shared_ptr<Session> session) override;
    void addToMenus(const Menus &menus) override;
    /// `item` is a JSON pointer: its field while the form is in front, else its place in the text;
    /// or "line:column" of the text, both from 1.
    void showItem(const QString &item) override;
    void reload() override;
    [[nodiscard]] bool hasUndo() const override { return true; }
    [[nodiscard]] QString undoName() const override;
    [[nodiscard]] QString redoName() const override;
    void undo() override;
    void redo() override;
    [[nodiscard]] QString unsaved() const override;
    [[nodiscard]] bool save() override;

    [[nodiscard]] Document *document() const override { return m_document.get(); }
    /// What is wrong with the document, for every view on it; lives as long as the page.
    [[nodiscard]] DocumentFindings *findings() const { return m_findings; }
    [[nodiscard]] PropertyForm *form() const { return m_form; }
    [[nodiscard]] JsonEditor *editor() const { return m_editor; }
    [[nodiscard]] DiffView *diff() const { return m_diff; }

protected:
    void showEvent(QShowEvent *event) override;

private:
    void build();
    void open(const QString &path);
    void onDocumentChanged();
    void onFindings();
    void showInText(const QString &pointer);
    void onTextTyped();
    void showSecrets();
    bool saveOver(bool overwrite);
    void saveAs();
    void revert();
    void readAgain();
    void updateActions();
    void checkDisk();
    void onMessageButton(const QString &button);

    QString m_path;
    bool m_hasSession = false;
    std::unique_ptr<Document> m_document;
    DocumentFindings *m_findings;
    ObjectTypesModel m_types;
    QLabel *m_file;
    MessageBar *m_message;
    QTabWidget *m_tabs;
    PropertyForm *m_form;
    QTreeView *m_typesView;
    JsonEditor *m_editor;
    DiffView *m_diff;
    QAction *m_save;
    QAction *m_saveAs;
    QAction *m_revert;
};

} // namespace hubkeeper
