// SPDX-License-Identifier: MIT
#pragma once

#include "editor/diffrows.h"

#include <QPlainTextEdit>

namespace hubkeeper {

/// Which lines a DiffText is about.
enum class DiffSide { Both, Before, After };

/// A comparison as one text, or one side of it, changed lines marked by "+" and "-" and by colour,
/// with line numbers. Cannot be edited; what is copied is what is seen.
class DiffText final : public QPlainTextEdit
{
    Q_OBJECT

public:
    DiffText(DiffSide side, QWidget *parent);

    /// Those of TextComparison for both sides, of DiffSides for one.
    void show(const QList<DiffRow> &rows);
    /// The hunk at the cursor, else the next one below; -1 if there is none.
    [[nodiscard]] int currentHunk() const;
    /// Whether the cursor is on a changed line.
    [[nodiscard]] bool isOnHunk() const;
    void goToLine(int row);
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
    void paintRow(QPainter &painter, const QRectF &area, const DiffRow &row) const;

    const DiffSide m_side;
    QList<DiffRow> m_rows;
    QWidget *m_numbers;
};

} // namespace hubkeeper
