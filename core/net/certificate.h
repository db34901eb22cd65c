// SPDX-License-Identifier: MIT
#pragma once

#include "net/qnamtransport.h"

#include <QSslError>

class QSslConfiguration;

namespace hubkeeper {

/// What became of the faults of one handshake: each judged by itself.
struct TlsVerdict
{
    QList<QSslError> forgiven; ///< A switch of the provisioner forgives them.
    QList<QSslError> standing; ///< Nothing forgives them; one is enough to refuse.

    /// The host's name is among the faults.
    [[nodiscard]] bool knowsHostName() const;
};

/// - acceptSelfSignedCertificates forgives a server certificate that signed itself. A private
///   authority at the end of a chain is an unknown issuer and stays one.
/// - disableHostNameVerifier forgives a certificate that names another host.
[[nodiscard]] TlsVerdict judge(const QList<QSslError> &errors, const TransportOptions &options,
                               const QSslCertificate &own);

/// Whether the certificate names the host among its alternative names; the common name alone does
/// not count (RFC 6125).
[[nodiscard]] bool namesHost(const QSslCertificate &certificate, const QString &host);

/// One English sentence about a fault of the certificate of `host`.
[[nodiscard]] QString describe(const QSslError &error, const QString &host);

/// What to do about a refusal for these faults: the first that holds decides.
[[nodiscard]] QString remedyFor(const QList<QSslError> &standing);

[[nodiscard]] CertificateReport reportOf(const QSslConfiguration &tls, const QString &host,
                                         const TlsVerdict &verdict);

} // namespace hubkeeper
