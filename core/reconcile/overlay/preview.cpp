// SPDX-License-Identifier: MIT
#include "reconcile/overlay/preview.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int deepestChain = 5; ///< Of writes that start others; mappings may go round in circles.

} // namespace

Preview::Preview(SyncMappings mappings, const ScriptSession::Bounds &bounds)
    : m_mappings(std::move(mappings))
    , m_scripts(m_objects, bounds)
    , m_world {m_objects, m_links, m_scripts}
{
    m_objects.setOnChange([this](const QString &collection, const SourceChange &change) {
        onChange(collection, change);
    });
}

ReconResult Preview::run(const QString &mapping, const ReconRequest &request, std::stop_token stop,
                         const ReconObserver &observer)
{
    m_implicit.clear();
    ReconResult result = reconcile(m_mappings, mapping, request, m_world, std::move(stop), observer,
                                   [this](const ReconEntry &) { doPending(); });
    doPending();
    return result;
}

QJsonObject Preview::call(const QString &operation, const QJsonArray &arguments)
{
    m_implicit.clear();
    const QJsonObject answer = m_objects.ask(operation, arguments);
    doPending();
    return answer;
}

/// What was created or deleted is synchronised after its entry, when its link is there or gone; the
/// server was seen to find the one CONFIRMED and the other ALL_GONE (023, 024).
void Preview::onChange(const QString &collection, const SourceChange &change)
{
    if (change.before && change.after)
        synchroniseOthers(collection, change);
    else
        m_pending.push_back({collection, change});
}

void Preview::doPending()
{
    while (!m_pending.empty()) {
        const std::vector<Pending> pending = std::exchange(m_pending, {});
        for (const auto &[collection, change] : pending)
            synchroniseOthers(collection, change);
    }
}

void Preview::synchroniseOthers(const QString &collection, const SourceChange &change)
{
    if (m_depth >= deepestChain || !m_mappings.unknown.isEmpty())
        return;
    ++m_depth;
    for (const SyncMapping &mapping : m_mappings.mappings) {
        if (!mapping.enableSync || mapping.source != collection)
            continue;
        const SyncOutcome outcome = synchronise(m_mappings, mapping, change, m_world);
        for (const ReconEntry &entry : outcome.entries)
            m_implicit.push_back({mapping.name, entry});
    }
    --m_depth;
}

std::vector<ObjectChange> Preview::changes() const
{
    std::vector<ObjectChange> all;
    for (const auto &[collection, side] : m_objects.sides()) {
        std::vector<ObjectChange> changes = side.changes();
        std::move(changes.begin(), changes.end(), std::back_inserter(all));
    }
    return all;
}

std::vector<SentWrite> Preview::sent() const
{
    std::vector<SentWrite> all;
    for (const auto &[collection, side] : m_objects.sides())
        all.insert(all.end(), side.sent().begin(), side.sent().end());
    return all;
}

bool Preview::isNew(const QString &collection, const QString &id) const
{
    const auto side = m_objects.sides().find(collection);
    return side != m_objects.sides().end() && side->second.isNew(id);
}

} // namespace hubkeeper
