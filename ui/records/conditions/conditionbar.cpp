// SPDX-License-Identifier: MIT
#include "records/conditions/conditionbar.h"

#include "filter/crestparser.h"
#include "records/conditions/conditiongroup.h"
#include "records/conditions/conditionrow.h"
#include "records/conditions/crestfield.h"
#include "session/views/viewfilter.h"
#include "widgets/taborder.h"

#include <QBoxLayout>
#include <QEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace hubkeeper {

ConditionBar::ConditionBar(ObjectType type, const PropertyNames &names, QWidget *parent)
    : QWidget(parent)
    , m_names(names)
    , m_words(new QLineEdit(this))
    , m_add(new QPushButton(tr("Add Co&ndition"), this))
    , m_addGroup(new QPushButton(tr("A&dd Group"), this))
    , m_showCrest(new QToolButton(this))
    , m_area(new QScrollArea(this))
    , m_group(new ConditionGroup(names, 0, m_area))
    , m_crest(new CrestField(this))
    , m_asText(new QLabel(this))
    , m_note(new QLabel(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    makeTop(type);
    m_area->setObjectName(u"conditions"_s);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setWidgetResizable(true);
    m_area->setFocusPolicy(Qt::NoFocus);
    m_area->setWidget(m_group);
    m_group->installEventFilter(this);
    parent->installEventFilter(this);
    m_asText->setText(tr("These conditions cannot be shown as rows. They are kept as text."));
    for (QLabel *label : {m_asText, m_note}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->hide();
    }
    m_note->setObjectName(u"conditionNote"_s);
    m_crest->hide();
    layout->addWidget(m_area);
    layout->addWidget(m_asText);
    layout->addWidget(m_crest);
    layout->addWidget(m_note);
    showParts();

    connect(m_group, &ConditionGroup::searchRequested, this, &ConditionBar::searchRequested);
    connect(m_group, &ConditionGroup::edited, this, &ConditionBar::onBuilt);
    connect(m_crest, &CrestField::searchRequested, this, &ConditionBar::searchRequested);
    connect(m_crest, &CrestField::edited, this, &ConditionBar::onTyped);
}

void ConditionBar::makeTop(ObjectType type)
{
    m_words->setPlaceholderText(type == ObjectType::Contacts
                                    ? tr("Search in HubSpot: name, e-mail, phone")
                                    : tr("Search in HubSpot: name, domain, phone"));
    m_words->setAccessibleName(tr("Search in HubSpot"));
    m_words->setClearButtonEnabled(true);
    m_add->setObjectName(u"addCondition"_s);
    m_addGroup->setObjectName(u"addGroup"_s);
    m_showCrest->setObjectName(u"showCrest"_s);
    m_showCrest->setText(tr("CREST"));
    m_showCrest->setCheckable(true);
    m_showCrest->setToolTip(tr("Show the conditions as a CREST filter, to read, copy or type"));
    auto *search = new QPushButton(tr("&Search"), this);
    auto *top = new QHBoxLayout;
    top->addWidget(m_words, 1);
    top->addWidget(m_add);
    top->addWidget(m_addGroup);
    top->addWidget(m_showCrest);
    top->addWidget(search);
    static_cast<QVBoxLayout *>(layout())->addLayout(top);
    connect(m_words, &QLineEdit::returnPressed, this, &ConditionBar::searchRequested);
    connect(m_words, &QLineEdit::textEdited, this, &ConditionBar::edited);
    connect(search, &QPushButton::clicked, this, &ConditionBar::searchRequested);
    connect(m_add, &QPushButton::clicked, this, [this] { m_group->addRow(); });
    connect(m_addGroup, &QPushButton::clicked, this, [this] { m_group->addGroup(); });
    connect(m_showCrest, &QToolButton::toggled, this, [this](bool shown) {
        if (shown && !m_isText)
            m_crest->setText(filterText());
        showParts();
        if (shown)
            m_crest->setFocus();
    });
}

QList<ConditionRow *> ConditionBar::rows() const
{
    return m_group->rows();
}

void ConditionBar::namesChanged()
{
    if (m_isText) // Properties that were not known may be now.
        take(m_crest->text());
    else
        m_group->namesChanged();
    showParts();
}

void ConditionBar::setConditions(const QString &words, const QString &filter)
{
    m_words->setText(words);
    m_crest->setText(filter);
    setNote({});
    setResolved({});
    take(filter);
    showParts();
}

void ConditionBar::clear()
{
    setConditions({}, {});
}

/// Shows a text as rows where that can be.
void ConditionBar::take(const QString &text)
{
    const auto parsed = parseCrestFilter(text.trimmed().isEmpty() ? u"true"_s : text);
    m_isText = !parsed || !ConditionGroup::canShow(*parsed, m_names);
    if (!m_isText)
        m_group->setFilter(*parsed);
    else
        m_group->setFilter(CrestFilter());
}

void ConditionBar::onBuilt()
{
    if (!m_isText)
        m_crest->setText(filterText());
    setNote({});
    setResolved({});
    showParts();
    emit edited();
}

void ConditionBar::onTyped()
{
    take(m_crest->text());
    setNote({});
    setResolved({});
    showParts();
    emit edited();
}

void ConditionBar::showParts()
{
    m_area->setVisible(!m_isText && !m_group->isEmpty());
    m_add->setEnabled(!m_isText);
    m_addGroup->setEnabled(!m_isText);
    m_crest->setVisible(m_isText || m_showCrest->isChecked());
    m_asText->setVisible(m_isText && m_crest->fault().isEmpty()
                         && !m_names.definitions().isEmpty());
    fitRows();
}

/// As high as the rows need, up to a fifth of the window; then they scroll.
void ConditionBar::fitRows()
{
    const bool isCut = m_group->minimumSizeHint().width() > width();
    const int across = isCut ? m_area->horizontalScrollBar()->sizeHint().height() : 0;
    const int most = std::max(fontMetrics().lineSpacing() * 6, window()->height() / 5);
    m_area->setFixedHeight(std::min(most, std::max(1, m_group->sizeHint().height() + across)));
}

bool ConditionBar::eventFilter(QObject *watched, QEvent *event)
{
    const bool isRequest = watched == m_group && event->type() == QEvent::LayoutRequest;
    if (isRequest || (watched == parent() && event->type() == QEvent::Resize))
        fitRows();
    return QWidget::eventFilter(watched, event);
}

QString ConditionBar::fault() const
{
    return m_isText ? m_crest->fault() : m_group->fault();
}

CrestFilter ConditionBar::filter() const
{
    if (!m_isText)
        return m_group->filter();
    return parseCrestFilter(m_crest->text()).value_or(CrestFilter());
}

QString ConditionBar::filterText() const
{
    if (m_isText)
        return m_crest->text();
    const CrestFilter filter = m_group->filter();
    return filter.kind == CrestFilter::True ? QString() : conditionsText(filter);
}

bool ConditionBar::isEmpty() const
{
    return m_words->text().trimmed().isEmpty() && filterText().isEmpty();
}

void ConditionBar::setResolved(const QString &text)
{
    m_crest->setResolved(text);
}

void ConditionBar::setNote(const QString &note)
{
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
}

} // namespace hubkeeper
