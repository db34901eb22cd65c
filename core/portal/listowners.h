// SPDX-License-Identifier: MIT
#pragma once

#include "portal/portalreader.h"

namespace hubkeeper {

/// All owners, present and archived ones: old records name people who have left
/// (hubspot-api 10.1).
class ListOwners final : public Call<QList<Owner>>
{
public:
    ListOwners(PortalReader &portal, QObject *parent);

private:
    void fetchPage(const QString &after);
    void onPage(const OwnerPage &page);

    PortalReader &m_portal;
    QList<Owner> m_owners;
    bool m_archived = false;
};

} // namespace hubkeeper
