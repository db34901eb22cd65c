// SPDX-License-Identifier: MIT
#include "widgets/notelabel.h"

#include "widgets/tones.h"

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
    // Only this color is its own; the others come from the parent, whose change arrives here. What
    // the parent shows while it is disabled is paler already, and no color to start from.
    QPalette around = parentWidget() ? parentWidget()->palette() : QApplication::palette();
    around.setCurrentColorGroup(QPalette::Active);
    const QColor muted = tonesOf(around).muted;
    if (palette().color(QPalette::Active, QPalette::WindowText) == muted)
        return;
    QPalette own;
    for (const auto group : {QPalette::Active, QPalette::Inactive})
        own.setColor(group, QPalette::WindowText, muted);
    setPalette(own);
}

} // namespace hubkeeper
