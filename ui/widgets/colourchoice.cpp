// SPDX-License-Identifier: MIT
#include "widgets/colourchoice.h"

#include <QBoxLayout>
#include <QColorDialog>
#include <QPainter>
#include <QPushButton>

namespace hubkeeper {

ColourChoice::ColourChoice(QWidget *parent)
    : QWidget(parent)
    , m_choose(new QPushButton(tr("C&hoose…"), this))
    , m_none(new QPushButton(tr("&None"), this))
{
    m_choose->setAccessibleName(tr("Choose the color"));
    m_none->setAccessibleName(tr("No color"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins({});
    for (QPushButton *button : {m_choose, m_none}) {
        button->setAutoDefault(false);
        row->addWidget(button);
    }
    row->addStretch();
    connect(m_choose, &QPushButton::clicked, this, &ColourChoice::choose);
    connect(m_none, &QPushButton::clicked, this, [this] { setColour({}); });
    setColour({});
}

void ColourChoice::setColour(const QString &colour)
{
    m_colour = colour;
    const int size = fontMetrics().height();
    QPixmap swatch(size, size);
    swatch.fill(colour.isEmpty() ? QColor(Qt::transparent) : QColor(colour));
    m_choose->setIcon(colour.isEmpty() ? QIcon() : QIcon(swatch));
    m_choose->setAccessibleDescription(colour);
    m_none->setEnabled(!colour.isEmpty());
}

void ColourChoice::choose()
{
    auto *dialog = new QColorDialog(QColor(m_colour), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QColorDialog::colorSelected, this,
            [this](const QColor &colour) { setColour(colour.name()); });
    dialog->open();
}

void paintColourStrip(QWidget &button, const QColor &colour)
{
    if (!colour.isValid())
        return;
    const int width = qMax(3, button.fontMetrics().averageCharWidth() / 2);
    QRect strip(0, 3, width, button.height() - 6);
    if (button.layoutDirection() == Qt::RightToLeft)
        strip.moveRight(button.rect().right());
    QPainter(&button).fillRect(strip, colour);
}

} // namespace hubkeeper
