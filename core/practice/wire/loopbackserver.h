// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "practice/wire/requestreader.h"
#include "practice/wire/wire.h"

#include <QHash>
#include <QObject>
#include <QSslConfiguration>
#include <QUrl>

#include <functional>
#include <memory>

class QTcpServer;
class QTcpSocket;

namespace hubkeeper::practice {

/// Where and how a LoopbackServer listens.
struct LoopbackOptions
{
    quint16 port = 0; ///< 0: any free one.
    bool ipv6 = false; ///< Also ::1, on the same port.
    QString certificatePath; ///< PEM chain, the server's own first; with keyPath: HTTPS only.
    QString keyPath; ///< PEM private key (RSA or EC), not encrypted.
    WireLimits limits;
};

/// A small HTTP/1.1 server on the loopback interfaces, for tests, practice and rehearsal. It knows
/// requests and answers; what a portal is, the handler knows. Every fault of Delivery is its work.
///
/// - Keep-alive, pipelining (answers in order), chunked request bodies, "Expect: 100-continue".
/// - Lives in one thread together with its handler, so a test needs no lock.
/// - Never listens on another network than loopback.
class LoopbackServer final : public QObject
{
    Q_OBJECT

public:
    using Handler = std::function<Answer(const Received &)>;

    explicit LoopbackServer(Handler handler, QObject *parent = nullptr);
    ~LoopbackServer() override;

    /// Opens the port. Fails with InvalidInput for a certificate or key that cannot be read or
    /// used, Offline when the port is taken.
    [[nodiscard]] Result<void> listen(const LoopbackOptions &options);

    /// Closes the port and every connection.
    void close();

    [[nodiscard]] quint16 port() const { return m_port; }

    /// "http://127.0.0.1:port" or "https://localhost:port"; empty before listen().
    [[nodiscard]] QUrl url() const;

    /// Connections that were accepted since the start, for tests of keep-alive.
    [[nodiscard]] int connectionsSeen() const { return m_connectionsSeen; }

private:
    class Connection;

    [[nodiscard]] Result<void> loadCertificate(const LoopbackOptions &options);
    [[nodiscard]] std::unique_ptr<QTcpServer> makeServer();
    void onPending(QTcpServer *server);
    void serve(QTcpSocket *socket);

    Handler m_handler;
    LoopbackOptions m_options;
    QSslConfiguration m_tls;
    bool m_isTls = false;
    std::vector<std::unique_ptr<QTcpServer>> m_servers;
    quint16 m_port = 0;
    int m_open = 0;
    int m_connectionsSeen = 0;
};

/// The standard phrase of a status ("Created"); "Status" for unknown ones.
[[nodiscard]] QByteArray reasonPhrase(int status);

} // namespace hubkeeper::practice
