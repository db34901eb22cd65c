// SPDX-License-Identifier: MIT
#include "certificatestep.h"

#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace hubkeeper {

CertificateStep::CertificateStep(Show show, QObject *parent)
    : Call(parent)
    , m_show(std::move(show))
{
    const QString openssl = QStandardPaths::findExecutable(u"openssl"_s);
    if (openssl.isEmpty())
        complete(u"left out: there is no openssl command to make a certificate"_s);
    else
        makeCertificate(openssl);
}

void CertificateStep::makeCertificate(const QString &openssl)
{
    connect(&m_openssl, &QProcess::finished, this, [this](int code) {
        if (code == 0)
            connectTo();
        else
            complete(fail(ErrorKind::Storage, u"openssl made no certificate."_s));
    });
    m_openssl.setStandardErrorFile(QProcess::nullDevice());
    m_openssl.start(openssl,
                    {u"req"_s, u"-x509"_s, u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s,
                     u"ec_paramgen_curve:prime256v1"_s, u"-nodes"_s, u"-days"_s, u"30"_s,
                     u"-subj"_s, u"/O=Example/CN=proxy.example"_s, u"-addext"_s,
                     u"subjectAltName=DNS:proxy.example"_s, u"-keyout"_s,
                     m_folder.filePath(u"key.pem"_s), u"-out"_s, m_folder.filePath(u"cert.pem"_s)});
}

void CertificateStep::connectTo()
{
    practice::PracticeOptions options;
    options.contacts = 0;
    options.companies = 0;
    options.certificatePath = m_folder.filePath(u"cert.pem"_s);
    options.keyPath = m_folder.filePath(u"key.pem"_s);
    m_portal = std::make_unique<practice::PracticeThread>(options);
    if (const auto started = m_portal->start(); !started)
        return complete(tl::unexpected(started.error()));
    TransportOptions transport;
    transport.base = m_portal->url();
    m_transport = std::make_unique<QnamTransport>(transport);
    HttpRequest request;
    request.path = u"/"_s;
    request.authorization = Authorization::None;
    m_transport->send(request, Secret(), this)
        ->onDone(this, [this](const Result<HttpReply> &reply) {
            const auto report = m_transport->lastCertificate();
            if (reply || !report || report->faults.isEmpty())
                return complete(fail(ErrorKind::BadReply, u"The certificate was not refused."_s));
            complete(m_show(*report));
        });
}

} // namespace hubkeeper
