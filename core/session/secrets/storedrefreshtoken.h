// SPDX-License-Identifier: MIT
#pragma once

#include "portal/access/tokenprovider.h"
#include "session/connections/services.h"

class QLockFile;

namespace hubkeeper {

/// The refresh token of a connection in the store of secrets, where other programs use and renew it
/// too. Some servers end a refresh token with its use (HubSpot is not known to). Once one of them
/// has done so, programs take turns: each reads the token again, renews it and stores the new one
/// before the next begins. Until then nobody waits; a token that was replaced by another program is
/// found when it is refused.
class StoredRefreshToken final : public QObject, public SharedRefreshToken
{
    Q_OBJECT

public:
    /// All must outlive it. `isStored`: the token in use was read from the store; a token that was
    /// given, or is in the file, is used as it is.
    StoredRefreshToken(const SessionServices &services, const QString &connection, bool isStored);
    ~StoredRefreshToken() override;

    [[nodiscard]] Call<Secret> *beforeRenewal(QObject *parent) override;
    [[nodiscard]] Call<Secret> *afterRefusal(const Secret &refused, QObject *parent) override;
    void replace(const Secret &token) override;
    void endRenewal() override;

signals:
    /// A token is being stored; `call` is over when it is, or cannot be.
    void storing(hubkeeper::Call<void> *call);
    /// The old token works no more and the new one could not be stored.
    void failed(const hubkeeper::Error &error);

private:
    [[nodiscard]] bool rotates() const;
    void noteThatItRotates();

    SecretStore &m_secrets;
    Clock &m_clock;
    const SecretId m_id;
    const QString m_mark; ///< A file that is there once the server has replaced a token.
    std::unique_ptr<QLockFile> m_turn; ///< Held during a renewal.
    bool m_isStored;
    bool m_isStoring = false;
};

} // namespace hubkeeper
