// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "provisioner/document/scriptactions.h"

#include <QPointer>
#include <QWidget>

#include <memory>

class QAction;
class QLabel;
class QListView;

namespace hubkeeper {

class CodeEditor;
class JavaScriptHighlighter;
class ScriptDraft;
class ScriptListModel;
struct ScriptExample;

/// The editor side of the Scripts page: the list of the scripts of a file and the scratch pad, and
/// the text of the one that is chosen. Edits of scripts are edits of the document; the scratch pad
/// is kept in a file of its own, one for each connection.
class ScriptFiles final : public QWidget
{
    Q_OBJECT

public:
    /// The scratch pads are kept below `stateFolder`.
    ScriptFiles(QString stateFolder, QWidget *parent);
    ~ScriptFiles() override;

    /// Shows the scratch pad of a connection, by its id; empty: the one of no connection. What is
    /// on the present one is saved.
    void useScratchOf(const QString &connectionId);
    /// The provisioner whose scripts are listed; null if none is open. It may go at any time.
    void setDocument(Document *document);

    /// The script that is chosen; for the scratch pad with an id of its own.
    [[nodiscard]] ScriptAction current() const;
    /// What people call it.
    [[nodiscard]] QString currentName() const;
    /// A script's name.
    void choose(const QString &id);
    /// Puts an example on the scratch pad, and chooses that.
    void putOnScratch(const QString &text);

    [[nodiscard]] QString undoName() const;
    [[nodiscard]] QString redoName() const;
    void undo();
    void redo();

    [[nodiscard]] QListView *list() const { return m_listView; }
    /// Not a child until it is put into a layout.
    [[nodiscard]] CodeEditor *editor() const { return m_editor; }

signals:
    /// Another script was chosen, or the one of this row is another now.
    void chosen();
    /// The text of the current script, or what can be done with it.
    void changed();
    void undoChanged();
    void exampleChosen(const hubkeeper::ScriptExample &example);
    /// The document could not be edited, or the scratch pad not be saved.
    void failed(const hubkeeper::Error &error);
    void statusMessage(const QString &text);

protected:
    void changeEvent(QEvent *event) override;

private:
    void build();
    void connectParts();
    [[nodiscard]] bool onScratch() const;
    [[nodiscard]] Document *currentDocument() const;
    void onDocumentChanged();
    void onTyped();
    void showScript();
    void updateActions();
    void addScript();
    void renameScript(int row, const QString &id);
    void deleteScript();
    void chooseExample();

    const QString m_stateFolder;
    QPointer<Document> m_document;
    std::unique_ptr<Document> m_scratch; // One script, so that undo is the same everywhere.
    std::unique_ptr<ScriptDraft> m_draft;
    int m_shownRow = -1;

    ScriptListModel *m_list;
    QListView *m_listView;
    QLabel *m_hint;
    CodeEditor *m_editor;
    JavaScriptHighlighter *m_highlighter;
    QAction *m_add;
    QAction *m_rename;
    QAction *m_delete;
    QAction *m_examples;
};

} // namespace hubkeeper
