// SPDX-License-Identifier: MIT
#include "widgets/commandfield.h"

#include "net/shellquote.h"
#include "widgets/notelabel.h"

#include <QApplication>
#include <QBoxLayout>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace hubkeeper {

CommandField::CommandField(QWidget *parent)
    : QWidget(parent)
    , m_field(new QLineEdit(this))
    , m_copy(new QPushButton(tr("Cop&y Command"), this))
    , m_note(new NoteLabel(this))
{
    m_field->setObjectName(u"command"_s);
    m_field->setAccessibleName(tr("Command"));
    m_field->setReadOnly(true);
    m_copy->setObjectName(u"copyCommand"_s);
    m_copy->setAutoDefault(false);
    m_note->setObjectName(u"commandNote"_s);
    auto *row = new QHBoxLayout;
    row->addWidget(new QLabel(tr("Command:"), this));
    row->addWidget(m_field, 1);
    row->addWidget(m_copy);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(row);
    layout->addWidget(m_note);
    connect(m_copy, &QPushButton::clicked, this,
            [this] { QApplication::clipboard()->setText(m_command); });
    setWords({});
}

void CommandField::setWords(const QStringList &words, const QString &why)
{
    QStringList quoted;
    for (const QString &word : words)
        quoted.append(shellWord(word));
    m_command = quoted.join(u' ');
    m_field->setText(words.isEmpty() ? why : m_command);
    m_field->setCursorPosition(0);
    m_copy->setEnabled(!words.isEmpty());
    m_note->setText(words.isEmpty() ? QString() : why);
    m_note->setVisible(!m_note->text().isEmpty());
}

} // namespace hubkeeper
