// SPDX-License-Identifier: MIT
#include "workbench/history/asofchoices.h"

#include "records/values/propertynames.h"
#include "workbench/subject/subjectchoices.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QFormLayout>
#include <QLabel>
#include <QSignalBlocker>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

enum AsOfPreset { StartOfToday, StartOfYesterday, HourAgo, WeekAgo, MonthAgo, AnotherMoment };

QDateTime momentOf(AsOfPreset preset, const QDateTime &now)
{
    switch (preset) {
    case StartOfYesterday:
        return now.date().addDays(-1).startOfDay();
    case HourAgo:
        return now.addSecs(-3600);
    case WeekAgo:
        return now.addDays(-7);
    case MonthAgo:
        return now.addMonths(-1);
    default:
        return now.date().startOfDay();
    }
}

} // namespace

AsOfChoices::AsOfChoices(const PropertyNames &names, const RecordsSubject &subject, QWidget *parent)
    : QWidget(parent)
    , m_preset(new QComboBox(this))
    , m_moment(new QDateTimeEdit(this))
    , m_extent(new ExtentBox(subject, this))
    , m_properties(new PropertyChecklist(6, this))
{
    build(names, subject);
    takePreset();
    connect(m_preset, &QComboBox::activated, this, [this] {
        takePreset();
        emit changed();
    });
    connect(m_moment, &QDateTimeEdit::dateTimeChanged, this, [this] {
        m_preset->setCurrentIndex(m_preset->findData(AnotherMoment));
        emit changed();
    });
    connect(m_extent, &QComboBox::currentIndexChanged, this, &AsOfChoices::changed);
    connect(m_properties, &QListWidget::itemChanged, this, &AsOfChoices::changed);
}

void AsOfChoices::build(const PropertyNames &names, const RecordsSubject &subject)
{
    m_preset->setObjectName(u"asOfPreset"_s);
    m_preset->setAccessibleName(tr("Moment by its name"));
    m_preset->addItem(tr("Start of today"), StartOfToday);
    m_preset->addItem(tr("Start of yesterday"), StartOfYesterday);
    m_preset->addItem(tr("An hour ago"), HourAgo);
    m_preset->addItem(tr("A week ago"), WeekAgo);
    m_preset->addItem(tr("A month ago"), MonthAgo);
    m_preset->addItem(tr("Another moment"), AnotherMoment);
    m_moment->setObjectName(u"asOfMoment"_s);
    m_moment->setAccessibleName(tr("Moment"));
    m_moment->setCalendarPopup(true);
    m_moment->setMaximumDateTime(QDateTime::currentDateTime());
    m_extent->setObjectName(u"asOfExtent"_s);
    m_extent->setExtent(RecordsSubject::Selected);
    m_properties->setObjectName(u"asOfProperties"_s);
    m_properties->setAccessibleName(tr("Properties to put back"));
    for (const QString &column : subject.columns) {
        if (!names.isReadOnly(column))
            m_properties->add(column, names.label(column), true);
    }
    auto *moment = new QHBoxLayout;
    moment->addWidget(m_moment, 1);
    moment->addWidget(m_preset, 1);
    auto *label = new QLabel(tr("&Moment:"), this);
    label->setBuddy(m_moment);
    setTabOrder(m_moment, m_preset); // As they stand.
    auto *form = new QFormLayout;
    form->addRow(label, moment);
    form->addRow(tr("R&ecords:"), m_extent);
    auto *right = new QVBoxLayout;
    auto *caption = new QLabel(tr("&Properties:"), this);
    caption->setBuddy(m_properties);
    right->addWidget(caption);
    right->addWidget(m_properties);
    right->addStretch();
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addLayout(form, 3);
    row->addLayout(right, 2);
}

void AsOfChoices::takePreset()
{
    const auto preset = AsOfPreset(m_preset->currentData().toInt());
    if (preset == AnotherMoment)
        return;
    const QSignalBlocker quiet(m_moment);
    m_moment->setDateTime(momentOf(preset, QDateTime::currentDateTime()));
}

QDateTime AsOfChoices::moment() const
{
    return m_moment->dateTime();
}

RecordsSubject::Extent AsOfChoices::extent() const
{
    return m_extent->extent();
}

QStringList AsOfChoices::properties() const
{
    return m_properties->ticked();
}

} // namespace hubkeeper
