// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/rules/finding.h"

#include <QWidget>

class QAction;
class QLabel;
class QMenu;
class QToolButton;

namespace hubkeeper {

class Document;
class DocumentFindings;
class FindBar;
class JsonEditor;
class MessageBar;

/// The text of the provisioner with all that belongs to it: editor, find bar, findings as marks,
/// quick fixes, the place of the cursor, the switch that shows secrets.
class TextPane final : public QWidget
{
    Q_OBJECT

public:
    /// `findings` must outlive the pane.
    TextPane(DocumentFindings &findings, QWidget *parent);
    ~TextPane() override;

    /// Null: nothing to edit. The document may be deleted at any time.
    void setDocument(Document *document);
    [[nodiscard]] JsonEditor *editor() const { return m_editor; }
    [[nodiscard]] FindBar *findBar() const { return m_find; }

    void find();
    /// Asks for the number of a line and goes there.
    void askForLine();
    /// Line and column as the validator counts them, from 1.
    void goToPosition(TextPosition position);
    /// The value at a JSON pointer; without effect if there is none.
    void goToPointer(const QString &pointer);

    /// Findings at the cursor, or in its line.
    [[nodiscard]] QList<Finding> findingsAtCursor() const;
    /// Fixes and explanations for them. Owned by the caller.
    [[nodiscard]] QMenu *makeQuickFixMenu();
    /// The JSON pointer of the cursor, as it is shown.
    [[nodiscard]] QString pointerText() const;

    /// Find Next, Find Previous, Replace, Go to Line: for the Edit menu.
    [[nodiscard]] const QList<QAction *> &findActions() const { return m_findActions; }

signals:
    void explainWanted(const QString &ruleId);
    void statusMessage(const QString &text);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void showKeyOfLine(bool isInFront);
    void makeActions();
    QAction *makeAction(const QString &name, const QString &text, const QKeySequence &keys,
                        void (TextPane::*run)());
    void build();
    void onFindings();
    void dropRefusal();
    void onCursorMoved();
    void showPointer();
    void showNotice();
    void showQuickFixes();
    void fixAllOf(const QString &rule);
    void openFind();
    void openReplace();
    void findNext();
    void findPrevious();
    void complete();
    void fold();
    void unfoldAll();
    void toggleComment();
    void showContextMenu(const QPoint &place);

    DocumentFindings &m_findings;
    JsonEditor *m_editor;
    FindBar *m_find;
    MessageBar *m_message;
    QLabel *m_pointer;
    QLabel *m_finding;
    QLabel *m_position;
    QToolButton *m_secrets;
    QList<QAction *> m_contextActions;
    QAction *m_goToLine = nullptr;
    QList<QAction *> m_findActions;
};

} // namespace hubkeeper
