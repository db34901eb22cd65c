// SPDX-License-Identifier: MIT
#include "workbench/report/reportchoices.h"

#include "records/values/propertynames.h"
#include "workbench/subject/subjectchoices.h"

#include <QBoxLayout>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace hubkeeper {

ReportChoices::ReportChoices(const PropertyNames &names, const RecordsSubject &subject,
                             QWidget *parent)
    : QWidget(parent)
    , m_extent(new ExtentBox(subject, this))
    , m_required(new PropertyChecklist(5, this))
    , m_country(new QLineEdit(this))
{
    m_extent->setObjectName(u"reportExtent"_s);
    m_required->setObjectName(u"reportRequired"_s);
    m_country->setObjectName(u"reportCountry"_s);
    m_country->setPlaceholderText(tr("such as DE"));
    m_country->setMaxLength(2);
    for (const QString &column : subject.columns)
        m_required->add(column, names.label(column), false);
    m_required->setAccessibleName(tr("Properties that have to have a value"));
    auto *form = new QFormLayout;
    form->addRow(tr("R&ecords:"), m_extent);
    form->addRow(tr("Co&untry of phone numbers:"), m_country);
    auto *right = new QVBoxLayout;
    auto *caption = new QLabel(tr("Have to have a &value:"), this);
    caption->setBuddy(m_required);
    right->addWidget(caption);
    right->addWidget(m_required);
    right->addStretch();
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addLayout(form, 1);
    row->addLayout(right, 1);
    connect(m_extent, &QComboBox::currentIndexChanged, this, &ReportChoices::changed);
    connect(m_required, &QListWidget::itemChanged, this, &ReportChoices::changed);
    connect(m_country, &QLineEdit::textChanged, this, &ReportChoices::changed);
}

RecordsSubject::Extent ReportChoices::extent() const
{
    return m_extent->extent();
}

QStringList ReportChoices::required() const
{
    return m_required->ticked();
}

void ReportChoices::setCountry(const QString &country)
{
    m_country->setText(country);
}

QString ReportChoices::country() const
{
    return m_country->text().trimmed().toUpper();
}

} // namespace hubkeeper
