// SPDX-License-Identifier: MIT
#pragma once

#include "scripts/scriptexamples.h"

#include <QDialog>

class QLabel;
class QListWidget;

namespace hubkeeper {

class CodeEditor;

/// The gallery of examples: read one, take it.
class ExamplesDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit ExamplesDialog(QWidget *parent);

    /// The one that is chosen.
    [[nodiscard]] ScriptExample example() const;

private:
    void showExample();

    const QList<ScriptExample> m_examples;
    QListWidget *m_list;
    QLabel *m_description;
    CodeEditor *m_text;
};

} // namespace hubkeeper
