// SPDX-License-Identifier: MIT
#include "secrets/secretstore.h"

#include "secrets/secretstext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

QString nameOf(SecretName name)
{
    return name == SecretName::ClientSecret ? u"clientSecret"_s : u"refreshToken"_s;
}

Call<Secret> *MemorySecretStore::read(const SecretId &id, QObject *parent)
{
    if (refuseWith)
        return new ReadyCall<Secret>(tl::unexpected(*refuseWith), parent);
    const auto found = m_secrets.find(id);
    if (found == m_secrets.end()) {
        return new ReadyCall<Secret>(
            fail(ErrorKind::NotFound,
                 SecretsText::tr("No %1 is kept for this connection.").arg(id.name)),
            parent);
    }
    return new ReadyCall<Secret>(found->second.clone(), parent);
}

Call<void> *MemorySecretStore::write(const SecretId &id, Secret secret, QObject *parent)
{
    if (refuseWith)
        return new ReadyCall<void>(tl::unexpected(*refuseWith), parent);
    m_secrets.insert_or_assign(id, std::move(secret));
    return new ReadyCall<void>({}, parent);
}

Call<void> *MemorySecretStore::remove(const SecretId &id, QObject *parent)
{
    if (refuseWith)
        return new ReadyCall<void>(tl::unexpected(*refuseWith), parent);
    m_secrets.erase(id);
    return new ReadyCall<void>({}, parent);
}

Call<void> *MemorySecretStore::probe(QObject *parent)
{
    if (refuseWith)
        return new ReadyCall<void>(tl::unexpected(*refuseWith), parent);
    return new ReadyCall<void>({}, parent);
}

SecretBackend MemorySecretStore::backend() const
{
    return {SecretsText::tr("this session only"), false, {}, !refuseWith};
}

} // namespace hubkeeper
