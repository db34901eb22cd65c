// SPDX-License-Identifier: MIT
#pragma once

#include "net/certificate.h"
#include "net/http.h"
#include "net/networkfault.h"

#include <QPointer>
#include <QTimer>

class QNetworkAccessManager;

namespace hubkeeper {

class Exchange;

/// What an exchange asks of the transport it belongs to.
class ExchangeHost : public QObject
{
public:
    [[nodiscard]] virtual const TransportOptions &options() const = 0;
    virtual void keep(const CertificateReport &report) = 0;
    /// The exchange is over, or will never start. Called once.
    virtual void leave(Exchange *exchange) = 0;
};

/// One request on its way: waits until its host starts it, then watches the QNetworkReply.
class Exchange final : public Call<HttpReply>
{
public:
    Exchange(ExchangeHost &host, HttpRequest request, Secret token, QObject *parent);
    ~Exchange() override;

    void start(QNetworkAccessManager &network);
    [[nodiscard]] QNetworkAccessManager *network() const { return m_network; }

protected:
    void abortWork() override
    {
        drop();
        end();
    }

private:
    [[nodiscard]] QNetworkRequest wireRequest() const;
    void watch();
    void onProgress();
    void onData();
    void onSslErrors(const QList<QSslError> &errors);
    void onEncrypted();
    void onFinished();
    void onHead();
    void onSilence();
    void onTooLong();
    void finish(Result<HttpReply> outcome);
    void drop();
    void end();
    [[nodiscard]] BrokenExchange broken() const;
    [[nodiscard]] Error refusal() const;
    [[nodiscard]] bool isWhole(int status) const;
    [[nodiscard]] bool isCut(int status) const;

    QPointer<ExchangeHost> m_host;
    const HttpRequest m_request;
    Secret m_token;
    const QUrl m_url;
    QPointer<QNetworkAccessManager> m_network;
    QPointer<QNetworkReply> m_reply;
    QTimer m_silence;
    QTimer m_limit; // Of the whole exchange: until the reply begins, then until it is whole.
    QByteArray m_body;
    TlsVerdict m_verdict;
    bool m_headSeen = false;
    bool m_connecting = false; // A connection was begun for this request.
    bool m_connected = false; // It is up, or an older one is used: bytes may have left.
};

} // namespace hubkeeper
