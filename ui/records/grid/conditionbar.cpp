// SPDX-License-Identifier: MIT
#include "records/grid/conditionbar.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QCompleter>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

ConditionBar::ConditionBar(const PropertyNames &names, QWidget *parent)
    : QWidget(parent)
    , m_names(names)
    , m_words(new QLineEdit(this))
    , m_rowsLayout(new QVBoxLayout)
{
    m_words->setPlaceholderText(tr("Search in HubSpot: name, e-mail, phone"));
    m_words->setAccessibleName(tr("Search in HubSpot"));
    m_words->setClearButtonEnabled(true);
    auto *add = new QPushButton(tr("Add Co&ndition"), this);
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
    for (const Row &row : m_rows)
        fillProperties(row.property);
}

void ConditionBar::fillProperties(QComboBox *box) const
{
    const QString before = box->currentData().toString();
    box->clear();
    QList<PropertyDefinition> definitions = m_names.definitions();
    std::sort(definitions.begin(), definitions.end(), [](const auto &a, const auto &b) {
        return QString::localeAwareCompare(a.label, b.label) < 0;
    });
    for (const PropertyDefinition &definition : std::as_const(definitions)) {
        if (!definition.hidden)
            box->addItem(definition.label, definition.name);
    }
    box->setCurrentIndex(std::max(0, box->findData(before)));
}

void ConditionBar::addRow()
{
    if (m_rows.size() >= size_t(SearchQuery::mostFiltersPerGroup) - 1) // One is kept for paging.
        return;
    using Op = SearchOperator;
    auto *widget = new QWidget(this);
    const Row row {widget, new QComboBox(widget), new QComboBox(widget), new QLineEdit(widget),
                   new QLineEdit(widget)};
    auto *remove = new QToolButton(widget);
    remove->setText(u"×"_s);
    remove->setAccessibleName(tr("Remove condition"));
    row.property->setAccessibleName(tr("Property"));
    row.property->setEditable(true);
    row.property->setInsertPolicy(QComboBox::NoInsert);
    row.property->completer()->setFilterMode(Qt::MatchContains);
    row.property->completer()->setCompletionMode(QCompleter::PopupCompletion);
    row.op->setAccessibleName(tr("Operator"));
    row.value->setAccessibleName(tr("Value"));
    row.high->setAccessibleName(tr("Upper value"));
    fillProperties(row.property);
    const std::pair<QString, Op> operators[] = {
        {tr("is"), Op::Eq},
        {tr("is not"), Op::Neq},
        {tr("contains word"), Op::ContainsToken},
        {tr("does not contain word"), Op::NotContainsToken},
        {tr("is one of"), Op::In},
        {tr("has a value"), Op::HasProperty},
        {tr("has no value"), Op::NotHasProperty},
        {tr("is less than"), Op::Lt},
        {tr("is at most"), Op::Lte},
        {tr("is more than"), Op::Gt},
        {tr("is at least"), Op::Gte},
        {tr("is between"), Op::Between},
    };
    for (const auto &[text, op] : operators)
        row.op->addItem(text, int(op));

    auto *layout = new QHBoxLayout(widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(row.property, 2);
    layout->addWidget(row.op, 1);
    layout->addWidget(row.value, 2);
    layout->addWidget(row.high, 1);
    layout->addWidget(remove);
    m_rowsLayout->addWidget(widget);
    m_rows.push_back(row);
    showFields(row);
    row.property->setFocus();

    connect(row.op, &QComboBox::currentIndexChanged, widget, [this, row] { showFields(row); });
    connect(row.value, &QLineEdit::returnPressed, this, &ConditionBar::searchRequested);
    connect(row.high, &QLineEdit::returnPressed, this, &ConditionBar::searchRequested);
    connect(remove, &QToolButton::clicked, this, [this, widget] { removeRow(widget); });
}

void ConditionBar::removeRow(QWidget *widget)
{
    std::erase_if(m_rows, [widget](const Row &row) { return row.widget == widget; });
    widget->deleteLater();
}

void ConditionBar::showFields(const Row &row)
{
    const auto op = SearchOperator(row.op->currentData().toInt());
    const bool needsNothing =
        op == SearchOperator::HasProperty || op == SearchOperator::NotHasProperty;
    row.value->setVisible(!needsNothing);
    row.high->setVisible(op == SearchOperator::Between);
    row.value->setPlaceholderText(op == SearchOperator::In ? tr("Values, separated by commas")
                                                           : tr("Value"));
}

SearchFilter ConditionBar::filterOf(const Row &row)
{
    SearchFilter filter;
    filter.property = row.property->currentData().toString();
    filter.op = SearchOperator(row.op->currentData().toInt());
    if (filter.op == SearchOperator::In) {
        const QStringList values = row.value->text().split(u',', Qt::SkipEmptyParts);
        for (const QString &value : values)
            filter.values.append(value.trimmed().toLower()); // hubspot-api 6.2
    } else {
        filter.value = row.value->text();
        filter.highValue = row.high->text();
    }
    return filter;
}

std::optional<SearchQuery> ConditionBar::query() const
{
    SearchQuery query;
    query.text = m_words->text().trimmed();
    QList<SearchFilter> filters;
    for (const Row &row : m_rows)
        filters.append(filterOf(row));
    if (query.text.isEmpty() && filters.isEmpty())
        return std::nullopt;
    if (!filters.isEmpty())
        query.groups.append(filters);
    return query;
}

void ConditionBar::clear()
{
    m_words->clear();
    while (!m_rows.empty())
        removeRow(m_rows.back().widget);
}

} // namespace hubkeeper
