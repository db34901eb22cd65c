// SPDX-License-Identifier: MIT
#pragma once

#include <QEventLoop>
#include <QHash>
#include <QHostAddress>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpSocket>
#include <QTimer>

namespace hubkeeper::test {

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

} // namespace hubkeeper::test
