// SPDX-License-Identifier: MIT
#include "reconcile/overlay/memorylinks.h"

#include "reconcile/reconciletext.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

ObjectFault secondLinkRefused(const SyncLink &link)
{
    return {ObjectFault::Refused, 409,
            ReconcileText::tr("The repository refuses a second link with the same type, qualifier "
                              "and end (%1 to %2).")
                .arg(link.firstId, link.secondId)};
}

void MemoryLinks::add(const SyncLink &link)
{
    put(link);
}

std::optional<SyncLink> MemoryLinks::find(const QHash<Key, QString> &index, const Key &key) const
{
    const auto id = index.constFind(key);
    return id == index.constEnd() ? std::nullopt : std::optional(m_links.value(*id));
}

std::optional<SyncLink> MemoryLinks::findByFirst(const QString &type, const QString &qualifier,
                                                 const QString &id)
{
    return find(m_byFirst, {type, qualifier, id});
}

std::optional<SyncLink> MemoryLinks::findBySecond(const QString &type, const QString &qualifier,
                                                  const QString &id)
{
    return find(m_bySecond, {type, qualifier, id});
}

QList<SyncLink> MemoryLinks::links(const QString &type, const QString &qualifier)
{
    QList<SyncLink> found;
    for (const SyncLink &link : std::as_const(m_links)) {
        if (link.type == type && link.qualifier == qualifier)
            found.append(link);
    }
    return found;
}

void MemoryLinks::visit(const std::function<void(const SyncLink &, bool)> &visit)
{
    for (const SyncLink &link : std::as_const(m_links))
        visit(link, m_new.contains(link.id));
}

bool MemoryLinks::isEnd(const QString &type, const QString &id, bool first)
{
    return std::any_of(m_links.cbegin(), m_links.cend(), [&](const SyncLink &link) {
        return link.type == type && (first ? link.firstId : link.secondId) == id;
    });
}

/// Another link with the same first or the same second id.
std::optional<ObjectFault> MemoryLinks::refusal(const SyncLink &link) const
{
    const auto isOther = [&](const std::optional<SyncLink> &other) {
        return other && other->id != link.id;
    };
    const bool refused = (!link.firstId.isNull()
                          && isOther(find(m_byFirst, {link.type, link.qualifier, link.firstId})))
        || (!link.secondId.isNull()
            && isOther(find(m_bySecond, {link.type, link.qualifier, link.secondId})));
    if (!refused)
        return std::nullopt;
    return secondLinkRefused(link);
}

Answer<SyncLink> MemoryLinks::create(const SyncLink &link)
{
    SyncLink made = link;
    made.id = u"new-link-%1"_s.arg(++m_made);
    if (auto fault = refusal(made))
        return tl::unexpected(std::move(*fault));
    put(made);
    m_new.insert(made.id);
    return made;
}

Answer<SyncLink> MemoryLinks::update(const SyncLink &link)
{
    if (auto fault = refusal(link))
        return tl::unexpected(std::move(*fault));
    drop(m_links.value(link.id));
    put(link);
    m_new.insert(link.id);
    return link;
}

Answer<void> MemoryLinks::remove(const SyncLink &link)
{
    drop(link);
    return {};
}

void MemoryLinks::put(const SyncLink &link)
{
    m_links.insert(link.id, link);
    if (!link.firstId.isNull())
        m_byFirst.insert({link.type, link.qualifier, link.firstId}, link.id);
    if (!link.secondId.isNull())
        m_bySecond.insert({link.type, link.qualifier, link.secondId}, link.id);
}

void MemoryLinks::drop(const SyncLink &link)
{
    m_links.remove(link.id);
    m_byFirst.remove({link.type, link.qualifier, link.firstId});
    m_bySecond.remove({link.type, link.qualifier, link.secondId});
}

} // namespace hubkeeper
