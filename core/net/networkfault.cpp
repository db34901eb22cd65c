// SPDX-License-Identifier: MIT
#include "net/networkfault.h"

#include "base/redact.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

Error make(ErrorKind kind, const QString &what, const QString &remedy)
{
    return fail(kind, what, remedy).value();
}

/// Through a proxy, the name is looked up and the connection made by the proxy: what fails on this
/// side is the way to the proxy. Qt has a code of its own for that, but often sets another.
QNetworkReply::NetworkError proxyErrorOf(const BrokenExchange &broken)
{
    if (broken.error == QNetworkReply::HostNotFoundError)
        return QNetworkReply::ProxyNotFoundError;
    const bool refused = broken.error == QNetworkReply::ConnectionRefusedError
        || broken.text.contains("proxy connection refused"_L1, Qt::CaseInsensitive);
    return refused ? QNetworkReply::ProxyConnectionRefusedError : broken.error;
}

Error proxyError(const BrokenExchange &broken)
{
    const QString check =
        u"Check httpProxyHost and httpProxyPort, or the system's proxy settings."_s;
    switch (proxyErrorOf(broken)) {
    case QNetworkReply::ProxyConnectionRefusedError:
        return make(ErrorKind::Offline, u"The proxy %1 refused the connection."_s.arg(broken.proxy),
                    check);
    case QNetworkReply::ProxyNotFoundError:
        return make(ErrorKind::Offline,
                    u"The proxy %1 was not found: its name is unknown."_s.arg(broken.proxy), check);
    case QNetworkReply::ProxyAuthenticationRequiredError:
        return make(ErrorKind::Offline, u"The proxy %1 asks for a login."_s.arg(broken.proxy),
                    u"The connector cannot log in to a proxy: let this computer through without a "
                    u"login, or name another proxy."_s);
    case QNetworkReply::ProxyTimeoutError:
        return make(ErrorKind::Offline, u"The proxy %1 did not answer in time."_s.arg(broken.proxy),
                    check);
    default:
        return make(ErrorKind::Offline,
                    u"The proxy %1 gave no connection to %2: %3"_s.arg(broken.proxy, broken.place,
                                                                       redacted(broken.text)),
                    check);
    }
}

Error handshakeError(const BrokenExchange &broken)
{
    const QString text = broken.text.toLower();
    if (text.contains("wrong version number"_L1)) {
        return make(ErrorKind::Untrusted, u"%1 does not speak TLS."_s.arg(broken.place),
                    u"Check the port and the proxy."_s);
    }
    if (text.contains("protocol version"_L1) || text.contains("unsupported protocol"_L1)) {
        return make(
            ErrorKind::Untrusted,
            u"%1 offers only an old version of TLS; 1.2 or newer is needed."_s.arg(broken.place),
            u"The server, or a gateway in front of it, has to be updated."_s);
    }
    return make(
        ErrorKind::Untrusted,
        u"No TLS agreement was reached with %1: %2."_s.arg(broken.place, redacted(broken.text)),
        u"Ask whoever runs the server or the network between."_s);
}

/// Errors that end the attempt to connect: nothing was sent.
bool isConnecting(QNetworkReply::NetworkError error)
{
    switch (error) {
    case QNetworkReply::HostNotFoundError:
    case QNetworkReply::ConnectionRefusedError:
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyTimeoutError:
    case QNetworkReply::ProxyAuthenticationRequiredError:
        return true;
    default:
        return false;
    }
}

/// Anything else: what counts is whether the request may have arrived.
Error lostError(const BrokenExchange &broken)
{
    if (!broken.mayHaveLeft) {
        return make(
            ErrorKind::Offline,
            u"No connection to %1 could be made: %2."_s.arg(broken.place, redacted(broken.text)),
            u"Check the network connection."_s);
    }
    const QString what = broken.replyBegan
        ? u"The connection to %1 broke in the middle of its reply."_s
        : u"The connection to %1 broke before it replied."_s;
    return make(ErrorKind::ConnectionLost, what.arg(broken.place),
                u"The request may have been carried out; check before you repeat it."_s);
}

} // namespace

Error errorFrom(const BrokenExchange &broken)
{
    switch (broken.error) {
    case QNetworkReply::SslHandshakeFailedError:
        return handshakeError(broken);
    case QNetworkReply::ProtocolUnknownError:
    case QNetworkReply::ProtocolFailure:
        return make(ErrorKind::BadReply, u"What %1 answered is not HTTP."_s.arg(broken.place),
                    u"Check the address, the port and the proxy."_s);
    default:
        break;
    }
    if (!broken.proxy.isEmpty() && (isConnecting(broken.error) || !broken.mayHaveLeft))
        return proxyError(broken);
    switch (broken.error) {
    case QNetworkReply::HostNotFoundError:
        return make(ErrorKind::Offline,
                    u"The host of %1 was not found: its name is unknown."_s.arg(broken.place),
                    u"Check the network connection, the name service and the proxy settings."_s);
    case QNetworkReply::ConnectionRefusedError:
        return make(ErrorKind::Offline, u"%1 refused the connection."_s.arg(broken.place),
                    u"Check the address, a firewall between, and whether the server runs."_s);
    default:
        return lostError(broken);
    }
}

Error tooLongError(const BrokenExchange &broken, std::chrono::milliseconds limit, bool replyBegan)
{
    const QString seconds = QString::number(double(limit.count()) / 1000.0);
    const QString what = replyBegan ? u"The reply of %1 was not whole after %2 s."_s
                                    : u"%1 did not begin its reply within %2 s."_s;
    return make(ErrorKind::TimedOut, what.arg(broken.place, seconds),
                u"The request may have been carried out; check before you repeat it."_s);
}

Error silenceError(const BrokenExchange &broken, std::chrono::milliseconds silence)
{
    const QString seconds = QString::number(double(silence.count()) / 1000.0);
    if (!broken.mayHaveLeft) {
        return make(ErrorKind::Offline,
                    u"No connection to %1 could be made within %2 s."_s.arg(broken.place, seconds),
                    u"Check the network connection, a firewall between, and the proxy settings."_s);
    }
    return make(ErrorKind::TimedOut, u"%1 sent nothing for %2 s."_s.arg(broken.place, seconds),
                u"The request may have been carried out; check before you repeat it."_s);
}

} // namespace hubkeeper
