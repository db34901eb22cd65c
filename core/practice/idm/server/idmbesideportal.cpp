// SPDX-License-Identifier: MIT
#include "practice/idm/server/idmbesideportal.h"

namespace hubkeeper::practice {

IdmBesidePortal::IdmBesidePortal(PracticeThread &portal, const IdmOptions &options)
    : m_portal(portal)
    , m_options(options)
{
}

IdmBesidePortal::~IdmBesidePortal()
{
    m_portal.inPortal([this](PracticePortal &) { delete m_idm; });
}

Result<void> IdmBesidePortal::start(int users)
{
    return m_portal.inPortal([&](PracticePortal &portal) -> Result<void> {
        m_idm = new PracticeIdm(m_options, m_clock);
        m_idm->attach(portal);
        if (users >= 0) {
            if (auto filled = m_idm->fill(portal, users); !filled)
                return filled;
        }
        auto started = m_idm->start();
        m_url = m_idm->url();
        m_token = m_idm->token();
        return started;
    });
}

} // namespace hubkeeper::practice
