// SPDX-License-Identifier: MIT
#pragma once

#include <QLabel>

namespace hubkeeper {

/// Plain text over as many lines as it needs. Where there is less room, as in a dock or a narrow
/// pane, the last line that fits ends with an ellipsis, and the tip has the whole text, if no other
/// was set. text() and the accessible name are always the whole.
class WrappedLabel final : public QLabel
{
    Q_OBJECT

public:
    explicit WrappedLabel(QWidget *parent);

    /// Whether all of the text has room.
    [[nodiscard]] bool isWhole() const;
    /// What is seen of the text, a line break after each line; the text itself if it is whole.
    [[nodiscard]] QString shownText() const;

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
};

} // namespace hubkeeper
