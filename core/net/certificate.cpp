// SPDX-License-Identifier: MIT
#include "net/certificate.h"

#include "net/nettext.h"

#include <QHostAddress>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

bool isAboutSelfSigning(const QSslError &error, const QSslCertificate &own)
{
    if (error.error() == QSslError::SelfSignedCertificate)
        return true;
    return error.error() == QSslError::SelfSignedCertificateInChain && own.isSelfSigned()
        && error.certificate() == own;
}

bool isUnknownIssuer(QSslError::SslError error)
{
    switch (error) {
    case QSslError::UnableToGetIssuerCertificate:
    case QSslError::UnableToGetLocalIssuerCertificate:
    case QSslError::UnableToVerifyFirstCertificate:
    case QSslError::SelfSignedCertificateInChain:
    case QSslError::CertificateUntrusted:
        return true;
    default:
        return false;
    }
}

QString nameFrom(const QSslCertificate &certificate, bool issuer)
{
    QStringList parts;
    const QList<QByteArray> keys =
        issuer ? certificate.issuerInfoAttributes() : certificate.subjectInfoAttributes();
    for (const QByteArray &key : keys) {
        const QStringList values =
            issuer ? certificate.issuerInfo(key) : certificate.subjectInfo(key);
        for (const QString &value : values)
            parts << QString::fromLatin1(key) + u'=' + value;
    }
    return parts.join(u", "_s);
}

QString keyOf(const QSslKey &key)
{
    const QHash<QSsl::KeyAlgorithm, QString> names {
        {QSsl::Rsa, u"RSA"_s}, {QSsl::Dsa, u"DSA"_s}, {QSsl::Ec, u"EC"_s}, {QSsl::Dh, u"DH"_s}};
    const QString name = names.value(key.algorithm());
    return name.isEmpty() || key.length() <= 0
        ? name
        : NetText::tr("%1, %2 bits").arg(name).arg(key.length());
}

CertificateFacts factsOf(const QSslCertificate &certificate)
{
    CertificateFacts facts;
    facts.subject = nameFrom(certificate, false);
    facts.issuer = nameFrom(certificate, true);
    facts.notBefore = certificate.effectiveDate();
    facts.notAfter = certificate.expiryDate();
    facts.alternativeNames = certificate.subjectAlternativeNames().values();
    facts.alternativeNames.sort();
    facts.sha256 =
        QString::fromLatin1(certificate.digest(QCryptographicHash::Sha256).toHex(':').toUpper());
    facts.key = keyOf(certificate.publicKey());
    facts.selfSigned = certificate.isSelfSigned();
    return facts;
}

QString protocolName(QSsl::SslProtocol protocol)
{
    switch (protocol) {
    case QSsl::TlsV1_2:
        return u"TLS 1.2"_s;
    case QSsl::TlsV1_3:
        return u"TLS 1.3"_s;
    default:
        return {};
    }
}

QString stamp(const QDateTime &time)
{
    return time.toUTC().toString(Qt::ISODate);
}

/// "*.example.com" stands for one label.
bool matchesName(const QString &pattern, const QString &host)
{
    if (!pattern.startsWith("*."_L1))
        return pattern.compare(host, Qt::CaseInsensitive) == 0;
    const qsizetype dot = host.indexOf(u'.');
    return dot > 0
        && QStringView(pattern).mid(1).compare(QStringView(host).mid(dot), Qt::CaseInsensitive)
        == 0;
}

/// What is wrong with a certificate that OpenSSL's level of security refuses, for which Qt has no
/// words; empty if it cannot be seen.
QString weaknessOf(const QSslCertificate &certificate)
{
    constexpr int leastRsaBits = 2048;
    const QSslKey key = certificate.publicKey();
    const bool isRsaLike = key.algorithm() == QSsl::Rsa || key.algorithm() == QSsl::Dsa;
    if (isRsaLike && key.length() > 0 && key.length() < leastRsaBits)
        return NetText::tr("its key has %1 bits only, at least 2048 are needed").arg(key.length());
    const QString text = certificate.toText();
    const QString algorithm = text.section(u"Signature Algorithm:"_s, 1).section(u'\n', 0, 0);
    for (const QString &weak : {u"sha1"_s, u"md5"_s, u"md4"_s, u"md2"_s}) {
        if (algorithm.contains(weak, Qt::CaseInsensitive))
            return NetText::tr("it is signed with %1, which can be forged")
                .arg(weak == "sha1"_L1 ? u"SHA-1"_s : weak.toUpper());
    }
    return {};
}

QString unexplained(const QSslError &error, const QString &host)
{
    const QString weakness = weaknessOf(error.certificate());
    if (!weakness.isEmpty())
        return NetText::tr("The certificate of %1 is too weak: %2.").arg(host, weakness);
    if (error.error() == QSslError::UnspecifiedError)
        return NetText::
            tr("The certificate of %1 breaks the rules of this computer's OpenSSL, which does not "
               "say which one.")
                .arg(host);
    return NetText::tr("The certificate of %1 is not acceptable: %2.")
        .arg(host, error.errorString());
}

} // namespace

bool TlsVerdict::knowsHostName() const
{
    const auto isIt = [](const QSslError &error) {
        return error.error() == QSslError::HostNameMismatch;
    };
    return std::any_of(forgiven.begin(), forgiven.end(), isIt)
        || std::any_of(standing.begin(), standing.end(), isIt);
}

bool namesHost(const QSslCertificate &certificate, const QString &host)
{
    const auto names = certificate.subjectAlternativeNames();
    const QHostAddress address(host);
    for (auto name = names.begin(); name != names.end(); ++name) {
        const bool isIp = name.key() == QSsl::IpAddressEntry;
        if (isIp && !address.isNull() && QHostAddress(name.value()) == address)
            return true;
        if (!isIp && name.key() == QSsl::DnsEntry && matchesName(name.value(), host))
            return true;
    }
    return false;
}

TlsVerdict judge(const QList<QSslError> &errors, const TransportOptions &options,
                 const QSslCertificate &own)
{
    TlsVerdict verdict;
    for (const QSslError &error : errors) {
        const bool forgiven =
            (options.acceptSelfSignedCertificates && isAboutSelfSigning(error, own))
            || (options.disableHostNameVerifier && error.error() == QSslError::HostNameMismatch);
        (forgiven ? verdict.forgiven : verdict.standing) << error;
    }
    return verdict;
}

QString describe(const QSslError &error, const QString &host)
{
    const QSslCertificate certificate = error.certificate();
    if (isUnknownIssuer(error.error())) {
        const QString issuer = nameFrom(certificate, true);
        return NetText::
            tr("The certificate of %1 was issued by an authority this computer does not know%2.")
                .arg(host, issuer.isEmpty() ? QString() : u" (%1)"_s.arg(issuer));
    }
    switch (error.error()) {
    case QSslError::SelfSignedCertificate:
        return NetText::tr("The certificate of %1 is self-signed: no authority vouches for it.")
            .arg(host);
    case QSslError::HostNameMismatch:
        if (certificate.subjectAlternativeNames().isEmpty()
            && certificate.subjectInfo(QSslCertificate::CommonName).isEmpty())
            return NetText::tr(
                       "The certificate shown by %1 does not say for which host it was issued.")
                .arg(host);
        if (certificate.subjectAlternativeNames().isEmpty())
            return NetText::tr(
                       "The certificate shown by %1 names its host as the common name only (%2), "
                       "which does not count any more.")
                .arg(host, nameFrom(certificate, false));
        return NetText::tr("The certificate shown by %1 was issued for another host (%2).")
            .arg(host, certificate.subjectAlternativeNames().values().join(u", "_s));
    case QSslError::CertificateExpired:
        return NetText::tr("The certificate of %1 expired on %2.")
            .arg(host, stamp(certificate.expiryDate()));
    case QSslError::CertificateNotYetValid:
        return NetText::tr("The certificate of %1 is valid only from %2.")
            .arg(host, stamp(certificate.effectiveDate()));
    case QSslError::CertificateRevoked:
        return NetText::tr("The certificate of %1 was revoked by its issuer.").arg(host);
    default:
        return unexplained(error, host);
    }
}

QString remedyFor(const QList<QSslError> &standing)
{
    const QSslError::SslError first =
        standing.isEmpty() ? QSslError::UnspecifiedError : standing.first().error();
    if (isUnknownIssuer(first))
        return NetText::tr(
            "If a gateway inspects the traffic, add its authority to the system's certificates.");
    switch (first) {
    case QSslError::SelfSignedCertificate:
        return NetText::tr(
            "If this is meant, set acceptSelfSignedCertificates; it accepts nothing else.");
    case QSslError::HostNameMismatch:
        return NetText::tr("Check the address and the proxy; disableHostNameVerifier accepts this "
                           "and nothing else.");
    case QSslError::CertificateExpired:
    case QSslError::CertificateNotYetValid:
        return NetText::tr(
            "Check this computer's clock; if it is right, the server needs a new certificate.");
    case QSslError::UnspecifiedError:
        return NetText::tr("The server, or a gateway in front of it, needs a new certificate.");
    default:
        return NetText::tr("Ask whoever runs the server or the network between.");
    }
}

namespace {

void addJudged(CertificateReport &report, const TlsVerdict &verdict, const QSslCertificate &own)
{
    const auto add = [&](const QSslError &error, bool forgiven) {
        CertificateFault fault;
        fault.sentence = describe(error, report.host);
        fault.forgiven = forgiven;
        if (isAboutSelfSigning(error, own))
            fault.forgivenBy = CertificateFault::AcceptSelfSigned;
        else if (error.error() == QSslError::HostNameMismatch)
            fault.forgivenBy = CertificateFault::DisableHostName;
        const bool isThere = std::any_of(
            report.judged.begin(), report.judged.end(),
            [&](const CertificateFault &other) { return other.sentence == fault.sentence; });
        if (!isThere)
            report.judged.append(fault);
    };
    for (const QSslError &error : verdict.standing)
        add(error, false);
    for (const QSslError &error : verdict.forgiven)
        add(error, true);
}

} // namespace

CertificateReport reportOf(const QSslConfiguration &tls, const QString &host,
                           const TlsVerdict &verdict)
{
    CertificateReport report;
    report.host = host;
    report.protocol = protocolName(tls.sessionProtocol());
    QList<QSslCertificate> chain = tls.peerCertificateChain();
    if (chain.isEmpty() && !tls.peerCertificate().isNull())
        chain << tls.peerCertificate();
    for (const QSslCertificate &certificate : chain)
        report.chain << factsOf(certificate);
    for (const QSslError &error : verdict.standing)
        report.faults << describe(error, host);
    for (const QSslError &error : verdict.forgiven)
        report.forgiven << describe(error, host);
    addJudged(report, verdict, tls.peerCertificate());
    report.faults.removeDuplicates();
    report.forgiven.removeDuplicates();
    return report;
}

} // namespace hubkeeper
