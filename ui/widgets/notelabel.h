// SPDX-License-Identifier: MIT
#pragma once

#include <QLabel>

namespace hubkeeper {

/// Small print: plain text over several lines in the muted tone of the palette.
class NoteLabel final : public QLabel
{
    Q_OBJECT

public:
    explicit NoteLabel(QWidget *parent, const QString &text = {});

protected:
    void changeEvent(QEvent *event) override;

private:
    void takeColour();
};

} // namespace hubkeeper
