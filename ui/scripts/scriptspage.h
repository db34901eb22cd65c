// SPDX-License-Identifier: MIT
#pragma once

#include "widgets/page.h"

class QCheckBox;
class QListView;
class QSpinBox;
class QTableView;

namespace hubkeeper {

class CodeEditor;
class Masking;
class MessageBar;
class ScriptFiles;
class ScriptOutput;
class ScriptRunner;
struct ScriptExample;

/// Script on Connector: the scripts of the provisioner and a scratch pad with their editor
/// (ScriptFiles), arguments, run and output (ScriptRunner), and messages between them.
class ScriptsPage final : public Page
{
    Q_OBJECT

public:
    /// The scratch pads are kept below `stateFolder`. `masking` must outlive the page.
    ScriptsPage(const QString &stateFolder, const Masking &masking, QWidget *parent);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QIcon icon() const override;
    void setConnection(const Connection *connection) override;
    void setSession(std::shared_ptr<Session> session) override;
    void addToMenus(const Menus &menus) override;
    void showItem(const PlaceItem &item) override; ///< A script's name.
    [[nodiscard]] bool hasUndo() const override { return true; }
    [[nodiscard]] QString undoName() const override;
    [[nodiscard]] QString redoName() const override;
    void undo() override;
    void redo() override;

    /// The provisioner whose scripts are shown; null if none is open. It may go at any time.
    void setDocument(Document *document);
    void useExample(const ScriptExample &example);

    [[nodiscard]] QListView *list() const;
    [[nodiscard]] CodeEditor *editor() const;
    [[nodiscard]] ScriptOutput *output() const;
    [[nodiscard]] QTableView *argumentsView() const;
    [[nodiscard]] MessageBar *message() const { return m_message; }
    [[nodiscard]] QCheckBox *dryRun() const;
    [[nodiscard]] QSpinBox *timeLimit() const;
    [[nodiscard]] QSpinBox *memoryLimit() const;
    [[nodiscard]] QAction *runAction() const;
    [[nodiscard]] QAction *stopAction() const;

signals:
    /// A run is over, well or not, and so is the staging of what it collected.
    void runEnded();

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void build();
    void connectParts();
    void onChosen();
    void showWhereItRuns();
    void updateUse();
    void onMessageButton(Choice button);

    MessageBar *m_message;
    ScriptFiles *m_files;
    ScriptRunner *m_runner;
};

} // namespace hubkeeper
