// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QDateTime>
#include <QJsonObject>
#include <QMap>

namespace hubkeeper {

/// How far a reconciliation of a server is, by its `state`.
enum class ServerRunState {
    Active, ///< It works; after an internal error it can stay so for ever (idm-rest 9.3).
    Success, ///< It came to its end; objects may have failed all the same.
    Failed, ///< It broke off, or its source was empty.
    Canceled,
    Other, ///< A word that is not known here: not over.
};

/// One kind of object in the progress of a run.
struct RunPart
{
    qint64 processed = 0; ///< May miss or exceed the total (recon-vectors, fact 59).
    QString total; ///< As the server writes it, a text: "27", or "?" while it is not known.
    qint64 created = 0;

    bool operator==(const RunPart &) const = default;
    /// The total as a number; nothing while it is "?".
    [[nodiscard]] std::optional<qint64> knownTotal() const;
};

/// A reconciliation as the server describes it.
struct ServerRun
{
    QString id; ///< "<uuid>-<n>".
    QString mapping;
    ServerRunState state = ServerRunState::Active;
    QString stateWord; ///< "ACTIVE", "SUCCESS", "FAILED", "CANCELED".
    QString stage; ///< "ACTIVE_RECONCILING_SOURCE".
    QString stageDescription; ///< The server's words.
    RunPart source;
    RunPart target;
    RunPart links;
    QMap<QString, qint64> situations; ///< By the server's words; those of zero too.
    qint64 successes = 0; ///< statusSummary; entries of action EXCEPTION are among them.
    qint64 failures = 0;
    QStringList sourceIds; ///< Of a reconById; empty: everything.
    QDateTime started; ///< By the server's clock.
    QDateTime ended; ///< Invalid while it works.
    qint64 milliseconds = 0;

    bool operator==(const ServerRun &) const = default;
    [[nodiscard]] bool isOver() const;
    /// "120 of 500 source objects, 0 of ? target objects, 4 created".
    [[nodiscard]] QString progressText() const;
    /// Something has happened in it since `before`.
    [[nodiscard]] bool hasMovedSince(const ServerRun &before) const;
};

/// Reads the answer of `recon/<id>`, or one of the list's. What is missing has its default. Fails
/// with BadReply for what has no id.
[[nodiscard]] Result<ServerRun> serverRunFrom(const QJsonObject &body);

/// The answer of `recon`: the runs in memory, in the server's order.
[[nodiscard]] Result<QList<ServerRun>> serverRunsFrom(const QJsonObject &body);

} // namespace hubkeeper
