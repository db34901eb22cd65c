// SPDX-License-Identifier: MIT
#pragma once

#include "net/qnamtransport.h"
#include "practice/server/practicethread.h"

#include <QProcess>
#include <QTemporaryDir>

namespace hubkeeper {

/// A step of the tour: starts a practice portal that speaks HTTPS with a certificate made a moment
/// before, is refused by it as the user would be, and hands the report of the handshake to
/// `show`, which gives what was seen. Without the openssl command the step says so and passes.
class CertificateStep final : public Call<QString>
{
public:
    using Show = std::function<QString(const CertificateReport &report)>;

    CertificateStep(Show show, QObject *parent);

private:
    void makeCertificate(const QString &openssl);
    void connectTo();

    const Show m_show;
    QTemporaryDir m_folder;
    QProcess m_openssl;
    std::unique_ptr<practice::PracticeThread> m_portal;
    std::unique_ptr<QnamTransport> m_transport;
};

} // namespace hubkeeper
