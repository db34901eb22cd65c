// SPDX-License-Identifier: MIT
#pragma once

#include "base/paths.h"
#include "secrets/secretstore.h"

#include <QDateTime>
#include <QHash>

namespace hubkeeper {

/// When each secret was last read for work (to open a connection; looking where it is does not
/// count): `secret-use.json` below Paths::state (0600). Holds names and times, never a secret. A
/// damaged file reads as empty, since nothing but a display depends on it.
class SecretUse
{
public:
    [[nodiscard]] static SecretUse load(const Paths &paths);

    /// UTC; invalid if it was never used.
    [[nodiscard]] QDateTime lastUse(const SecretId &id) const;
    /// Notes the time for several secrets and saves; other programs may do so at the same time.
    /// Fails with NotSaved, or Storage if the file cannot be locked.
    [[nodiscard]] Result<void> note(const QList<SecretId> &ids, const QDateTime &utc);

private:
    QString m_path;
    QHash<QString, QDateTime> m_times; // "connection/name".
};

} // namespace hubkeeper
