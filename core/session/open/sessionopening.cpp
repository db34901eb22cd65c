// SPDX-License-Identifier: MIT
#include "session/open/sessionopening.h"

#include "base/log.h"
#include "secrets/secretform.h"
#include "session/connections/provisionerfacts.h"
#include "session/connections/secretuse.h"
#include "session/open/journalkey.h"
#include "session/secrets/secretplaces.h"
#include "session/sessiontext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QUrl hubSpot()
{
    return QUrl(u"https://api.hubapi.com"_s);
}

/// The steps of openSession(), in the order in which they run.
class OpenSession final : public Call<std::shared_ptr<Session>>
{
public:
    OpenSession(Connection connection, SessionServices services,
                std::optional<OAuthCredentials> given, OpenOptions options, QObject *parent)
        : Call(parent)
        , m_services(std::move(services))
        , m_given(std::move(given))
        , m_options(std::move(options))
    {
        m_parts.connection = std::move(connection);
        readFile();
    }

private:
    void readFile()
    {
        const bool idIsGiven = m_given && !m_given->clientId.isEmpty();
        auto facts = readProvisionerFacts(
            m_parts.connection.provisionerPath,
            idIsGiven ? ClientIdNeed::Optional : ClientIdNeed::Required, m_options.substitutions);
        if (!facts)
            return complete(tl::unexpected(facts.error()));
        m_facts = std::make_shared<ProvisionerFacts>(std::move(*facts));
        const QUrl base =
            m_parts.connection.baseUrl.isEmpty() ? hubSpot() : m_parts.connection.baseUrl;
        const auto allowed = checkBaseUrl(base, m_parts.connection.allowRemoteBaseUrl);
        if (!allowed)
            return complete(tl::unexpected(allowed.error()));
        m_parts.transport = m_facts->transport;
        m_parts.transport.base = base;
        m_parts.permitsPerSecond = m_facts->permitsPerSecond;
        m_parts.readSchema = m_facts->readSchema;
        m_parts.credentials.clientId = idIsGiven ? m_given->clientId : m_facts->clientId;
        findClientSecret();
    }

    void findClientSecret()
    {
        const Secret none;
        const Secret &given = m_given ? m_given->clientSecret : none;
        find(nameOf(SecretName::ClientSecret), SessionText::tr("client secret"), given,
             m_facts->clientSecret, [this](Secret secret) {
                 m_parts.credentials.clientSecret = std::move(secret);
                 findRefreshToken();
             });
    }

    void findRefreshToken()
    {
        const Secret none;
        const Secret &given = m_given ? m_given->refreshToken : none;
        find(nameOf(SecretName::RefreshToken), SessionText::tr("refresh token"), given,
             m_facts->refreshToken, [this](Secret secret) {
                 m_parts.credentials.refreshToken = std::move(secret);
                 if (m_options.use == SessionUse::Read)
                     finish();
                 else
                     findSeal();
             });
    }

    /// Given by the caller, else from the keychain, else plain text of the file.
    void find(const QString &name, const QString &words, const Secret &given, const Secret &inFile,
              std::function<void(Secret)> next)
    {
        const SecretId id {m_parts.connection.id, name};
        if (!given.isEmpty())
            return use(words, given.clone(), next);
        auto fallback = std::make_shared<Secret>(inFile.clone());
        always(m_services.secrets.read(id, this),
               [this, id, words, fallback, next](const Result<Secret> &found) {
                   if (found) {
                       m_used.append(id);
                       if (id.name == nameOf(SecretName::RefreshToken))
                           m_parts.refreshTokenIsStored = true;
                       return use(words, found->clone(), next);
                   }
                   if (!fallback->isEmpty()) {
                       m_used.append(id);
                       m_parts.secretsAreFromFile = true;
                       return use(words, std::move(*fallback), next);
                   }
                   complete(tl::unexpected(isMissing(words, found.error())));
               });
    }

    /// Wherever it came from: a stray line break looks to a server like a wrong secret.
    void use(const QString &words, Secret secret, const std::function<void(Secret)> &next)
    {
        if (const auto usable = checkForm(words, secret); !usable)
            return complete(tl::unexpected(usable.error()));
        next(std::move(secret));
    }

    [[nodiscard]] Error isMissing(const QString &words, const Error &cause) const
    {
        if (cause.kind != ErrorKind::NotFound)
            return cause;
        Error error;
        error.kind = ErrorKind::NotFound;
        error.what =
            SessionText::tr("The %1 of \"%2\" is neither in the keychain nor readable in the file.")
                .arg(words, m_parts.connection.label);
        error.remedy = SessionText::tr(
            "Store it with Portal > Where Are My Secrets? or `hubkeeper-cli secrets set`.");
        return error;
    }

    /// Without a key the journal is chained, but not sealed; the session says so.
    void findSeal()
    {
        then(findJournalKey(m_services.secrets, m_services.paths, this),
             [this](const std::shared_ptr<const JournalKey> &found) {
                 if (!found->key.isEmpty())
                     m_used.append(journalKeyId());
                 m_parts.whyUnsealed = found->whyNone;
                 openJournal(*found);
             });
    }

    void openJournal(const JournalKey &key)
    {
        then(Journal::opened(journalPath(m_services.paths), m_services.clock, key.key, key.keeper,
                             this),
             [this](const std::shared_ptr<Journal> &journal) {
                 m_parts.journal = journal;
                 finish();
             });
    }

    void finish()
    {
        m_parts.provisioner = m_facts;
        noteUse();
        complete(std::make_shared<Session>(std::move(m_parts), m_services));
    }

    /// Only a display depends on it, so a failure is no reason to stop.
    void noteUse()
    {
        if (m_used.isEmpty())
            return;
        const auto noted = SecretUse::load(m_services.paths).note(m_used, m_services.clock.utc());
        if (!noted)
            qCWarning(lcSession).noquote() << noted.error().sentence();
    }

    const SessionServices m_services;
    const std::optional<OAuthCredentials> m_given;
    const OpenOptions m_options;
    SessionParts m_parts;
    QList<SecretId> m_used; // For this session, from the store or the file.
    std::shared_ptr<ProvisionerFacts> m_facts;
};

} // namespace

Call<std::shared_ptr<Session>> *openSession(const Connection &connection,
                                            const SessionServices &services,
                                            std::optional<OAuthCredentials> given, QObject *parent,
                                            const OpenOptions &options)
{
    return new OpenSession(connection, services, std::move(given), options, parent);
}

} // namespace hubkeeper
