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
    if (event->type() == QEvent::ApplicationPaletteChange || event->type() == QEvent::PaletteChange)
        takeColour();
}

void NoteLabel::takeColour()
{
    // Only this color is its own; the others come from the parent, whose change arrives here.
    const QPalette around = parentWidget() ? parentWidget()->palette() : QApplication::palette();
    const QColor muted = tonesOf(around).muted;
    if (palette().color(QPalette::WindowText) == muted)
        return;
    QPalette own;
    own.setColor(QPalette::WindowText, muted);
    setPalette(own);
}

} // namespace hubkeeper
