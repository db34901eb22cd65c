// SPDX-License-Identifier: MIT
#include "net/exchange.h"

#include "base/log.h"
#include "base/version.h"
#include "net/nettext.h"
#include "net/oneshotbody.h"
#include "net/proxies.h"

#include <QNetworkAccessManager>
#include <QSslConfiguration>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr qint64 readAtOnce = 256 << 10; // Bytes.

QSslConfiguration tlsConfiguration()
{
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setProtocol(QSsl::TlsV1_2OrLater);
    tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
    return tls;
}

QByteArray userAgent()
{
    return QByteArray(productName) + '/' + productVersion;
}

QString placeOf(const QUrl &url)
{
    const QString host = url.host().contains(u':') ? u'[' + url.host() + u']' : url.host();
    return u"%1:%2"_s.arg(host).arg(url.port(url.scheme() == "https"_L1 ? 443 : 80));
}

} // namespace

Exchange::Exchange(ExchangeHost &host, HttpRequest request, Secret token, QObject *parent)
    : Call(parent)
    , m_host(&host)
    , m_request(std::move(request))
    , m_token(std::move(token))
    , m_url(addressOf(m_request, host.options().base))
{
    m_silence.setSingleShot(true);
    m_silence.setInterval(host.options().silence);
    connect(&m_silence, &QTimer::timeout, this, &Exchange::onSilence);
    m_limit.setSingleShot(true);
    connect(&m_limit, &QTimer::timeout, this, &Exchange::onTooLong);
}

Exchange::~Exchange()
{
    drop();
    end();
}

void Exchange::start(QNetworkAccessManager &network)
{
    m_network = &network;
    QNetworkRequest wire = wireRequest();
    const QByteArray verb = nameOf(m_request.verb);
    if (m_request.repeat == Repeat::Never) {
        auto *body = new OneShotBody(m_request.body, nullptr);
        wire.setHeader(QNetworkRequest::ContentLengthHeader, m_request.body.size());
        wire.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
        m_reply = network.sendCustomRequest(wire, verb, body);
        body->setParent(m_reply);
    } else if (m_request.body.isEmpty() && m_request.verb == Verb::Get) {
        m_reply = network.get(wire);
    } else {
        m_reply = network.sendCustomRequest(wire, verb, m_request.body);
    }
    m_token = {};
    watch();
}

QNetworkRequest Exchange::wireRequest() const
{
    using Request = QNetworkRequest;
    Request wire(m_url);
    wire.setRawHeader("User-Agent", userAgent());
    wire.setRawHeader("Accept", "application/json");
    if (!m_request.body.isEmpty())
        wire.setRawHeader("Content-Type", m_request.contentType);
    for (const HttpHeader &header : m_request.headers)
        wire.setRawHeader(header.name, header.value);
    if (m_request.authorization == Authorization::WithSecret) {
        QByteArray header = m_token.withClearText([this](std::string_view token) {
            return m_request.secretHeader.prefix
                + QByteArray(token.data(), qsizetype(token.size()));
        });
        wire.setRawHeader(m_request.secretHeader.name, header);
    }
    wire.setAttribute(Request::RedirectPolicyAttribute, Request::ManualRedirectPolicy);
    wire.setAttribute(Request::CacheLoadControlAttribute, Request::AlwaysNetwork);
    wire.setAttribute(Request::CacheSaveControlAttribute, false);
    wire.setAttribute(Request::CookieLoadControlAttribute, Request::Manual);
    wire.setAttribute(Request::CookieSaveControlAttribute, Request::Manual);
    wire.setAttribute(Request::AuthenticationReuseAttribute, Request::Manual);
    wire.setAttribute(Request::Http2AllowedAttribute, true);
    wire.setDecompressedSafetyCheckThreshold(-1); // The body limit does that, with its own words.
    wire.setSslConfiguration(tlsConfiguration());
    return wire;
}

void Exchange::watch()
{
    QNetworkReply *reply = m_reply;
    connect(reply, &QNetworkReply::socketStartedConnecting, this, [this] {
        m_connecting = true;
        onProgress();
    });
    connect(reply, &QNetworkReply::requestSent, this, [this] {
        m_connected = true;
        onProgress();
    });
    connect(reply, &QNetworkReply::uploadProgress, this, &Exchange::onProgress);
    connect(reply, &QNetworkReply::metaDataChanged, this, &Exchange::onHead);
    connect(reply, &QNetworkReply::downloadProgress, this, &Exchange::onProgress);
    connect(reply, &QNetworkReply::readyRead, this, &Exchange::onData);
    connect(reply, &QNetworkReply::sslErrors, this, &Exchange::onSslErrors);
    connect(reply, &QNetworkReply::encrypted, this, &Exchange::onEncrypted);
    connect(reply, &QNetworkReply::finished, this, &Exchange::onFinished);
    m_silence.start();
    m_limit.start(m_host->options().beginning);
}

/// Interim replies (100 Continue) come as heads, too, and begin nothing.
void Exchange::onHead()
{
    onProgress();
    if (isFinished() || m_headSeen || !m_host)
        return;
    m_headSeen = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt() >= 200;
    if (m_headSeen)
        m_limit.start(m_host->options().whole);
}

void Exchange::onProgress()
{
    if (!isFinished())
        m_silence.start();
}

void Exchange::onData()
{
    if (isFinished() || !m_host)
        return;
    // In pieces: what arrives compressed may be a thousand times larger than it looks.
    const qint64 most = m_host->options().largestBody;
    while (m_body.size() <= most) {
        const QByteArray piece = m_reply->read(readAtOnce);
        if (piece.isEmpty())
            return;
        m_body += piece;
    }
    finish(fail(ErrorKind::BadReply,
                NetText::tr("The reply of %1 is larger than %2 bytes and was dropped.")
                    .arg(placeOf(m_url))
                    .arg(most),
                NetText::tr("Ask for less at once.")));
}

void Exchange::onSslErrors(const QList<QSslError> &errors)
{
    if (!m_host || !m_reply)
        return;
    const QSslConfiguration tls = m_reply->sslConfiguration();
    m_verdict = judge(errors, m_host->options(), tls.peerCertificate());
    if (m_verdict.standing.isEmpty())
        return m_reply->ignoreSslErrors(m_verdict.forgiven);
    m_host->keep(reportOf(tls, m_url.host(), m_verdict));
}

/// Before the first byte of the request is sent. Qt takes the common name for a host's name, which
/// no browser does any more.
void Exchange::onEncrypted()
{
    if (!m_host || !m_reply)
        return;
    const QSslConfiguration tls = m_reply->sslConfiguration();
    const QSslCertificate own = tls.peerCertificate();
    if (!namesHost(own, m_url.host()) && !m_verdict.knowsHostName()) {
        const QSslError fault(QSslError::HostNameMismatch, own);
        const bool forgiven = m_host->options().disableHostNameVerifier;
        (forgiven ? m_verdict.forgiven : m_verdict.standing) << fault;
    }
    m_host->keep(reportOf(tls, m_url.host(), m_verdict));
    if (!m_verdict.standing.isEmpty())
        return finish(tl::unexpected(refusal()));
    m_connected = true;
    onProgress();
}

void Exchange::onFinished()
{
    if (isFinished())
        return;
    if (!m_verdict.standing.isEmpty())
        return finish(tl::unexpected(refusal()));
    const QVariant status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute);
    if (!status.isValid() || !isWhole(status.toInt()))
        return finish(tl::unexpected(errorFrom(broken())));
    onData();
    if (isFinished())
        return;
    if (isCut(status.toInt())) {
        BrokenExchange cut = broken();
        cut.error = QNetworkReply::RemoteHostClosedError;
        return finish(tl::unexpected(errorFrom(cut)));
    }
    HttpReply reply {status.toInt(), {}, std::move(m_body)};
    const auto pairs = m_reply->rawHeaderPairs();
    for (const auto &[name, value] : pairs)
        reply.headers.insert(name.toLower(), value);
    finish(std::move(reply));
}

void Exchange::onSilence()
{
    if (m_host)
        finish(tl::unexpected(silenceError(broken(), m_host->options().silence)));
}

void Exchange::onTooLong()
{
    if (!m_host)
        return;
    const TransportOptions &options = m_host->options();
    finish(tl::unexpected(
        tooLongError(broken(), m_headSeen ? options.whole : options.beginning, m_headSeen)));
}

void Exchange::finish(Result<HttpReply> outcome)
{
    if (isFinished())
        return;
    if (!outcome)
        qCDebug(lcNet) << nameOf(m_request.verb) << m_request.path << outcome.error().what;
    complete(std::move(outcome));
    end();
}

/// Not from a signal of the reply. Deleting a running reply ends it as abort() does, but without
/// the chance that an error already under way reaches an aborted one, of which Qt complains.
void Exchange::drop()
{
    if (QNetworkReply *reply = m_reply.data()) {
        m_reply = nullptr;
        delete reply;
    }
}

void Exchange::end()
{
    m_silence.stop();
    m_limit.stop();
    m_token = {};
    if (QNetworkReply *reply = m_reply.data()) {
        m_reply = nullptr;
        disconnect(reply, nullptr, this, nullptr);
        reply->abort(); // Does nothing to one that has finished.
        reply->deleteLater();
    }
    if (ExchangeHost *host = m_host.data()) {
        m_host = nullptr;
        host->leave(this);
    }
}

BrokenExchange Exchange::broken() const
{
    BrokenExchange broken;
    broken.place = placeOf(m_url);
    // Without TLS nothing says so for sure: requestSent does not come for every request.
    broken.mayHaveLeft = m_url.scheme() != "https"_L1 || m_connected || !m_connecting;
    if (m_host)
        broken.proxy = proxyFor(m_host->options(), m_url);
    if (m_reply) {
        broken.error = m_reply->error();
        broken.text = m_reply->errorString();
        broken.replyBegan = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).isValid();
    }
    return broken;
}

Error Exchange::refusal() const
{
    QStringList faults;
    for (const QSslError &error : m_verdict.standing)
        faults << describe(error, placeOf(m_url));
    faults.removeDuplicates();
    return fail(ErrorKind::Untrusted, faults.join(u' '), remedyFor(m_verdict.standing)).value();
}

/// Less arrived than the head promised. Qt says so, but not where the connection ends in the same
/// turn. What was compressed has no length any more, and two statuses never have a body.
bool Exchange::isCut(int status) const
{
    const qint64 promised = m_reply->header(QNetworkRequest::ContentLengthHeader).toLongLong();
    return m_body.size() < promised && status != 204 && status != 304;
}

/// Qt reports a status of 400 and more as an error of its own; the reply is whole all the same.
bool Exchange::isWhole(int status) const
{
    switch (m_reply->error()) {
    case QNetworkReply::NoError:
        return true;
    case QNetworkReply::ProxyAuthenticationRequiredError:
    case QNetworkReply::ContentReSendError:
    case QNetworkReply::ProtocolFailure:
    case QNetworkReply::ProtocolUnknownError:
        return false;
    default:
        return status >= 400 && m_reply->error() >= QNetworkReply::ContentAccessDenied;
    }
}

} // namespace hubkeeper
