// SPDX-License-Identifier: MIT
#include "session/workbench/countrisks.h"

#include "store/sets/visitrows.h"

namespace hubkeeper {

CountRisks::CountRisks(RecordSet &set, std::vector<qint64> rows, const ExportPlan &plan,
                       QObject *parent)
    : Call(parent)
    , m_count(plan.properties.size() + 1)
{
    auto *visit = new VisitRows(
        set, std::move(rows),
        [this, plan](size_t, const Record &record) {
            QStringList cells {record.id};
            for (const QString &property : plan.properties) {
                const QString text = record.text(property);
                cells.append(plan.textOf ? plan.textOf(property, text) : text);
            }
            m_count.add(cells);
        },
        this);
    connect(visit, &CallBase::progressed, this, &CallBase::progressed);
    then(visit, [this] { complete(m_count); });
}

} // namespace hubkeeper
