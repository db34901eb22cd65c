// SPDX-License-Identifier: MIT
#pragma once

#include "net/http.h"

#include <QDateTime>
#include <QStringList>
#include <QUrl>

#include <memory>

namespace hubkeeper {

/// How to reach a portal: what the provisioner's advanced properties say (idm-connector 1.2).
struct TransportOptions
{
    QUrl base {QStringLiteral("https://api.hubapi.com")}; ///< Scheme, host, port.
    bool acceptSelfSignedCertificates = false; ///< Forgives exactly "self-signed", nothing else.
    bool disableHostNameVerifier = false; ///< Forgives exactly the host name, nothing else.
    int maximumConnections = 10; ///< Requests in flight at once; 1 or more.
    QString proxyHost; ///< For https; empty: the system's proxy settings.
    quint16 proxyPort = 0;
    std::chrono::milliseconds silence {30'000}; ///< Longest pause without a byte.
    /// From the start of a request until its reply begins (the head is whole), however many bytes
    /// come: HubSpot itself gives up after 100 s.
    std::chrono::milliseconds beginning {150'000};
    /// From then on until the reply is whole: a body of the largest size over a slow line.
    std::chrono::milliseconds whole {600'000};
    qint64 largestBody = 64 << 20; ///< Bytes.

    bool operator==(const TransportOptions &) const = default;
};

/// One certificate of a chain, for the certificate view.
struct CertificateFacts
{
    QString subject;
    QString issuer;
    QDateTime notBefore;
    QDateTime notAfter;
    QStringList alternativeNames;
    QString sha256; ///< Colon-separated hex.
    QString key; ///< "EC, 256 bits"; empty if the kind is not known.
    bool selfSigned = false;
};

/// One fault of a handshake, and what the provisioner's switches make of it.
struct CertificateFault
{
    enum Switch { NoSwitch, AcceptSelfSigned, DisableHostName };

    QString sentence; ///< English.
    Switch forgivenBy = NoSwitch; ///< The one switch that forgives this fault.
    bool forgiven = false; ///< It is set.
};

/// The chain a server showed and what was wrong with it, kept for the last refused connection.
struct CertificateReport
{
    QString host;
    QString protocol; ///< "TLS 1.3", or empty if there was no agreement.
    QList<CertificateFacts> chain; ///< The server's own first.
    QStringList faults; ///< English sentences; empty for an accepted one.
    QStringList forgiven; ///< Faults a switch of the provisioner forgave.
    QList<CertificateFault> judged; ///< All of them, those that stand first.
};

/// The transport used outside tests and the only class that touches QNetworkAccessManager: what
/// Qt leaves open (redirects, time-outs, cookies, silent re-sending) is closed in one place.
///
/// - The token goes to the base's origin and nowhere else; redirects come back as the 3xx they are.
/// - Requests with Repeat::Never are sent from a device that cannot rewind, so that Qt cannot send
///   a second copy (hubspot-api 12.4); what Qt then reports becomes ConnectionLost.
/// - Not more than maximumConnections are in flight; further ones wait in order.
/// - Cookies, caches and Qt's own log-in are off; a proxy that wants a log-in ends in Offline.
/// - Over plain HTTP it talks to this computer only, and never through a proxy; to any other host
/// it
///   fails with Refused.
/// Lives in the thread it was made in.
class QnamTransport final : public HttpTransport
{
public:
    explicit QnamTransport(TransportOptions options);
    ~QnamTransport() override;

    [[nodiscard]] Call<HttpReply> *send(const HttpRequest &request, const Secret &token,
                                        QObject *parent) override;

    [[nodiscard]] QUrl base() const override;
    [[nodiscard]] const TransportOptions &options() const;
    /// Of the newest TLS connection, accepted or not; nothing before the first or over plain HTTP.
    [[nodiscard]] std::optional<CertificateReport> lastCertificate() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace hubkeeper
