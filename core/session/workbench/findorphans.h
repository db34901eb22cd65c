// SPDX-License-Identifier: MIT
#pragma once

#include "portal/record.h"
#include "session/reading/readall.h"

namespace hubkeeper {

/// A contact without a company, whose e-mail address has the domain of one.
struct OrphanedContact
{
    QString id;
    QString email;
    QString companyId;
    QString companyName;
    QString domain;
};

struct OrphanedCompany
{
    QString id;
    QString name;
    QString domain;
};

struct Orphans
{
    QList<OrphanedContact> contacts; ///< By their ids, as the portal lists them.
    QList<OrphanedCompany> companies; ///< Without contacts.
    qint64 contactsWithoutCompany = 0; ///< All of them, with or without such a domain.
};

/// Reads companies, then contacts, and finds those that belong to nobody. Domains that several
/// companies have, and those of free e-mail, match nobody. Goes by associatedcompanyid and
/// num_associated_contacts, which HubSpot brings up to date with a delay. Memory grows with the
/// companies and with what is found. Progress is in records. Fails as ReadList does.
class FindOrphans final : public Call<Orphans>
{
public:
    /// The portal must outlive the call.
    FindOrphans(PortalReader &portal, QObject *parent);

private:
    void takeCompany(const Record &record);
    void takeContact(const Record &record);
    void readContacts();
    void follow(const CallBase &step);

    PortalReader &m_portal;
    QHash<QString, OrphanedCompany> m_byDomain; // An empty id: several have it.
    Orphans m_found;
};

} // namespace hubkeeper
