// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

namespace hubkeeper {

/// The inside of a scroll area whose texts wrap: a scroll area does not ask how tall they become
/// at its width, so they would be cut.
class TallContents final : public QWidget
{
public:
    /// How tall it wants to be: as everything in it would like, or as it must be at least, where
    /// there are lists that scroll by themselves.
    enum Height { Everything, Least };

    TallContents(Height height, QWidget *parent);

    /// It wants no more pixels than these, whatever is in it.
    void setMost(int most) { m_most = most; }
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    bool event(QEvent *event) override;

private:
    void takeHeight();

    const Height m_height;
    int m_most = QWIDGETSIZE_MAX;
};

} // namespace hubkeeper
