// SPDX-License-Identifier: MIT
#include "practice/rehearsalportal.h"

#include "practice/server/practicethread.h"
#include "practice/snapshotportal.h"
#include "practice/state/portalstate.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

class ThreadedPortal final : public RehearsalPortal
{
public:
    explicit ThreadedPortal(const practice::PracticeOptions &options)
        : m_thread(options)
    {
    }

    [[nodiscard]] Result<void> start() { return m_thread.start(); }
    [[nodiscard]] QUrl url() const override { return m_thread.url(); }
    [[nodiscard]] OAuthCredentials credentials() const override
    {
        return {m_thread.clientId(), m_thread.clientSecret(), m_thread.refreshToken()};
    }
    [[nodiscard]] qint64 portalId() const override { return m_id; }
    [[nodiscard]] QString portalName() const override { return m_name; }
    [[nodiscard]] qint64 calls() override
    {
        return m_thread.inPortal(
            [](practice::PracticePortal &portal) { return qint64(portal.log().total()); });
    }
    [[nodiscard]] QList<qsizetype> unfiredFaults() override
    {
        return m_thread.inPortal(
            [](practice::PracticePortal &portal) { return portal.state().faults.unfired(); });
    }
    [[nodiscard]] qint64 dailyLimit() const override { return practice::RateLimits().perDay; }
    void learnNames()
    {
        m_id =
            m_thread.inPortal([](practice::PracticePortal &portal) { return portal.portalId(); });
        m_name =
            m_thread.inPortal([](practice::PracticePortal &portal) { return portal.portalName(); });
    }

private:
    practice::PracticeThread m_thread;
    qint64 m_id = 0;
    QString m_name;
};

Result<practice::PracticeOptions> optionsFor(const RehearsalSetting &setting,
                                             const std::stop_token &stop)
{
    practice::PracticeOptions options;
    const auto contents = portalContentsOf(setting.snapshot, stop);
    if (!contents)
        return tl::unexpected(contents.error());
    options.contents = *contents;
    options.indexDelay = std::chrono::milliseconds(0);
    options.limits = {0, 0, 0, 0, 0};
    options.keptRequests = 100;
    for (const QString &text : setting.faults) {
        const auto fault = practice::faultFromText(text);
        if (!fault)
            return tl::unexpected(fault.error());
        options.faults.append(*fault);
    }
    for (const QString &text : setting.switches) {
        const auto set = practice::setSwitchFromText(options.switches, text);
        if (!set)
            return tl::unexpected(set.error());
    }
    return options;
}

} // namespace

Result<std::shared_ptr<RehearsalPortal>> startRehearsalPortal(const RehearsalSetting &setting,
                                                              const std::stop_token &stop)
{
    const auto options = optionsFor(setting, stop);
    if (!options)
        return tl::unexpected(options.error());
    auto portal = std::make_shared<ThreadedPortal>(*options);
    if (const auto started = portal->start(); !started)
        return tl::unexpected(started.error());
    portal->learnNames();
    return portal;
}

} // namespace hubkeeper
