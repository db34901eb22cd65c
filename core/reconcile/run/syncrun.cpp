// SPDX-License-Identifier: MIT
#include "reconcile/run/syncrun.h"

#include "reconcile/reconciletext.h"
#include "reconcile/values/jsonmatch.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace hubkeeper {

SyncRun::SyncRun(const SyncMappings &allMappings, const SyncMapping &oneMapping,
                 const SyncWorld &where)
    : all(allMappings)
    , mapping(oneMapping)
    , world(where)
{
}

Found<QJsonValue> SyncRun::evaluate(const MappingScript &script, const QString &where,
                                    const QJsonObject &globals, const QStringList &changed,
                                    QJsonObject *after)
{
    QJsonObject seen = script.globals;
    for (auto it = globals.begin(); it != globals.end(); ++it)
        seen.insert(it.key(), it.value());
    const MappingOutcome outcome = world.scripts.run(script, seen, changed);
    switch (outcome.kind) {
    case MappingOutcome::Value:
        if (after)
            *after = outcome.globals;
        return outcome.value;
    case MappingOutcome::Threw:
        return trouble(SyncTrouble::Failure,
                       ReconcileText::tr("The script %1 failed: %2").arg(where, outcome.message));
    case MappingOutcome::NotCompiled:
        return trouble(
            SyncTrouble::Break,
            ReconcileText::tr("The script %1 cannot be read: %2").arg(where, outcome.message));
    case MappingOutcome::OnServer:
        break;
    }
    if (!serverScripts.contains(where))
        serverScripts.append(where);
    return trouble(SyncTrouble::OnServer,
                   ReconcileText::tr("It depends on a script of the server: %1. %2")
                       .arg(where, outcome.message));
}

Found<bool> SyncRun::holds(const SyncCondition &condition, const Words &where, const Values &values)
{
    if (const auto *filter = std::get_if<CrestFilter>(&condition))
        return matchesJson(*filter, values());
    const auto *script = std::get_if<MappingScript>(&condition);
    if (!script)
        return true;
    return evaluate(*script, where(), values()).map([](const QJsonValue &value) {
        return value.toBool(false);
    });
}

Found<QStringList> SyncRun::qualifiers(const QJsonValue &object, bool returnAll)
{
    if (!mapping.linkQualifierScript)
        return mapping.linkQualifiers;
    const auto value = evaluate(
        *mapping.linkQualifierScript, u"linkQualifiers"_s,
        {{u"object"_s, object}, {u"returnAll"_s, returnAll}, {u"mapping"_s, mapping.name}});
    if (!value && value.error().kind == SyncTrouble::Failure)
        return trouble(SyncTrouble::Break, value.error().reason);
    if (!value)
        return tl::unexpected(value.error());
    QStringList found;
    const QJsonArray list = value->toArray();
    for (const QJsonValue &qualifier : list)
        found.append(qualifier.toString());
    return found;
}

Found<QStringList> SyncRun::qualifiersOf(const QJsonValue &object)
{
    return qualifiers(object, false);
}

Found<QStringList> SyncRun::allQualifiers()
{
    return qualifiers(QJsonValue::Null, true);
}

QString SyncRun::normalSource(const QString &id) const
{
    return mapping.sourceIdsCaseSensitive ? id : id.toLower();
}

QString SyncRun::normalTarget(const QString &id) const
{
    return mapping.targetIdsCaseSensitive ? id : id.toLower();
}

std::optional<SyncLink> SyncRun::linkOf(const QString &qualifier, const QString &id, bool first,
                                        bool caseSensitive)
{
    const auto find = [&](const QString &end) {
        return first ? world.links.findByFirst(mapping.links, qualifier, end)
                     : world.links.findBySecond(mapping.links, qualifier, end);
    };
    const auto exact = find(id);
    if (exact || caseSensitive)
        return exact;
    const auto &links = lowered(qualifier, first);
    const auto link = links.constFind(id.toLower());
    if (link == links.constEnd())
        return std::nullopt;
    return find(first ? link->firstId : link->secondId); // If it is still there.
}

const QHash<QString, SyncLink> &SyncRun::lowered(const QString &qualifier, bool first)
{
    const QString key = (first ? u"first "_s : u"second "_s) + qualifier;
    const auto made = m_lowered.constFind(key);
    if (made != m_lowered.constEnd())
        return *made;
    QHash<QString, SyncLink> &links = m_lowered[key];
    const QList<SyncLink> known = world.links.links(mapping.links, qualifier);
    for (const SyncLink &link : known)
        links.insert((first ? link.firstId : link.secondId).toLower(), link);
    return links;
}

std::optional<SyncLink> SyncRun::linkOfSource(const QString &qualifier, const QString &id)
{
    return linkOf(qualifier, normalSource(id), !mapping.linksReversed,
                  mapping.sourceIdsCaseSensitive);
}

std::optional<SyncLink> SyncRun::linkOfTarget(const QString &qualifier, const QString &id)
{
    return linkOf(qualifier, normalTarget(id), mapping.linksReversed,
                  mapping.targetIdsCaseSensitive);
}

QString SyncRun::sourceIdOf(const SyncLink &link) const
{
    return mapping.linksReversed ? link.secondId : link.firstId;
}

QString SyncRun::targetIdOf(const SyncLink &link) const
{
    return mapping.linksReversed ? link.firstId : link.secondId;
}

SyncLink SyncRun::linkBetween(const QString &qualifier, const QString &sourceId,
                              const QString &targetId) const
{
    const QString source = normalSource(sourceId);
    const QString target = normalTarget(targetId);
    return {{},
            mapping.links,
            qualifier,
            mapping.linksReversed ? target : source,
            mapping.linksReversed ? source : target};
}

Step SyncRun::prefetchLinks()
{
    if (!mapping.prefetchLinks || !mapping.enableLinking)
        return {};
    const auto known = allQualifiers();
    if (!known && known.error().kind == SyncTrouble::Break)
        return tl::unexpected(known.error());
    if (!known)
        return {};
    for (const QString &qualifier : *known) {
        if (const auto half =
                world.links.findHalf(mapping.links, qualifier, !mapping.linksReversed))
            return trouble(
                SyncTrouble::Break,
                ReconcileText::tr("A link to target %1 has no source id.").arg(targetIdOf(*half)));
    }
    m_prefetched = *known;
    return {};
}

bool SyncRun::knows(const QString &qualifier) const
{
    return !m_prefetched || m_prefetched->contains(qualifier);
}

} // namespace hubkeeper
