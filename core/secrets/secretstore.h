// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"
#include "base/secret.h"

#include <map>
#include <tuple>

namespace hubkeeper {

/// The secrets that every connection has: confidential properties of its provisioner.
enum class SecretName { ClientSecret, RefreshToken };

/// What the provisioner calls it, and the keychain: "clientSecret", "refreshToken".
[[nodiscard]] QString nameOf(SecretName name);

/// Names one secret: whose it is and what it is, e.g. {connection id, "refreshToken"}.
struct SecretId
{
    QString connection;
    QString name; ///< A nameOf(), "staticToken", or one of the journal's (journalkey.h).

    bool operator==(const SecretId &) const = default;
    // Not <=>: QString has none in Qt 6.4.
    friend bool operator<(const SecretId &a, const SecretId &b)
    {
        return std::tie(a.connection, a.name) < std::tie(b.connection, b.name);
    }
};

/// What is known of where the secrets lie, for "Where are my secrets?".
struct SecretBackend
{
    QString name; ///< "Secret Service", "KWallet", "Windows Credential Manager", "macOS Keychain",
                  ///< "this session only".
    bool persistent = false;
    QString service; ///< The name under which the entries appear there.
    bool answers = true; ///< False once it was asked and did not answer, until it does.
};

/// Where secrets live. Production: KeychainSecretStore, with QtKeychain's insecure plain-text
/// fallback off. Without a keychain, in tests and in practice mode: MemorySecretStore.
/// Fails with NoKeychain (no backend, locked, denied), NotFound or Storage.
class SecretStore
{
public:
    virtual ~SecretStore() = default;
    [[nodiscard]] virtual Call<Secret> *read(const SecretId &id, QObject *parent) = 0;
    [[nodiscard]] virtual Call<void> *write(const SecretId &id, Secret secret, QObject *parent) = 0;
    /// Succeeds if there was none.
    [[nodiscard]] virtual Call<void> *remove(const SecretId &id, QObject *parent) = 0;
    /// Whether a keychain answers: writes, reads and removes a probe entry without meaning.
    [[nodiscard]] virtual Call<void> *probe(QObject *parent) = 0;
    [[nodiscard]] virtual SecretBackend backend() const = 0;
};

/// Keeps secrets until it is destroyed. `refuseWith` makes every operation fail, to test how the
/// program behaves with a locked or missing keychain.
class MemorySecretStore final : public SecretStore
{
public:
    std::optional<Error> refuseWith;

    [[nodiscard]] Call<Secret> *read(const SecretId &id, QObject *parent) override;
    [[nodiscard]] Call<void> *write(const SecretId &id, Secret secret, QObject *parent) override;
    [[nodiscard]] Call<void> *remove(const SecretId &id, QObject *parent) override;
    [[nodiscard]] Call<void> *probe(QObject *parent) override;
    [[nodiscard]] SecretBackend backend() const override;

private:
    std::map<SecretId, Secret> m_secrets;
};

} // namespace hubkeeper
