// SPDX-License-Identifier: MIT
#include "configuration/form/entrydetail.h"

#include "widgets/elidedlabel.h"

#include <QBoxLayout>
#include <QLabel>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

namespace hubkeeper {

EntryDetail::EntryDetail(QWidget *parent)
    : QWidget(parent)
    , m_name(new ElidedLabel(this))
    , m_type(new FieldsForm(specsOf(EntryKind::ObjectType), this))
    , m_attribute(new FieldsForm(specsOf(EntryKind::Attribute), this))
    , m_stack(new QStackedWidget(this))
{
    QFont bold = m_name->font();
    bold.setBold(true);
    m_name->setFont(bold);
    for (FieldsForm *form : {m_type, m_attribute}) {
        m_stack->addWidget(form);
        connect(form, &FieldsForm::failed, this, &EntryDetail::failed);
        connect(form, &FieldsForm::fixWanted, this, &EntryDetail::fixWanted);
    }
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, fontMetrics().height() / 3, 0, 0);
    layout->addWidget(m_name);
    layout->addWidget(m_stack, 1);
}

FieldsForm *EntryDetail::fields() const
{
    return static_cast<FieldsForm *>(m_stack->currentWidget());
}

void EntryDetail::setDocument(Document *document)
{
    for (FieldsForm *form : {m_type, m_attribute})
        form->setDocument(document);
}

void EntryDetail::setEntry(EntryKind kind, const QString &pointer, const QString &name)
{
    m_stack->setCurrentWidget(kind == EntryKind::Attribute ? m_attribute : m_type);
    m_name->setText(name);
    m_stack->setEnabled(!pointer.isEmpty());
    fields()->setBase(pointer);
}

void EntryDetail::showValues()
{
    fields()->showValues();
}

bool EntryDetail::showField(const QString &pointer)
{
    return fields()->showField(pointer);
}

QList<Finding> EntryDetail::placed(const QList<Finding> &findings)
{
    return fields()->placed(findings);
}

} // namespace hubkeeper
