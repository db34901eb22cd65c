// SPDX-License-Identifier: MIT
#include "records/grid/conditionbar.h"

#include "records/grid/conditionrow.h"

#include <QBoxLayout>
#include <QLineEdit>
#include <QPushButton>

namespace hubkeeper {

ConditionBar::ConditionBar(ObjectType type, const PropertyNames &names, QWidget *parent)
    : QWidget(parent)
    , m_names(names)
    , m_words(new QLineEdit(this))
    , m_rowsLayout(new QVBoxLayout)
{
    m_words->setPlaceholderText(type == ObjectType::Contacts
                                    ? tr("Search in HubSpot: name, e-mail, phone")
                                    : tr("Search in HubSpot: name, domain, phone"));
    m_words->setAccessibleName(tr("Search in HubSpot"));
    m_words->setClearButtonEnabled(true);
    auto *add = new QPushButton(tr("Add Co&ndition"), this);
    add->setObjectName(QStringLiteral("addCondition"));
    auto *search = new QPushButton(tr("&Search"), this);

    auto *top = new QHBoxLayout;
    top->addWidget(m_words, 1);
    top->addWidget(add);
    top->addWidget(search);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(top);
    layout->addLayout(m_rowsLayout);

    connect(m_words, &QLineEdit::returnPressed, this, &ConditionBar::searchRequested);
    connect(search, &QPushButton::clicked, this, &ConditionBar::searchRequested);
    connect(add, &QPushButton::clicked, this, &ConditionBar::addRow);
}

void ConditionBar::namesChanged()
{
    for (ConditionRow *row : std::as_const(m_rows))
        row->namesChanged();
}

void ConditionBar::addRow()
{
    if (m_rows.size() >= SearchQuery::mostFiltersPerGroup - 1) // One is kept for paging.
        return;
    auto *row = new ConditionRow(m_names, this);
    m_rowsLayout->addWidget(row);
    m_rows.append(row);
    row->show();
    row->focusProperty();
    connect(row, &ConditionRow::searchRequested, this, &ConditionBar::searchRequested);
    connect(row, &ConditionRow::edited, this, &ConditionBar::edited);
    connect(row, &ConditionRow::removeWanted, this, [this, row] {
        m_rows.removeAll(row);
        row->deleteLater();
        emit edited();
    });
}

QString ConditionBar::fault() const
{
    for (const ConditionRow *row : m_rows) {
        if (const QString fault = row->fault(); !fault.isEmpty())
            return fault;
    }
    return {};
}

std::optional<SearchQuery> ConditionBar::query() const
{
    SearchQuery query;
    query.text = m_words->text().trimmed();
    QList<SearchFilter> filters;
    for (const ConditionRow *row : m_rows) {
        if (row->fault().isEmpty())
            filters.append(row->filter());
    }
    if (query.text.isEmpty() && filters.isEmpty())
        return std::nullopt;
    if (!filters.isEmpty())
        query.groups.append(filters);
    return query;
}

void ConditionBar::clear()
{
    m_words->clear();
    while (!m_rows.isEmpty())
        m_rows.takeLast()->deleteLater();
}

} // namespace hubkeeper
