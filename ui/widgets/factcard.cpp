// SPDX-License-Identifier: MIT
#include "widgets/factcard.h"

#include <QBoxLayout>
#include <QFormLayout>
#include <QIcon>
#include <QLabel>
#include <QPushButton>

namespace hubkeeper {

FactCard::FactCard(const QString &heading, QWidget *parent)
    : QFrame(parent)
    , m_facts(new QFormLayout)
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
    m_facts->setLabelAlignment(Qt::AlignLeading);
    m_facts->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    auto *column = new QVBoxLayout(this);
    column->addWidget(title);
    column->addWidget(m_sentence);
    column->addLayout(m_facts);
    column->addStretch();
}

void FactCard::clear()
{
    while (m_facts->rowCount() > 0)
        m_facts->removeRow(0);
    m_sentence->hide();
}

void FactCard::addFact(const QString &name, const QString &value)
{
    if (value.isEmpty())
        return;
    auto *label = new QLabel(value, this);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_facts->addRow(name, label);
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
