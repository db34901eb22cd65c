// SPDX-License-Identifier: MIT
#include "session/connections/secretvault.h"

namespace hubkeeper {

/// Out of the keychain, into memory: first it is in both, so that nothing that happens meanwhile
/// loses it. Lives on the vault; whoever asked for it may go.
class KeepingForSession final : public Call<void>
{
public:
    KeepingForSession(SecretVault &vault, SecretId id)
        : Call(&vault.m_work)
        , m_vault(vault)
        , m_id(std::move(id))
    {
        m_vault.m_keychain.read(m_id, this)->onDone(this, [this](const Result<Secret> &found) {
            if (!found)
                return complete(tl::unexpected(found.error()));
            remember(*found);
        });
    }

private:
    void remember(const Secret &secret)
    {
        m_vault.m_memory.write(m_id, secret.clone(), this)
            ->onDone(this, [this](const Result<void> &kept) {
                if (!kept)
                    return complete(kept);
                m_vault.m_forSession.insert(m_id);
                m_vault.m_keychain.remove(m_id, this)
                    ->onDone(this, [this](const Result<void> &removed) { onRemoved(removed); });
            });
    }

    void onRemoved(const Result<void> &removed)
    {
        if (removed)
            return complete(removed);
        m_vault.m_forSession.erase(m_id);
        (void)m_vault.m_memory.remove(m_id, this); // Memory refuses nothing.
        complete(removed);
    }

    SecretVault &m_vault;
    const SecretId m_id;
};

namespace {

/// Over when the work is; the work goes on if this is cancelled or dropped.
class FollowCall final : public Call<void>
{
public:
    FollowCall(Call<void> &work, QObject *parent)
        : Call(parent)
    {
        work.onDone(this, [this](const Result<void> &outcome) { complete(outcome); });
    }
};

} // namespace

SecretVault::SecretVault(SecretStore &keychain)
    : m_keychain(keychain)
{
}

void SecretVault::useSessionOnly()
{
    m_sessionOnly = true;
}

Call<void> *SecretVault::keepForSession(const SecretId &id, QObject *parent)
{
    if (isForSession(id))
        return new ReadyCall<void>({}, parent);
    return new FollowCall(*new KeepingForSession(*this, id), parent);
}

bool SecretVault::isForSession(const SecretId &id) const
{
    return m_sessionOnly || m_forSession.count(id) > 0;
}

SecretStore &SecretVault::storeOf(const SecretId &id)
{
    return isForSession(id) ? static_cast<SecretStore &>(m_memory) : m_keychain;
}

Call<Secret> *SecretVault::read(const SecretId &id, QObject *parent)
{
    return storeOf(id).read(id, parent);
}

Call<void> *SecretVault::write(const SecretId &id, Secret secret, QObject *parent)
{
    return storeOf(id).write(id, std::move(secret), parent);
}

Call<void> *SecretVault::remove(const SecretId &id, QObject *parent)
{
    SecretStore &store = storeOf(id);
    m_forSession.erase(id);
    return store.remove(id, parent);
}

Call<void> *SecretVault::probe(QObject *parent)
{
    return m_sessionOnly ? m_memory.probe(parent) : m_keychain.probe(parent);
}

SecretBackend SecretVault::backend() const
{
    return m_sessionOnly ? m_memory.backend() : m_keychain.backend();
}

} // namespace hubkeeper
