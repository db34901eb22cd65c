// SPDX-License-Identifier: MIT
#include "widgets/colours.h"

#include "widgets/windowstyle.h"

#include <QApplication>
#include <QPalette>
#include <QStyle>

#include <array>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

struct Paints
{
    QRgb window, base, alternate, text, muted, disabled, button, tip, highlight, highlightedText,
        link;
};

constexpr Paints lightPaints {0xffefefef, 0xffffffff, 0xfff6f6f6, 0xff1b1b1b,
                              0xff6a6a6a, 0xff9a9a9a, 0xfff4f4f4, 0xfffffbe6,
                              0xff1f6fb5, 0xffffffff, 0xff0b5cad};
constexpr Paints darkPaints {0xff323539, 0xff1e2023, 0xff25282b, 0xffebebeb, 0xffa3a7ac, 0xff7d8289,
                             0xff2c2f33, 0xff36393d, 0xff2f6aa3, 0xffffffff, 0xff7ab8ff};

QPalette paletteOf(const Paints &paints)
{
    // The shades of frames follow from button and window.
    QPalette palette(QColor(paints.button), QColor(paints.window));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText,
                            QPalette::ToolTipText, QPalette::BrightText})
        palette.setColor(role, QColor(paints.text));
    palette.setColor(QPalette::Base, QColor(paints.base));
    palette.setColor(QPalette::AlternateBase, QColor(paints.alternate));
    palette.setColor(QPalette::ToolTipBase, QColor(paints.tip));
    palette.setColor(QPalette::PlaceholderText, QColor(paints.muted));
    palette.setColor(QPalette::Highlight, QColor(paints.highlight));
    palette.setColor(QPalette::HighlightedText, QColor(paints.highlightedText));
    palette.setColor(QPalette::Link, QColor(paints.link));
    palette.setColor(QPalette::LinkVisited, QColor(paints.link));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, QColor(paints.disabled));
    // What cannot be pressed does not stand out.
    palette.setColor(QPalette::Disabled, QPalette::Button, QColor(paints.window));
    palette.setColor(QPalette::Disabled, QPalette::Highlight, QColor(paints.disabled));
    return palette;
}

bool ours = false; // Going back is needed only after having gone.

constexpr std::array choices {Colours::System, Colours::Light, Colours::Dark};

} // namespace

QString nameOf(Colours colours)
{
    switch (colours) {
    case Colours::System:
        return u"system"_s;
    case Colours::Light:
        return u"light"_s;
    case Colours::Dark:
        return u"dark"_s;
    }
    Q_UNREACHABLE();
}

std::optional<Colours> coloursFrom(const QString &name)
{
    for (const Colours choice : choices) {
        if (name == nameOf(choice))
            return choice;
    }
    return {};
}

void applyColours(Colours colours)
{
    static const QString systemStyle = QApplication::style()->objectName();
    if (colours == Colours::System) {
        if (std::exchange(ours, false)) {
            QApplication::setStyle(new WindowStyle(systemStyle));
            QApplication::setPalette(QPalette());
        } else if (!qobject_cast<WindowStyle *>(QApplication::style())) {
            QApplication::setStyle(new WindowStyle(systemStyle));
        }
        return;
    }
    ours = true;
    QApplication::setStyle(new WindowStyle(u"fusion"_s));
    QApplication::setPalette(paletteOf(colours == Colours::Dark ? darkPaints : lightPaints));
}

bool usesSystemColours()
{
    return !ours;
}

} // namespace hubkeeper
