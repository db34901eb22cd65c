// SPDX-License-Identifier: MIT
#include "portal/listowners.h"

namespace hubkeeper {

ListOwners::ListOwners(PortalReader &portal, QObject *parent)
    : Call(parent)
    , m_portal(portal)
{
    cancelWith(m_portal.client().lifetime());
    fetchPage({});
}

void ListOwners::fetchPage(const QString &after)
{
    then(m_portal.owners(after, m_archived, this), [this](const OwnerPage &page) { onPage(page); });
}

void ListOwners::onPage(const OwnerPage &page)
{
    m_owners += page.owners;
    if (!page.after.isEmpty())
        return fetchPage(page.after);
    if (m_archived)
        return complete(m_owners);
    m_archived = true;
    fetchPage({});
}

} // namespace hubkeeper
