// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"
#include "changes/set/rowchange.h"
#include "portal/portalwriter.h"

namespace hubkeeper {

/// Brings a contact's additional e-mail addresses from what a row says they are to what they shall
/// be, one request for each that goes or comes. Setting what is there already does no harm, so a
/// part that was done may be done again. Fails as the first request that fails. `portal` must
/// outlive the call.
class SendAddresses final : public Call<void>
{
public:
    SendAddresses(PortalWriter &portal, const QString &contactId, const CellChange &addresses,
                  QObject *parent);

private:
    void sendNext();

    PortalWriter &m_portal;
    const QString m_contactId;
    QStringList m_going;
    QStringList m_coming;
};

} // namespace hubkeeper
