// SPDX-License-Identifier: MIT
#pragma once

#include <QJsonValue>
#include <QSplitter>

#include <optional>

class QLabel;
class QPlainTextEdit;

namespace hubkeeper {

class CodeEditor;
class JsonHighlighter;
class Masking;

/// What a script prints, and beside it what it came to, as JSON. While personal data is masked, so
/// are the texts of the result, and of printed lines those that are JSON; of other lines the e-mail
/// addresses only, which a note says.
class ScriptOutput final : public QSplitter
{
    Q_OBJECT

public:
    /// `masking` must outlive it.
    ScriptOutput(const Masking &masking, QWidget *parent);

    void clear();
    void print(const QString &line);
    void showResult(const QJsonValue &result);

    [[nodiscard]] QPlainTextEdit *console() const { return m_console; }
    [[nodiscard]] CodeEditor *result() const { return m_result; }

protected:
    void changeEvent(QEvent *event) override;

private:
    void showAgain();
    [[nodiscard]] QString masked(const QString &line) const;

    const Masking &m_masking;
    QStringList m_lines; // As printed, the newest of them.
    std::optional<QJsonValue> m_value;
    QPlainTextEdit *m_console;
    QLabel *m_note;
    CodeEditor *m_result;
    JsonHighlighter *m_highlighter;
};

} // namespace hubkeeper
