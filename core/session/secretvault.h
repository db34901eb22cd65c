// SPDX-License-Identifier: MIT
#pragma once

#include "secrets/secretstore.h"

namespace hubkeeper {

/// The secret store a program works with: the keychain, or, once the user agreed to it because no
/// keychain answers, memory for this session only. Never a file.
class SecretVault final : public SecretStore
{
public:
    /// `keychain` must outlive the vault.
    explicit SecretVault(SecretStore &keychain);

    /// From now on secrets are kept in memory until the program ends.
    void useSessionOnly();
    [[nodiscard]] bool isSessionOnly() const { return m_sessionOnly; }

    [[nodiscard]] Call<Secret> *read(const SecretId &id, QObject *parent) override;
    [[nodiscard]] Call<void> *write(const SecretId &id, Secret secret, QObject *parent) override;
    [[nodiscard]] Call<void> *remove(const SecretId &id, QObject *parent) override;
    [[nodiscard]] Call<void> *probe(QObject *parent) override;
    [[nodiscard]] SecretBackend backend() const override;

private:
    [[nodiscard]] SecretStore &current();

    SecretStore &m_keychain;
    MemorySecretStore m_memory;
    bool m_sessionOnly = false;
};

} // namespace hubkeeper
