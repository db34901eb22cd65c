// SPDX-License-Identifier: MIT
#include "configuration/notelabel.h"

#include "shell/tones.h"

#include <QApplication>
#include <QEvent>

namespace hubkeeper {

NoteLabel::NoteLabel(QWidget *parent, const QString &text)
    : QLabel(text, parent)
{
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    takeColour();
}

void NoteLabel::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::ApplicationPaletteChange)
        takeColour();
}

void NoteLabel::takeColour()
{
    QPalette colours = QApplication::palette(this);
    colours.setColor(QPalette::WindowText, tonesOf(colours).muted);
    setPalette(colours);
}

} // namespace hubkeeper
