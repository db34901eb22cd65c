// SPDX-License-Identifier: MIT
#include "session/reading/recordhistories.h"

#include "session/sessiontext.h"

namespace hubkeeper {

namespace {

constexpr qsizetype mostAtATime = 4;

} // namespace

QString reasonOf(const ValueThen &then, ObjectType type)
{
    switch (then.knowledge) {
    case ValueThen::Known:
        return {};
    case ValueThen::NotKept:
        return SessionText::tr("HubSpot keeps the last %1 values, and the oldest of them is newer.")
            .arg(keptValues(type));
    case ValueThen::NoHistory:
        return SessionText::tr("HubSpot keeps no history of it.");
    case ValueThen::NotThere:
        break;
    }
    return SessionText::tr("The record was made later.");
}

ReadRecordHistories::ReadRecordHistories(PortalReader &portal, ObjectType type, QStringList ids,
                                         QStringList properties, Take take, QObject *parent)
    : Call(parent)
    , m_portal(portal)
    , m_type(type)
    , m_ids(std::move(ids))
    , m_properties(std::move(properties))
    , m_take(std::move(take))
{
    m_ids.removeDuplicates();
    cancelWith(m_portal.client().lifetime());
    readMore();
}

void ReadRecordHistories::readMore()
{
    if (m_taken == m_asked && m_next == m_ids.size())
        return complete(std::move(m_missing));
    while (m_next < m_ids.size() && m_asked - m_taken < mostAtATime) {
        const QStringList some = m_ids.mid(m_next, mostHistoryInputs);
        m_next += some.size();
        const qsizetype number = m_asked++;
        then(readHistories(m_portal, m_type, some, m_properties, this),
             [this, number](const HistoryBatch &batch) { onBatch(number, batch); });
    }
}

void ReadRecordHistories::onBatch(qsizetype number, const HistoryBatch &batch)
{
    m_early.insert(number, batch);
    while (m_early.contains(m_taken)) {
        const HistoryBatch next = m_early.take(m_taken++);
        m_missing.missing += next.missing;
        m_missing.survivors.insert(next.survivors);
        m_records += next.records.size() + next.missing.size();
        if (const auto taken = m_take(next.records); !taken)
            return complete(tl::unexpected(taken.error()));
        emit progressed(m_records, m_ids.size());
    }
    readMore();
}

} // namespace hubkeeper
