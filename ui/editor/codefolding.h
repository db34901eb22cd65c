// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QObject>

class QPlainTextEdit;
class QTextBlock;

namespace hubkeeper {

/// Lines that can be folded: the first stays, those after it up to and with `last` are hidden.
struct FoldRegion
{
    int first = 0; ///< From 0.
    int last = 0;

    bool operator==(const FoldRegion &) const = default;
};

/// Folding in a text editor. What is folded is only hidden: the text stays as it is. Whatever
/// touches a hidden line, the cursor included, brings it back.
class CodeFolding final : public QObject
{
    Q_OBJECT

public:
    explicit CodeFolding(QPlainTextEdit *editor);

    /// What can be folded now, sorted by first line. What is hidden and no longer belongs to a
    /// region is brought back.
    void setRegions(const QList<FoldRegion> &regions);
    [[nodiscard]] bool canFold(int line) const;
    [[nodiscard]] bool isFolded(int line) const;
    void toggle(int line);
    /// The innermost region around the line.
    void foldAround(int line);
    void unfoldAll();
    /// Makes the line visible.
    void reveal(int line);

signals:
    void changed();

private:
    [[nodiscard]] const FoldRegion *regionAt(int line) const;
    void setVisible(int first, int last, bool visible);
    void layOutAgain();

    QPlainTextEdit *const m_editor;
    QList<FoldRegion> m_regions;
};

} // namespace hubkeeper
