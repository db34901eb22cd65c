// SPDX-License-Identifier: MIT
#include "configuration/form/fieldnote.h"

#include "configuration/findings/findingnotes.h"
#include "configuration/findings/findingplaces.h"
#include "widgets/notelabel.h"

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
    QList<Finding> left = findings;
    m_findings->setFindings(takeBelow(left, m_pointer));
    return left;
}

} // namespace hubkeeper
