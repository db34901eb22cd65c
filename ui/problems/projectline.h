// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

class QLabel;
class QToolButton;

namespace hubkeeper {

class ElidedLabel;
class ProjectRules;

/// Says which project file chose the rules, or why it could not, and lets the user ignore it.
/// Hidden where there is none.
class ProjectLine final : public QWidget
{
    Q_OBJECT

public:
    /// `rules` must outlive it.
    ProjectLine(ProjectRules &rules, QWidget *parent);

protected:
    void changeEvent(QEvent *event) override;

private:
    void showRules();

    ProjectRules &m_rules;
    QLabel *m_icon;
    ElidedLabel *m_text;
    QToolButton *m_use;
};

} // namespace hubkeeper
