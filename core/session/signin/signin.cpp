// SPDX-License-Identifier: MIT
#include "session/signin/signin.h"

#include "portal/access/errorfrom.h"
#include "portal/access/oauth.h"
#include "portal/apipaths.h"
#include "session/sessiontext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

QString redirectUriFor(quint16 port)
{
    return u"http://localhost:%1/"_s.arg(port);
}

SignIn::SignIn(SignInRequest request, Clock &clock, QObject *parent)
    : Call(parent)
    , m_request(std::move(request))
    , m_clock(clock)
    , m_deadline(clock.now() + m_request.patience)
    , m_state(freshState())
    , m_redirectUri(redirectUriFor(m_request.port))
    , m_transport(std::make_unique<QnamTransport>(m_request.transport))
{
    if (m_request.listen)
        waitForBrowser();
    else
        waitForPaste();
}

void SignIn::waitForBrowser()
{
    m_receiver = new CodeReceiver(m_request.port, m_state, m_request.patience, m_clock, this);
    if (m_receiver->isFinished()) // The port is taken: nobody needs to open a browser.
        return complete(tl::unexpected(m_receiver->outcome().error()));
    if (m_request.port == 0)
        m_redirectUri = m_receiver->redirectUri();
    m_receiver->onDone(this, [this](const Result<std::shared_ptr<const Secret>> &code) {
        m_receiver = nullptr;
        if (isFinished() || m_exchanging)
            return;
        if (!code)
            return complete(tl::unexpected(code.error()));
        exchange(**code);
    });
}

void SignIn::waitForPaste()
{
    m_clock.after(m_request.patience, this, [this] {
        if (!m_exchanging)
            complete(fail(ErrorKind::TimedOut, SessionText::tr("No code was pasted in time."),
                          SessionText::tr("Start again, and paste the newest address.")));
    });
}

std::optional<CertificateReport> SignIn::lastCertificate() const
{
    return m_transport->lastCertificate();
}

std::chrono::milliseconds SignIn::timeLeft() const
{
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(m_deadline - m_clock.now());
    return std::max(left, std::chrono::milliseconds(0));
}

SignIn::~SignIn() = default;

QUrl SignIn::authorizePage() const
{
    return authorizeUrl(m_request.authorizeHost, m_request.clientId, m_redirectUri,
                        m_request.scopes, m_state);
}

QString SignIn::redirectUri() const
{
    return m_redirectUri;
}

Result<void> SignIn::usePastedText(const QString &text)
{
    auto code = codeFromPastedText(text, m_state);
    if (!code)
        return tl::unexpected(code.error());
    if (!isFinished() && !m_exchanging)
        exchange(Secret(std::move(*code)));
    return {};
}

void SignIn::exchange(const Secret &code)
{
    m_exchanging = true;
    if (m_receiver)
        m_receiver->cancel();
    emit codeArrived();
    const HttpRequest request =
        codeExchangeRequest(ApiPaths(m_request.apiVersion).token(), m_request.clientId,
                            m_request.clientSecret, code, m_redirectUri);
    then(m_transport->send(request, Secret(), this),
         [this](const HttpReply &reply) { onReply(reply); });
}

void SignIn::onReply(const HttpReply &reply)
{
    if (reply.status / 100 != 2)
        return complete(tl::unexpected(errorFrom(reply)));
    const auto grant = parseTokenGrant(reply.body);
    if (!grant)
        return complete(tl::unexpected(grant.error()));
    if (grant->refreshToken.isEmpty()) {
        return complete(fail(ErrorKind::BadReply,
                             SessionText::tr("The portal granted no refresh token."),
                             SessionText::tr("Check that the app is an OAuth app.")));
    }
    auto outcome = std::make_shared<SignInOutcome>();
    outcome->refreshToken = grant->refreshToken.clone();
    outcome->granted = grant->scopes;
    outcome->missingRequired = missingScopes(m_request.scopes.required, grant->scopes);
    outcome->missingOptional = missingScopes(m_request.scopes.optional, grant->scopes);
    outcome->hubId = grant->hubId;
    complete(std::shared_ptr<const SignInOutcome>(std::move(outcome)));
}

} // namespace hubkeeper
