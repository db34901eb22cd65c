// SPDX-License-Identifier: MIT
#include "practice/idm/recon/idmworld.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

SyncLink linkOf(const StoredLink &stored)
{
    return {stored.id, stored.type, stored.qualifier, stored.firstId.value_or(QString()),
            stored.secondId.value_or(QString())};
}

std::optional<QString> endOf(const QString &id)
{
    return id.isNull() ? std::nullopt : std::optional(id);
}

tl::unexpected<ObjectFault> taken()
{
    return tl::unexpected<ObjectFault>(
        {ObjectFault::Refused, 412,
         u"Create rejected as Object with same ID already exists. Found duplicated key in the "
         "unique index of links"_s});
}

} // namespace

std::optional<SyncLink> IdmLinks::findByFirst(const QString &type, const QString &qualifier,
                                              const QString &id)
{
    if (m_run)
        ++m_run->steps[u"sourceLinkQuery"_s];
    const StoredLink *found = m_state.links.withFirst(type, qualifier, id);
    return found ? std::optional(linkOf(*found)) : std::nullopt;
}

std::optional<SyncLink> IdmLinks::findBySecond(const QString &type, const QString &qualifier,
                                               const QString &id)
{
    if (m_run)
        ++m_run->steps[u"targetLinkQuery"_s];
    const StoredLink *found = m_state.links.withSecond(type, qualifier, id);
    return found ? std::optional(linkOf(*found)) : std::nullopt;
}

QList<SyncLink> IdmLinks::links(const QString &type, const QString &qualifier)
{
    QList<SyncLink> found;
    for (const auto &[number, link] : m_state.links.links()) {
        if (link.type == type && link.qualifier == qualifier)
            found.append(linkOf(link));
    }
    if (m_run && !m_run->isCancelled) {
        ++m_run->steps[u"linkQuery"_s];
        m_run->linksBefore = std::max<qint64>(m_run->linksBefore, 0) + found.size();
    }
    return found;
}

hubkeeper::Answer<SyncLink> IdmLinks::create(const SyncLink &link)
{
    const auto made = m_state.links.add(
        {{}, 1, link.type, link.qualifier, endOf(link.firstId), endOf(link.secondId)});
    if (!made)
        return taken();
    if (m_run)
        ++m_run->linksMade;
    return linkOf(*made);
}

hubkeeper::Answer<SyncLink> IdmLinks::update(const SyncLink &link)
{
    if (!m_state.links.change(link.id, endOf(link.firstId), endOf(link.secondId)))
        return taken();
    return link;
}

hubkeeper::Answer<void> IdmLinks::remove(const SyncLink &link)
{
    if (m_state.links.remove(link.id))
        return {};
    return tl::unexpected<ObjectFault>(
        {ObjectFault::NotFound, 404, u"Object %1 not found in link"_s.arg(link.id)});
}

} // namespace hubkeeper::practice
