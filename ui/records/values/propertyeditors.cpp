// SPDX-License-Identifier: MIT
#include "records/values/propertyeditors.h"

#include <QBoxLayout>
#include <QCalendarWidget>
#include <QComboBox>
#include <QCompleter>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QRegularExpressionValidator>
#include <QToolButton>
#include <QWidgetAction>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// Lets one widget fill the editor and take its focus.
void fill(QWidget *editor, QWidget *content)
{
    auto *layout = new QHBoxLayout(editor);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(content);
    editor->setFocusProxy(content);
    editor->setAutoFillBackground(true);
}

/// One line: text, number, date and time.
class LineEditor final : public PropertyEditor
{
    Q_OBJECT

public:
    LineEditor(const PropertyDefinition *definition, bool inCell, QWidget *parent)
        : PropertyEditor(parent)
        , m_line(new QLineEdit(this))
    {
        m_line->setFrame(!inCell);
        m_line->setAccessibleName(definition ? definition->label : tr("Value"));
        fill(this, m_line);
        if (!definition)
            return;
        if (definition->type == "number"_L1) {
            static const QRegularExpression number(u"-?[0-9]*\\.?[0-9]*"_s);
            m_line->setValidator(new QRegularExpressionValidator(number, m_line));
            m_line->setPlaceholderText(tr("Number, as in 1234.5"));
        } else if (definition->type == "datetime"_L1) {
            m_line->setPlaceholderText(tr("2026-11-23T10:00:00Z"));
        }
    }

    void setText(const QString &text) override
    {
        m_line->setText(text);
        m_line->selectAll();
    }
    [[nodiscard]] QString text() const override { return m_line->text(); }

private:
    QLineEdit *m_line;
};

/// Several lines, growing over the cell.
class LongTextEditor final : public PropertyEditor
{
    Q_OBJECT

public:
    LongTextEditor(const PropertyDefinition &definition, QWidget *parent)
        : PropertyEditor(parent)
        , m_edit(new QPlainTextEdit(this))
    {
        m_edit->setTabChangesFocus(true);
        m_edit->setAccessibleName(definition.label);
        fill(this, m_edit);
        setMinimumHeight(fontMetrics().lineSpacing() * 5);
        setMinimumWidth(fontMetrics().averageCharWidth() * 30);
    }

    void setText(const QString &text) override
    {
        m_edit->setPlainText(text);
        m_edit->selectAll();
    }
    [[nodiscard]] QString text() const override { return m_edit->toPlainText(); }

private:
    QPlainTextEdit *m_edit;
};

/// One of several: options, owners, yes and no. Unknown present values are kept.
class ChoiceEditor final : public PropertyEditor
{
    Q_OBJECT

public:
    ChoiceEditor(const QString &name, bool inCell, QWidget *parent)
        : PropertyEditor(parent)
        , m_box(new QComboBox(this))
    {
        m_box->setFrame(!inCell);
        m_box->setEditable(true);
        m_box->setInsertPolicy(QComboBox::NoInsert);
        m_box->completer()->setCompletionMode(QCompleter::PopupCompletion);
        m_box->completer()->setFilterMode(Qt::MatchContains);
        m_box->setAccessibleName(name);
        m_box->addItem(tr("(empty)", "no value"), QString());
        fill(this, m_box);
        connect(m_box, &QComboBox::activated, this, &PropertyEditor::chosen);
    }

    void add(const QString &label, const QString &value) { m_box->addItem(label, value); }

    void setText(const QString &text) override
    {
        int index = m_box->findData(text);
        if (index < 0) {
            m_box->addItem(text, text);
            index = m_box->count() - 1;
        }
        m_box->setCurrentIndex(index);
    }
    [[nodiscard]] QString text() const override
    {
        const int typed = m_box->findText(m_box->currentText(), Qt::MatchFixedString);
        return m_box->itemData(typed >= 0 ? typed : m_box->currentIndex()).toString();
    }

private:
    QComboBox *m_box;
};

/// Several of several: a button with a menu of check marks.
class ManyChoicesEditor final : public PropertyEditor
{
    Q_OBJECT

public:
    ManyChoicesEditor(const PropertyDefinition &definition, QWidget *parent)
        : PropertyEditor(parent)
        , m_button(new QToolButton(this))
        , m_menu(new QMenu(this))
    {
        m_button->setPopupMode(QToolButton::InstantPopup);
        m_button->setMenu(m_menu);
        m_button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        m_button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
        m_button->setAccessibleName(definition.label);
        fill(this, m_button);
        for (const PropertyOption &option : definition.options) {
            QAction *action = m_menu->addAction(option.label);
            action->setCheckable(true);
            action->setData(option.value);
            action->setVisible(!option.hidden);
            connect(action, &QAction::toggled, this, &ManyChoicesEditor::showChoice);
        }
    }

    void setText(const QString &text) override
    {
        m_before = text.split(u';', Qt::SkipEmptyParts);
        m_unknown = m_before;
        for (QAction *action : m_menu->actions()) {
            m_unknown.removeAll(action->data().toString());
            action->setChecked(m_before.contains(action->data().toString()));
        }
        showChoice();
    }
    [[nodiscard]] QString text() const override
    {
        QStringList chosen = m_unknown;
        for (const QAction *action : m_menu->actions()) {
            if (action->isChecked())
                chosen.append(action->data().toString());
        }
        // What was there keeps its order, so that an untouched value is no change.
        QStringList values;
        for (const QString &value : m_before) {
            if (chosen.removeAll(value) > 0)
                values.append(value);
        }
        return (values + chosen).join(u';');
    }

private:
    void showChoice()
    {
        QStringList labels = m_unknown;
        for (const QAction *action : m_menu->actions()) {
            if (action->isChecked())
                labels.append(action->text());
        }
        m_button->setText(labels.isEmpty() ? tr("(none)", "no option chosen")
                                           : labels.join(u"; "_s));
    }

    QToolButton *m_button;
    QMenu *m_menu;
    QStringList m_before; // As the portal has them.
    QStringList m_unknown; // Values that are no options any more: kept.
};

/// A date as ISO text with a calendar beside it; empty is possible.
class DateEditor final : public PropertyEditor
{
    Q_OBJECT

public:
    DateEditor(const PropertyDefinition &definition, bool inCell, QWidget *parent)
        : PropertyEditor(parent)
        , m_line(new QLineEdit(this))
        , m_button(new QToolButton(this))
    {
        m_line->setFrame(!inCell);
        m_line->setPlaceholderText(tr("Year-month-day"));
        m_line->setAccessibleName(definition.label);
        m_line->setClearButtonEnabled(true);
        m_button->setText(u"…"_s);
        m_button->setAccessibleName(tr("Choose a date"));
        m_button->setPopupMode(QToolButton::InstantPopup);
        fill(this, m_line);
        layout()->addWidget(m_button);
        addCalendar();
    }

    void setText(const QString &text) override
    {
        m_line->setText(text);
        m_line->selectAll();
    }
    [[nodiscard]] QString text() const override { return m_line->text(); }

private:
    void addCalendar()
    {
        auto *menu = new QMenu(m_button);
        auto *calendar = new QCalendarWidget(menu);
        auto *action = new QWidgetAction(menu);
        action->setDefaultWidget(calendar);
        menu->addAction(action);
        m_button->setMenu(menu);
        connect(menu, &QMenu::aboutToShow, calendar, [this, calendar] {
            const QDate date = QDate::fromString(m_line->text().left(10), Qt::ISODate);
            calendar->setSelectedDate(date.isValid() ? date : QDate::currentDate());
        });
        connect(calendar, &QCalendarWidget::activated, this, [this, menu](QDate date) {
            m_line->setText(date.toString(Qt::ISODate));
            menu->close();
            emit chosen();
        });
    }

    QLineEdit *m_line;
    QToolButton *m_button;
};

PropertyEditor *makeOwnerEditor(const PropertyDefinition &definition, const PropertyNames &names,
                                bool inCell, QWidget *parent)
{
    auto *editor = new ChoiceEditor(definition.label, inCell, parent);
    for (const Owner &owner : names.owners()) {
        if (!owner.archived)
            editor->add(names.nameOf(owner), owner.id);
    }
    return editor;
}

PropertyEditor *makeOptionEditor(const PropertyDefinition &definition, bool inCell, QWidget *parent)
{
    if (definition.isMultiValued())
        return new ManyChoicesEditor(definition, parent);
    auto *editor = new ChoiceEditor(definition.label, inCell, parent);
    for (const PropertyOption &option : definition.options) {
        if (!option.hidden)
            editor->add(option.label, option.value);
    }
    return editor;
}

} // namespace

PropertyEditor *makePropertyEditor(const PropertyDefinition *definition, const PropertyNames &names,
                                   bool inCell, QWidget *parent)
{
    if (!definition)
        return new LineEditor(nullptr, inCell, parent);
    if (definition->referencedObjectType == "OWNER"_L1 && !names.owners().isEmpty())
        return makeOwnerEditor(*definition, names, inCell, parent);
    if (!definition->options.isEmpty() && !definition->externalOptions)
        return makeOptionEditor(*definition, inCell, parent);
    if (definition->type == "bool"_L1) {
        auto *editor = new ChoiceEditor(definition->label, inCell, parent);
        editor->add(ChoiceEditor::tr("Yes"), u"true"_s);
        editor->add(ChoiceEditor::tr("No"), u"false"_s);
        return editor;
    }
    if (definition->type == "date"_L1)
        return new DateEditor(*definition, inCell, parent);
    if (definition->fieldType == "textarea"_L1 || definition->fieldType == "html"_L1)
        return new LongTextEditor(*definition, parent);
    return new LineEditor(definition, inCell, parent);
}

} // namespace hubkeeper

#include "propertyeditors.moc"
