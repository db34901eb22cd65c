// SPDX-License-Identifier: MIT
#pragma once

#include "connector/connectorwriter.h"

namespace hubkeeper {

/// What a session can write with. Everybody may hold it, but only the write engine can look into
/// it: the classes that ask the guard and keep the journal. So a page or a verb that writes past
/// them does not compile.
class WriteAccess final
{
public:
    WriteAccess(Connector &connector, PortalWriter &portal)
        : m_portal(portal)
        , m_connector(connector, portal)
    {
    }

private:
    friend class ApplyChanges;
    friend class JournaledWrite;

    PortalWriter &m_portal;
    ConnectorWriter m_connector;
};

} // namespace hubkeeper
