// SPDX-License-Identifier: MIT
#pragma once

#include "base/clock.h"

#include <QPointer>

#include <map>

namespace hubkeeper::test {

/// Time stands still until the test moves it.
class ManualClock final : public Clock
{
public:
    [[nodiscard]] Instant now() const override { return m_now; }
    [[nodiscard]] QDateTime utc() const override
    {
        const auto passed =
            std::chrono::duration_cast<std::chrono::milliseconds>(m_now - Instant {});
        return m_start.addMSecs(passed.count());
    }
    void setUtcStart(const QDateTime &start) { m_start = start; }

    void after(std::chrono::milliseconds delay, QObject *context,
               std::function<void()> work) override
    {
        m_due.emplace(m_now + delay, std::pair(QPointer(context), std::move(work)));
    }

    /// Runs what falls due, in order, each at its own instant.
    void advance(std::chrono::milliseconds by)
    {
        const Instant end = m_now + by;
        while (!m_due.empty() && m_due.begin()->first <= end) {
            const auto [instant, job] = *m_due.begin();
            m_due.erase(m_due.begin());
            m_now = instant;
            if (job.first)
                job.second();
        }
        m_now = end;
    }

    [[nodiscard]] bool isWaiting() const { return !m_due.empty(); }

private:
    Instant m_now {};
    QDateTime m_start = QDateTime::fromString(QStringLiteral("2026-11-23T10:00:00Z"), Qt::ISODate);
    std::multimap<Instant, std::pair<QPointer<QObject>, std::function<void()>>> m_due;
};

} // namespace hubkeeper::test
