// SPDX-License-Identifier: MIT
#pragma once

#include <QEventLoop>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpSocket>
#include <QTimer>

namespace hubkeeper::practice::test {

/// What came back, byte by byte, without any client's opinion.
struct RawReply
{
    int status = 0; ///< 0: not one byte came.
    QHash<QByteArray, QByteArray> headers; ///< Names in lower case.
    QByteArray body; ///< Chunks put together.
    bool closed = false; ///< The server ended the connection.

    [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(body).object(); }
    [[nodiscard]] QString text(QLatin1StringView member) const
    {
        return json().value(member).toVariant().toString();
    }
    [[nodiscard]] QString property(QLatin1StringView name) const
    {
        return json().value(QLatin1StringView("properties")).toObject().value(name).toString();
    }
    [[nodiscard]] QJsonArray results() const
    {
        return json().value(QLatin1StringView("results")).toArray();
    }
};

inline QByteArray unchunked(const QByteArray &body)
{
    QByteArray whole;
    for (qsizetype at = 0; at < body.size();) {
        const qsizetype end = body.indexOf("\r\n", at);
        const qsizetype size = body.mid(at, end - at).toLongLong(nullptr, 16);
        whole += body.mid(end + 2, size);
        at = end + 2 + size + 2;
        if (end < 0 || size == 0)
            break;
    }
    return whole;
}

inline RawReply parsed(const QByteArray &bytes)
{
    RawReply reply;
    const qsizetype end = bytes.indexOf("\r\n\r\n");
    if (end < 0)
        return reply;
    const QList<QByteArray> lines = bytes.left(end).split('\n');
    reply.status = lines.first().split(' ').value(1).toInt();
    for (const QByteArray &line : lines.mid(1)) {
        const qsizetype colon = line.indexOf(':');
        reply.headers.insert(line.left(colon).toLower(), line.mid(colon + 1).trimmed());
    }
    reply.body = bytes.mid(end + 4);
    if (reply.headers.value("transfer-encoding") == "chunked")
        reply.body = unchunked(reply.body);
    return reply;
}

/// Sends these bytes over a new connection and collects what comes until the server closes or
/// `patienceMs` are over.
inline RawReply exchange(quint16 port, const QByteArray &bytes, int patienceMs = 5000)
{
    QTcpSocket socket;
    QByteArray received;
    bool closed = false;
    QObject::connect(&socket, &QTcpSocket::readyRead, &socket,
                     [&] { received += socket.readAll(); });
    QObject::connect(&socket, &QTcpSocket::disconnected, &socket, [&] { closed = true; });
    QObject::connect(&socket, &QTcpSocket::connected, &socket, [&] { socket.write(bytes); });
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    QEventLoop loop;
    QObject::connect(&socket, &QTcpSocket::disconnected, &loop, &QEventLoop::quit);
    QTimer::singleShot(patienceMs, &loop, &QEventLoop::quit);
    loop.exec();
    RawReply reply = parsed(received);
    reply.closed = closed;
    return reply;
}

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
