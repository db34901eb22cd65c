// SPDX-License-Identifier: MIT
#pragma once

#include "base/clock.h"
#include "net/qnamtransport.h"
#include "portal/access/authorization.h"
#include "portal/access/codereceiver.h"
#include "portal/objecttype.h"

namespace hubkeeper {

/// What a sign-in needs to know.
struct SignInRequest
{
    QString clientId;
    Secret clientSecret;
    QUrl authorizeHost {QStringLiteral("https://app.hubspot.com")};
    TransportOptions transport; ///< Where the token endpoint is, and how to get there.
    ApiVersion apiVersion = ApiVersion::V2026_09;
    ScopeChoice scopes = ScopeChoice::forConnector();
    quint16 port = 4711; ///< As registered in the app: http://localhost:PORT/. 0: any free one.
    bool listen = true; ///< false: nobody listens on the port, the code is pasted.
    std::chrono::milliseconds patience {std::chrono::minutes(5)};
};

/// What came of it.
struct SignInOutcome
{
    Secret refreshToken;
    QStringList granted; ///< Empty if the endpoint does not say.
    QStringList missingRequired;
    QStringList missingOptional;
    qint64 hubId = 0;
};

/// The port that is offered first.
constexpr quint16 usualSignInPort = 4711;

/// "http://localhost:4711/": what has to be registered in the HubSpot app, letter for letter.
[[nodiscard]] QString redirectUriFor(quint16 port);

/// From client id and secret to a refresh token: the authorize page in the user's own browser, the
/// code back on localhost or pasted, one exchange of the code. The code exchange is sent once
/// (Repeat::Never): a code works once, so a lost answer means starting again.
///
/// Open authorizePage() in a browser after making it. Fails as CodeReceiver and the token endpoint
/// do; a used or late code is Unauthorized with the advice to start again.
class SignIn final : public Call<std::shared_ptr<const SignInOutcome>>
{
    Q_OBJECT

public:
    /// `clock` must outlive the call.
    SignIn(SignInRequest request, Clock &clock, QObject *parent);
    ~SignIn() override;

    [[nodiscard]] QUrl authorizePage() const;
    [[nodiscard]] QString redirectUri() const;
    /// Until it gives up; zero when it did.
    [[nodiscard]] std::chrono::milliseconds timeLeft() const;

    /// What the token endpoint showed; nothing before the exchange or over plain HTTP.
    [[nodiscard]] std::optional<CertificateReport> lastCertificate() const;

    /// The way without a listener: what the user copied from the browser. An unusable text is
    /// reported and the waiting goes on.
    [[nodiscard]] Result<void> usePastedText(const QString &text);

signals:
    /// The code is there; the exchange is under way.
    void codeArrived();

private:
    void waitForBrowser();
    void waitForPaste();
    void exchange(const Secret &code);
    void onReply(const HttpReply &reply);

    SignInRequest m_request;
    Clock &m_clock;
    const Clock::Instant m_deadline;
    const QByteArray m_state;
    CodeReceiver *m_receiver = nullptr;
    QString m_redirectUri;
    bool m_exchanging = false;
    std::unique_ptr<QnamTransport> m_transport;
};

} // namespace hubkeeper
