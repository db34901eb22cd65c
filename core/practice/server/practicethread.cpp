// SPDX-License-Identifier: MIT
#include "practice/server/practicethread.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

PracticeThread::PracticeThread(const PracticeOptions &options)
    : m_options(options)
{
    m_thread.setObjectName(u"practice portal"_s);
}

PracticeThread::~PracticeThread()
{
    m_thread.quit();
    m_thread.wait();
}

Result<void> PracticeThread::start()
{
    m_portal = new PracticePortal(m_options, m_clock);
    m_portal->moveToThread(&m_thread);
    QObject::connect(&m_thread, &QThread::finished, m_portal, &QObject::deleteLater);
    m_thread.start();
    auto started = inPortal([](PracticePortal &portal) { return portal.start(); });
    m_url = m_portal->url();
    m_clientId = m_portal->clientId();
    m_clientSecret = m_portal->clientSecret();
    m_refreshToken = m_portal->refreshToken();
    m_staticToken = m_portal->staticToken();
    m_controlToken = m_portal->controlToken();
    return started;
}

} // namespace hubkeeper::practice
