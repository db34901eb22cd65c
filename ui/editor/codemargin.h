// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

namespace hubkeeper {

class CodeEditor;

/// The column beside a code editor: what was found in a line, its number, whether it can be
/// folded. A click on the last folds; a press on an icon says what it stands for.
class CodeMargin final : public QWidget
{
    Q_OBJECT

public:
    explicit CodeMargin(CodeEditor *editor);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    bool event(QEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    [[nodiscard]] int iconWidth() const;
    [[nodiscard]] int numberWidth() const;
    [[nodiscard]] int foldWidth() const;
    void paintFold(QPainter &painter, const QRectF &area, bool folded) const;

    CodeEditor *const m_editor;
};

} // namespace hubkeeper
