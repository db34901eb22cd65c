// SPDX-License-Identifier: MIT
#pragma once

#include <QHostAddress>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>

#include <memory>

namespace hubkeeper::test {

/// A small HTTP proxy on 127.0.0.1: CONNECT tunnels and plain forwarding, one request to a
/// connection. Remembers the heads it was sent.
class ForwardProxy final : public QTcpServer
{
public:
    /// If not empty, answers every request with this instead of serving it.
    QByteArray refusal;
    QList<QByteArray> heads;

    ForwardProxy()
    {
        connect(this, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket *client = nextPendingConnection())
                serve(client);
        });
        listen(QHostAddress::LocalHost);
    }

private:
    void serve(QTcpSocket *client)
    {
        connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
        const auto buffer = std::make_shared<QByteArray>();
        connect(client, &QTcpSocket::readyRead, this, [this, client, buffer] {
            *buffer += client->readAll();
            const qsizetype end = buffer->indexOf("\r\n\r\n");
            if (end < 0)
                return;
            heads << buffer->left(end);
            disconnect(client, &QTcpSocket::readyRead, this, nullptr);
            if (refusal.isEmpty())
                forward(client, *buffer, end + 4);
            else
                client->write(refusal);
        });
    }

    static void forward(QTcpSocket *client, QByteArray data, qsizetype headSize)
    {
        const QList<QByteArray> start = data.left(data.indexOf("\r\n")).split(' ');
        const bool isTunnel = start.value(0) == "CONNECT";
        const QUrl target = isTunnel
            ? QUrl(QStringLiteral("tcp://") + QString::fromLatin1(start.value(1)))
            : QUrl::fromEncoded(start.value(1));
        auto *server = new QTcpSocket(client);
        server->connectToHost(target.host(), quint16(target.port(80)));
        if (isTunnel) {
            client->write("HTTP/1.1 200 Connection established\r\n\r\n");
            data.remove(0, headSize);
        }
        connect(client, &QTcpSocket::readyRead, server,
                [client, server] { server->write(client->readAll()); });
        connect(server, &QTcpSocket::readyRead, client,
                [client, server] { client->write(server->readAll()); });
        connect(server, &QTcpSocket::disconnected, client, &QTcpSocket::disconnectFromHost);
        server->write(data);
    }
};

} // namespace hubkeeper::test
