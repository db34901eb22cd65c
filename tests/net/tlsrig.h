// SPDX-License-Identifier: MIT
#pragma once

#include "testkit/certificates.h"
#include "transportrig.h"

#include <QSslConfiguration>
#include <QTcpServer>
#include <QTcpSocket>

namespace hubkeeper::test {

inline quint16 freePort()
{
    QTcpServer probe;
    probe.listen(QHostAddress::LocalHost);
    return probe.serverPort();
}

inline bool answers(quint16 port)
{
    QTcpSocket probe;
    probe.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    return probe.waitForConnected(1000);
}

inline const QString here = QStringLiteral("IP:127.0.0.1,DNS:localhost");

/// From now on every transport trusts what this authority signed, and nothing else.
inline void trustOnly(const Identity &authority)
{
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setCaCertificates(authority.chain);
    QSslConfiguration::setDefaultConfiguration(tls);
}

} // namespace hubkeeper::test
