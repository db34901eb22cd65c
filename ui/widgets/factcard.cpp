// SPDX-License-Identifier: MIT
#include "widgets/factcard.h"

#include "widgets/sizes.h"

#include <QBoxLayout>
#include <QGridLayout>
#include <QIcon>
#include <QLabel>
#include <QPushButton>

namespace hubkeeper {

FactCard::FactCard(const QString &heading, QWidget *parent)
    : QFrame(parent)
    , m_sentence(new QLabel(this))
{
    setFrameShape(QFrame::StyledPanel);
    setAccessibleName(heading);
    auto *title = new QLabel(heading, this);
    QFont bold = title->font();
    bold.setBold(true);
    title->setFont(bold);
    m_sentence->setTextFormat(Qt::PlainText);
    m_sentence->setWordWrap(true);
    auto *column = new QVBoxLayout(this);
    column->addWidget(title);
    column->addWidget(m_sentence);
    column->addStretch();
    clear();
}

void FactCard::clear()
{
    delete m_rows;
    m_rows = new QWidget(this);
    m_facts = new QGridLayout(m_rows);
    m_facts->setContentsMargins(0, 0, 0, 0);
    m_facts->setColumnStretch(1, 1);
    static_cast<QVBoxLayout *>(layout())->insertWidget(2, m_rows); // Below heading and sentence.
    m_sentence->hide();
}

void FactCard::addFact(const QString &name, const QString &value)
{
    if (value.isEmpty())
        return;
    auto *label = new QLabel(withShortWords(value, 30), m_rows);
    if (label->text() != value)
        label->setToolTip(value);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    const int row = m_facts->rowCount();
    m_facts->addWidget(new QLabel(name, m_rows), row, 0, Qt::AlignTop);
    m_facts->addWidget(label, row, 1);
}

void FactCard::showSentence(const QString &sentence)
{
    clear();
    m_sentence->setText(sentence);
    m_sentence->show();
}

QPushButton *FactCard::addButton(const QString &name, const QIcon &icon, const QString &text)
{
    auto *button = new QPushButton(icon, text, this);
    button->setObjectName(name);
    auto *row = new QHBoxLayout;
    row->addWidget(button);
    row->addStretch();
    static_cast<QVBoxLayout *>(layout())->addLayout(row);
    return button;
}

} // namespace hubkeeper
