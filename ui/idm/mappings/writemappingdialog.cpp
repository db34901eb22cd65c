// SPDX-License-Identifier: MIT
#include "idm/mappings/writemappingdialog.h"

#include "editor/difftext.h"
#include "widgets/wrappedlabel.h"

#include <QBoxLayout>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int contextLines = 3;

} // namespace

WriteMappingDialog::WriteMappingDialog(const Server &server, const MappingPlan &plan,
                                       QWidget *parent)
    : QDialog(parent)
    , m_server(server)
    , m_difference(new DiffText(DiffSide::Both, this))
    , m_note(new QLineEdit(this))
    , m_label(server.kind == ConnectionKind::Production ? new QLineEdit(this) : nullptr)
    , m_write(new QPushButton(tr("&Write"), this))
{
    setWindowTitle(tr("Write Mapping"));
    m_difference->setAccessibleName(tr("What changes on the server"));
    m_note->setAccessibleName(tr("Note for the journal"));
    m_note->setObjectName(u"mappingNote"_s);
    m_write->setObjectName(u"writeMappingNow"_s);
    m_difference->show(compared(plan.seen ? textOfMapping(*plan.seen) : QByteArray(),
                                textOfMapping(plan.wanted), contextLines)
                           .rows);
    build(plan);
    updateButton();
    const int letter = fontMetrics().averageCharWidth();
    resize(letter * 100, fontMetrics().height() * 30);
}

void WriteMappingDialog::build(const MappingPlan &plan)
{
    auto *summary = new WrappedLabel(this);
    summary->setText(summaryOf(plan));
    auto *form = new QFormLayout;
    form->addRow(tr("&Note:"), m_note);
    if (m_label) {
        m_label->setObjectName(u"productionLabel"_s);
        m_label->setAccessibleName(tr("Label of the production server"));
        form->addRow(tr("Type &%1:").arg(QString(m_server.label).replace(u'&', u"&&"_s)), m_label);
        connect(m_label, &QLineEdit::textChanged, this, &WriteMappingDialog::updateButton);
    }
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    buttons->addButton(m_write, QDialogButtonBox::AcceptRole);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->addWidget(summary);
    column->addWidget(m_difference, 1);
    column->addLayout(form);
    column->addWidget(buttons);
}

QString WriteMappingDialog::summaryOf(const MappingPlan &plan) const
{
    QString text = plan.seen
        ? tr("The mapping %1 on %2 becomes what is open here. All others stay as they are.")
              .arg(plan.name, m_server.label)
        : tr("The mapping %1 is new on %2. All others stay as they are.")
              .arg(plan.name, m_server.label);
    if (plan.seen && !plan.isBaseKnown)
        text += u' '
            + tr("It is not known what the mapping was when the file was made: if somebody else "
                 "has changed it since, this undoes that change.");
    int warnings = 0;
    for (const Finding &finding : plan.findings)
        warnings += finding.severity == Severity::Warning;
    if (warnings > 0)
        text += u' ' + tr("There are %Ln warning(s) about it.", nullptr, warnings);
    return text;
}

QString WriteMappingDialog::note() const
{
    return m_note->text();
}

void WriteMappingDialog::updateButton()
{
    m_write->setEnabled(!m_label || m_label->text() == m_server.label);
}

} // namespace hubkeeper
