// SPDX-License-Identifier: MIT
#include "idm/servers/leftreport.h"

#include "idm/currentserver.h"
#include "session/idm/deploy.h"
#include "session/idm/serveranalysis.h"

namespace hubkeeper {

LeftReport::LeftReport(CurrentServer &server, QObject *parent)
    : QObject(parent)
    , m_server(server)
{
    connect(&m_server, &CurrentServer::changed, this, &LeftReport::look);
}

void LeftReport::look()
{
    const auto session = m_server.session();
    if (!session || m_looked.lock() == session)
        return;
    m_looked = session;
    if (!mayHaveLeftReport(session->server(), m_server.services()))
        return;
    openJournal(m_server.services(), this)
        ->onDone(this, [this, session](const Result<std::shared_ptr<Journal>> &journal) {
            if (!journal)
                return emit failed(journal.error());
            removeLeftReport(*session, m_server.services(), *journal, this)
                ->onDone(this, [this, session](const Result<bool> &wasThere) {
                    if (!wasThere)
                        emit failed(wasThere.error());
                    else if (*wasThere)
                        emit removed(session->server().label);
                });
        });
}

} // namespace hubkeeper
