// SPDX-License-Identifier: MIT
#pragma once

#include <QProxyStyle>

namespace hubkeeper {

/// The desktop's style, or the one of the window's own colours, with what these leave out: in the
/// dark the outlines of fields, check boxes and radio buttons are seen, and the buttons of docks
/// are those of the other icons. Buttons of dialogs have no icons: what they say is enough.
class WindowStyle final : public QProxyStyle
{
    Q_OBJECT

public:
    /// `key` names the style below, as QStyleFactory does.
    explicit WindowStyle(const QString &key);

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                            QPainter *painter, const QWidget *widget) const override;
    [[nodiscard]] int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                                QStyleHintReturn *data) const override;
    [[nodiscard]] QIcon standardIcon(StandardPixmap which, const QStyleOption *option,
                                     const QWidget *widget) const override;

private:
    const bool m_isFusion;
};

} // namespace hubkeeper
