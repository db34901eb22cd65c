// SPDX-License-Identifier: MIT
#include "workbench/report/reportchoices.h"

#include "records/values/propertynames.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>

using namespace Qt::StringLiterals;

namespace hubkeeper {

ReportChoices::ReportChoices(const PropertyNames &names, const RecordsSubject &subject,
                             QWidget *parent)
    : QWidget(parent)
    , m_extent(new QComboBox(this))
    , m_required(new QListWidget(this))
    , m_country(new QLineEdit(this))
{
    m_extent->setObjectName(u"reportExtent"_s);
    m_required->setObjectName(u"reportRequired"_s);
    m_country->setObjectName(u"reportCountry"_s);
    const int selected = int(subject.selected.size());
    if (selected > 0)
        m_extent->addItem(tr("%Ln selected record(s)", nullptr, selected),
                          RecordsSubject::Selected);
    m_extent->addItem(tr("All %Ln record(s) shown", nullptr, int(subject.shown.size())),
                      RecordsSubject::Shown);
    m_extent->setCurrentIndex(selected > 1 ? 0 : m_extent->count() - 1);
    m_country->setPlaceholderText(tr("such as DE"));
    m_country->setMaxLength(2);
    for (const QString &column : subject.columns) {
        auto *item = new QListWidgetItem(names.label(column), m_required);
        item->setData(Qt::UserRole, column);
        item->setToolTip(column);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(Qt::Unchecked);
    }
    m_required->setMaximumHeight(fontMetrics().lineSpacing() * 5);
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
    return RecordsSubject::Extent(m_extent->currentData().toInt());
}

QStringList ReportChoices::required() const
{
    QStringList properties;
    for (int row = 0; row < m_required->count(); ++row) {
        const QListWidgetItem *item = m_required->item(row);
        if (item->checkState() == Qt::Checked)
            properties.append(item->data(Qt::UserRole).toString());
    }
    return properties;
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
