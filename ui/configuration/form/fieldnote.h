// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/rules/finding.h"

#include <QWidget>

namespace hubkeeper {

class FindingNotes;

/// Below a field: what it means, and what is wrong with its value.
class FieldNote final : public QWidget
{
    Q_OBJECT

public:
    FieldNote(const QString &help, QWidget *parent);

    /// Both under each other, to be put into a form; the label's buddy is to be set by its maker.
    [[nodiscard]] QWidget *below(QWidget *editor);
    /// Of the value the field edits.
    void setPointer(const QString &pointer) { m_pointer = pointer; }
    /// Shows the findings of that value and gives back the others.
    [[nodiscard]] QList<Finding> placed(const QList<Finding> &findings);

signals:
    void fixWanted(const hubkeeper::Finding &finding);

private:
    QString m_pointer;
    FindingNotes *m_findings;
};

} // namespace hubkeeper
