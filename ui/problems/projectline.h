// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

class QLabel;
class QToolButton;

namespace hubkeeper {

class ElidedLabel;
class DocumentFindings;
class ProjectRules;

/// Says which project file chose the rules, how many findings its baseline hides, or why it could
/// not be used, and lets the user ignore it. Hidden where there is none.
class ProjectLine final : public QWidget
{
    Q_OBJECT

public:
    /// `findings` must outlive it.
    ProjectLine(DocumentFindings &findings, QWidget *parent);

protected:
    void changeEvent(QEvent *event) override;

private:
    void showRules();
    [[nodiscard]] QString usedText(const QString &path) const;

    const DocumentFindings &m_findings;
    ProjectRules &m_rules;
    QLabel *m_icon;
    ElidedLabel *m_text;
    QToolButton *m_use;
};

} // namespace hubkeeper
