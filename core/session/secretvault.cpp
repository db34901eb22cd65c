// SPDX-License-Identifier: MIT
#include "session/secretvault.h"

namespace hubkeeper {

SecretVault::SecretVault(SecretStore &keychain)
    : m_keychain(keychain)
{
}

void SecretVault::useSessionOnly()
{
    m_sessionOnly = true;
}

SecretStore &SecretVault::current()
{
    return m_sessionOnly ? static_cast<SecretStore &>(m_memory) : m_keychain;
}

Call<Secret> *SecretVault::read(const SecretId &id, QObject *parent)
{
    return current().read(id, parent);
}

Call<void> *SecretVault::write(const SecretId &id, Secret secret, QObject *parent)
{
    return current().write(id, std::move(secret), parent);
}

Call<void> *SecretVault::remove(const SecretId &id, QObject *parent)
{
    return current().remove(id, parent);
}

Call<void> *SecretVault::probe(QObject *parent)
{
    return current().probe(parent);
}

SecretBackend SecretVault::backend() const
{
    return m_sessionOnly ? m_memory.backend() : m_keychain.backend();
}

} // namespace hubkeeper
