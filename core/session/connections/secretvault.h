// SPDX-License-Identifier: MIT
#pragma once

#include "secrets/secretstore.h"

#include <set>

namespace hubkeeper {

/// The secret store a program works with: the keychain, or, once the user agreed to it because no
/// keychain answers, memory for this session only. Single secrets can be kept for the session
/// beside a keychain. Never a file.
class SecretVault final : public SecretStore
{
public:
    /// `keychain` must outlive the vault.
    explicit SecretVault(SecretStore &keychain);

    /// From now on secrets are kept in memory until the program ends.
    void useSessionOnly();
    [[nodiscard]] bool isSessionOnly() const { return m_sessionOnly; }

    /// Takes one secret out of the keychain and keeps it in memory until the program ends. Fails
    /// as the keychain; it is then where it was. Goes on if the call is cancelled or `parent` goes:
    /// at no time is the secret in neither place.
    [[nodiscard]] Call<void> *keepForSession(const SecretId &id, QObject *parent);
    /// Whether reads and writes of this secret go to memory.
    [[nodiscard]] bool isForSession(const SecretId &id) const;

    [[nodiscard]] Call<Secret> *read(const SecretId &id, QObject *parent) override;
    [[nodiscard]] Call<void> *write(const SecretId &id, Secret secret, QObject *parent) override;
    /// Ends keepForSession() too.
    [[nodiscard]] Call<void> *remove(const SecretId &id, QObject *parent) override;
    [[nodiscard]] Call<void> *probe(QObject *parent) override;
    [[nodiscard]] SecretBackend backend() const override;

private:
    friend class KeepingForSession;

    [[nodiscard]] SecretStore &storeOf(const SecretId &id);

    SecretStore &m_keychain;
    MemorySecretStore m_memory;
    std::set<SecretId> m_forSession;
    bool m_sessionOnly = false;
    QObject m_work; ///< Parent of what is under way; goes first.
};

} // namespace hubkeeper
