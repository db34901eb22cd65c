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
        , m_steady(m_clock.now() + wait.steady)
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
            note(now && now->isGood());
            if (m_activation.isActive || m_clock.now() >= m_deadline)
                return complete(m_activation);
            m_clock.after(m_pause, this, unlessOver([this] { look(); }));
        });
    }

    void note(bool isGood)
    {
        m_fellOver = m_fellOver || (m_good > 0 && !isGood);
        m_good = isGood ? m_good + 1 : 0;
        m_activation.isActive = m_good >= 2 && (m_fellOver || m_clock.now() >= m_steady);
    }

    ServerSession &m_session;
    Clock &m_clock;
    const QString m_name;
    const std::chrono::milliseconds m_pause;
    const Clock::Instant m_steady;
    const Clock::Instant m_deadline;
    Activation m_activation;
    int m_good = 0; // Looks in a row at which it worked.
    bool m_fellOver = false; // After it had worked: the second configuration.
};

} // namespace

QString Activation::explanation() const
{
    if (isActive)
        return {};
    if (isDisabled)
        return SessionText::tr("It is disabled: \"enabled\" is false.");
    if (!isAwaited)
        return SessionText::tr("Nobody waited for it. Look with `hubkeeper-cli idm status`.");
    if (!answer)
        return SessionText::tr("The server does not know the connector yet. Look again with "
                               "`hubkeeper-cli idm status`.");
    return answer->isGood() ? SessionText::tr("It works now and then; look again in some seconds.")
                            : answer->explanation();
}

Call<Activation> *waitUntilActive(ServerSession &session, const SessionServices &services,
                                  const QString &name, const QJsonObject &configuration,
                                  const ActivationWait &wait, QObject *parent)
{
    Activation unseen;
    unseen.isDisabled = configuration["enabled"_L1] == QJsonValue(false);
    unseen.isAwaited = wait.patience > std::chrono::milliseconds::zero();
    if (unseen.isDisabled || !unseen.isAwaited)
        return new ReadyCall<Activation>(unseen, parent);
    return new WaitingUntilActive(session, services, name, wait, parent);
}

} // namespace hubkeeper
