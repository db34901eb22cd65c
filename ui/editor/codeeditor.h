// SPDX-License-Identifier: MIT
#pragma once

#include <QPlainTextEdit>

namespace hubkeeper {

class CodeFolding;
class CodeMargin;

/// A text editor for code: line numbers, the current line and matching brackets marked, findings
/// underlined and in the margin, folding, zoom. A highlighter is put on its document by who knows
/// the language. Its own undo is off: undo belongs to whoever keeps the text.
class CodeEditor : public QPlainTextEdit
{
    Q_OBJECT

public:
    enum class MarkKind { Info, Warning, Error };

    /// A stretch of text to underline, counted in characters, with its explanation.
    struct Mark
    {
        int line = 1; ///< From 1.
        int column = 1; ///< From 1.
        int length = 1; ///< May reach beyond the line.
        QString text;
        MarkKind kind = MarkKind::Error;
    };

    /// A line that is on the screen.
    struct VisibleLine
    {
        int number = 0; ///< From 0.
        qreal top = 0; ///< In the viewport.
    };

    explicit CodeEditor(QWidget *parent);

    /// Replaces the text without moving cursor and view more than needed, and without
    /// textChanged().
    void showText(const QString &text);
    void setMarks(const QList<Mark> &marks);
    void goTo(int line, int column);

    /// Findings have icons in the margin from now on.
    void showMarksInMargin();
    [[nodiscard]] bool showsMarksInMargin() const { return m_marksInMargin; }
    /// Lines can be folded from now on; the regions are set by whoever knows the language.
    void enableFolding();
    [[nodiscard]] CodeFolding *folding() const { return m_folding; } ///< Null while it is off.

    /// Steps of the font size; 0 is the system's.
    void setZoom(int steps);

    [[nodiscard]] QList<VisibleLine> visibleLines(const QRect &area) const;
    /// From 0; -1 below the last.
    [[nodiscard]] int lineAt(int y) const;
    /// Null if nothing was found in the line (from 0).
    [[nodiscard]] const Mark *worstMark(int line) const;
    /// The texts of all marks of a line (from 0), a paragraph each.
    [[nodiscard]] QString markTexts(int line) const;

protected:
    /// A file that is dropped here is for the window, which opens it.
    [[nodiscard]] bool canInsertFromMimeData(const QMimeData *source) const override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    void showMarks();
    void addMark(QList<QTextEdit::ExtraSelection> &selections, const Mark &mark) const;
    void addBrackets(QList<QTextEdit::ExtraSelection> &selections) const;
    void placeMargin();
    bool zoomByKey(QKeyEvent *event);

    CodeMargin *m_margin;
    CodeFolding *m_folding = nullptr;
    QList<Mark> m_marks;
    bool m_marksInMargin = false;
    int m_zoom = 0;
    qreal m_usualSize = 0;
};

} // namespace hubkeeper
