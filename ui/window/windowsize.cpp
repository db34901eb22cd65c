// SPDX-License-Identifier: MIT
#include "window/windowsize.h"

#include "base/settings.h"

#include <QMainWindow>
#include <QScreen>
#include <QStyle>

namespace hubkeeper {

void takeSize(QMainWindow &window, const Settings &settings)
{
    const QFontMetrics font = window.fontMetrics();
    const QSize usual(font.averageCharWidth() * 160, font.height() * 48);
    window.resize(usual.boundedTo(window.screen()->availableGeometry().size() * 9 / 10));
    if (!window.restoreGeometry(settings.value(setting::windowGeometry)))
        return;
    // The frame is known once the window is shown.
    const int side = window.style()->pixelMetric(QStyle::PM_MdiSubWindowFrameWidth);
    const QSize frame(2 * side, side + window.style()->pixelMetric(QStyle::PM_TitleBarHeight));
    window.resize(window.size().boundedTo(window.screen()->availableGeometry().size() - frame));
}

} // namespace hubkeeper
