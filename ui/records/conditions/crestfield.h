// SPDX-License-Identifier: MIT
#pragma once

#include "filter/crestfilter.h"

#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QTimer;

namespace hubkeeper {

class CrestHighlighter;

/// Conditions as CREST, to be read and typed: words of the language in colours, the place of a
/// fault underlined and said below.
class CrestField final : public QWidget
{
    Q_OBJECT

public:
    explicit CrestField(QWidget *parent);

    /// Shows a text that was not typed here.
    void setText(const QString &text);
    [[nodiscard]] QString text() const;
    /// What is asked today, where the text has relative dates; empty for none.
    void setResolved(const QString &text);
    /// Why it cannot be read, as a sentence with the place; empty if it can.
    [[nodiscard]] QString fault() const { return m_fault; }

    [[nodiscard]] QPlainTextEdit *edit() const { return m_edit; }
    [[nodiscard]] QLabel *said() const { return m_said; }

signals:
    void searchRequested();
    void edited(); ///< Somebody typed, and has paused for a moment.

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void check();
    void fit();
    void say();

    QPlainTextEdit *m_edit;
    CrestHighlighter *m_highlighter;
    QLabel *m_said;
    QTimer *m_pause;
    QString m_known; // What was checked last.
    QString m_fault;
    QString m_resolved;
};

} // namespace hubkeeper
