// SPDX-License-Identifier: MIT
#include "net/proxies.h"

#include "net/qnamtransport.h"

#include <QElapsedTimer>
#include <QHostAddress>
#include <QNetworkAccessManager>
#include <QNetworkProxyFactory>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// Asking the system may run a proxy script, and Qt asks for every request: an answer is good for
/// a minute. A transport has one target, so there is one answer to keep.
class SystemProxies final : public QNetworkProxyFactory
{
public:
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query) override
    {
        if (isLoopback(query.peerHostName()))
            return {QNetworkProxy(QNetworkProxy::NoProxy)};
        if (!m_age.isValid() || m_age.hasExpired(60'000)) {
            m_answer = systemProxyForQuery(query);
            m_age.start();
        }
        return m_answer;
    }

private:
    QList<QNetworkProxy> m_answer;
    QElapsedTimer m_age;
};

QNetworkProxy namedProxy(const TransportOptions &options)
{
    return {QNetworkProxy::HttpProxy, options.proxyHost, options.proxyPort};
}

} // namespace

bool isLoopback(const QString &host)
{
    const QHostAddress address(host);
    if (!address.isNull())
        return address.isLoopback();
    return host.compare("localhost"_L1, Qt::CaseInsensitive) == 0
        || host.endsWith(".localhost"_L1, Qt::CaseInsensitive);
}

void useProxyOf(const TransportOptions &options, QNetworkAccessManager &network)
{
    if (options.proxyHost.isEmpty())
        network.setProxyFactory(new SystemProxies); // Taken over by the manager.
    else
        network.setProxy(namedProxy(options));
}

QString proxyFor(const TransportOptions &options, const QUrl &url)
{
    const QList<QNetworkProxy> proxies = options.proxyHost.isEmpty()
        ? SystemProxies().queryProxy(QNetworkProxyQuery(url))
        : QList<QNetworkProxy> {namedProxy(options)};
    if (proxies.isEmpty() || proxies.first().hostName().isEmpty())
        return {};
    return u"%1:%2"_s.arg(proxies.first().hostName()).arg(proxies.first().port());
}

} // namespace hubkeeper
