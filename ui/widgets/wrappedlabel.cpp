// SPDX-License-Identifier: MIT
#include "widgets/wrappedlabel.h"

#include <QHelpEvent>
#include <QPainter>
#include <QStyle>
#include <QTextLayout>
#include <QToolTip>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// The first `most` lines of a text as it is wrapped; the last one is elided if there are more.
QStringList firstLines(const QString &text, const QFont &font, int width, int most)
{
    const QFontMetrics metrics(font);
    QStringList lines;
    const QStringList paragraphs = text.split(u'\n');
    for (qsizetype paragraph = 0; paragraph < paragraphs.size(); ++paragraph) {
        QTextLayout layout(paragraphs[paragraph], font);
        layout.beginLayout();
        for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
            line.setLineWidth(width);
            const int end = line.textStart() + line.textLength();
            const bool isLast = int(lines.size()) + 1 == most;
            const bool isMore =
                end < paragraphs[paragraph].size() || paragraph + 1 < paragraphs.size();
            if (isLast && isMore) {
                const QString rest = paragraphs[paragraph].mid(line.textStart());
                lines.append(metrics.elidedText(rest + u'…', Qt::ElideRight, width));
                return lines;
            }
            lines.append(paragraphs[paragraph].mid(line.textStart(), line.textLength()).trimmed());
        }
        layout.endLayout();
    }
    return lines;
}

} // namespace

WrappedLabel::WrappedLabel(QWidget *parent)
    : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse);
}

bool WrappedLabel::isWhole() const
{
    return height() >= heightForWidth(width());
}

QString WrappedLabel::shownText() const
{
    if (isWhole())
        return text();
    const QRect inside = contentsRect();
    const int most = std::max(1, inside.height() / fontMetrics().lineSpacing());
    return firstLines(text(), font(), inside.width(), most).join(u'\n');
}

bool WrappedLabel::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip && toolTip().isEmpty() && !isWhole()) {
        QToolTip::showText(static_cast<QHelpEvent *>(event)->globalPos(), text(), this);
        return true;
    }
    return QLabel::event(event);
}

void WrappedLabel::paintEvent(QPaintEvent *event)
{
    if (isWhole())
        return QLabel::paintEvent(event);
    QPainter painter(this);
    style()->drawItemText(
        &painter, contentsRect(),
        int(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft | Qt::AlignTop)), palette(),
        isEnabled(), shownText(), foregroundRole());
}

} // namespace hubkeeper
