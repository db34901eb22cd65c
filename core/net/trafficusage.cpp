// SPDX-License-Identifier: MIT
#include "net/trafficusage.h"

namespace hubkeeper {

QList<UsageSlot> usageOf(const std::deque<TrafficRecord> &records, const QDateTime &now)
{
    QList<UsageSlot> usage(usageSlots);
    const qint64 length = std::chrono::milliseconds(usageSlotLength).count();
    for (auto record = records.rbegin(); record != records.rend(); ++record) {
        const qint64 age = record->startedAt.msecsTo(now);
        if (record->family == BudgetFamily::Exempt || age < 0 || age >= length * usageSlots)
            continue;
        UsageSlot &slot = usage[usageSlots - 1 - age / length];
        ++(record->family == BudgetFamily::Search ? slot.search : slot.general);
        slot.limited += record->status == 429 ? 1 : 0;
    }
    return usage;
}

} // namespace hubkeeper
