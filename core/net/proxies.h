// SPDX-License-Identifier: MIT
#pragma once

class QNetworkAccessManager;
class QUrl;
class QString;

namespace hubkeeper {

struct TransportOptions;

/// Whether `host` is this computer: "localhost", names below it, 127.0.0.0/8, ::1.
[[nodiscard]] bool isLoopback(const QString &host);

/// The proxy the provisioner names, for https alone, or else the system's, which is not used for
/// loopback targets nor with `no_proxy=*`: nothing passes a proxy in clear text.
/// The program's global proxy is neither read nor changed.
void useProxyOf(const TransportOptions &options, QNetworkAccessManager &network);

/// "host:port" of the proxy a request to `url` goes through, or empty without one.
[[nodiscard]] QString proxyFor(const TransportOptions &options, const QUrl &url);

} // namespace hubkeeper
