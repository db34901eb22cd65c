// SPDX-License-Identifier: MIT
#include "records/values/instanteditor.h"

#include "base/qtcompat.h"
#include "portal/jsontext.h"
#include "records/values/texteditors.h"

#include <QBoxLayout>
#include <QCalendarWidget>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTimeEdit>
#include <QTimeZone>
#include <QToolButton>
#include <QWidgetAction>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

const auto localForm = u"yyyy-MM-dd HH:mm:ss"_s;

/// "UTC+1" of that moment, not of today: of half the year it is another one.
QString zoneOf(const QDateTime &local)
{
    return local.timeZoneAbbreviation();
}

QDateTime localFrom(const QString &text)
{
    for (const QString &form : {localForm, u"yyyy-MM-dd HH:mm"_s, u"yyyy-MM-ddTHH:mm"_s}) {
        const QDateTime local = QDateTime::fromString(text, form);
        if (local.isValid())
            return local;
    }
    return {};
}

} // namespace

TypedValue typedInstant(const QString &text)
{
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty())
        return {};
    const QDateTime local = localFrom(trimmed);
    if (local.isValid())
        return {local.toUTC().toString(Qt::ISODateWithMs), {}};
    if (instantOf(trimmed).isValid())
        return {trimmed, {}};
    return {{},
            InstantEditor::tr("“%1” is not a date and time. Write it as in 2026-11-23 14:05.")
                .arg(trimmed.left(80))};
}

InstantEditor::InstantEditor(const PropertyDefinition &definition, bool inCell, QWidget *parent)
    : PropertyEditor(parent)
    , m_line(new QLineEdit(this))
    , m_button(new QToolButton(this))
{
    m_line->setFrame(!inCell);
    m_line->setPlaceholderText(tr("Year-month-day hour:minute"));
    m_line->setAccessibleName(definition.label);
    m_line->setClearButtonEnabled(true);
    m_button->setText(u"…"_s);
    m_button->setAccessibleName(tr("Choose a date and a time"));
    m_button->setPopupMode(QToolButton::InstantPopup);
    fillEditor(this, m_line);
    layout()->addWidget(m_button);
    setMinimumWidth(fontMetrics().averageCharWidth() * 34);
    addPicker();
}

void InstantEditor::addPicker()
{
    auto *menu = new QMenu(m_button);
    auto *panel = new QWidget(menu);
    m_calendar = new QCalendarWidget(panel);
    m_time = new QTimeEdit(panel);
    m_time->setDisplayFormat(u"HH:mm:ss"_s);
    m_time->setAccessibleName(tr("Time"));
    auto *zone = new QLabel(zoneOf(QDateTime::currentDateTime()), panel);
    auto *take = new QPushButton(tr("&OK"), panel);
    auto *row = new QHBoxLayout;
    row->addWidget(m_time);
    row->addWidget(zone);
    row->addStretch();
    row->addWidget(take);
    auto *layout = new QVBoxLayout(panel);
    layout->addWidget(m_calendar);
    layout->addLayout(row);
    auto *action = new QWidgetAction(menu);
    action->setDefaultWidget(panel);
    menu->addAction(action);
    m_button->setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, &InstantEditor::showInPicker);
    connect(m_calendar, &QCalendarWidget::selectionChanged, zone, [this, zone] {
        zone->setText(zoneOf(QDateTime(m_calendar->selectedDate(), m_time->time())));
    });
    const auto finish = [this, menu] {
        menu->close();
        this->take();
    };
    connect(m_calendar, &QCalendarWidget::activated, this, finish);
    connect(take, &QPushButton::clicked, this, finish);
}

void InstantEditor::showInPicker()
{
    const TypedValue typed = entered();
    const QDateTime known = instantOf(typed.value).toLocalTime();
    const QDateTime local = known.isValid() ? known : QDateTime::currentDateTime();
    m_calendar->setSelectedDate(local.date());
    m_time->setTime(local.time());
}

void InstantEditor::take()
{
    m_line->setText(QDateTime(m_calendar->selectedDate(), m_time->time()).toString(localForm));
    emit chosen();
}

void InstantEditor::fill(const QString &text)
{
    const QDateTime local = instantOf(text).toLocalTime();
    m_line->setText(local.isValid() ? local.toString(localForm) : text);
    m_line->setToolTip(local.isValid()
                           ? tr("Local time, %1. HubSpot has: %2").arg(zoneOf(local), text)
                           : tr("Local time, %1.").arg(zoneOf(QDateTime::currentDateTime())));
    m_line->selectAll();
}

QString InstantEditor::content() const
{
    return m_line->text();
}

TypedValue InstantEditor::entered() const
{
    return typedInstant(m_line->text());
}

} // namespace hubkeeper
