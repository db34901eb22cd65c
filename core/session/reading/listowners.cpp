// SPDX-License-Identifier: MIT
#include "session/reading/listowners.h"

namespace hubkeeper {

ListOwners::ListOwners(Portal &portal, QObject *parent)
    : Call(parent)
    , m_portal(portal)
{
    fetchPage({});
}

void ListOwners::fetchPage(const QString &after)
{
    m_portal.owners(after, m_archived, this)->onDone(this, [this](const Result<OwnerPage> &page) {
        onPage(page);
    });
}

void ListOwners::onPage(const Result<OwnerPage> &page)
{
    if (isFinished())
        return;
    if (!page)
        return complete(tl::unexpected(page.error()));
    m_owners += page->owners;
    if (!page->after.isEmpty())
        return fetchPage(page->after);
    if (m_archived)
        return complete(m_owners);
    m_archived = true;
    fetchPage({});
}

} // namespace hubkeeper
