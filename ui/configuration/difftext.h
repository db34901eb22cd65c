// SPDX-License-Identifier: MIT
#pragma once

#include "configuration/diffrows.h"

#include <QPlainTextEdit>

namespace hubkeeper {

/// A comparison as one text, changed lines marked by "+" and "-" and by colour, with the line
/// numbers of both sides. Cannot be edited; what is copied is what is seen.
class DiffText final : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit DiffText(QWidget *parent);

    void show(const TextComparison &comparison);
    /// The hunk at the cursor, else the next one below; -1 if there is none.
    [[nodiscard]] int currentHunk() const;
    /// Puts the cursor on a hunk and scrolls there.
    void goToHunk(int hunk);

signals:
    void currentHunkChanged();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    class Numbers;

    [[nodiscard]] int numbersWidth() const;
    void paintNumbers(QPaintEvent *event);
    void showChangedParts();
    [[nodiscard]] QString lineOf(const DiffRow &row) const;

    QList<DiffRow> m_rows;
    QWidget *m_numbers;
};

} // namespace hubkeeper
