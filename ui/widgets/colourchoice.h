// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

class QPushButton;

namespace hubkeeper {

/// Chooses a colour, or none: two buttons, the first with a swatch of it.
class ColourChoice final : public QWidget
{
    Q_OBJECT

public:
    explicit ColourChoice(QWidget *parent);

    /// "#rrggbb", or empty for none.
    [[nodiscard]] const QString &colour() const { return m_colour; }
    void setColour(const QString &colour);

private:
    void choose();

    QString m_colour;
    QPushButton *m_choose;
    QPushButton *m_none;
};

/// Paints a strip of the colour at the leading edge of a button; nothing for an invalid one.
void paintColourStrip(QWidget &button, const QColor &colour);

} // namespace hubkeeper
