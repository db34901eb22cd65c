// SPDX-License-Identifier: MIT
#include "session/idm/deployplan.h"

#include "idm/system/systemactions.h"
#include "provisioner/model/connectorproperties.h"
#include "session/sessiontext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr auto propertiesMember = "configurationProperties"_L1;

QString clearText(const Secret &secret)
{
    return secret.withClearText([](std::string_view text) {
        return QString::fromUtf8(text.data(), qsizetype(text.size()));
    });
}

QString keptSecret(const QString &property, const OAuthCredentials &kept)
{
    if (property == nameOf(SecretName::ClientSecret))
        return clearText(kept.clientSecret);
    if (property == nameOf(SecretName::RefreshToken))
        return clearText(kept.refreshToken);
    return {};
}

/// Chooses the source of one secret and gives its value.
std::pair<DeployedSecret, QJsonValue> sourceOf(const QJsonValue &inFile, const QJsonValue &there,
                                               const QString &inKeychain, SecretChoice choice)
{
    const bool isText = inFile.isString() && !inFile.toString().isEmpty();
    const bool isThere = isEncrypted(there);
    const std::pair<DeployedSecret, QJsonValue> server {DeployedSecret::Server, there};
    const std::pair<DeployedSecret, QJsonValue> keychain {DeployedSecret::Keychain, inKeychain};
    if (choice == SecretChoice::KeepServers && isThere)
        return server;
    if (choice == SecretChoice::FromKeychain && !inKeychain.isEmpty())
        return keychain;
    if (isText)
        return {inFile.toString().contains("&{"_L1) ? DeployedSecret::Substitution
                                                    : DeployedSecret::File,
                inFile};
    if (isThere)
        return server;
    if (!inKeychain.isEmpty())
        return keychain;
    return {DeployedSecret::Nowhere, inFile};
}

/// Who is there, what the keychain has, what is deployed, what is loaded.
class PlanningDeploy final : public Call<DeployPlan>
{
public:
    PlanningDeploy(ServerSession &session, SecretStore &secrets, const DeployWish &wish,
                   QObject *parent)
        : Call(parent)
        , m_session(session)
        , m_secrets(secrets)
        , m_wish(wish)
    {
        m_plan.id = wish.id;
        then(m_session.ask(this), [this](const ServerFacts &facts) {
            m_plan.server = facts;
            readSecret(SecretName::ClientSecret, m_kept.clientSecret, [this] {
                readSecret(SecretName::RefreshToken, m_kept.refreshToken, [this] { readOthers(); });
            });
        });
    }

private:
    /// One that is not there is a failure only where it has to come from there.
    template <typename Next>
    void readSecret(SecretName name, Secret &place, Next next)
    {
        if (m_wish.connection.isEmpty() || m_wish.choice == SecretChoice::KeepServers)
            return next();
        always(m_secrets.read({m_wish.connection, nameOf(name)}, this),
               [this, &place, next](const Result<Secret> &secret) {
                   if (!secret && m_wish.choice == SecretChoice::FromKeychain)
                       return complete(tl::unexpected(secret.error()));
                   if (secret)
                       place = secret->clone();
                   next();
               });
    }

    void readOthers()
    {
        then(readProvisioners(m_session.client(), this), [this](const QList<ConfigObject> &all) {
            compare(all);
            then(availableConnectors(m_session.client(), this),
                 [this](const QList<LoadedConnector> &loaded) {
                     m_plan.bundle =
                         checkBundle(m_plan.wanted.value["connectorRef"_L1].toObject(), loaded);
                     complete(m_plan);
                 });
        });
    }

    void compare(const QList<ConfigObject> &all)
    {
        for (const ConfigObject &object : all) {
            if (object.id == m_plan.id)
                m_plan.seen = object;
        }
        QJsonObject value = m_wish.file.valueOf(m_wish.file.root()).toObject();
        for (const auto &surplus : {"_id"_L1, "_rev"_L1, "_type"_L1, "_pushActionOnly"_L1})
            value.remove(surplus); // Of export tools; a server would keep them.
        m_plan.secrets = placeSecrets(value, m_plan.seen, m_wish.choice, m_kept);
        m_plan.wanted = {m_plan.id, value};
        m_plan.name = systemNameOf(value, m_plan.id, m_plan.server.profile);
        m_plan.obstacles = deployObstacles(value, m_plan.id, m_plan.server.profile, all);
        if (m_plan.seen)
            m_plan.difference = differenceTo(m_wish.file, *m_plan.seen);
    }

    ServerSession &m_session;
    SecretStore &m_secrets;
    const DeployWish m_wish;
    OAuthCredentials m_kept;
    DeployPlan m_plan;
};

} // namespace

QString nameOf(DeployedSecret source)
{
    switch (source) {
    case DeployedSecret::File:
        return u"file"_s;
    case DeployedSecret::Substitution:
        return u"substitution"_s;
    case DeployedSecret::Server:
        return u"server"_s;
    case DeployedSecret::Keychain:
        return u"keychain"_s;
    case DeployedSecret::Nowhere:
        return u"nowhere"_s;
    }
    Q_UNREACHABLE();
}

bool DeployPlan::isSame() const
{
    return difference && difference->isSame()
        && std::none_of(secrets.begin(), secrets.end(), [](const auto &secret) {
               return secret.second == DeployedSecret::File
                   || secret.second == DeployedSecret::Keychain;
           });
}

std::optional<Error> DeployPlan::refusal() const
{
    if (!obstacles.isEmpty())
        return fail(ErrorKind::Refused, obstacles.first().what, obstacles.first().remedy).value();
    if (bundle.state != BundleCheck::State::Loaded)
        return fail(ErrorKind::Refused, bundle.detail,
                    SessionText::tr("Deploy it when the server has the bundle."))
            .value();
    return std::nullopt;
}

QList<std::pair<QString, DeployedSecret>> placeSecrets(QJsonObject &value,
                                                       const std::optional<ConfigObject> &seen,
                                                       SecretChoice choice,
                                                       const OAuthCredentials &kept)
{
    QJsonObject properties = value[propertiesMember].toObject();
    const QJsonObject there = seen ? seen->value[propertiesMember].toObject() : QJsonObject();
    QList<std::pair<QString, DeployedSecret>> sources;
    for (const ConnectorProperty &property : connectorProperties()) {
        if (!property.isConfidential())
            continue;
        const QString name = QString::fromLatin1(property.name);
        const auto [source, secret] =
            sourceOf(properties[name], there[name], keptSecret(name, kept), choice);
        if (source != DeployedSecret::Nowhere)
            properties.insert(name, secret);
        sources.append({name, source});
    }
    value.insert(propertiesMember, properties);
    return sources;
}

Call<DeployPlan> *planDeploy(ServerSession &session, SecretStore &secrets, const DeployWish &wish,
                             QObject *parent)
{
    return new PlanningDeploy(session, secrets, wish, parent);
}

} // namespace hubkeeper
