// SPDX-License-Identifier: MIT
#include "records/conditions/conditionrow.h"

#include "records/conditions/choicepicker.h"
#include "records/conditions/dateconditioneditor.h"
#include "records/values/choiceeditors.h"
#include "records/values/propertyeditors.h"
#include "records/values/texteditors.h"
#include "widgets/taborder.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QCompleter>
#include <QKeyEvent>
#include <QLineEdit>
#include <QScopedValueRollback>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

ConditionFamily familyOf(const PropertyDefinition *definition, const PropertyNames &names)
{
    if (!definition)
        return ConditionFamily::Texts;
    if (!names.choicesOf(*definition).isEmpty())
        return ConditionFamily::Choices;
    if (definition->type == "number"_L1)
        return ConditionFamily::Numbers;
    return definition->type.startsWith("date"_L1) ? ConditionFamily::Dates : ConditionFamily::Texts;
}

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
    m_property->setMinimumContentsLength(11); // "Contact owner" can be read.
    m_op->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_op->setMinimumContentsLength(10);
    m_property->completer()->setFilterMode(Qt::MatchContains);
    m_property->completer()->setCompletionMode(QCompleter::PopupCompletion);
    m_op->setAccessibleName(tr("Operator"));
    m_remove->setText(u"×"_s);
    m_remove->setAccessibleName(tr("Remove condition"));
    m_remove->setToolTip(tr("Remove condition"));
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
    const int at = m_property->currentIndex();
    const bool isChosen = at >= 0 && m_property->itemText(at) == before;
    const QVariant chosen = isChosen ? m_property->itemData(at) : QVariant();
    m_property->clear();
    QList<PropertyDefinition> definitions = m_names.definitions();
    std::sort(definitions.begin(), definitions.end(), [](const auto &a, const auto &b) {
        return QString::localeAwareCompare(a.label, b.label) < 0;
    });
    for (const PropertyDefinition &definition : std::as_const(definitions)) {
        if (!definition.hidden)
            m_property->addItem(definition.label, definition.name);
    }
    if (isChosen && m_property->findData(chosen) >= 0)
        m_property->setCurrentIndex(m_property->findData(chosen));
    else if (!before.isEmpty())
        m_property->setCurrentText(before);
}

void ConditionRow::namesChanged()
{
    const QSignalBlocker quiet(m_property);
    const QScopedValueRollback filling(m_isFilling, true);
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

ConditionOp ConditionRow::chosenOp() const
{
    return ConditionOp(m_op->currentData().toInt());
}

void ConditionRow::setLeaf(const ConditionLeaf &leaf)
{
    {
        const QSignalBlocker quietProperty(m_property);
        const QSignalBlocker quietOp(m_op);
        const int at = m_property->findData(leaf.property);
        m_property->setCurrentIndex(at);
        if (at < 0) // A hidden one.
            m_property->setCurrentText(leaf.property);
        showOperators();
        m_op->setCurrentIndex(m_op->findData(int(leaf.op)));
        m_valueOf.clear();
        showValues();
    }
    const QString joined =
        leaf.values.join(family() == ConditionFamily::Choices ? u";"_s : u", "_s);
    showValue(m_value, valuesOf(leaf.op) < 0 ? joined : leaf.values.value(0));
    showValue(m_high, leaf.values.value(1));
}

/// From its beginning on, and not selected: nobody is typing there.
void ConditionRow::showValue(PropertyEditor *editor, const QString &text)
{
    if (!editor)
        return;
    editor->setText(text);
    if (auto *line = qobject_cast<QLineEdit *>(editor->focusProxy()))
        line->home(false);
}

void ConditionRow::showOperators()
{
    const QVariant before = m_op->currentData();
    {
        const QSignalBlocker quiet(m_op);
        m_op->clear();
        const QList<ConditionOp> operators = operatorsOf(family());
        for (const ConditionOp op : operators)
            m_op->addItem(textOf(op, family()), int(op));
        m_op->setCurrentIndex(before.isValid() ? std::max(0, m_op->findData(before)) : 0);
    }
    showValues();
}

void ConditionRow::showValues()
{
    const QString name = definition() ? definition()->name : QString();
    const bool isSame = m_value && name == m_valueOf;
    QString before = isSame ? m_value->text() : QString();
    const QString high = isSame && m_high ? m_high->text() : QString();
    if (before.contains(u';') && valuesOf(chosenOp()) > 0)
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
    if (valuesOf(chosenOp()) == 0)
        return;
    const QScopedValueRollback filling(m_isFilling, true);
    m_value = makeValue(tr("Value"));
    showValue(m_value, before);
    if (chosenOp() == ConditionOp::Between) {
        m_high = makeValue(tr("Upper value"));
        showValue(m_high, high);
    }
    QList<QWidget *> inOrder {m_op, m_value, m_high, m_remove};
    inOrder.removeAll(nullptr);
    tabInOrder(inOrder);
}

/// The editor of the property where it can hold what the operator wants; else a line.
PropertyEditor *ConditionRow::makeValue(const QString &name)
{
    const PropertyDefinition *known = definition();
    PropertyEditor *editor = nullptr;
    switch (family()) {
    case ConditionFamily::Choices:
        if (valuesOf(chosenOp()) < 0)
            editor = new ChoicePicker(*known, m_names.choicesOf(*known), this);
        else
            editor = new ChoiceEditor(*known, m_names.choicesOf(*known), false, this);
        break;
    case ConditionFamily::Dates:
        editor = new DateConditionEditor(*known, this);
        break;
    case ConditionFamily::Numbers:
        editor = makePropertyEditor(known, m_names, false, this);
        break;
    case ConditionFamily::Texts:
        editor = new LineEditor(nullptr, m_names, false, this);
        break;
    }
    editor->setText({});
    watch(editor, name);
    m_values->addWidget(editor);
    editor->show();
    return editor;
}

void ConditionRow::watch(PropertyEditor *editor, const QString &name)
{
    if (QWidget *inner = editor->focusProxy()) {
        inner->setAccessibleName(name);
        inner->installEventFilter(this);
        auto *line = qobject_cast<QLineEdit *>(inner);
        if (line && family() == ConditionFamily::Texts && valuesOf(chosenOp()) < 0)
            line->setPlaceholderText(tr("Values, separated by commas"));
        if (line)
            connect(line, &QLineEdit::textEdited, this, &ConditionRow::edited);
    }
    if (auto *box = qobject_cast<QComboBox *>(editor->focusProxy())) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(6);
        connect(box, &QComboBox::editTextChanged, this, [this] {
            if (!m_isFilling)
                emit edited();
        });
    }
    connect(editor, &PropertyEditor::chosen, this, &ConditionRow::edited);
}

bool ConditionRow::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress && !qobject_cast<QToolButton *>(watched)) {
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

ConditionLeaf ConditionRow::leaf() const
{
    ConditionLeaf leaf;
    leaf.property = definition()->name;
    leaf.op = chosenOp();
    const QString text = m_value ? m_value->text().trimmed() : QString();
    if (valuesOf(leaf.op) >= 0) {
        if (m_value)
            leaf.values.append(text);
        if (m_high)
            leaf.values.append(m_high->text().trimmed());
        return leaf;
    }
    const bool isChoice = family() == ConditionFamily::Choices;
    const QStringList values = text.split(isChoice ? u';' : u',', Qt::SkipEmptyParts);
    for (const QString &value : values) {
        if (!value.trimmed().isEmpty())
            leaf.values.append(value.trimmed());
    }
    return leaf;
}

} // namespace hubkeeper
