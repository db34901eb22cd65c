// SPDX-License-Identifier: MIT
#include "session/signin/signinbasis.h"

#include "session/connections/provisionerfacts.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// The steps of readSignInBasis(), in the order in which they run.
class ReadSignInBasis final : public Call<std::shared_ptr<const SignInBasis>>
{
public:
    ReadSignInBasis(const Connection &connection, SecretStore &secrets, QObject *parent)
        : Call(parent)
        , m_connection(connection)
        , m_secrets(secrets)
        , m_basis(std::make_shared<SignInBasis>())
    {
        readFile();
    }

private:
    void readFile()
    {
        auto facts = readProvisionerFacts(m_connection.provisionerPath, ClientIdNeed::Optional);
        if (!facts)
            return complete(tl::unexpected(facts.error()));
        m_basis->transport = facts->transport;
        m_basis->authorizeHost = QUrl(u"https://app.hubspot.com"_s);
        if (!m_connection.baseUrl.isEmpty()) {
            const auto allowed =
                checkBaseUrl(m_connection.baseUrl, m_connection.allowRemoteBaseUrl);
            if (!allowed)
                return complete(tl::unexpected(allowed.error()));
            m_basis->transport.base = m_connection.baseUrl;
            if (m_connection.baseUrl.host() != "api.hubapi.com"_L1)
                m_basis->authorizeHost = m_connection.baseUrl;
        }
        m_basis->fileClientId = facts->clientId;
        m_basis->known = {facts->clientId, std::move(facts->clientSecret),
                          std::move(facts->refreshToken)};
        readStored(nameOf(SecretName::ClientSecret), m_basis->known.clientSecret, [this] {
            readStored(nameOf(SecretName::RefreshToken), m_basis->known.refreshToken,
                       [this] { complete(std::shared_ptr<const SignInBasis>(m_basis)); });
        });
    }

    /// What is in the store wins over what the file says.
    void readStored(const QString &name, Secret &target, std::function<void()> next)
    {
        m_secrets.read({m_connection.id, name}, this)
            ->onDone(this, [this, &target, next](const Result<Secret> &found) {
                if (found)
                    target = found->clone();
                else if (found.error().kind != ErrorKind::NotFound)
                    m_basis->keychainFailure = found.error();
                next();
            });
    }

    const Connection m_connection;
    SecretStore &m_secrets;
    std::shared_ptr<SignInBasis> m_basis;
};

class StoreSignIn final : public Call<void>
{
public:
    StoreSignIn(const QString &id, const Secret &clientSecret, const Secret &refreshToken,
                SecretStore &secrets, QObject *parent)
        : Call(parent)
    {
        auto token = std::make_shared<const Secret>(refreshToken.clone());
        secrets.write({id, nameOf(SecretName::ClientSecret)}, clientSecret.clone(), this)
            ->onDone(this, [this, id, token, &secrets](const Result<void> &stored) {
                if (!stored)
                    return complete(stored);
                secrets.write({id, nameOf(SecretName::RefreshToken)}, token->clone(), this)
                    ->onDone(this, [this](const Result<void> &both) { complete(both); });
            });
    }
};

} // namespace

Call<std::shared_ptr<const SignInBasis>> *readSignInBasis(const Connection &connection,
                                                          SecretStore &secrets, QObject *parent)
{
    return new ReadSignInBasis(connection, secrets, parent);
}

Call<void> *storeCredentials(const Connection &connection, const Secret &clientSecret,
                             const Secret &refreshToken, SecretStore &secrets, QObject *parent)
{
    return new StoreSignIn(connection.id, clientSecret, refreshToken, secrets, parent);
}

bool isAboutTheClient(const Error &error)
{
    return error.category == "BAD_CLIENT_ID"_L1 || error.category == "BAD_CLIENT_SECRET"_L1
        || error.category == "invalid_client"_L1;
}

} // namespace hubkeeper
