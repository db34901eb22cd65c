// SPDX-License-Identifier: MIT
#include "net/proxies.h"

#include "net/qnamtransport.h"

#include <QElapsedTimer>
#include <QHostAddress>
#include <QNetworkAccessManager>
#include <QNetworkProxyFactory>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr const char *exceptions[] {"no_proxy", "NO_PROXY"};

QList<QNetworkProxy> direct()
{
    return {QNetworkProxy(QNetworkProxy::NoProxy)};
}

/// `no_proxy=*`, which Qt takes for the name of a host.
bool isSwitchedOff()
{
    return std::any_of(std::begin(exceptions), std::end(exceptions), [](const char *name) {
        const QStringList hosts = qEnvironmentVariable(name).split(u',');
        return std::any_of(hosts.begin(), hosts.end(),
                           [](const QString &host) { return host.trimmed() == "*"_L1; });
    });
}

/// Asking the system may run a proxy script, and Qt asks for every request: an answer is good for
/// a minute. A transport has one target, so there is one answer to keep.
class SystemProxies final : public QNetworkProxyFactory
{
public:
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query) override
    {
        if (isLoopback(query.peerHostName()) || isSwitchedOff())
            return direct();
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

/// The one the provisioner names. Not for plain HTTP, which reaches this computer only (see
/// QnamTransport): a proxy elsewhere would be sent secrets in clear text.
class NamedProxy final : public QNetworkProxyFactory
{
public:
    explicit NamedProxy(const TransportOptions &options)
        : m_proxy(QNetworkProxy::HttpProxy, options.proxyHost, options.proxyPort)
    {
    }

    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query) override
    {
        return query.url().scheme() == "https"_L1 ? QList<QNetworkProxy> {m_proxy} : direct();
    }

private:
    const QNetworkProxy m_proxy;
};

/// For the manager, which takes it over.
std::unique_ptr<QNetworkProxyFactory> factoryFor(const TransportOptions &options)
{
    if (options.proxyHost.isEmpty())
        return std::make_unique<SystemProxies>();
    return std::make_unique<NamedProxy>(options);
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
    network.setProxyFactory(factoryFor(options).release());
}

QString proxyFor(const TransportOptions &options, const QUrl &url)
{
    const QList<QNetworkProxy> proxies = factoryFor(options)->queryProxy(QNetworkProxyQuery(url));
    if (proxies.isEmpty() || proxies.first().hostName().isEmpty())
        return {};
    return u"%1:%2"_s.arg(proxies.first().hostName()).arg(proxies.first().port());
}

} // namespace hubkeeper
