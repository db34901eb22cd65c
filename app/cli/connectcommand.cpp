// SPDX-License-Identifier: MIT
#include "commands.h"
#include "options.h"
#include "provisioner/document/document.h"
#include "provisioner/document/secretplacing.h"
#include "secretinput.h"
#include "secrets/secretform.h"
#include "session/open/sessionopening.h"
#include "session/signin/revocation.h"
#include "session/signin/signin.h"
#include "session/signin/signinbasis.h"
#include "waiting.h"

#include <QProcess>

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

struct ConnectArguments
{
    ConnectOptions options;
    int port = usualSignInPort;
    int patience = 300; ///< Seconds.
    std::string clientId;
    bool paste = false;
    bool noBrowser = false;
    bool revokeOld = false;
    bool intoFile = false; ///< Client secret and refresh token, instead of the keychain.
};

/// One sign-in from the command line, step by step.
class Connect
{
public:
    Connect(const ConnectArguments &arguments, Services &services)
        : m_arguments(arguments)
        , m_services(services)
    {
    }

    int run()
    {
        const auto ended = prepare()
                               .and_then([this] { return signIn(); })
                               .and_then([this] { return store(); })
                               .and_then([this] { return writeClientId(); })
                               .and_then([this] { return test(); })
                               .and_then([this] { return revokeOld(); });
        if (!ended)
            return m_services.output.failure(ended.error());
        report();
        return m_outcome->missingRequired.isEmpty() ? Done : NoAccess;
    }

private:
    Result<void> prepare()
    {
        auto connection = connectionFor(m_arguments.options, m_services);
        if (!connection)
            return tl::unexpected(connection.error());
        m_connection = *connection;
        const auto basis =
            waitFor(readSignInBasis(m_connection, m_services.keychain, &m_services.calls),
                    m_services.interrupt);
        if (!basis)
            return tl::unexpected(basis.error());
        m_basis = *basis;
        if (m_basis->keychainFailure && !m_arguments.intoFile) { // Now, not after the sign-in.
            Error error = *m_basis->keychainFailure;
            error.remedy = u"Add --into-file to write the secrets into the provisioner as plain "
                           "text, or install and unlock a keychain."_s;
            return tl::unexpected(error);
        }
        m_clientId = m_arguments.clientId.empty() ? m_basis->fileClientId
                                                  : QString::fromStdString(m_arguments.clientId);
        if (m_clientId.isEmpty()) {
            return fail(ErrorKind::InvalidInput, u"The file holds no client ID."_s,
                        u"Give it with --client-id."_s);
        }
        return findSecret();
    }

    /// From standard input if that was said, else the known one, else asked for.
    Result<void> findSecret()
    {
        if (m_arguments.options.secretsFromInput) {
            auto given = secretsFrom(m_services.input);
            if (!given)
                return tl::unexpected(given.error());
            m_clientSecret = std::move(given->clientSecret);
        } else {
            m_clientSecret = m_basis->known.clientSecret.clone();
        }
        if (m_clientSecret.isEmpty()) {
            auto typed = askForSecret(u"Client secret:"_s, m_services);
            if (!typed)
                return tl::unexpected(typed.error());
            m_clientSecret = std::move(*typed);
        }
        if (m_clientSecret.isEmpty()) {
            return fail(ErrorKind::InvalidInput, u"There is no client secret."_s,
                        u"Type it, pass it on standard input, or store it first."_s);
        }
        return checkForm(u"client secret"_s, m_clientSecret);
    }

    Result<void> signIn()
    {
        SignInRequest request;
        request.clientId = m_clientId;
        request.clientSecret = m_clientSecret.clone();
        request.authorizeHost = m_basis->authorizeHost;
        request.transport = m_basis->transport;
        request.apiVersion = m_connection.apiVersion;
        request.port = quint16(m_arguments.port);
        request.listen = !m_arguments.paste;
        request.patience = std::chrono::seconds(m_arguments.patience);
        auto *call = new SignIn(std::move(request), m_services.clock, &m_services.calls);
        if (!call->isFinished())
            showLink(*call);
        if (m_arguments.paste) {
            if (const auto pasted = readPasted(*call); !pasted)
                return pasted;
        }
        const QString limit =
            std::exchange(m_services.output.limit, u"--patience and --timeout limit it"_s);
        const auto outcome = waitFor(
            static_cast<Call<std::shared_ptr<const SignInOutcome>> *>(call), m_services.interrupt);
        m_services.output.limit = limit;
        return outcome.map([this](const auto &granted) { m_outcome = granted; });
    }

    void showLink(const SignIn &call)
    {
        const QString link = QString::fromUtf8(call.authorizePage().toEncoded());
        m_services.output.message(
            u"Open this address in a browser and allow the app (redirect URL %1):"_s.arg(
                call.redirectUri()));
        if (m_services.output.json)
            m_services.output.message(link);
        else
            m_services.output.line(link);
        if (!m_arguments.noBrowser && !m_arguments.paste)
            openBrowser(link);
    }

    void openBrowser(const QString &link)
    {
#if defined(Q_OS_WIN)
        const bool opened =
            QProcess::startDetached(u"rundll32"_s, {u"url.dll,FileProtocolHandler"_s, link});
#elif defined(Q_OS_MACOS)
        const bool opened = QProcess::startDetached(u"open"_s, {link});
#else
        const bool opened = QProcess::startDetached(u"xdg-open"_s, {link});
#endif
        if (!opened)
            m_services.output.message(u"No browser could be started; open the address yourself."_s);
    }

    /// A text that cannot be used is reported and asked for again. Fails if the input ends before
    /// one could be.
    Result<void> readPasted(SignIn &call)
    {
        while (!call.isFinished()) {
            const auto pasted = askForSecret(
                u"Paste the address the browser ended at, or the code in it:"_s, m_services);
            if (!pasted || pasted->isEmpty()) {
                call.cancel();
                if (!pasted)
                    return tl::unexpected(pasted.error());
                return fail(ErrorKind::InvalidInput,
                            u"Nothing was pasted before standard input ended."_s,
                            u"Paste the address at a terminal, or write it to standard input."_s);
            }
            const auto used = pasted->withClearText([&](std::string_view text) {
                return call.usePastedText(QString::fromUtf8(text.data(), qsizetype(text.size())));
            });
            if (used)
                return {};
            m_services.output.message(used.error().sentence());
        }
        return {};
    }

    Result<void> store()
    {
        auto kept = keepConnection(m_arguments.options, m_services);
        if (!kept)
            return tl::unexpected(kept.error());
        m_connection = *std::move(kept);
        if (m_arguments.intoFile)
            return placeInFile();
        return waitFor(storeCredentials(m_connection, m_clientSecret, m_outcome->refreshToken,
                                        m_services.keychain, &m_services.calls),
                       m_services.interrupt);
    }

    /// As plain text, which IDM encrypts when it loads the file.
    Result<void> placeInFile()
    {
        auto document = Document::open(m_connection.provisionerPath);
        if (!document)
            return tl::unexpected(document.error());
        return placePlainText(**document, nameOf(SecretName::ClientSecret), m_clientSecret, {})
            .and_then([&] {
                return placePlainText(**document, nameOf(SecretName::RefreshToken),
                                      m_outcome->refreshToken, {});
            })
            .and_then([&] { return (*document)->save(false); });
    }

    /// Only if it was given: the file is the user's.
    Result<void> writeClientId()
    {
        if (m_arguments.clientId.empty() || m_clientId == m_basis->fileClientId)
            return {};
        auto document = Document::open(m_connection.provisionerPath);
        if (!document)
            return tl::unexpected(document.error());
        return (*document)
            ->setValue(u"/configurationProperties/clientId"_s, m_clientId, u"Client ID"_s)
            .and_then([&] { return (*document)->save(false); })
            .map([&] { m_services.output.message(u"Wrote the client ID into the file."_s); });
    }

    Result<void> test()
    {
        OAuthCredentials given {m_clientId, m_clientSecret.clone(),
                                m_outcome->refreshToken.clone()};
        const auto session = waitFor(
            openSession(m_connection, m_services.session(), std::move(given), &m_services.calls),
            m_services.interrupt);
        if (!session)
            return tl::unexpected(session.error());
        const auto open = whole(*session, m_services);
        const auto report = waitFor(open->test(&m_services.calls), m_services.interrupt);
        if (!report)
            return tl::unexpected(report.error());
        if (report->error)
            return tl::unexpected(*report->error);
        return {};
    }

    Result<void> revokeOld()
    {
        const OAuthCredentials &known = m_basis->known;
        if (!m_arguments.revokeOld || known.refreshToken.isEmpty()
            || known.refreshToken.equals(m_outcome->refreshToken))
            return {};
        OAuthCredentials app = known.clone();
        if (app.clientId == m_clientId)
            app.clientSecret = m_clientSecret.clone();
        auto *call =
            new Revocation(m_basis->transport, m_connection.apiVersion, app, &m_services.calls);
        return waitFor(static_cast<Call<void> *>(call), m_services.interrupt).map([this] {
            m_services.output.message(u"Ended the old refresh token."_s);
        });
    }

    [[nodiscard]] QString place() const
    {
        return m_arguments.intoFile ? m_connection.provisionerPath
                                    : m_services.keychain.backend().name;
    }

    void report()
    {
        const SignInOutcome &outcome = *m_outcome;
        if (m_services.output.json) {
            m_services.output.result(QJsonObject {
                {u"ok"_s, true},
                {u"hubId"_s, outcome.hubId},
                {u"granted"_s, QJsonArray::fromStringList(outcome.granted)},
                {u"missingRequired"_s, QJsonArray::fromStringList(outcome.missingRequired)},
                {u"missingOptional"_s, QJsonArray::fromStringList(outcome.missingOptional)},
                {u"storedIn"_s, place()}});
            return;
        }
        m_services.output.line(u"Connected and tested; the token is in %1."_s.arg(place()));
        for (const QString &scope : outcome.missingRequired)
            m_services.output.line(u"Missing, and needed: %1"_s.arg(scope));
        for (const QString &scope : outcome.missingOptional)
            m_services.output.line(u"Left out: %1"_s.arg(scope));
    }

    const ConnectArguments &m_arguments;
    Services &m_services;
    Connection m_connection;
    std::shared_ptr<const SignInBasis> m_basis;
    QString m_clientId;
    Secret m_clientSecret;
    std::shared_ptr<const SignInOutcome> m_outcome;
};

} // namespace

void addConnectCommand(CLI::App &app, Run &chosen)
{
    addVerb(app, "connect", "Sign in to HubSpot and keep the refresh token in the keychain", chosen,
            [](CLI::App &verb) {
                auto arguments = std::make_shared<ConnectArguments>();
                arguments->options.addTo(verb);
                verb.add_option("--client-id", arguments->clientId,
                                "Client id of the app, if it is not the file's; written there");
                verb.add_option("--port", arguments->port,
                                "Port of the redirect URL http://localhost:PORT/")
                    ->check(CLI::Range(1, 65535))
                    ->capture_default_str();
                verb.add_option("--patience", arguments->patience,
                                "Seconds to wait for the browser")
                    ->check(CLI::Range(1, 3600))
                    ->capture_default_str();
                verb.add_flag("--paste", arguments->paste,
                              "Ask for the code instead of listening for it");
                verb.add_flag("--no-browser", arguments->noBrowser, "Only print the address");
                verb.add_flag("--into-file", arguments->intoFile,
                              "Write the secrets into the provisioner as plain text, instead of "
                              "the keychain");
                verb.add_flag("--revoke-old", arguments->revokeOld,
                              "End the old refresh token after a successful test");
                return Run([arguments](Services &services) {
                    return Connect(*arguments, services).run();
                });
            });
}

} // namespace hubkeeper::cli
