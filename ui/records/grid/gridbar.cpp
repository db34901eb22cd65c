// SPDX-License-Identifier: MIT
#include "records/grid/gridbar.h"

#include "widgets/icons.h"

#include <QBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace hubkeeper {

GridBar::GridBar(const QString &id, QWidget *parent)
    : QWidget(parent)
    , m_filter(new QLineEdit(this))
    , m_raw(new QToolButton(this))
    , m_count(new QLabel(this))
{
    m_filter->setObjectName(id + u"Filter"_s);
    m_filter->setPlaceholderText(tr("Filter loaded rows"));
    m_filter->setAccessibleName(tr("Filter loaded rows"));
    m_filter->setClearButtonEnabled(true);
    auto *columns = new QToolButton(this);
    columns->setText(tr("Columns…"));
    columns->setIcon(icon(u"view-columns"_s));
    columns->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_raw->setText(tr("Raw Values"));
    m_raw->setToolTip(tr("Show values and names as HubSpot stores them"));
    m_raw->setCheckable(true);
    m_count->setObjectName(id + u"Count"_s);

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_filter, 1);
    row->addWidget(columns);
    row->addWidget(m_raw);
    row->addWidget(m_count);
    connect(m_filter, &QLineEdit::textChanged, this, &GridBar::filterChanged);
    connect(columns, &QToolButton::clicked, this, &GridBar::columnsWanted);
    connect(m_raw, &QToolButton::toggled, this, &GridBar::rawToggled);
}

bool GridBar::wantsRaw() const
{
    return m_raw->isChecked();
}

void GridBar::clearCount()
{
    m_count->clear();
}

void GridBar::showCount(qint64 shown, qint64 loaded, bool isWhole, qint64 total)
{
    if (shown != loaded && isWhole)
        m_count->setText(tr("%L1 of %Ln record(s)", nullptr, int(loaded)).arg(shown));
    else if (shown != loaded)
        m_count->setText(tr("%L1 of %Ln record(s), not all read", nullptr, int(loaded)).arg(shown));
    else if (!isWhole && total > loaded)
        m_count->setText(tr("%L1 of %Ln record(s) read", nullptr, int(total)).arg(loaded));
    else if (!isWhole)
        m_count->setText(tr("%Ln record(s), not all read", nullptr, int(loaded)));
    else
        m_count->setText(tr("%Ln record(s)", nullptr, int(loaded)));
}

} // namespace hubkeeper
