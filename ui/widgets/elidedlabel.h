// SPDX-License-Identifier: MIT
#pragma once

#include <QLabel>

namespace hubkeeper {

/// One line of plain text that gives way: what there is no room for is left out where an ellipsis
/// says so. text() is the whole text; so are the accessible name and, where something is left out,
/// the tip, if no other was set.
class ElidedLabel final : public QLabel
{
    Q_OBJECT

public:
    explicit ElidedLabel(QWidget *parent, Qt::TextElideMode mode = Qt::ElideMiddle);

    [[nodiscard]] QSize minimumSizeHint() const override;
    /// What is seen of the text.
    [[nodiscard]] QString shownText() const;

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    const Qt::TextElideMode m_mode;
};

} // namespace hubkeeper
