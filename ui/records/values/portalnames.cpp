// SPDX-License-Identifier: MIT
#include "records/values/portalnames.h"

#include "session/open/session.h"

namespace hubkeeper {

PortalNames::PortalNames(const Masking &masking, QObject *parent)
    : QObject(parent)
    , m_contacts(masking)
    , m_companies(masking)
{
}

PortalNames::~PortalNames() = default;

void PortalNames::setSession(std::shared_ptr<Session> session)
{
    m_work = std::make_unique<QObject>();
    m_session = std::move(session);
    m_isRead = false;
    m_contacts.clear();
    m_companies.clear();
    emit changed();
}

/// A failure is not one of the views that ask: they show what is stored.
void PortalNames::read()
{
    if (!m_session || std::exchange(m_isRead, true))
        return;
    for (const ObjectType type : {ObjectType::Contacts, ObjectType::Companies}) {
        m_session->definitions(type, false, m_work.get())
            ->onDone(m_work.get(), [this, type](const Result<QList<PropertyDefinition>> &known) {
                m_isRead = m_isRead && known.has_value();
                if (!known)
                    return;
                names(type).setDefinitions(*known);
                emit changed();
            });
    }
    m_session->owners(false, m_work.get())
        ->onDone(m_work.get(), [this](const Result<QList<Owner>> &owners) {
            if (!owners)
                return;
            m_contacts.setOwners(*owners);
            m_companies.setOwners(*owners);
            emit changed();
        });
}

const PropertyNames &PortalNames::of(ObjectType type) const
{
    return type == ObjectType::Contacts ? m_contacts : m_companies;
}

PropertyNames &PortalNames::names(ObjectType type)
{
    return type == ObjectType::Contacts ? m_contacts : m_companies;
}

} // namespace hubkeeper
