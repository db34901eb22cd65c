// SPDX-License-Identifier: MIT
#include "configuration/form/fieldsform.h"

#include "configuration/findings/findingplaces.h"
#include "configuration/findings/jsonpointers.h"
#include "widgets/tallcontents.h"

#include <QBoxLayout>
#include <QFormLayout>
#include <QLabel>
#include <QResizeEvent>
#include <QSet>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// Letters that menus, tabs and the page's own buttons have taken.
constexpr auto takenKeys = "bcdefghprtv"_L1;

/// The label with an access key that no other of the form has, where there is one.
QString withAccessKey(const QString &label, QSet<QChar> &taken)
{
    for (qsizetype at = 0; at < label.size(); ++at) {
        const QChar letter = label.at(at).toLower();
        if (!letter.isLetter() || taken.contains(letter))
            continue;
        taken.insert(letter);
        return label.left(at) + u'&' + label.mid(at);
    }
    return label;
}

} // namespace

FieldsForm::FieldsForm(const QList<FieldSpec> &specs, QWidget *parent)
    : QScrollArea(parent)
{
    auto *inside = new TallContents(TallContents::Everything, this);
    m_column = new QVBoxLayout(inside);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_form = new QFormLayout;
    m_column->addLayout(m_form);
    m_column->addStretch(1);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_form->setVerticalSpacing(fontMetrics().height() * 3 / 4);
    inside->setMaximumWidth(fontMetrics().averageCharWidth() * 110);
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus); // Its fields take the keyboard.
    setWidget(inside);
    viewport()->setAutoFillBackground(false); // That of the tab shows through.
    inside->setAutoFillBackground(false);

    QSet<QChar> taken;
    for (const char letter : takenKeys)
        taken.insert(QLatin1Char(letter));
    for (const FieldSpec &spec : specs)
        addField(spec, taken);
}

/// Beside their labels the fields of a narrow form would have no room.
void FieldsForm::resizeEvent(QResizeEvent *event)
{
    const bool isNarrow = event->size().width() < fontMetrics().averageCharWidth() * 64;
    m_form->setRowWrapPolicy(isNarrow ? QFormLayout::WrapAllRows : QFormLayout::WrapLongRows);
    for (QLabel *label : std::as_const(m_noLabels))
        label->setMaximumHeight(isNarrow ? 0 : QWIDGETSIZE_MAX);
    QScrollArea::resizeEvent(event);
}

void FieldsForm::addAbove(QWidget *widget)
{
    m_column->insertWidget(0, widget);
}

void FieldsForm::addField(const FieldSpec &spec, QSet<QChar> &taken)
{
    auto *field = new FormField(spec, widget());
    field->setAccessKey(withAccessKey(spec.label, taken));
    connect(field, &FormField::failed, this, &FieldsForm::failed);
    connect(field, &FormField::fixWanted, this, &FieldsForm::fixWanted);
    connect(field, &FormField::secretsWanted, this, &FieldsForm::secretsWanted);
    if (field->label()) {
        m_form->addRow(field->label(), field);
    } else { // Has its own label, and keeps the column.
        m_noLabels.append(new QLabel(widget()));
        m_form->addRow(m_noLabels.last(), field);
    }
    m_form->setRowVisible(field, field->isWanted());
    m_fields.append(field);
}

void FieldsForm::setDocument(Document *document)
{
    for (FormField *field : std::as_const(m_fields))
        field->setDocument(document);
    showValues();
}

void FieldsForm::setBase(const QString &base)
{
    for (FormField *field : std::as_const(m_fields))
        field->setBase(base);
    showValues();
}

void FieldsForm::showValues()
{
    for (FormField *field : std::as_const(m_fields)) {
        field->showValue();
        m_form->setRowVisible(field, field->isWanted());
    }
}

bool FieldsForm::showField(const QString &pointer)
{
    for (FormField *field : std::as_const(m_fields)) {
        if (field->isWanted() && isAtOrBelow(pointer, field->pointer())) {
            field->editor()->setFocus(Qt::OtherFocusReason);
            ensureWidgetVisible(field);
            return true;
        }
    }
    return false;
}

QList<Finding> FieldsForm::placed(const QList<Finding> &findings)
{
    QList<Finding> left = findings;
    for (FormField *field : std::as_const(m_fields)) {
        field->showFindings(field->isWanted() ? takeBelow(left, field->pointer())
                                              : QList<Finding>());
    }
    return left;
}

} // namespace hubkeeper
