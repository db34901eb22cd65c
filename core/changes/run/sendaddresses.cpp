// SPDX-License-Identifier: MIT
#include "changes/run/sendaddresses.h"

namespace hubkeeper {

SendAddresses::SendAddresses(PortalWriter &portal, const QString &contactId,
                             const CellChange &addresses, QObject *parent)
    : Call(parent)
    , m_portal(portal)
    , m_contactId(contactId)
    , m_going(addresses.before.split(u';', Qt::SkipEmptyParts))
    , m_coming(addresses.after.split(u';', Qt::SkipEmptyParts))
{
    const QStringList before = m_going;
    for (const QString &address : std::as_const(m_coming))
        m_going.removeAll(address);
    for (const QString &address : before)
        m_coming.removeAll(address);
    sendNext();
}

void SendAddresses::sendNext()
{
    if (m_going.isEmpty() && m_coming.isEmpty())
        return complete({});
    Call<void> *step = m_going.isEmpty()
        ? m_portal.addAddress(m_contactId, m_coming.takeFirst(), this)
        : m_portal.removeAddress(m_contactId, m_going.takeFirst(), this);
    then(step, [this] { sendNext(); });
}

} // namespace hubkeeper
