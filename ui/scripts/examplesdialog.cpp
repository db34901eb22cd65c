// SPDX-License-Identifier: MIT
#include "scripts/examplesdialog.h"

#include "editor/codeeditor.h"
#include "scripts/javascripthighlighter.h"

#include <QBoxLayout>
#include <QDialogButtonBox>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace hubkeeper {

ExamplesDialog::ExamplesDialog(QWidget *parent)
    : QDialog(parent)
    , m_examples(scriptExamples())
    , m_list(new QListWidget(this))
    , m_description(new QLabel(this))
    , m_text(new CodeEditor(this))
{
    setWindowTitle(tr("Example Scripts"));
    m_list->setAccessibleName(tr("Examples"));
    for (const ScriptExample &example : m_examples)
        m_list->addItem(example.title);
    m_description->setWordWrap(true);
    m_description->setTextFormat(Qt::PlainText);
    m_text->setReadOnly(true);
    m_text->setAccessibleName(tr("Text of the example"));
    new JavaScriptHighlighter(m_text->document(), palette());
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Ok)->setText(tr("Copy to Scratch &Pad"));
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_list, &QListWidget::currentRowChanged, this, &ExamplesDialog::showExample);
    connect(m_list, &QListWidget::itemActivated, this, &QDialog::accept);

    auto *right = new QVBoxLayout;
    right->addWidget(m_description);
    right->addWidget(m_text, 1);
    auto *row = new QHBoxLayout;
    row->addWidget(m_list, 2);
    row->addLayout(right, 5);
    auto *column = new QVBoxLayout(this);
    column->addLayout(row, 1);
    column->addWidget(buttons);
    resize(fontMetrics().averageCharWidth() * 130, fontMetrics().height() * 32);
    m_list->setCurrentRow(0);
}

ScriptExample ExamplesDialog::example() const
{
    return m_examples.value(m_list->currentRow());
}

void ExamplesDialog::showExample()
{
    m_description->setText(example().description);
    m_text->setPlainText(example().text());
}

} // namespace hubkeeper
