// SPDX-License-Identifier: MIT
#include "records/grid/conditionrow.h"

#include "records/values/choiceeditors.h"
#include "records/values/propertyeditors.h"
#include "records/values/texteditors.h"
#include "widgets/taborder.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QCompleter>
#include <QKeyEvent>
#include <QLineEdit>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

ConditionRow::ConditionRow(const PropertyNames &names, QWidget *parent)
    : QWidget(parent)
    , m_names(names)
    , m_property(new QComboBox(this))
    , m_op(new QComboBox(this))
    , m_values(new QHBoxLayout)
    , m_remove(new QToolButton(this))
{
    m_property->setAccessibleName(tr("Property"));
    m_property->setEditable(true);
    m_property->setInsertPolicy(QComboBox::NoInsert);
    m_property->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_property->setMinimumContentsLength(16); // "Contact owner" can be read.
    m_op->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_op->setMinimumContentsLength(10);
    m_property->completer()->setFilterMode(Qt::MatchContains);
    m_property->completer()->setCompletionMode(QCompleter::PopupCompletion);
    m_op->setAccessibleName(tr("Operator"));
    m_remove->setText(u"×"_s);
    m_remove->setAccessibleName(tr("Remove condition"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_property, 2);
    layout->addWidget(m_op, 1);
    layout->addLayout(m_values, 3);
    layout->addWidget(m_remove);
    m_values->setContentsMargins(0, 0, 0, 0);
    fillProperties();
    showOperators();

    connect(m_property, &QComboBox::currentTextChanged, this, &ConditionRow::showOperators);
    connect(m_op, &QComboBox::currentIndexChanged, this, &ConditionRow::showValues);
    connect(m_property, &QComboBox::currentTextChanged, this, &ConditionRow::edited);
    connect(m_op, &QComboBox::currentIndexChanged, this, &ConditionRow::edited);
    connect(m_remove, &QToolButton::clicked, this, &ConditionRow::removeWanted);
}

void ConditionRow::fillProperties()
{
    const QString before = m_property->currentText();
    m_property->clear();
    QList<PropertyDefinition> definitions = m_names.definitions();
    std::sort(definitions.begin(), definitions.end(), [](const auto &a, const auto &b) {
        return QString::localeAwareCompare(a.label, b.label) < 0;
    });
    for (const PropertyDefinition &definition : std::as_const(definitions)) {
        if (!definition.hidden)
            m_property->addItem(definition.label, definition.name);
    }
    if (!before.isEmpty())
        m_property->setCurrentText(before);
}

void ConditionRow::namesChanged()
{
    fillProperties();
    showOperators();
}

void ConditionRow::focusProperty()
{
    m_property->setFocus();
    m_property->lineEdit()->selectAll();
}

/// What the text says: it may have been typed, and several properties may have one label.
const PropertyDefinition *ConditionRow::definition() const
{
    const QString text = m_property->currentText().trimmed();
    const int chosen = m_property->currentIndex();
    if (chosen >= 0 && m_property->itemText(chosen) == m_property->currentText())
        return m_names.definition(m_property->itemData(chosen).toString());
    if (const PropertyDefinition *byName = m_names.definition(text))
        return byName;
    const int typed = m_property->findText(text, Qt::MatchFixedString);
    return typed < 0 ? nullptr : m_names.definition(m_property->itemData(typed).toString());
}

ConditionRow::Family ConditionRow::family() const
{
    const PropertyDefinition *known = definition();
    if (known && !m_names.choicesOf(*known).isEmpty())
        return Choices;
    const bool isOrdered =
        known && (known->type == "number"_L1 || known->type.startsWith("date"_L1));
    return isOrdered ? Ordered : Texts;
}

SearchOperator ConditionRow::chosenOperator() const
{
    return SearchOperator(m_op->currentData().toInt());
}

void ConditionRow::showOperators()
{
    using Op = SearchOperator;
    using Operators = QList<std::pair<QString, Op>>;
    Operators operators {{tr("is"), Op::Eq}, {tr("is not"), Op::Neq}};
    switch (family()) {
    case Choices:
        operators += Operators {{tr("is one of"), Op::In}};
        break;
    case Ordered:
        operators += Operators {{tr("is less than"), Op::Lt},
                                {tr("is at most"), Op::Lte},
                                {tr("is more than"), Op::Gt},
                                {tr("is at least"), Op::Gte},
                                {tr("is between"), Op::Between}};
        break;
    case Texts:
        operators += Operators {{tr("contains word"), Op::ContainsToken},
                                {tr("does not contain word"), Op::NotContainsToken},
                                {tr("is one of"), Op::In}};
        break;
    }
    operators +=
        Operators {{tr("has a value"), Op::HasProperty}, {tr("has no value"), Op::NotHasProperty}};
    const QVariant before = m_op->currentData();
    {
        const QSignalBlocker quiet(m_op);
        m_op->clear();
        for (const auto &[text, op] : std::as_const(operators))
            m_op->addItem(text, int(op));
        m_op->setCurrentIndex(before.isValid() ? std::max(0, m_op->findData(before)) : 0);
    }
    showValues();
}

void ConditionRow::showValues()
{
    const QString name = definition() ? definition()->name : QString();
    QString before = m_value && name == m_valueOf ? m_value->text() : QString();
    if (before.contains(u';') && chosenOperator() != SearchOperator::In)
        before.clear();
    m_valueOf = name;
    const auto drop = [this](PropertyEditor *&editor) {
        if (editor) {
            m_values->removeWidget(editor);
            editor->hide();
            editor->deleteLater();
        }
        editor = nullptr;
    };
    drop(m_value);
    drop(m_high);
    const SearchOperator op = chosenOperator();
    if (op == SearchOperator::HasProperty || op == SearchOperator::NotHasProperty)
        return;
    m_value = makeValue(tr("Value"));
    m_value->setText(before);
    if (op == SearchOperator::Between)
        m_high = makeValue(tr("Upper value"));
    QList<QWidget *> inOrder {m_op, m_value, m_high, m_remove};
    inOrder.removeAll(nullptr);
    tabInOrder(inOrder);
}

/// The editor of the property where it can hold what the operator wants; else a line.
PropertyEditor *ConditionRow::makeValue(const QString &name)
{
    const PropertyDefinition *known = definition();
    const Family kind = family();
    PropertyEditor *editor = nullptr;
    if (kind == Choices && chosenOperator() == SearchOperator::In)
        editor = new ManyChoicesEditor(*known, m_names.choicesOf(*known), this);
    else if (kind == Choices)
        editor = new ChoiceEditor(*known, m_names.choicesOf(*known), false, this);
    else if (kind == Ordered)
        editor = makePropertyEditor(known, m_names, false, this);
    else
        editor = new LineEditor(nullptr, m_names, false, this);
    editor->setText({});
    if (QWidget *inner = editor->focusProxy()) {
        inner->setAccessibleName(name);
        inner->installEventFilter(this);
        auto *line = qobject_cast<QLineEdit *>(inner);
        if (line && kind == Texts && chosenOperator() == SearchOperator::In)
            line->setPlaceholderText(tr("Values, separated by commas"));
    }
    connect(editor, &PropertyEditor::chosen, this, &ConditionRow::edited);
    m_values->addWidget(editor);
    editor->show();
    return editor;
}

bool ConditionRow::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            emit searchRequested();
            return true;
        }
        emit edited();
    }
    return QWidget::eventFilter(watched, event);
}

QString ConditionRow::faultOf(const PropertyEditor *value) const
{
    if (!value)
        return {};
    if (const QString refusal = value->refusal(); !refusal.isEmpty())
        return refusal;
    return value->text().trimmed().isEmpty()
        ? tr("The condition on %1 needs a value.").arg(definition()->label)
        : QString();
}

QString ConditionRow::fault() const
{
    if (!definition())
        return tr("There is no property “%1”.").arg(m_property->currentText().left(80));
    const QString ofValue = faultOf(m_value);
    return ofValue.isEmpty() ? faultOf(m_high) : ofValue;
}

SearchFilter ConditionRow::filter() const
{
    SearchFilter filter;
    filter.property = definition()->name;
    filter.op = chosenOperator();
    const QString text = m_value ? m_value->text().trimmed() : QString();
    if (filter.op != SearchOperator::In) {
        filter.value = text;
        filter.highValue = m_high ? m_high->text().trimmed() : QString();
        return filter;
    }
    const bool isChoice = family() == Choices;
    const QStringList values = text.split(isChoice ? u';' : u',', Qt::SkipEmptyParts);
    for (const QString &value : values) // Texts have to be in lower case (hubspot-api 6.2).
        filter.values.append(isChoice ? value.trimmed() : value.trimmed().toLower());
    return filter;
}

} // namespace hubkeeper
