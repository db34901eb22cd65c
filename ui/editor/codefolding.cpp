// SPDX-License-Identifier: MIT
#include "editor/codefolding.h"

#include <QPlainTextDocumentLayout>
#include <QPlainTextEdit>
#include <QTextBlock>

#include <algorithm>

namespace hubkeeper {

CodeFolding::CodeFolding(QPlainTextEdit *editor)
    : QObject(editor)
    , m_editor(editor)
{
    connect(editor, &QPlainTextEdit::cursorPositionChanged, this,
            [this] { reveal(m_editor->textCursor().blockNumber()); });
}

const FoldRegion *CodeFolding::regionAt(int line) const
{
    const auto found = std::lower_bound(
        m_regions.begin(), m_regions.end(), line,
        [](const FoldRegion &region, int wanted) { return region.first < wanted; });
    return found != m_regions.end() && found->first == line ? &*found : nullptr;
}

void CodeFolding::setRegions(const QList<FoldRegion> &regions)
{
    if (regions == m_regions)
        return;
    m_regions = regions;
    const QTextDocument *document = m_editor->document();
    for (QTextBlock block = document->begin(); block.isValid(); block = block.next()) {
        if (!isFolded(block.blockNumber()))
            continue;
        int last = block.blockNumber();
        for (QTextBlock next = block.next(); next.isValid() && !next.isVisible();
             next = next.next())
            last = next.blockNumber();
        const FoldRegion *region = regionAt(block.blockNumber());
        if (!region || region->last != last)
            setVisible(block.blockNumber() + 1, last, true);
    }
    emit changed();
}

bool CodeFolding::canFold(int line) const
{
    return regionAt(line);
}

bool CodeFolding::isFolded(int line) const
{
    const QTextBlock block = m_editor->document()->findBlockByNumber(line);
    return block.isValid() && block.isVisible() && block.next().isValid()
        && !block.next().isVisible();
}

void CodeFolding::toggle(int line)
{
    const FoldRegion *region = regionAt(line);
    if (!region)
        return;
    const bool folded = isFolded(line);
    if (!folded) {
        QTextCursor cursor = m_editor->textCursor();
        if (cursor.blockNumber() > line && cursor.blockNumber() <= region->last) {
            cursor.setPosition(m_editor->document()->findBlockByNumber(line).position());
            m_editor->setTextCursor(cursor);
        }
    }
    setVisible(line + 1, region->last, folded);
}

void CodeFolding::foldAround(int line)
{
    const FoldRegion *innermost = nullptr;
    for (const FoldRegion &region : std::as_const(m_regions)) {
        if (region.first <= line && line <= region.last && !isFolded(region.first))
            innermost = &region;
    }
    if (innermost)
        toggle(innermost->first);
}

void CodeFolding::unfoldAll()
{
    setVisible(0, m_editor->blockCount() - 1, true);
}

void CodeFolding::reveal(int line)
{
    const QTextBlock hidden = m_editor->document()->findBlockByNumber(line);
    if (!hidden.isValid() || hidden.isVisible())
        return;
    QTextBlock first = hidden;
    while (first.previous().isValid() && !first.previous().isVisible())
        first = first.previous();
    QTextBlock last = hidden;
    while (last.next().isValid() && !last.next().isVisible())
        last = last.next();
    setVisible(first.blockNumber(), last.blockNumber(), true);
}

void CodeFolding::setVisible(int first, int last, bool visible)
{
    bool any = false;
    QTextBlock block = m_editor->document()->findBlockByNumber(first);
    for (; block.isValid() && block.blockNumber() <= last; block = block.next()) {
        if (block.isVisible() == visible)
            continue;
        block.setVisible(visible);
        block.setLineCount(visible ? std::max(1, block.layout()->lineCount()) : 0);
        any = true;
    }
    if (any)
        layOutAgain();
}

void CodeFolding::layOutAgain()
{
    auto *layout = qobject_cast<QPlainTextDocumentLayout *>(m_editor->document()->documentLayout());
    layout->requestUpdate();
    emit layout->documentSizeChanged(layout->documentSize());
    m_editor->viewport()->update();
    emit changed();
}

} // namespace hubkeeper
