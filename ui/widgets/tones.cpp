// SPDX-License-Identifier: MIT
#include "widgets/tones.h"

#include <QPalette>

namespace hubkeeper {

namespace {

QColor between(const QColor &a, const QColor &b, float share)
{
    const auto mix = [share](float from, float to) { return from + (to - from) * share; };
    return QColor::fromRgbF(mix(a.redF(), b.redF()), mix(a.greenF(), b.greenF()),
                            mix(a.blueF(), b.blueF()));
}

} // namespace

bool isDark(const QPalette &palette)
{
    return palette.color(QPalette::Window).lightness()
        < palette.color(QPalette::WindowText).lightness();
}

Tones tonesOf(const QPalette &palette)
{
    const QColor text = palette.color(QPalette::WindowText);
    const QColor window = palette.color(QPalette::Window);
    Tones tones;
    if (isDark(palette)) {
        tones.good = QColor(0x6f, 0xd0, 0x8c);
        tones.warning = QColor(0xf2, 0xb8, 0x5c);
        tones.bad = QColor(0xff, 0x8a, 0x80);
        tones.accent = QColor(0x7a, 0xb8, 0xff);
    } else {
        tones.good = QColor(0x1a, 0x6e, 0x34);
        tones.warning = QColor(0x8a, 0x52, 0x00);
        tones.bad = QColor(0xb3, 0x1d, 0x1d);
        tones.accent = QColor(0x0b, 0x5c, 0xad);
    }
    tones.muted = between(text, window, 0.3F);
    tones.frame = between(text, window, 0.78F);
    tones.outline = between(text, window, 0.52F);
    return tones;
}

QColor washed(const QColor &tone, const QColor &base)
{
    return between(tone, base, 0.86F);
}

} // namespace hubkeeper
