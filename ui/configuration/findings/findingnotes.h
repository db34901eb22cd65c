// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/rules/finding.h"

#include <QWidget>

class QGridLayout;

namespace hubkeeper {

[[nodiscard]] QIcon iconOf(Severity severity);
/// "Error", "Warning", "Information", translated.
[[nodiscard]] QString wordFor(Severity severity);

/// Findings beside what they are about: icon, sentence, and a button where there is a fix. Hidden
/// while there are none.
class FindingNotes final : public QWidget
{
    Q_OBJECT

public:
    static constexpr int mostShown = 5;

    explicit FindingNotes(QWidget *parent);

    void setFindings(const QList<Finding> &findings);
    [[nodiscard]] const QList<Finding> &findings() const { return m_findings; }

signals:
    void fixWanted(const hubkeeper::Finding &finding);

protected:
    void changeEvent(QEvent *event) override;

private:
    void build();
    void addRow(const Finding &finding);

    QList<Finding> m_findings;
    QWidget *m_rows = nullptr;
    QGridLayout *m_grid = nullptr;
};

} // namespace hubkeeper
