// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/document/scriptactions.h"
#include "widgets/page.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QTimer>

class QCheckBox;
class QLabel;
class QListView;
class QPlainTextEdit;
class QSpinBox;
class QTabWidget;
class QTableView;
class QToolButton;

namespace hubkeeper {

class ArgumentsModel;
class CodeEditor;
class JavaScriptHighlighter;
class Masking;
class MessageBar;
class ScriptDraft;
class ScriptListModel;
class ScriptOutput;
class ScriptRun;
struct ScriptExample;
struct ScriptOutcome;

/// Script on Connector: the scripts of the provisioner and a scratch pad, an editor, arguments, run
/// and output. Edits of scripts are edits of the document, undoable and saved with the file. A dry
/// run puts what the script would write into the change set; a real one obeys the write mode.
class ScriptsPage final : public Page
{
    Q_OBJECT

public:
    /// The scratch pad is kept below `stateFolder`. `masking` must outlive the page.
    ScriptsPage(QString stateFolder, const Masking &masking, QWidget *parent);
    ~ScriptsPage() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QIcon icon() const override;
    void setConnection(const Connection *connection) override;
    void setSession(std::shared_ptr<Session> session) override;
    void addToMenus(const Menus &menus) override;
    void showItem(const QString &item) override; ///< A script's name.
    [[nodiscard]] bool hasUndo() const override { return true; }
    [[nodiscard]] QString undoName() const override;
    [[nodiscard]] QString redoName() const override;
    void undo() override;
    void redo() override;

    /// The provisioner whose scripts are shown; null if none is open. It may go at any time.
    void setDocument(Document *document);
    void useExample(const ScriptExample &example);

    [[nodiscard]] QListView *list() const { return m_listView; }
    [[nodiscard]] CodeEditor *editor() const { return m_editor; }
    [[nodiscard]] ScriptOutput *output() const { return m_output; }
    [[nodiscard]] QTableView *argumentsView() const { return m_argumentsView; }
    [[nodiscard]] MessageBar *message() const { return m_message; }
    [[nodiscard]] QCheckBox *dryRun() const { return m_dryRun; }
    [[nodiscard]] QSpinBox *timeLimit() const { return m_timeLimit; }
    [[nodiscard]] QAction *runAction() const { return m_run; }
    [[nodiscard]] QAction *stopAction() const { return m_stop; }

signals:
    /// A run is over, well or not, and so is the staging of what it collected.
    void runEnded();

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void build();
    [[nodiscard]] QWidget *buildList();
    [[nodiscard]] QWidget *buildEditor();
    [[nodiscard]] QWidget *buildArguments();
    void connectParts();

    // The file.
    [[nodiscard]] QString scratchPath(const Connection *connection) const;
    void keepScratchIn(const QString &path);
    [[nodiscard]] bool onScratch() const;
    [[nodiscard]] Document *currentDocument() const;
    [[nodiscard]] ScriptAction currentAction() const;
    [[nodiscard]] QString currentName() const;
    void onDocumentChanged();
    void onTyped();
    void showScript();
    void addScript();
    void renameScript(int row, const QString &id);
    void deleteScript();
    void chooseExample();
    void keepArguments();
    void onMessageButton(const QString &button);

    // Running.
    void run();
    void start(bool confirmed);
    [[nodiscard]] bool mayWrite();
    void onEnded(const Result<ScriptOutcome> &outcome, int line);
    void showJournalRun();
    void showFailure(const Error &error, int line);
    void stage(const ScriptOutcome &outcome);
    void showState();
    void updateActions();

    const QString m_stateFolder;
    QString m_connectionLabel;
    bool m_isProduction = false;
    std::shared_ptr<Session> m_session;
    std::unique_ptr<QObject> m_work;
    QPointer<Document> m_document;
    std::unique_ptr<Document> m_scratch; // One script, so that undo is the same everywhere.
    std::unique_ptr<ScriptDraft> m_draft;
    QPointer<ScriptRun> m_running;
    bool m_runsDry = true;
    QString m_journalRun; // What the last run wrote is there; empty: it wrote nothing.
    QElapsedTimer m_elapsed;
    QTimer m_tick;
    int m_shownRow = -1;
    QHash<QString, QJsonObject> m_keptArguments; // By script name.

    ScriptListModel *m_list;
    ArgumentsModel *m_arguments;
    QListView *m_listView;
    QLabel *m_hint;
    MessageBar *m_message;
    CodeEditor *m_editor;
    JavaScriptHighlighter *m_highlighter;
    QTabWidget *m_tabs;
    QTableView *m_argumentsView;
    ScriptOutput *m_output;
    QCheckBox *m_dryRun;
    QSpinBox *m_timeLimit;
    QLabel *m_state;
    QAction *m_run;
    QAction *m_stop;
    QAction *m_add;
    QAction *m_rename;
    QAction *m_delete;
    QAction *m_examples;
};

} // namespace hubkeeper
