// SPDX-License-Identifier: MIT
#pragma once

#include "cliservices.h"
#include "session/idm/activation.h"
#include "session/idm/servercheck.h"
#include "session/idm/serverregistry.h"
#include "session/idm/serversession.h"

namespace hubkeeper::cli {

/// The options of every verb that talks to an IDM server.
struct ServerOptions
{
    std::string server; ///< Label or id; empty: the only one known.
    bool secretFromInput = false;
    double timeLimit = 0; ///< Seconds; 0 is none.

    void addTo(CLI::App &verb);
};

/// The options of every verb that writes to an IDM server.
struct WriteConsent
{
    bool yes = false;
    std::string confirmLabel;

    void addTo(CLI::App &verb);
};

/// --wait: how long a connector may take to work after its configuration is written.
struct ConnectorWait
{
    double seconds = 30;

    void addTo(CLI::App &verb);
    [[nodiscard]] ActivationWait asWait() const;
};

/// Agreed, or not needed, by the write mode and the kind of this moment: read-only refuses, review
/// and confirm ask, and of a production server the label has to be repeated in every mode, with
/// --confirm-label or at a terminal. Where `isAlwaysAsked`, every mode asks. `preview` is the
/// command that shows what is meant and sends nothing: "idm diff". Errors are Refused.
[[nodiscard]] Result<void> agreeToWrite(const Server &server, const QString &question,
                                        const WriteConsent &consent, const QString &preview,
                                        Services &services, bool isAlwaysAsked = false);

/// The server that was named, or the only one there is. Fails with NotFound or InvalidInput.
[[nodiscard]] Result<Server> serverNamed(const std::string &name, Services &services);

/// Opens it with the password or token from standard input if the options say so, else from the
/// keychain. From here on --timeout counts. Fails as openServer().
[[nodiscard]] Result<std::shared_ptr<ServerSession>> openFor(const ServerOptions &options,
                                                             Services &services);

/// What a login of this kind needs, from standard input: `{"password":"…"}` or `{"token":"…"}`; of
/// a service account its JWK, by itself or as `{"jwk":{…}}`, checked, and without what signing does
/// not need. The text is wiped. Fails with InvalidInput.
[[nodiscard]] Result<Secret> loginSecretFrom(QIODevice &input, LoginKind kind);

/// The same of a service account from a file, which is left as it is.
[[nodiscard]] Result<Secret> loginKeyFrom(const std::string &path, LoginKind kind);

/// Everything kept of a server; no secret.
[[nodiscard]] QJsonObject asJson(const Server &server);
[[nodiscard]] QJsonObject asJson(const ServerFacts &facts);
[[nodiscard]] QJsonObject asJson(const ServerCheck &check);

} // namespace hubkeeper::cli
