// SPDX-License-Identifier: MIT
#include "net/qnamtransport.h"

#include "net/exchange.h"
#include "net/nettext.h"
#include "net/proxies.h"

#include <QNetworkAccessManager>

#include <algorithm>
#include <deque>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// Qt opens at most six HTTP/1.1 connections to a host from one manager; more managers give more.
constexpr int connectionsPerManager = 6;

bool isHeaderSafe(std::string_view token)
{
    return std::all_of(token.begin(), token.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

} // namespace

class QnamTransport::Private final : public ExchangeHost
{
public:
    explicit Private(TransportOptions options)
        : m_options(std::move(options))
    {
        m_options.maximumConnections = std::max(1, m_options.maximumConnections);
    }

    ~Private() override
    {
        while (!m_waiting.empty())
            m_waiting.back()->cancel();
        while (!m_running.isEmpty())
            m_running.last()->cancel();
    }

    [[nodiscard]] const TransportOptions &options() const override { return m_options; }
    void keep(const CertificateReport &report) override { certificate = report; }

    void enter(Exchange *exchange)
    {
        m_waiting.push_back(exchange);
        startNext();
    }

    void leave(Exchange *exchange) override
    {
        std::erase(m_waiting, exchange);
        if (m_running.removeOne(exchange))
            startNext();
    }

    /// Why the request must not be sent, if a guard says so.
    [[nodiscard]] std::optional<Error> objection(const HttpRequest &request,
                                                 const Secret &token) const;

    std::optional<CertificateReport> certificate;

private:
    void startNext()
    {
        while (!m_waiting.empty() && m_running.size() < m_options.maximumConnections) {
            Exchange *exchange = m_waiting.front();
            m_waiting.pop_front();
            QNetworkAccessManager &manager = freeManager();
            m_running << exchange;
            exchange->start(manager);
        }
    }

    /// The first manager with a connection to spare, so that HTTP/2 needs as few as possible.
    QNetworkAccessManager &freeManager()
    {
        for (const auto &manager : m_managers) {
            const auto busy =
                std::count_if(m_running.begin(), m_running.end(), [&](const Exchange *exchange) {
                    return exchange->network() == manager.get();
                });
            if (busy < connectionsPerManager)
                return *manager;
        }
        m_managers.push_back(std::make_unique<QNetworkAccessManager>());
        m_managers.back()->setAutoDeleteReplies(false);
        m_managers.back()->setStrictTransportSecurityEnabled(false);
        useProxyOf(m_options, *m_managers.back());
        return *m_managers.back();
    }

    TransportOptions m_options;
    std::vector<std::unique_ptr<QNetworkAccessManager>> m_managers;
    std::deque<Exchange *> m_waiting;
    QList<Exchange *> m_running;
};

std::optional<Error> QnamTransport::Private::objection(const HttpRequest &request,
                                                       const Secret &token) const
{
    const bool secure = m_options.base.scheme() == "https"_L1;
    if (!secure && !isLoopback(m_options.base.host())) {
        return fail(ErrorKind::Refused,
                    NetText::tr("%1 is not encrypted, so the token could be read on the way.")
                        .arg(m_options.base.toDisplayString()),
                    NetText::tr("Use an https address."))
            .value();
    }
    if (request.authorization == Authorization::WithSecret && !token.withClearText(isHeaderSafe)) {
        return fail(ErrorKind::InvalidInput,
                    NetText::tr(
                        "The token holds a blank, a line break or another character no token has."),
                    NetText::tr("Copy it again, without anything around it."))
            .value();
    }
    return std::nullopt;
}

QnamTransport::QnamTransport(TransportOptions options)
    : d(std::make_unique<Private>(std::move(options)))
{
}

QnamTransport::~QnamTransport() = default;

Call<HttpReply> *QnamTransport::send(const HttpRequest &request, const Secret &token,
                                     QObject *parent)
{
    if (auto objection = d->objection(request, token))
        return new ReadyCall<HttpReply>(tl::unexpected(*std::move(objection)), parent);
    auto *exchange = new Exchange(*d, request, token.clone(), parent);
    d->enter(exchange);
    return exchange;
}

QUrl QnamTransport::base() const
{
    return d->options().base;
}

const TransportOptions &QnamTransport::options() const
{
    return d->options();
}

std::optional<CertificateReport> QnamTransport::lastCertificate() const
{
    return d->certificate;
}

} // namespace hubkeeper
