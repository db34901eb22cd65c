// SPDX-License-Identifier: MIT
#include "requests/usagechart.h"

#include "widgets/tones.h"

#include <QPainter>

#include <algorithm>

namespace hubkeeper {

UsageChart::UsageChart(QWidget *parent)
    : QWidget(parent)
    , m_usage(usageSlots)
{
    setAccessibleName(tr("Own calls over the last ten minutes"));
    setAccessibleDescription(summary());
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void UsageChart::setUsage(const QList<UsageSlot> &usage)
{
    m_usage = usage;
    setAccessibleDescription(summary());
    setToolTip(summary());
    update();
}

int UsageChart::highest() const
{
    int highest = 0;
    for (const UsageSlot &one : m_usage)
        highest = std::max(highest, one.general + one.search);
    return highest;
}

QString UsageChart::summary() const
{
    int calls = 0;
    int searches = 0;
    int limited = 0;
    for (const UsageSlot &one : m_usage) {
        calls += one.general + one.search;
        searches += one.search;
        limited += one.limited;
    }
    if (calls == 0)
        return tr("No calls in the last ten minutes.");
    return tr("%Ln call(s) in the last ten minutes", nullptr, calls) + QStringLiteral(", ")
        + tr("%Ln of them search(es)", nullptr, searches) + QStringLiteral(", ")
        + (limited == 0 ? tr("none hit the rate limit")
                        : tr("%Ln hit the rate limit", "calls", limited))
        + QStringLiteral("; ") + tr("at most %Ln in ten seconds.", nullptr, highest());
}

QSize UsageChart::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 60, fontMetrics().height() * 7};
}

QSize UsageChart::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 24, fontMetrics().height() * 4};
}

void UsageChart::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const int line = fontMetrics().height();
    const QRectF area = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -line - 0.5);
    const int most = std::max(highest(), 10);
    const qreal width = area.width() / usageSlots;
    const auto bar = [&](int slot, int from, int count, const QColor &colour) {
        const qreal height = area.height() * count / most;
        const qreal bottom = area.bottom() - area.height() * from / most;
        painter.fillRect(
            QRectF(area.left() + width * slot + width * 0.1, bottom - height, width * 0.8, height),
            colour);
    };
    painter.setPen(tonesOf(palette()).frame);
    painter.drawRect(area);
    for (int slot = 0; slot < usageSlots; ++slot) {
        const UsageSlot &usage = m_usage[slot];
        bar(slot, 0, usage.general, palette().color(QPalette::Highlight));
        bar(slot, usage.general, usage.search, palette().color(QPalette::PlaceholderText));
    }
    painter.setPen(palette().color(QPalette::Text));
    const QRectF text(area.left(), area.bottom(), area.width(), line);
    painter.drawText(text, Qt::AlignLeft, tr("10 min ago"));
    painter.drawText(text, Qt::AlignRight, tr("now"));
    painter.drawText(area.adjusted(line / 3.0, 0, 0, 0), Qt::AlignLeft | Qt::AlignTop,
                     locale().toString(most));
}

} // namespace hubkeeper
