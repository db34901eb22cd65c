// SPDX-License-Identifier: MIT
#include "configuration/fieldnote.h"

#include "configuration/findingnotes.h"
#include "configuration/jsonpointers.h"
#include "configuration/notelabel.h"

#include <QBoxLayout>

namespace hubkeeper {

FieldNote::FieldNote(const QString &help, QWidget *parent)
    : QWidget(parent)
    , m_findings(new FindingNotes(this))
{
    connect(m_findings, &FindingNotes::fixWanted, this, &FieldNote::fixWanted);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(fontMetrics().height() / 5);
    layout->addWidget(new NoteLabel(this, help));
    layout->addWidget(m_findings);
}

QWidget *FieldNote::below(QWidget *editor)
{
    auto *both = new QWidget(parentWidget());
    auto *column = new QVBoxLayout(both);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(fontMetrics().height() / 5);
    column->addWidget(editor);
    column->addWidget(this);
    return both;
}

QList<Finding> FieldNote::placed(const QList<Finding> &findings)
{
    QList<Finding> own;
    QList<Finding> left;
    for (const Finding &finding : findings)
        (isAtOrBelow(finding.pointer, m_pointer) ? own : left).append(finding);
    m_findings->setFindings(own);
    return left;
}

} // namespace hubkeeper
