// SPDX-License-Identifier: MIT
#pragma once

#include <QPlainTextEdit>

namespace hubkeeper {

/// A text editor for code: line numbers, the current line marked, faults underlined. A highlighter
/// is put on its document by who knows the language. Its own undo is off: undo belongs to whoever
/// keeps the text.
class CodeEditor : public QPlainTextEdit
{
    Q_OBJECT

public:
    /// A stretch of text to underline, counted in characters, with its explanation.
    struct Mark
    {
        int line = 1; ///< From 1.
        int column = 1; ///< From 1.
        int length = 1;
        QString text;
    };

    explicit CodeEditor(QWidget *parent);

    /// Replaces the text without moving cursor and view more than needed, and without
    /// textChanged().
    void showText(const QString &text);
    void setMarks(const QList<Mark> &marks);
    void goTo(int line, int column);

protected:
    void resizeEvent(QResizeEvent *event) override;
    bool event(QEvent *event) override;

private:
    friend class LineNumbers;

    [[nodiscard]] int numbersWidth() const;
    void paintNumbers(QPaintEvent *event);
    void showMarks();

    QWidget *m_numbers;
    QList<Mark> m_marks;
};

} // namespace hubkeeper
