// SPDX-License-Identifier: MIT
#pragma once

#include "testkit/rawexchange.h"

namespace hubkeeper::practice::test {

using hubkeeper::test::exchange;
using hubkeeper::test::RawReply;

/// A way to ask a portal, in this process or another.
class PortalClient
{
public:
    virtual ~PortalClient() = default;

    [[nodiscard]] virtual quint16 port() const = 0;
    [[nodiscard]] virtual QByteArray clientId() const = 0;
    [[nodiscard]] virtual QByteArray clientSecret() const = 0;
    [[nodiscard]] virtual QByteArray refreshToken() const = 0;
    /// A new access token of the app.
    [[nodiscard]] virtual QByteArray accessToken() = 0;
    /// A static token that may do only this.
    [[nodiscard]] virtual QByteArray tokenFor(const QString &scope) = 0;
    /// From now on search sees what was written.
    virtual void passIndexDelay() = 0;
    virtual void setStaticPerWindow(int calls) = 0;

    RawReply ask(const QByteArray &method, const QByteArray &target, const QByteArray &body = {},
                 int patienceMs = 5000)
    {
        QByteArray request = method + ' ' + target + " HTTP/1.1\r\nHost: localhost:"
            + QByteArray::number(port()) + "\r\nConnection: close\r\n";
        if (!token.isEmpty())
            request += "Authorization: Bearer " + token + "\r\n";
        if (!body.isEmpty())
            request += "Content-Type: " + contentType
                + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n";
        for (const QByteArray &header : more)
            request += header + "\r\n";
        return exchange(port(), request + "\r\n" + body, patienceMs);
    }
    RawReply get(const QByteArray &target) { return ask("GET", target); }
    RawReply post(const QByteArray &target, const QByteArray &body)
    {
        return ask("POST", target, body);
    }
    RawReply form(const QByteArray &target, const QByteArray &body)
    {
        contentType = "application/x-www-form-urlencoded";
        RawReply reply = ask("POST", target, body);
        contentType = "application/json";
        return reply;
    }
    /// A new contact with this address; its id.
    QByteArray contact(const QByteArray &email)
    {
        return post("/crm/v3/objects/contacts", R"({"properties":{"email":")" + email + R"("}})")
            .text(QLatin1StringView("id"))
            .toLatin1();
    }
    QByteArray company(const QByteArray &name)
    {
        return post("/crm/v3/objects/companies", R"({"properties":{"name":")" + name + R"("}})")
            .text(QLatin1StringView("id"))
            .toLatin1();
    }

    QByteArray token;
    QByteArray contentType = "application/json";
    QList<QByteArray> more; ///< Further header lines.
};

} // namespace hubkeeper::practice::test
