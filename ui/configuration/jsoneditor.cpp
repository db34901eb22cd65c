// SPDX-License-Identifier: MIT
#include "configuration/jsoneditor.h"

#include "configuration/jsonhighlighter.h"

namespace hubkeeper {

JsonEditor::JsonEditor(QWidget *parent)
    : CodeEditor(parent)
    , m_highlighter(new JsonHighlighter(document(), palette()))
{
    setAccessibleName(tr("Provisioner as text"));
}

void JsonEditor::changeEvent(QEvent *event)
{
    CodeEditor::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        m_highlighter->setPalette(palette());
}

} // namespace hubkeeper
