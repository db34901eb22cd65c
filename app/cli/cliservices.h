// SPDX-License-Identifier: MIT
#pragma once

#include "interrupt.h"
#include "output.h"
#include "secrets/keychainsecretstore.h"
#include "session/connections/connectionregistry.h"
#include "session/open/sessionopening.h"

#include <QIODevice>

#include <map>

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
    BudgetRegistry budgets;
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
    double timeLimit = 0; ///< Seconds; 0 is none.
    std::vector<std::string> substitutions; ///< "name=value".
    std::string properties; ///< A file of them.

    /// All of them.
    void addTo(CLI::App &verb);
    CLI::Option *addFileTo(CLI::App &verb);
    void addPortalTo(CLI::App &verb);
    void addTimeLimitTo(CLI::App &verb);

    /// Puts the given ones into the connection. Fails with InvalidInput.
    [[nodiscard]] Result<void> applyTo(Connection &connection) const;
    /// Values for what the file leaves to IDM. Fails with InvalidInput.
    [[nodiscard]] Result<Substitutions> substitutionValues() const;
};

/// Secrets from standard input: of one file, or by file.
class GivenSecrets
{
public:
    /// `{"clientId":"…","clientSecret":"…","refreshToken":"…"}`, or an object of such objects by
    /// file; the text is wiped. InvalidInput if it is neither.
    [[nodiscard]] static Result<GivenSecrets> read(QIODevice &input);

    /// By path or by file name, or the only ones; nothing if there are none for it.
    [[nodiscard]] std::optional<OAuthCredentials> of(const QString &path) const;
    [[nodiscard]] bool areByFile() const { return !m_byFile.empty(); }

private:
    std::optional<OAuthCredentials> m_only;
    std::map<QString, OAuthCredentials> m_byFile;
};

/// A verb's work; gives the exit code.
using Run = std::function<int(Services &)>;

/// Adds a verb: `prepare` declares its options on the sub-command and gives what runs it.
void addVerb(CLI::App &app, const std::string &name, const std::string &help, Run &chosen,
             const std::function<Run(CLI::App &)> &prepare);

/// The connection of a provisioner: the one in the registry, else a new production one, read-only,
/// whose id follows from the file's path, so that secrets stored for it are found again. Options
/// win over the registry. Fails with InvalidInput, Storage.
[[nodiscard]] Result<Connection> connectionFor(const ConnectOptions &options, Services &services);

/// Keeps it in the registry, with the options: adds it, or changes what they say of the one there.
/// Fails as connectionFor().
[[nodiscard]] Result<Connection> keepConnection(const ConnectOptions &options, Services &services);

/// The session, which does not end before a refresh token that the portal replaced is stored.
[[nodiscard]] std::shared_ptr<Session> whole(std::shared_ptr<Session> session, Services &services);

/// Opens it, with `given` secrets, or those from standard input if the options say so. From here on
/// --timeout counts.
[[nodiscard]] Result<std::shared_ptr<Session>> openFor(const ConnectOptions &options,
                                                       Services &services,
                                                       SessionUse use = SessionUse::Write,
                                                       const GivenSecrets *given = nullptr);

/// Says aloud what is wrong with the journal's seal, for verbs that are about to write.
void warnOfJournal(const Session &session, Output &output);

/// The secrets of one file, from a stream. Fails as GivenSecrets::read().
[[nodiscard]] Result<OAuthCredentials> secretsFrom(QIODevice &input);

} // namespace hubkeeper::cli
