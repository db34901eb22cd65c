// SPDX-License-Identifier: MIT
#include "reconcile/overlay/preview.h"

#include "reconcile/overlay/memorylinks.h"
#include "reconcile/overlay/memoryshelf.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int deepestChain = 5; ///< Of writes that start others; mappings may go round in circles.

} // namespace

PreviewPlace PreviewPlace::inMemory()
{
    return {[](const QString &) { return std::make_unique<MemoryShelf>(); },
            std::make_unique<MemoryLinks>(), true};
}

Preview::Preview(SyncMappings mappings, PreviewPlace place, const ScriptSession::Bounds &bounds)
    : m_mappings(std::move(mappings))
    , m_objects(std::move(place.makeShelf), place.keepsSent)
    , m_links(std::move(place.links))
    , m_scripts(m_objects, bounds)
    , m_world {m_objects, *m_links, m_scripts}
{
    QSet<QString> sources; // Whose changes start other mappings.
    for (const SyncMapping &mapping : m_mappings.mappings) {
        if (mapping.enableSync && mapping.source.startsWith("managed/"_L1))
            sources.insert(mapping.source);
    }
    m_objects.setOnChange(sources, [this](const QString &collection, const SourceChange &change) {
        onChange(collection, change);
    });
}

ReconResult Preview::run(const QString &mapping, const ReconRequest &request, std::stop_token stop,
                         const ReconObserver &observer, PreviewSinks sinks)
{
    m_implicit.clear();
    m_sinks = std::move(sinks);
    ReconResult result = reconcile(m_mappings, mapping, request, m_world, std::move(stop), observer,
                                   [this](const ReconEntry &entry) {
                                       if (m_sinks.entry)
                                           m_sinks.entry(entry);
                                       doPending();
                                   });
    doPending();
    m_sinks = {};
    return result;
}

void Preview::take(const ImplicitEntry &entry)
{
    if (m_sinks.implicit)
        m_sinks.implicit(entry);
    else
        m_implicit.push_back(entry);
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
            take({mapping.name, entry});
    }
    --m_depth;
}

void Preview::visitChanges(const std::function<void(const ObjectChange &)> &visit) const
{
    for (const auto &[collection, side] : m_objects.sides())
        side.visitChanges(visit);
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
