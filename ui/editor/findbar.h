// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

class QAction;
class QCheckBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QTextCursor;
class QToolButton;

namespace hubkeeper {

/// Find and replace in a text editor: a bar below it, hidden until it is asked for. Replacing
/// everything is one edit.
class FindBar final : public QWidget
{
    Q_OBJECT

public:
    /// `editor` must outlive the bar.
    FindBar(QPlainTextEdit &editor, QWidget *parent);

    /// Shows the bar with the selected word; `replace` shows its second line, too.
    void open(bool replace);
    void closeBar();
    /// From the cursor on, round the end; the bar opens if nothing was looked for yet.
    void findNext();
    void findPrevious();
    void replaceOne();
    /// How many were replaced.
    int replaceAll();

    [[nodiscard]] QLineEdit *wanted() const { return m_wanted; }
    [[nodiscard]] QLineEdit *replacement() const { return m_replacement; }
    [[nodiscard]] QString resultText() const;

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void build();
    QToolButton *makeButton(const QString &iconName, const QString &text, void (FindBar::*run)());
    [[nodiscard]] QTextCursor search(const QTextCursor &from, bool backwards) const;
    bool find(bool backwards);
    void replaceEverything() { replaceAll(); }
    void onWanted();
    void reportCount();
    [[nodiscard]] bool isMatch(const QTextCursor &selection) const;

    QPlainTextEdit &m_editor;
    QLineEdit *m_wanted;
    QLineEdit *m_replacement;
    QCheckBox *m_case;
    QCheckBox *m_words;
    QLabel *m_result;
    QWidget *m_replaceRow;
    QToolButton *m_replaceOne = nullptr;
    QToolButton *m_replaceAll = nullptr;
};

} // namespace hubkeeper
