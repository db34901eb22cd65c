// SPDX-License-Identifier: MIT
#include "widgets/emptystate.h"

#include <QBoxLayout>
#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QStyle>

namespace hubkeeper {

EmptyState::EmptyState(QWidget *parent)
    : QWidget(parent)
    , m_icon(new QLabel(this))
    , m_title(new QLabel(this))
    , m_text(new QLabel(this))
    , m_buttons(new QHBoxLayout)
{
    QFont large = m_title->font();
    large.setPointSizeF(large.pointSizeF() * 1.4);
    m_title->setFont(large);
    for (QLabel *label : {m_title, m_text}) {
        label->setTextFormat(Qt::PlainText);
        label->setAlignment(Qt::AlignCenter);
        label->setWordWrap(true);
        label->setMaximumWidth(fontMetrics().averageCharWidth() * 80);
    }
    m_icon->setAlignment(Qt::AlignCenter);
    m_buttons->addStretch();
    m_buttons->addStretch();

    auto *column = new QVBoxLayout(this);
    column->addStretch(2);
    column->addWidget(m_icon);
    column->addSpacing(fontMetrics().height() / 2);
    // The side stretches centre the texts without taking their width from them.
    for (QLabel *label : {m_title, m_text}) {
        auto *row = new QHBoxLayout;
        row->addStretch(1);
        row->addWidget(label, 100);
        row->addStretch(1);
        column->addLayout(row);
    }
    column->addSpacing(fontMetrics().height());
    column->addLayout(m_buttons);
    column->addStretch(3);
}

void EmptyState::setContents(const QIcon &icon, const QString &title, const QString &text)
{
    m_symbol = icon;
    m_title->setText(title);
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    drawIcon();
}

void EmptyState::addButton(Choice choice, const QIcon &icon, const QString &text)
{
    auto *button = new QPushButton(icon, text, this);
    button->setObjectName(nameOf(choice));
    button->setMinimumHeight(fontMetrics().height() * 2);
    button->setAutoDefault(true);
    connect(button, &QPushButton::clicked, this, [this, choice] { emit pressed(choice); });
    m_buttons->insertWidget(m_buttons->count() - 1, button);
}

void EmptyState::clearButtons()
{
    while (m_buttons->count() > 2) {
        QWidget *old = m_buttons->takeAt(1)->widget();
        old->hide();
        old->deleteLater();
    }
}

void EmptyState::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::ApplicationPaletteChange)
        drawIcon();
}

void EmptyState::drawIcon()
{
    const int size = fontMetrics().height() * 4;
    m_icon->setPixmap(m_symbol.pixmap(QSize(size, size), devicePixelRatioF()));
}

} // namespace hubkeeper
