// SPDX-License-Identifier: MIT
#include "widgets/windowstyle.h"

#include "widgets/icons.h"
#include "widgets/tones.h"

#include <QDockWidget>
#include <QPainter>
#include <QPalette>
#include <QStyleOption>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

enum class Shape { Box, Field, Circle };

/// Over the style's own outline, which is made darker than the window and so not seen on a dark
/// one.
void drawOutline(const QStyleOption &option, QPainter &painter, Shape shape)
{
    if (!isDark(option.palette))
        return;
    const bool isOff = !option.state.testFlag(QStyle::State_Enabled);
    const bool hasFocus = option.state.testFlag(QStyle::State_HasFocus);
    const Tones tones = tonesOf(option.palette);
    const QRectF rect = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, shape != Shape::Box);
    painter.setPen(isOff ? tones.frame : hasFocus ? tones.accent : tones.outline);
    painter.setBrush(Qt::NoBrush);
    if (shape == Shape::Box)
        painter.drawRect(rect);
    else if (shape == Shape::Field)
        painter.drawRoundedRect(rect, 2, 2);
    else
        painter.drawEllipse(rect.adjusted(0.5, 0.5, -0.5, -0.5));
    painter.restore();
}

} // namespace

WindowStyle::WindowStyle(const QString &key)
    : QProxyStyle(key)
    , m_isFusion(baseStyle()->name() == "fusion"_L1)
{
}

void WindowStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option,
                                QPainter *painter, const QWidget *widget) const
{
    QProxyStyle::drawPrimitive(element, option, painter, widget);
    if (!m_isFusion)
        return;
    if (element == PE_IndicatorCheckBox)
        drawOutline(*option, *painter, Shape::Box);
    else if (element == PE_IndicatorRadioButton)
        drawOutline(*option, *painter, Shape::Circle);
    else if (element == PE_FrameLineEdit)
        drawOutline(*option, *painter, Shape::Field);
}

void WindowStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                                     QPainter *painter, const QWidget *widget) const
{
    QProxyStyle::drawComplexControl(control, option, painter, widget);
    if (!m_isFusion)
        return;
    const auto *spin = qstyleoption_cast<const QStyleOptionSpinBox *>(option);
    const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option);
    const bool isField = (control == CC_SpinBox && spin && spin->frame)
        || (control == CC_ComboBox && combo && combo->editable && combo->frame);
    if (isField)
        drawOutline(*option, *painter, Shape::Field);
}

int WindowStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                           QStyleHintReturn *data) const
{
    if (hint == SH_DialogButtonBox_ButtonsHaveIcons)
        return 0;
    return QProxyStyle::styleHint(hint, option, widget, data);
}

QIcon WindowStyle::standardIcon(StandardPixmap which, const QStyleOption *option,
                                const QWidget *widget) const
{
    if (m_isFusion && qobject_cast<const QDockWidget *>(widget)) {
        if (which == SP_TitleBarCloseButton || which == SP_DockWidgetCloseButton)
            return icon(u"window-close"_s);
        if (which == SP_TitleBarNormalButton)
            return icon(u"window-float"_s);
    }
    return QProxyStyle::standardIcon(which, option, widget);
}

} // namespace hubkeeper
