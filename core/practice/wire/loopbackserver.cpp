// SPDX-License-Identifier: MIT
#include "practice/wire/loopbackserver.h"

#include "base/log.h"
#include "base/savefile.h"

#include <QPointer>
#include <QSslCertificate>
#include <QSslKey>
#include <QSslServer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>

#ifdef Q_OS_UNIX
#include <sys/socket.h>
#endif

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

constexpr qint64 largestPemFile = 1 << 20; // Bytes; a long chain has 20,000.

/// Closes so that the client sees a reset. abort() alone ends orderly when nothing is unread.
void resetConnection(QTcpSocket *socket)
{
#ifdef Q_OS_UNIX
    const linger atOnce {1, 0};
    ::setsockopt(static_cast<int>(socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &atOnce,
                 sizeof atOnce);
#endif
    socket->abort();
}

} // namespace

/// One client: reads requests, answers them one after another, ends as the delivery says.
class LoopbackServer::Connection final : public QObject
{
public:
    Connection(LoopbackServer *server, QTcpSocket *socket)
        : QObject(socket)
        , m_server(server)
        , m_socket(socket)
        , m_reader(server->m_options.limits)
    {
        // Without it every answer of more than one segment waits 40 ms for a delayed
        // acknowledgement.
        socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        connect(socket, &QTcpSocket::readyRead, this, &Connection::onReadyRead);
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        ++server->m_open;
        if (socket->bytesAvailable() > 0)
            onReadyRead();
    }
    ~Connection() override
    {
        if (m_server)
            --m_server->m_open;
    }

private:
    void onReadyRead()
    {
        m_reader.feed(m_socket->readAll());
        goOn();
    }

    void goOn()
    {
        if (m_busy || !m_server)
            return;
        auto request = m_reader.take();
        if (m_reader.takeContinueWish())
            m_socket->write("HTTP/1.1 100 Continue\r\n\r\n");
        if (m_reader.wireError() != 0)
            return refuse(m_reader.wireError());
        if (!request)
            return;
        m_busy = true;
        m_keepAlive = request->keepAlive;
        m_isHead = request->method == "HEAD";
        m_answer = m_server->m_handler(*request);
        if (m_answer.delivery.delay.count() > 0)
            QTimer::singleShot(m_answer.delivery.delay, this, [this] { begin(); });
        else
            begin();
    }

    void refuse(int status)
    {
        m_busy = true;
        m_keepAlive = false;
        m_answer = {};
        m_answer.status = status;
        m_answer.contentType = "text/html";
        m_answer.body = "<html><body><h1>" + QByteArray::number(status) + " " + reasonPhrase(status)
            + "</h1></body></html>\n";
        begin();
    }

    void begin()
    {
        switch (m_answer.delivery.ending) {
        case Ending::Silent:
            return; // Stays busy until the client leaves.
        case Ending::Reset:
            return resetConnection(m_socket);
        case Ending::Drop:
            return m_socket->disconnectFromHost();
        case Ending::Cut:
            m_socket->write(head() + m_answer.body.left(m_answer.delivery.cutAfter));
            return m_socket->disconnectFromHost();
        case Ending::Whole:
        case Ending::Endless:
            break;
        }
        m_socket->write(head());
        if (isChunked())
            return sendChunk();
        if (!m_isHead && hasBody())
            m_socket->write(m_answer.body);
        end();
    }

    [[nodiscard]] bool isChunked() const
    {
        return hasBody() && !m_isHead
            && (m_answer.delivery.chunkBytes > 0 || m_answer.delivery.ending == Ending::Endless);
    }

    [[nodiscard]] bool hasBody() const { return m_answer.status != 204 && m_answer.status != 304; }

    [[nodiscard]] QByteArray head() const
    {
        QByteArray head = "HTTP/1.1 " + QByteArray::number(m_answer.status) + " "
            + reasonPhrase(m_answer.status) + "\r\n";
        if (!m_answer.contentType.isEmpty() && hasBody())
            head += "Content-Type: " + m_answer.contentType + "\r\n";
        for (const auto &[name, value] : m_answer.headers)
            head += name + ": " + value + "\r\n";
        if (isChunked())
            head += "Transfer-Encoding: chunked\r\n";
        else if (hasBody())
            head += "Content-Length: " + QByteArray::number(m_answer.body.size()) + "\r\n";
        head += m_keepAlive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
        return head;
    }

    void sendChunk()
    {
        const Delivery &how = m_answer.delivery;
        const qsizetype size = how.chunkBytes > 0 ? how.chunkBytes : 4096;
        QByteArray piece = m_answer.body.mid(m_sent, size);
        m_sent += piece.size();
        if (piece.isEmpty() && how.ending == Ending::Endless)
            piece = QByteArray(size, ' ');
        m_socket->write(QByteArray::number(piece.size(), 16) + "\r\n" + piece + "\r\n");
        if (piece.isEmpty()) {
            m_sent = 0;
            return end();
        }
        // An endless body still breathes, so that other connections are served.
        const auto pause = how.ending == Ending::Endless
            ? std::max(how.chunkPause, std::chrono::milliseconds(2))
            : how.chunkPause;
        QTimer::singleShot(pause, this, [this] { sendChunk(); });
    }

    void end()
    {
        if (!m_keepAlive)
            return m_socket->disconnectFromHost();
        m_busy = false;
        // From the event loop, so that a long pipeline does not nest.
        QMetaObject::invokeMethod(this, &Connection::goOn, Qt::QueuedConnection);
    }

    QPointer<LoopbackServer> m_server;
    QTcpSocket *m_socket;
    RequestReader m_reader;
    Answer m_answer;
    qsizetype m_sent = 0;
    bool m_busy = false;
    bool m_keepAlive = true;
    bool m_isHead = false;
};

LoopbackServer::LoopbackServer(Handler handler, QObject *parent)
    : QObject(parent)
    , m_handler(std::move(handler))
{
}

LoopbackServer::~LoopbackServer()
{
    close();
}

Result<void> LoopbackServer::listen(const LoopbackOptions &options)
{
    close();
    m_options = options;
    m_isTls = !options.certificatePath.isEmpty() || !options.keyPath.isEmpty();
    if (m_isTls) {
        if (auto loaded = loadCertificate(options); !loaded)
            return loaded;
    }
    quint16 port = options.port;
    QList<QHostAddress> addresses {QHostAddress(QHostAddress::LocalHost)};
    if (options.ipv6)
        addresses.append(QHostAddress(QHostAddress::LocalHostIPv6));
    for (const QHostAddress &address : addresses) {
        auto server = makeServer();
        if (!server->listen(address, port)) {
            const QString reason = server->errorString();
            close();
            return fail(
                ErrorKind::Offline,
                u"Cannot listen on %1 port %2: %3."_s.arg(address.toString()).arg(port).arg(reason),
                u"Choose another port, or none to take a free one."_s);
        }
        port = server->serverPort();
        m_servers.push_back(std::move(server));
    }
    m_port = port;
    return {};
}

void LoopbackServer::close()
{
    m_servers.clear(); // Sockets are children of their server.
    m_port = 0;
}

QUrl LoopbackServer::url() const
{
    if (m_port == 0)
        return {};
    return QUrl(m_isTls ? u"https://localhost:%1"_s.arg(m_port)
                        : u"http://127.0.0.1:%1"_s.arg(m_port));
}

Result<void> LoopbackServer::loadCertificate(const LoopbackOptions &options)
{
    const auto certificate = readFile(options.certificatePath, largestPemFile);
    if (!certificate)
        return tl::unexpected(certificate.error());
    const auto pem = readFile(options.keyPath, largestPemFile);
    if (!pem)
        return tl::unexpected(pem.error());
    const QList<QSslCertificate> chain = QSslCertificate::fromData(*certificate);
    QSslKey key(*pem, QSsl::Rsa);
    if (key.isNull())
        key = QSslKey(*pem, QSsl::Ec);
    if (chain.isEmpty() || key.isNull())
        return fail(ErrorKind::InvalidInput,
                    u"The certificate %1 or its key %2 cannot be used."_s.arg(
                        options.certificatePath, options.keyPath),
                    u"Both must be PEM files and the key must not be encrypted."_s);
    m_tls = QSslConfiguration::defaultConfiguration();
    m_tls.setLocalCertificateChain(chain);
    m_tls.setPrivateKey(key);
    m_tls.setPeerVerifyMode(QSslSocket::VerifyNone);
    return {};
}

std::unique_ptr<QTcpServer> LoopbackServer::makeServer()
{
    std::unique_ptr<QTcpServer> server;
    if (m_isTls) {
        auto tlsServer = std::make_unique<QSslServer>();
        tlsServer->setSslConfiguration(m_tls);
        server = std::move(tlsServer);
    } else {
        server = std::make_unique<QTcpServer>();
    }
    server->setListenBacklogSize(128);
    connect(server.get(), &QTcpServer::pendingConnectionAvailable, this,
            [this, raw = server.get()] { onPending(raw); });
    return server;
}

void LoopbackServer::onPending(QTcpServer *server)
{
    while (QTcpSocket *socket = server->nextPendingConnection())
        serve(socket);
}

void LoopbackServer::serve(QTcpSocket *socket)
{
    ++m_connectionsSeen;
    if (m_open >= m_options.limits.connections) {
        qCWarning(lcPractice) << "Too many open connections; one was turned away.";
        socket->abort();
        socket->deleteLater();
        return;
    }
    new Connection(this, socket);
}

QByteArray reasonPhrase(int status)
{
    static const QHash<int, QByteArray> phrases {
        {200, "OK"},
        {201, "Created"},
        {204, "No Content"},
        {207, "Multi-Status"},
        {302, "Found"},
        {304, "Not Modified"},
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {409, "Conflict"},
        {412, "Precondition Failed"},
        {413, "Content Too Large"},
        {414, "URI Too Long"},
        {415, "Unsupported Media Type"},
        {421, "Misdirected Request"},
        {423, "Locked"},
        {428, "Precondition Required"},
        {429, "Too Many Requests"},
        {431, "Request Header Fields Too Large"},
        {500, "Internal Server Error"},
        {501, "Not Implemented"},
        {502, "Bad Gateway"},
        {503, "Service Unavailable"},
        {504, "Gateway Timeout"},
        {505, "HTTP Version Not Supported"},
    };
    return phrases.value(status, "Status");
}

} // namespace hubkeeper::practice
