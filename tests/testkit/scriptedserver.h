// SPDX-License-Identifier: MIT
#pragma once

#include <QHash>
#include <QHostAddress>
#include <QSslServer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>
#include <QUrl>

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace hubkeeper::test {

/// A request as it came over the wire.
struct WireRequest
{
    QByteArray verb;
    QByteArray target; ///< As written: "/path?query", or a whole address, or "host:port".
    QHash<QByteArray, QByteArray> headers; ///< Names in lower case.
    QByteArray body;
};

/// What to answer, and how badly.
struct WireAnswer
{
    int status = 200;
    QByteArray body = "{}";
    QList<std::pair<QByteArray, QByteArray>> headers {};
    std::chrono::milliseconds delay {0}; ///< Before the first byte.
    qsizetype cutAfter = -1; ///< Drop the connection after so many bytes of the body; -1: never.
    bool hangUp = false; ///< Close without a word.
    bool silent = false; ///< Keep the connection and say nothing.
    QByteArray raw {}; ///< If not empty: sent as it is, in place of all else.
};

/// A small HTTP/1.1 server on 127.0.0.1, in the test's own thread: every request goes to a
/// function and is remembered. With a TLS configuration it speaks TLS.
class ScriptedServer final : public QObject
{
public:
    using Handler = std::function<WireAnswer(const WireRequest &)>;

    explicit ScriptedServer(Handler handler,
                            const std::optional<QSslConfiguration> &tls = std::nullopt)
        : m_handler(std::move(handler))
        , m_isTls(tls.has_value())
        , m_server(makeServer(tls))
    {
        connect(m_server.get(), &QTcpServer::pendingConnectionAvailable, this, [this] {
            while (QTcpSocket *socket = m_server->nextPendingConnection())
                serve(socket);
        });
        m_server->listen(QHostAddress::LocalHost);
    }

    [[nodiscard]] QUrl url() const
    {
        const QLatin1StringView scheme(m_isTls ? "https" : "http");
        return QUrl(QStringLiteral("%1://127.0.0.1:%2").arg(scheme).arg(m_server->serverPort()));
    }
    [[nodiscard]] quint16 port() const { return m_server->serverPort(); }
    /// The connections made so far.
    [[nodiscard]] int connections() const { return m_connections; }
    /// The largest number of requests that were unanswered at once.
    [[nodiscard]] int peak() const { return m_peak; }

    std::vector<WireRequest> seen;

private:
    static std::unique_ptr<QTcpServer> makeServer(const std::optional<QSslConfiguration> &tls)
    {
        if (!tls)
            return std::make_unique<QTcpServer>();
        auto server = std::make_unique<QSslServer>();
        server->setSslConfiguration(*tls);
        return server;
    }

    /// Takes one whole request off the front of `buffer`, or nothing if it is not all there yet.
    static std::optional<WireRequest> take(QByteArray &buffer)
    {
        const qsizetype headEnd = buffer.indexOf("\r\n\r\n");
        if (headEnd < 0)
            return std::nullopt;
        WireRequest request;
        const QList<QByteArray> lines = buffer.left(headEnd).split('\n');
        for (const QByteArray &line : lines.mid(1)) {
            const qsizetype colon = line.indexOf(':');
            request.headers.insert(line.left(colon).trimmed().toLower(),
                                   line.mid(colon + 1).trimmed());
        }
        const qsizetype size = request.headers.value("content-length").toLongLong();
        if (buffer.size() < headEnd + 4 + size)
            return std::nullopt;
        const QList<QByteArray> start = lines.first().trimmed().split(' ');
        request.verb = start.value(0);
        request.target = start.value(1);
        request.body = buffer.mid(headEnd + 4, size);
        buffer.remove(0, headEnd + 4 + size);
        return request;
    }

    void serve(QTcpSocket *socket)
    {
        ++m_connections;
        socket->setParent(this);
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        const auto buffer = std::make_shared<QByteArray>();
        const auto onData = [this, socket, buffer] {
            *buffer += socket->readAll();
            while (const auto request = take(*buffer)) {
                seen.push_back(*request);
                m_peak = std::max(m_peak, ++m_open);
                const WireAnswer answer = m_handler(*request);
                QTimer::singleShot(answer.delay, socket,
                                   [this, socket, answer] { reply(socket, answer); });
            }
        };
        connect(socket, &QTcpSocket::readyRead, this, onData);
        onData(); // Over TLS the first bytes may have been there before us.
    }

    void reply(QTcpSocket *socket, const WireAnswer &answer)
    {
        --m_open;
        if (answer.silent)
            return;
        if (answer.hangUp)
            return socket->disconnectFromHost();
        if (!answer.raw.isEmpty()) {
            socket->write(answer.raw);
            return socket->disconnectFromHost();
        }
        QByteArray head = "HTTP/1.1 " + QByteArray::number(answer.status) + " Scripted\r\n"
            + "Content-Length: " + QByteArray::number(answer.body.size()) + "\r\n";
        for (const auto &[name, value] : answer.headers)
            head += name + ": " + value + "\r\n";
        socket->write(head + "\r\n");
        socket->write(answer.cutAfter < 0 ? answer.body : answer.body.left(answer.cutAfter));
        if (answer.cutAfter >= 0)
            socket->disconnectFromHost();
    }

    Handler m_handler;
    const bool m_isTls;
    const std::unique_ptr<QTcpServer> m_server;
    int m_connections = 0;
    int m_open = 0;
    int m_peak = 0;
};

} // namespace hubkeeper::test
