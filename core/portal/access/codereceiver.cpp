// SPDX-License-Identifier: MIT
#include "portal/access/codereceiver.h"

#include "base/clock.h"
#include "base/redact.h"
#include "portal/portaltext.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QUrlQuery>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr qsizetype largestHead = 16 << 10; // Bytes of a request's head; a code is far smaller.

QByteArray page(const QByteArray &status, const QByteArray &sentence)
{
    const QByteArray body = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">"
                            "<title>Hubkeeper</title><body style=\"font-family:sans-serif;"
                            "margin:4em auto;max-width:30em\"><h1>Hubkeeper</h1><p>"
        + sentence + "</p></body></html>";
    return "HTTP/1.1 " + status
        + "\r\nContent-Type: text/html; charset=utf-8\r\nCache-Control: no-store\r\n"
          "Referrer-Policy: no-referrer\r\nConnection: close\r\nContent-Length: "
        + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

QString value(const QUrlQuery &query, const QString &key)
{
    // A form-encoded blank is a plus, which QUrlQuery leaves alone.
    return query.queryItemValue(key, QUrl::FullyDecoded).replace(u'+', u' ');
}

} // namespace

class CodeReceiver::Private
{
public:
    explicit Private(CodeReceiver *receiver, QByteArray expected)
        : q(receiver)
        , state(std::move(expected))
    {
    }

    bool listen(quint16 wanted);
    void serve(QTcpServer &server);
    void read(QTcpSocket *socket, QByteArray &head);
    void answer(QTcpSocket *socket, const QByteArray &requestLine);
    void decide(QTcpSocket *socket, const QUrlQuery &query);

    CodeReceiver *const q;
    const QByteArray state;
    QTcpServer v4;
    QTcpServer v6;
    quint16 port = 0;
};

bool CodeReceiver::Private::listen(quint16 wanted)
{
    if (!v4.listen(QHostAddress::LocalHost, wanted))
        return false;
    port = v4.serverPort();
    // A machine without IPv6 is fine; a port taken there by somebody else is not.
    if (!v6.listen(QHostAddress::LocalHostIPv6, port)
        && v6.serverError() == QAbstractSocket::AddressInUseError)
        return false;
    serve(v4);
    serve(v6);
    return true;
}

void CodeReceiver::Private::serve(QTcpServer &server)
{
    QObject::connect(&server, &QTcpServer::newConnection, q, [this, &server] {
        while (QTcpSocket *socket = server.nextPendingConnection()) {
            QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            QObject::connect(socket, &QTcpSocket::readyRead, q,
                             [this, socket, head = QByteArray()]() mutable { read(socket, head); });
        }
    });
}

void CodeReceiver::Private::read(QTcpSocket *socket, QByteArray &head)
{
    head += socket->readAll();
    if (head.size() > largestHead)
        return socket->abort();
    if (!head.contains("\r\n\r\n"))
        return;
    answer(socket, head.left(head.indexOf("\r\n")));
    wipe(head);
    socket->disconnectFromHost();
}

void CodeReceiver::Private::answer(QTcpSocket *socket, const QByteArray &requestLine)
{
    const QList<QByteArray> words = requestLine.split(' ');
    const QUrl target = QUrl::fromEncoded(words.value(1));
    if (words.value(0) != "GET" || target.path() != "/"_L1) {
        socket->write(page("404 Not Found", "There is nothing here."));
        return;
    }
    decide(socket, QUrlQuery(target.query(QUrl::FullyEncoded)));
}

void CodeReceiver::Private::decide(QTcpSocket *socket, const QUrlQuery &query)
{
    if (value(query, u"state"_s).toUtf8() != state) {
        socket->write(page("400 Bad Request",
                           "This answer does not belong to the sign-in that is waiting. Start "
                           "again from Hubkeeper."));
        return;
    }
    if (q->isFinished()) {
        socket->write(page("410 Gone", "This sign-in is over already."));
        return;
    }
    if (query.hasQueryItem(u"error"_s)) {
        socket->write(page("200 OK", "HubSpot did not connect the app. You can close this page."));
        QString reason = redacted(value(query, u"error_description"_s)).left(300).trimmed();
        while (reason.endsWith(u'.')) // It is part of our sentence.
            reason.chop(1);
        q->complete(fail(
            ErrorKind::Refused,
            PortalText::tr("HubSpot declined the connection%1.")
                .arg(reason.isEmpty() ? QString() : u": "_s + reason),
            PortalText::tr("Sign in with a user who may install apps, and allow the scopes.")));
        return;
    }
    QByteArray code = value(query, u"code"_s).toUtf8();
    if (code.isEmpty()) {
        socket->write(page("400 Bad Request", "The answer holds no code."));
        return;
    }
    socket->write(page("200 OK", "Connected. You can close this page and go back to Hubkeeper."));
    q->complete(std::make_shared<const Secret>(std::move(code)));
}

CodeReceiver::CodeReceiver(quint16 port, QByteArray state, std::chrono::milliseconds patience,
                           Clock &clock, QObject *parent)
    : Call(parent)
    , d(std::make_unique<Private>(this, std::move(state)))
{
    if (!d->listen(port)) {
        complete(fail(
            ErrorKind::InvalidInput,
            PortalText::tr("Port %1 of this machine is taken by another program.").arg(port),
            PortalText::tr("Choose another port and register its address in the HubSpot app, or "
                           "paste the code instead.")));
        return;
    }
    clock.after(patience, this, [this] {
        complete(
            fail(ErrorKind::TimedOut, PortalText::tr("No answer came back from the browser."),
                 PortalText::tr("Start again, or paste the code from the browser's address bar.")));
        abortWork();
    });
}

CodeReceiver::~CodeReceiver() = default;

QString CodeReceiver::redirectUri() const
{
    return u"http://localhost:%1/"_s.arg(d->port);
}

void CodeReceiver::abortWork()
{
    d->v4.close();
    d->v6.close();
}

} // namespace hubkeeper
