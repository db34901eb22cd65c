// SPDX-License-Identifier: MIT
#pragma once

#include <QJsonValue>
#include <QSplitter>

class QPlainTextEdit;

namespace hubkeeper {

class CodeEditor;
class JsonHighlighter;

/// What a script prints, and beside it what it came to, as JSON.
class ScriptOutput final : public QSplitter
{
    Q_OBJECT

public:
    explicit ScriptOutput(QWidget *parent);

    void clear();
    void print(const QString &line);
    void showResult(const QJsonValue &result);

    [[nodiscard]] QPlainTextEdit *console() const { return m_console; }
    [[nodiscard]] CodeEditor *result() const { return m_result; }

protected:
    void changeEvent(QEvent *event) override;

private:
    QPlainTextEdit *m_console;
    CodeEditor *m_result;
    JsonHighlighter *m_highlighter;
};

} // namespace hubkeeper
