// SPDX-License-Identifier: MIT
#pragma once

#include "secrets/secretstore.h"

#include <chrono>
#include <memory>

namespace hubkeeper {

struct KeychainSilence;

/// Secrets in the desktop's keychain: Secret Service or KWallet, Windows Credential Manager,
/// macOS Keychain. QtKeychain runs one job at a time per process, and a job may wait for the
/// user to unlock the keychain, so no operation has a limit as long as the keychain's service is
/// alive; offer to cancel instead. Cancelling forgets the answer, it does not close the desktop's
/// dialog. Where neither the session bus nor the service answers a question, operations fail with
/// NoKeychain after `patience` and a second or two, and those behind it at once.
class KeychainSecretStore final : public SecretStore
{
public:
    /// `service` is what the user sees in the keychain's own window.
    explicit KeychainSecretStore(QString service,
                                 std::chrono::milliseconds patience = std::chrono::seconds(10));

    [[nodiscard]] Call<Secret> *read(const SecretId &id, QObject *parent) override;
    [[nodiscard]] Call<void> *write(const SecretId &id, Secret secret, QObject *parent) override;
    [[nodiscard]] Call<void> *remove(const SecretId &id, QObject *parent) override;
    [[nodiscard]] Call<void> *probe(QObject *parent) override;
    [[nodiscard]] SecretBackend backend() const override;

private:
    const QString m_service;
    const std::shared_ptr<KeychainSilence> m_silence; ///< Calls may outlive the store.
};

} // namespace hubkeeper
