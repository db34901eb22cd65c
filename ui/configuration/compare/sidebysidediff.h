// SPDX-License-Identifier: MIT
#pragma once

#include "editor/diffrows.h"

#include <QWidget>

class QLabel;

namespace hubkeeper {

class DiffText;

/// A comparison in two texts beside each other. They scroll together, and the cursors of both are
/// in the same row.
class SideBySideDiff final : public QWidget
{
    Q_OBJECT

public:
    explicit SideBySideDiff(QWidget *parent);

    void show(const TextComparison &comparison);
    /// What is above the texts, translated.
    void setNames(const QString &before, const QString &after);

    [[nodiscard]] DiffText *before() const { return m_before; }
    [[nodiscard]] DiffText *after() const { return m_after; }

signals:
    void currentHunkChanged();

private:
    void build();
    void keepTogether(DiffText *leading, DiffText *following);

    QLabel *m_beforeName;
    QLabel *m_afterName;
    DiffText *m_before;
    DiffText *m_after;
    bool m_isFollowing = false;
};

} // namespace hubkeeper
