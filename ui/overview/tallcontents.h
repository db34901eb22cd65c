// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

namespace hubkeeper {

/// The inside of a scroll area whose texts wrap: a scroll area does not ask how tall they become
/// at its width, so they were cut.
class TallContents final : public QWidget
{
public:
    using QWidget::QWidget;

protected:
    bool event(QEvent *event) override;

private:
    void takeHeight();
};

} // namespace hubkeeper
