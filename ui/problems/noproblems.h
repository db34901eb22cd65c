// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

class QLabel;
class QToolButton;

namespace hubkeeper {

class DocumentFindings;

/// What the Problems dock shows while its list is empty: why, and what to do next.
class NoProblems final : public QWidget
{
    Q_OBJECT

public:
    explicit NoProblems(QWidget *parent);

    /// `hidden` findings do not match the filter.
    void showReason(const DocumentFindings &findings, int hidden);

signals:
    void rulesWanted();
    void allWanted();

private:
    QLabel *m_text;
    QToolButton *m_rules;
    QToolButton *m_all;
};

} // namespace hubkeeper
