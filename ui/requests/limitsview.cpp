// SPDX-License-Identifier: MIT
#include "requests/limitsview.h"

#include "net/trafficusage.h"
#include "requests/usagechart.h"
#include "session/connections/provisionerfacts.h"
#include "session/open/session.h"
#include "widgets/factcard.h"

#include <QBoxLayout>
#include <QLabel>

using namespace std::chrono_literals;

namespace hubkeeper {

LimitsView::LimitsView(QWidget *parent)
    : QWidget(parent)
    , m_facts(new FactCard(tr("Limits"), this))
    , m_chart(new UsageChart(this))
    , m_summary(new QLabel(this))
{
    m_summary->setWordWrap(true);
    auto *right = new QVBoxLayout;
    right->addWidget(m_summary);
    right->addWidget(m_chart, 1);
    auto *layout = new QHBoxLayout(this);
    layout->addWidget(m_facts, 2);
    layout->addLayout(right, 3);
    m_tick.setInterval(1s);
    connect(&m_tick, &QTimer::timeout, this, &LimitsView::renew);
    renew();
}

void LimitsView::setSession(std::shared_ptr<Session> session)
{
    m_session = std::move(session);
    renew();
}

void LimitsView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    renew();
    m_tick.start();
}

void LimitsView::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_tick.stop();
}

void LimitsView::renew()
{
    m_facts->clear();
    if (!m_session) {
        m_facts->showSentence(tr("Known when a connection is open."));
        m_chart->setUsage(QList<UsageSlot>(usageSlots));
        return m_summary->setText(m_chart->summary());
    }
    const LimitReport limits = m_session->limits();
    const auto left = [](int remaining, int most) {
        return tr("%L1 of %L2 left").arg(remaining).arg(most);
    };
    const QList<UsageSlot> usage =
        usageOf(m_session->traffic().records(), QDateTime::currentDateTimeUtc());
    if (limits.windowMax < 0 && limits.dailyMax < 0)
        m_facts->addFact(tr("HubSpot:"), tr("known after the first request"));
    if (limits.windowMax >= 0)
        m_facts->addFact(tr("Window of ten seconds:"),
                         left(limits.windowRemaining, limits.windowMax));
    if (limits.dailyMax >= 0)
        m_facts->addFact(tr("Today:"), left(limits.dailyRemaining, limits.dailyMax));
    m_facts->addFact(
        tr("Own pace:"),
        tr("%Ln call(s) a second", nullptr, m_session->provisioner().permitsPerSecond));
    m_facts->addFact(tr("Searches:"), tr("5 a second"));
    m_facts->addFact(
        tr("Own use in ten seconds:"),
        //: %1 is "48 calls", %2 "1 search".
        tr("%1, %2").arg(tr("%Ln call(s)", "in ten seconds", usage.constLast().general),
                         tr("%Ln search(es)", "in ten seconds", usage.constLast().search)));
    m_chart->setUsage(usage);
    m_summary->setText(m_chart->summary());
}

} // namespace hubkeeper
