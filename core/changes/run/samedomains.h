// SPDX-License-Identifier: MIT
#pragma once

#include "portal/portalreader.h"

namespace hubkeeper {

/// Which of these domains a live company has already, with the company's id: lower-case domain to
/// id. By HubSpot's search, which does not know what was written in the last seconds. The portal
/// must outlive the call.
class SameDomains final : public Call<QHash<QString, QString>>
{
public:
    SameDomains(PortalReader &portal, const QStringList &domains, QObject *parent);

private:
    void searchNext();

    PortalReader &m_portal;
    QList<QStringList> m_questions; // Each small enough for one search.
    QHash<QString, QString> m_owners;
};

/// Error::category of a row that was not sent because of its domain.
[[nodiscard]] QString sameDomainCategory();
/// Conflict: the company `owner` has the domain.
[[nodiscard]] Error sameDomainError(const QString &domain, const QString &owner);

} // namespace hubkeeper
