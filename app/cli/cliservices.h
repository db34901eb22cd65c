// SPDX-License-Identifier: MIT
#pragma once

#include "interrupt.h"
#include "output.h"
#include "secrets/keychainsecretstore.h"
#include "session/connections/connectionbook.h"
#include "session/open/session.h"

#include <QIODevice>

namespace CLI {
class App;
class Option;
} // namespace CLI

namespace hubkeeper::cli {

/// What every verb gets: built once in main, nothing of it is global.
struct Services
{
    Services(QIODevice &input, QIODevice &results, QIODevice &messages);

    [[nodiscard]] SessionServices session();

    QIODevice &input;
    Output output;
    Interrupt interrupt;
    SystemClock clock;
    Paths paths;
    KeychainSecretStore keychain;
    QObject calls; ///< Parent of the calls a verb starts.
};

/// The options of every verb that talks to a portal.
struct ConnectOptions
{
    std::string file;
    std::string baseUrl;
    bool allowRemote = false;
    std::string apiVersion;
    bool secretsFromInput = false;

    void addTo(CLI::App &verb);
    CLI::Option *addFileTo(CLI::App &verb);
    void addPortalTo(CLI::App &verb);

    /// Puts the given ones into the connection. Fails with InvalidInput.
    [[nodiscard]] Result<void> applyTo(Connection &connection) const;
};

/// A verb's work; gives the exit code.
using Run = std::function<int(Services &)>;

/// Adds a verb: `prepare` declares its options on the sub-command and gives what runs it.
void addVerb(CLI::App &app, const std::string &name, const std::string &help, Run &chosen,
             const std::function<Run(CLI::App &)> &prepare);

/// The connection of a provisioner: the one in the book, else a new production one, read-only,
/// whose id follows from the file's path, so that secrets stored for it are found again. Options
/// win over the book. Fails with InvalidInput, Storage.
[[nodiscard]] Result<Connection> connectionFor(const ConnectOptions &options, Services &services);

/// Keeps it in the book, with the options: adds it, or changes what they say of the one there.
/// Fails as connectionFor().
[[nodiscard]] Result<Connection> keepConnection(const ConnectOptions &options, Services &services);

/// The session, which does not end before a refresh token that the portal replaced is stored.
[[nodiscard]] std::shared_ptr<Session> whole(std::shared_ptr<Session> session, Services &services);

/// Opens it, with secrets from standard input if the options say so.
[[nodiscard]] Result<std::shared_ptr<Session>> openFor(const ConnectOptions &options,
                                                       Services &services);

/// Says aloud what is wrong with the journal's seal, for verbs that are about to write.
void warnOfJournal(const Session &session, Output &output);

/// `{"clientSecret":"…","refreshToken":"…"}` from a stream; the text is wiped. InvalidInput if it
/// is no such object.
[[nodiscard]] Result<OAuthCredentials> secretsFrom(QIODevice &input);

} // namespace hubkeeper::cli
