// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace hubkeeper {

/// What a server noted about one object of a reconciliation.
struct AuditEntry
{
    bool ofTargetPhase = false; ///< `reconciling`.
    QString sourceId; ///< A full path, "managed/user/m1"; empty if there is none.
    QString targetId; ///< Likewise. A create that failed ends in "/null": kept as it is.
    QStringList ambiguousTargetIds; ///< Full paths or bare ids, as the server writes them.
    QString linkQualifier;
    QString situation; ///< The server's word; empty: it failed before it had one.
    QString action;
    QString status; ///< "SUCCESS", "FAILURE".
    QString message; ///< Why it failed, in the server's words; empty if it did not.
    QString timestamp; ///< As the server writes it.

    bool operator==(const AuditEntry &) const = default;
    /// What an administrator calls failed: a status that is not SUCCESS, and the action EXCEPTION,
    /// whose status is SUCCESS (idm-rest 9.3).
    [[nodiscard]] bool isFailed() const;
};

/// Reads an entry of `audit/recon` whose `entryType` is "entry", or of `recon/assoc/<run>/entry`,
/// where the side is called `phase`.
[[nodiscard]] AuditEntry auditEntryFrom(const QJsonObject &json);

/// The same keys as the server's, `failed` beside them; ids as full paths, null where there is
/// none.
[[nodiscard]] QJsonObject auditEntryJson(const AuditEntry &entry);

/// The names of auditEntryCells().
[[nodiscard]] QStringList auditEntryColumns();
/// An entry as cells of a table.
[[nodiscard]] QStringList auditEntryCells(const AuditEntry &entry);

} // namespace hubkeeper
