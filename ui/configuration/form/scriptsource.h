// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

class QRadioButton;
class QStackedWidget;

namespace hubkeeper {

class CodeEditor;
class DocumentLine;

/// A script as a provisioner names it: its text, or a file of IDM's project.
class ScriptSource final : public QWidget
{
    Q_OBJECT

public:
    explicit ScriptSource(QWidget *parent);

    /// What the document holds; a file comes before a text.
    void showScript(const QString &text, const QString &file);
    [[nodiscard]] CodeEditor *editor() const { return m_editor; }

signals:
    void textEdited(const QString &text);
    void fileEdited(const QString &file);

private:
    QRadioButton *m_usesText;
    QRadioButton *m_usesFile;
    QStackedWidget *m_stack;
    CodeEditor *m_editor;
    DocumentLine *m_file;
};

} // namespace hubkeeper
