// SPDX-License-Identifier: MIT
#include "session/idm/activation.h"

#include "idm/system/systemactions.h"
#include "session/sessiontext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

class WaitingUntilActive final : public Call<Activation>
{
public:
    WaitingUntilActive(ServerSession &session, const SessionServices &services, QString name,
                       const ActivationWait &wait, QObject *parent)
        : Call(parent)
        , m_session(session)
        , m_clock(services.clock)
        , m_name(std::move(name))
        , m_pause(wait.pause)
        , m_deadline(m_clock.now() + wait.patience)
    {
        look();
    }

private:
    void look()
    {
        always(testOne(m_session.client(), m_name, this), [this](const Result<TestAnswer> &now) {
            if (now)
                m_activation.answer = *now;
            m_good = now && now->isGood() ? m_good + 1 : 0;
            m_activation.isActive = m_good == 2;
            if (m_activation.isActive || m_clock.now() >= m_deadline)
                return complete(m_activation);
            m_clock.after(m_pause, this, unlessOver([this] { look(); }));
        });
    }

    ServerSession &m_session;
    Clock &m_clock;
    const QString m_name;
    const std::chrono::milliseconds m_pause;
    const Clock::Instant m_deadline;
    Activation m_activation;
    int m_good = 0; // Looks in a row at which it worked.
};

} // namespace

QString Activation::explanation() const
{
    if (isActive)
        return {};
    if (isDisabled)
        return SessionText::tr("It is disabled: \"enabled\" is false.");
    if (!answer)
        return SessionText::tr("The server does not know the connector yet. Look again with "
                               "`hubkeeper-cli idm status`.");
    return answer->isGood() ? SessionText::tr("It worked once; look again in some seconds.")
                            : answer->explanation();
}

Call<Activation> *waitUntilActive(ServerSession &session, const SessionServices &services,
                                  const QString &name, const QJsonObject &configuration,
                                  const ActivationWait &wait, QObject *parent)
{
    if (configuration["enabled"_L1] == QJsonValue(false)) {
        Activation disabled;
        disabled.isDisabled = true;
        return new ReadyCall<Activation>(disabled, parent);
    }
    return new WaitingUntilActive(session, services, name, wait, parent);
}

} // namespace hubkeeper
