// SPDX-License-Identifier: MIT
#pragma once

#include "../practice/portalclient.h"
#include "program.h"

namespace hubkeeper::test {

/// A practice portal in a process of its own, as a plain client sees it.
class ServedPortal final : public practice::test::PortalClient
{
public:
    /// Started with `options`; calls carry its static token if it announces one (--control).
    explicit ServedPortal(const QStringList &options)
        : m_practice(Practice::with(m_program, options))
    {
        token = announced(QStringLiteral("staticToken"));
        const QJsonObject file =
            QJsonDocument::fromJson(m_program.content(QStringLiteral("p.json"))).object();
        m_credentials = file.value(QStringLiteral("configurationProperties")).toObject();
    }

    /// Of the provisioner that --write-provisioner p.json writes into the program's folder.
    [[nodiscard]] QByteArray credential(const QString &name) const
    {
        return m_credentials.value(name).toString().toLatin1();
    }
    [[nodiscard]] QByteArray announced(const QString &name) const
    {
        return m_practice->announced().value(name).toString().toLatin1();
    }
    /// In whose home it runs.
    [[nodiscard]] Program &program() { return m_program; }
    [[nodiscard]] Practice &practice() { return *m_practice; }
    [[nodiscard]] QJsonValue state(const QString &name) { return m_practice->state().value(name); }
    [[nodiscard]] bool hasProvisioner() const { return !m_credentials.isEmpty(); }

    /// A token of the app by its refresh token.
    [[nodiscard]] practice::test::RawReply refreshed()
    {
        return form("/oauth/v3/token",
                    "grant_type=refresh_token&client_id=" + clientId()
                        + "&client_secret=" + clientSecret() + "&refresh_token=" + refreshToken());
    }

    [[nodiscard]] quint16 port() const override { return quint16(m_practice->url().port()); }
    [[nodiscard]] QByteArray clientId() const override
    {
        return credential(QStringLiteral("clientId"));
    }
    [[nodiscard]] QByteArray clientSecret() const override
    {
        return credential(QStringLiteral("clientSecret"));
    }
    [[nodiscard]] QByteArray refreshToken() const override
    {
        return credential(QStringLiteral("refreshToken"));
    }
    [[nodiscard]] QByteArray accessToken() override
    {
        return refreshed().text(QLatin1StringView("access_token")).toLatin1();
    }
    [[nodiscard]] QByteArray tokenFor(const QString &scope) override
    {
        const QString name = QStringLiteral("pat-na1-of-the-test");
        m_practice->control(
            {{QStringLiteral("staticTokens"), QJsonObject {{name, QJsonArray {scope}}}}});
        return name.toLatin1();
    }
    void passIndexDelay() override
    {
        m_practice->control(
            {{QStringLiteral("clock"), QJsonObject {{QStringLiteral("advanceMs"), 600'000}}}});
    }
    void setStaticPerWindow(int calls) override
    {
        m_practice->control(
            {{QStringLiteral("limits"), QJsonObject {{QStringLiteral("staticPerWindow"), calls}}}});
    }

private:
    Program m_program;
    std::unique_ptr<Practice> m_practice;
    QJsonObject m_credentials;
};

} // namespace hubkeeper::test
