// SPDX-License-Identifier: MIT
#pragma once

#include "idm/reading/pagedread.h"
#include "idm/reconciliation/auditentry.h"
#include "idm/reconciliation/serverrun.h"

namespace hubkeeper {

/// The runs a server has in memory: those that work, and the last hundred that are over; none after
/// a restart. In the server's order. Fails as IdmClient::send().
[[nodiscard]] Call<QList<ServerRun>> *readServerRuns(IdmClient &client, QObject *parent);

/// One run, also an old one that only the audit log has. NotFound if nobody knows it.
[[nodiscard]] Call<ServerRun> *readServerRun(IdmClient &client, const QString &id, QObject *parent);

/// Which entries of a run.
struct AuditChoice
{
    QString runId;
    QString situation; ///< Empty: all.
};

/// Takes one entry.
using AuditSink = std::function<void(const AuditEntry &)>;

/// Reads the entries of a run page by page and gives their number. Objects of action NOREPORT have
/// none. Fails as readPages(); Forbidden and NotFound where the audit log cannot be asked.
[[nodiscard]] Call<qint64> *readAudit(IdmClient &client, const AuditChoice &choice, AuditSink sink,
                                      QObject *parent);

} // namespace hubkeeper
