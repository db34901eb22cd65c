// SPDX-License-Identifier: MIT
#pragma once

#include "portalclient.h"
#include "practice/server/practiceportal.h"
#include "testkit/manualclock.h"

#include <QTest>

namespace hubkeeper::practice::test {

/// A portal on a clock that stands still, and a way to ask it.
class PortalFixture final : public PortalClient
{
public:
    explicit PortalFixture(const PracticeOptions &options = small())
        : portal(options, clock)
    {
        const auto started = portal.start();
        Q_ASSERT(started.has_value());
        Q_UNUSED(started)
        token = clear(portal.staticToken());
    }

    [[nodiscard]] static PracticeOptions small()
    {
        PracticeOptions options;
        options.contacts = 60;
        options.companies = 15;
        options.portalId = 12'345'678;
        return options;
    }

    [[nodiscard]] static QByteArray clear(const Secret &secret)
    {
        return secret.withClearText([](std::string_view text) {
            return QByteArray(text.data(), static_cast<qsizetype>(text.size()));
        });
    }

    [[nodiscard]] quint16 port() const override
    {
        return static_cast<quint16>(portal.url().port());
    }
    [[nodiscard]] QByteArray clientId() const override { return portal.clientId().toLatin1(); }
    [[nodiscard]] QByteArray clientSecret() const override { return clear(portal.clientSecret()); }
    [[nodiscard]] QByteArray refreshToken() const override { return clear(portal.refreshToken()); }
    [[nodiscard]] QByteArray accessToken() override { return clear(portal.makeAccessToken()); }
    [[nodiscard]] QByteArray tokenFor(const QString &scope) override
    {
        return clear(portal.addStaticToken({scope}));
    }
    void passIndexDelay() override { clock.advance(std::chrono::seconds(3)); }
    void setStaticPerWindow(int calls) override { portal.limits().staticPerWindow = calls; }

    hubkeeper::test::ManualClock clock;
    PracticePortal portal;
};

} // namespace hubkeeper::practice::test
