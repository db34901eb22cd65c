// SPDX-License-Identifier: MIT
#include "portal/allassociations.h"

#include "portal/requests.h"

namespace hubkeeper {

AllAssociations::AllAssociations(RestClient &client, const ApiPaths &paths, ObjectType from,
                                 QString id, ObjectType to, QObject *parent)
    : Call(parent)
    , m_client(client)
    , m_paths(paths)
    , m_from(from)
    , m_id(std::move(id))
    , m_to(to)
{
    cancelWith(m_client.lifetime());
    fetchPage({});
}

void AllAssociations::fetchPage(const QString &after)
{
    then(m_client.fetchAs<AssociationPage>(associationsRequest(m_paths, m_from, m_id, m_to, after),
                                           &parseAssociations, this),
         [this, after](const AssociationPage &page) { onPage(after, page); });
}

void AllAssociations::onPage(const QString &after, const AssociationPage &page)
{
    m_all += page.associations;
    emit progressed(m_all.size(), -1);
    if (page.after.isEmpty() || page.after == after) // A cursor that stands still is the end.
        return complete(std::move(m_all));
    fetchPage(page.after);
}

} // namespace hubkeeper
