// SPDX-License-Identifier: MIT
#include "records/values/texteditors.h"

#include <QBoxLayout>
#include <QCalendarWidget>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QTextDocument>
#include <QToolButton>
#include <QWidgetAction>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int longestLine = 1 << 20; // QLineEdit cuts at 32,767 of its own.

} // namespace

void fillEditor(QWidget *editor, QWidget *content)
{
    auto *layout = new QHBoxLayout(editor);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(content);
    editor->setFocusProxy(content);
    editor->setAutoFillBackground(true);
}

LineEditor::LineEditor(const PropertyDefinition *definition, const PropertyNames &names,
                       bool inCell, QWidget *parent)
    : PropertyEditor(parent)
    , m_names(names)
    , m_definition(definition ? std::optional(*definition) : std::nullopt)
    , m_line(new QLineEdit(this))
{
    m_line->setFrame(!inCell);
    m_line->setMaxLength(longestLine);
    m_line->setAccessibleName(definition ? definition->label : tr("Value"));
    fillEditor(this, m_line);
    if (definition && definition->type == "number"_L1)
        m_line->setPlaceholderText(tr("Number, as in 1234.5"));
}

void LineEditor::fill(const QString &text)
{
    m_line->setText(text);
    m_line->selectAll();
}

QString LineEditor::content() const
{
    return m_line->text();
}

TypedValue LineEditor::entered() const
{
    return m_definition ? typedValue(m_names, *m_definition, m_line->text())
                        : TypedValue {m_line->text(), {}};
}

LongTextEditor::LongTextEditor(const PropertyDefinition &definition, const PropertyNames &names,
                               QWidget *parent)
    : PropertyEditor(parent)
    , m_names(names)
    , m_definition(definition)
    , m_edit(new QPlainTextEdit(this))
{
    m_edit->setTabChangesFocus(true);
    m_edit->setAccessibleName(definition.label);
    fillEditor(this, m_edit);
    setMinimumHeight(fontMetrics().lineSpacing() * 5);
    setMinimumWidth(fontMetrics().averageCharWidth() * 30);
}

void LongTextEditor::fill(const QString &text)
{
    m_edit->setPlainText(text);
    m_edit->selectAll();
}

QString LongTextEditor::content() const
{
    // Not toPlainText(), which makes blanks of no-break spaces.
    QString text = m_edit->document()->toRawText();
    return text.replace(QChar(QChar::ParagraphSeparator), u'\n');
}

TypedValue LongTextEditor::entered() const
{
    QString text = content();
    if (given().contains("\r\n"_L1) && given().count(u'\n') == given().count("\r\n"_L1))
        text.replace("\n"_L1, "\r\n"_L1);
    return typedValue(m_names, m_definition, text);
}

DateEditor::DateEditor(const PropertyDefinition &definition, const PropertyNames &names,
                       bool inCell, QWidget *parent)
    : PropertyEditor(parent)
    , m_names(names)
    , m_definition(definition)
    , m_line(new QLineEdit(this))
    , m_button(new QToolButton(this))
{
    m_line->setFrame(!inCell);
    m_line->setMaxLength(longestLine);
    m_line->setPlaceholderText(tr("Year-month-day"));
    m_line->setAccessibleName(definition.label);
    m_line->setClearButtonEnabled(true);
    m_button->setText(u"…"_s);
    m_button->setAccessibleName(tr("Choose a date"));
    m_button->setPopupMode(QToolButton::InstantPopup);
    fillEditor(this, m_line);
    layout()->addWidget(m_button);
    addCalendar();
}

void DateEditor::addCalendar()
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

void DateEditor::fill(const QString &text)
{
    m_line->setText(text);
    m_line->selectAll();
}

QString DateEditor::content() const
{
    return m_line->text();
}

TypedValue DateEditor::entered() const
{
    return typedValue(m_names, m_definition, m_line->text());
}

} // namespace hubkeeper
