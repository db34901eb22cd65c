// SPDX-License-Identifier: MIT
#include "configuration/form/scriptsource.h"

#include "configuration/text/documentline.h"
#include "editor/codeeditor.h"

#include <QBoxLayout>
#include <QRadioButton>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

namespace hubkeeper {

ScriptSource::ScriptSource(QWidget *parent)
    : QWidget(parent)
    , m_usesText(new QRadioButton(tr("Te&xt in the provisioner"), this))
    , m_usesFile(new QRadioButton(tr("File of IDM's pro&ject"), this))
    , m_stack(new QStackedWidget(this))
    , m_editor(new CodeEditor(this))
    , m_file(new DocumentLine(this))
{
    m_editor->setAccessibleName(tr("Script text"));
    m_editor->setTabChangesFocus(true);
    m_file->setAccessibleName(tr("Script file"));
    m_file->setPlaceholderText(u"script/probe.groovy"_s);
    m_file->setToolTip(tr("Relative to the project folder of IDM, which reads it when it loads the "
                          "provisioner."));
    auto *fileBox = new QWidget(m_stack);
    auto *fileLayout = new QVBoxLayout(fileBox);
    fileLayout->setContentsMargins(0, 0, 0, 0);
    fileLayout->addWidget(m_file);
    fileLayout->addStretch(1);
    m_stack->addWidget(m_editor);
    m_stack->addWidget(fileBox);
    m_usesText->setChecked(true);

    auto *choices = new QHBoxLayout;
    choices->addWidget(m_usesText);
    choices->addWidget(m_usesFile);
    choices->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(choices);
    layout->addWidget(m_stack, 1);
    connect(m_usesFile, &QRadioButton::toggled, this,
            [this](bool file) { m_stack->setCurrentIndex(file ? 1 : 0); });
    connect(m_editor, &QPlainTextEdit::textChanged, this,
            [this] { emit textEdited(m_editor->toPlainText()); });
    connect(m_file, &QLineEdit::editingFinished, this, [this] {
        if (m_file->isModified()) {
            m_file->setModified(false);
            emit fileEdited(m_file->text().trimmed());
        }
    });
}

void ScriptSource::showScript(const QString &text, const QString &file)
{
    m_editor->showText(text);
    if (!m_file->hasFocus() || !m_file->isModified()) {
        m_file->setText(file);
        // Where neither is there, what the user chose stays chosen.
        if (!text.isEmpty() || !file.isEmpty())
            (file.isEmpty() ? m_usesText : m_usesFile)->setChecked(true);
    }
}

} // namespace hubkeeper
