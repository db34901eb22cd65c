// SPDX-License-Identifier: MIT
#include "net/networkfault.h"

#include "base/redact.h"
#include "net/nettext.h"

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
        NetText::tr("Check httpProxyHost and httpProxyPort, or the system's proxy settings.");
    switch (proxyErrorOf(broken)) {
    case QNetworkReply::ProxyConnectionRefusedError:
        return make(ErrorKind::Offline,
                    NetText::tr("The proxy %1 refused the connection.").arg(broken.proxy), check);
    case QNetworkReply::ProxyNotFoundError:
        return make(
            ErrorKind::Offline,
            NetText::tr("The proxy %1 was not found: its name is unknown.").arg(broken.proxy),
            check);
    case QNetworkReply::ProxyAuthenticationRequiredError:
        return make(
            ErrorKind::Offline, NetText::tr("The proxy %1 asks for a login.").arg(broken.proxy),
            NetText::tr(
                "The connector cannot log in to a proxy: let this computer through without a "
                "login, or name another proxy."));
    case QNetworkReply::ProxyTimeoutError:
        return make(ErrorKind::Offline,
                    NetText::tr("The proxy %1 did not answer in time.").arg(broken.proxy), check);
    default:
        return make(ErrorKind::Offline,
                    NetText::tr("The proxy %1 gave no connection to %2: %3")
                        .arg(broken.proxy, broken.place, redacted(broken.text)),
                    check);
    }
}

Error handshakeError(const BrokenExchange &broken)
{
    const QString text = broken.text.toLower();
    if (text.contains("wrong version number"_L1)) {
        return make(ErrorKind::Untrusted, NetText::tr("%1 does not speak TLS.").arg(broken.place),
                    NetText::tr("Check the port and the proxy."));
    }
    if (text.contains("protocol version"_L1) || text.contains("unsupported protocol"_L1)) {
        return make(ErrorKind::Untrusted,
                    NetText::tr("%1 offers only an old version of TLS; 1.2 or newer is needed.")
                        .arg(broken.place),
                    NetText::tr("The server, or a gateway in front of it, has to be updated."));
    }
    return make(ErrorKind::Untrusted,
                NetText::tr("No TLS agreement was reached with %1: %2.")
                    .arg(broken.place, redacted(broken.text)),
                NetText::tr("Ask whoever runs the server or the network between."));
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
        return make(ErrorKind::Offline,
                    NetText::tr("No connection to %1 could be made: %2.")
                        .arg(broken.place, redacted(broken.text)),
                    NetText::tr("Check the network connection."));
    }
    const QString what = broken.replyBegan
        ? NetText::tr("The connection to %1 broke in the middle of its reply.")
        : NetText::tr("The connection to %1 broke before it replied.");
    return make(ErrorKind::ConnectionLost, what.arg(broken.place),
                NetText::tr("The request may have been carried out; check before you repeat it."));
}

} // namespace

Error errorFrom(const BrokenExchange &broken)
{
    switch (broken.error) {
    case QNetworkReply::SslHandshakeFailedError:
        return handshakeError(broken);
    case QNetworkReply::ProtocolUnknownError:
    case QNetworkReply::ProtocolFailure:
        return make(ErrorKind::BadReply,
                    NetText::tr("What %1 answered is not HTTP.").arg(broken.place),
                    NetText::tr("Check the address, the port and the proxy."));
    default:
        break;
    }
    if (!broken.proxy.isEmpty() && (isConnecting(broken.error) || !broken.mayHaveLeft))
        return proxyError(broken);
    switch (broken.error) {
    case QNetworkReply::HostNotFoundError:
        return make(
            ErrorKind::Offline,
            NetText::tr("The host of %1 was not found: its name is unknown.").arg(broken.place),
            NetText::tr("Check the network connection, the name service and the proxy settings."));
    case QNetworkReply::ConnectionRefusedError:
        return make(
            ErrorKind::Offline, NetText::tr("%1 refused the connection.").arg(broken.place),
            NetText::tr("Check the address, a firewall between, and whether the server runs."));
    default:
        return lostError(broken);
    }
}

Error tooLongError(const BrokenExchange &broken, std::chrono::milliseconds limit, bool replyBegan)
{
    const QString seconds = QString::number(double(limit.count()) / 1000.0);
    const QString what = replyBegan ? NetText::tr("The reply of %1 was not whole after %2 s.")
                                    : NetText::tr("%1 did not begin its reply within %2 s.");
    return make(ErrorKind::TimedOut, what.arg(broken.place, seconds),
                NetText::tr("The request may have been carried out; check before you repeat it."));
}

Error silenceError(const BrokenExchange &broken, std::chrono::milliseconds silence)
{
    const QString seconds = QString::number(double(silence.count()) / 1000.0);
    if (!broken.mayHaveLeft) {
        return make(
            ErrorKind::Offline,
            NetText::tr("No connection to %1 could be made within %2 s.")
                .arg(broken.place, seconds),
            NetText::tr(
                "Check the network connection, a firewall between, and the proxy settings."));
    }
    return make(ErrorKind::TimedOut,
                NetText::tr("%1 sent nothing for %2 s.").arg(broken.place, seconds),
                NetText::tr("The request may have been carried out; check before you repeat it."));
}

} // namespace hubkeeper
