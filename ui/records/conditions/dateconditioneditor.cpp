// SPDX-License-Identifier: MIT
#include "records/conditions/dateconditioneditor.h"

#include "records/values/instanteditor.h"
#include "records/values/texteditors.h"
#include "session/views/relativedate.h"
#include "widgets/showntime.h"

#include <QBoxLayout>
#include <QCalendarWidget>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>
#include <QWidgetAction>

using namespace Qt::StringLiterals;

namespace hubkeeper {

DateConditionEditor::DateConditionEditor(const PropertyDefinition &definition, QWidget *parent)
    : PropertyEditor(parent)
    , m_hasTime(definition.type == "datetime"_L1)
    , m_line(new QLineEdit(this))
    , m_button(new QToolButton(this))
{
    m_line->setPlaceholderText(tr("Day, or “last 7 days”"));
    m_line->setAccessibleName(definition.label);
    m_line->setClearButtonEnabled(true);
    m_button->setText(u"…"_s);
    m_button->setAccessibleName(tr("Choose days"));
    m_button->setToolTip(tr("Choose days"));
    m_button->setPopupMode(QToolButton::InstantPopup);
    fillEditor(this, m_line);
    layout()->addWidget(m_button);
    auto *menu = new QMenu(m_button);
    addTerms(*menu);
    menu->addSeparator();
    addCalendar(*menu->addMenu(tr("&Calendar")));
    m_button->setMenu(menu);
}

void DateConditionEditor::addTerms(QMenu &menu)
{
    const std::pair<QString, QString> terms[] {
        {tr("&Today"), u"today"_s},
        {tr("&Yesterday"), u"yesterday"_s},
        {tr("T&omorrow"), u"tomorrow"_s},
        {tr("Last &7 Days"), u"last 7 days"_s},
        {tr("Last &30 Days"), u"last 30 days"_s},
        {tr("This &Week"), u"this week"_s},
        {tr("Last W&eek"), u"last week"_s},
        {tr("This &Month"), u"this month"_s},
        {tr("Last Mo&nth"), u"last month"_s},
        {tr("This &Quarter"), u"this quarter"_s},
        {tr("Th&is Year"), u"this year"_s},
        {tr("&Last Year"), u"last year"_s},
        {tr("Days &Ago"), u"7 days ago"_s},
        {tr("Days A&head"), u"in 7 days"_s},
    };
    for (const auto &[text, term] : terms) {
        QAction *action = menu.addAction(text);
        connect(action, &QAction::triggered, this, [this, term = term] {
            take(term);
            // The number is there to be changed.
            const qsizetype at = term.indexOf(u'7');
            if (at >= 0)
                m_line->setSelection(int(at), 1);
        });
    }
}

void DateConditionEditor::addCalendar(QMenu &menu)
{
    auto *calendar = new QCalendarWidget(&menu);
    auto *action = new QWidgetAction(&menu);
    action->setDefaultWidget(calendar);
    menu.addAction(action);
    connect(&menu, &QMenu::aboutToShow, calendar, [this, calendar] {
        const QDate day = typedDay(m_line->text().left(10));
        calendar->setSelectedDate(day.isValid() ? day : QDate::currentDate());
        calendar->setFocus();
    });
    const auto choose = [this, &menu](QDate day) {
        take(day.toString(Qt::ISODate));
        menu.close();
        m_button->menu()->close();
    };
    connect(calendar, &QCalendarWidget::activated, this, choose);
    connect(calendar, &QCalendarWidget::clicked, this, choose);
}

void DateConditionEditor::take(const QString &text)
{
    m_line->setText(text);
    m_line->setFocus();
    emit chosen();
}

void DateConditionEditor::fill(const QString &text)
{
    m_line->setText(isDateTerm(text) ? text.mid(1, text.size() - 2) : text);
}

QString DateConditionEditor::content() const
{
    return m_line->text();
}

TypedValue DateConditionEditor::entered() const
{
    const QString text = m_line->text().trimmed();
    if (text.isEmpty())
        return {};
    if (const QDate day = typedDay(text); day.isValid()) {
        const QString iso = day.toString(Qt::ISODate);
        return {m_hasTime ? u'{' + iso + u'}' : iso, {}};
    }
    const QString term = u'{'
        + (isDateTerm(text) ? text.mid(1, text.size() - 2) : text).simplified().toLower() + u'}';
    if (daysOf(term, QDate::currentDate()))
        return {term, {}};
    if (m_hasTime) {
        if (TypedValue instant = typedInstant(text); instant.refusal.isEmpty())
            return instant;
    }
    return {{},
            tr("“%1” is not a day. Write it as in %2, or as in “last 7 days”, “3 months ago”, "
               "“this quarter”.")
                .arg(text.left(80), QDate::currentDate().toString(Qt::ISODate))};
}

} // namespace hubkeeper
