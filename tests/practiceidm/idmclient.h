// SPDX-License-Identifier: MIT
#pragma once

#include "practice/idm/server/practiceidm.h"
#include "practice/idm/state/idmstate.h"
#include "testkit/manualclock.h"
#include "testkit/rawexchange.h"

#include <QTest>

namespace hubkeeper::practice::test {

using hubkeeper::test::exchange;
using hubkeeper::test::RawReply;

/// Asks a practice IDM over a real socket, byte by byte.
class IdmClient
{
public:
    explicit IdmClient(quint16 port)
        : m_port(port)
    {
    }

    /// `target` is below /openidm/.
    RawReply ask(const QByteArray &method, const QByteArray &target, const QByteArray &body = {},
                 const QList<QByteArray> &headers = {})
    {
        return askAt(method, "/openidm/" + target, body, headers);
    }
    RawReply askAt(const QByteArray &method, const QByteArray &path, const QByteArray &body = {},
                   const QList<QByteArray> &headers = {})
    {
        QByteArray request = method + ' ' + path + " HTTP/1.1\r\nHost: localhost:"
            + QByteArray::number(m_port) + "\r\nConnection: close\r\n";
        for (const QByteArray &header : login + headers)
            request += header + "\r\n";
        if (!body.isEmpty())
            request += "Content-Type: application/json\r\nContent-Length: "
                + QByteArray::number(body.size()) + "\r\n";
        return exchange(m_port, request + "\r\n" + body, 20'000);
    }
    RawReply get(const QByteArray &target) { return ask("GET", target); }
    RawReply post(const QByteArray &target, const QByteArray &body = {})
    {
        return ask("POST", target, body);
    }
    RawReply put(const QByteArray &target, const QJsonObject &body,
                 const QList<QByteArray> &headers = {})
    {
        return ask("PUT", target, QJsonDocument(body).toJson(QJsonDocument::Compact), headers);
    }

    QList<QByteArray> login {"X-OpenIDM-Username: openidm-admin",
                             "X-OpenIDM-Password: openidm-admin", "X-OpenIDM-NoSession: true"};

private:
    quint16 m_port;
};

/// A practice IDM with the table connector, on a clock that stands still.
class IdmFixture
{
public:
    explicit IdmFixture(IdmProfile profile = IdmProfile::Community)
        : IdmFixture(optionsFor(profile))
    {
    }
    explicit IdmFixture(const IdmOptions &options)
        : idm(options, clock)
        , client(started())
    {
        if (options.profile == IdmProfile::Cloud)
            client.login = {"Authorization: Bearer " + idm.token()};
        *idm.state().table = ConnectorTable::sample();
    }

    [[nodiscard]] static IdmOptions optionsFor(IdmProfile profile)
    {
        IdmOptions options;
        options.profile = profile;
        return options;
    }

    /// Time enough for a connector to be registered.
    void passRegistration() { clock.advance(std::chrono::seconds(10)); }

    hubkeeper::test::ManualClock clock;
    PracticeIdm idm;
    IdmClient client;

private:
    quint16 started()
    {
        const auto listening = idm.start();
        Q_ASSERT(listening.has_value());
        Q_UNUSED(listening)
        return quint16(idm.url().port());
    }
};

/// A file beside the tests.
[[nodiscard]] inline QByteArray fileBeside(const QString &name)
{
    QFile file(QStringLiteral(PRACTICEIDM_FOLDER "/") + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

[[nodiscard]] inline QJsonObject jsonBeside(const QString &name)
{
    return QJsonDocument::fromJson(fileBeside(name)).object();
}

} // namespace hubkeeper::practice::test
