// SPDX-License-Identifier: MIT
#pragma once

#include "idm/mappings/mappingvalidation.h"
#include "idm/mappings/servermappings.h"
#include "idm/writing/configwrite.h"
#include "session/idm/serversession.h"

namespace hubkeeper {

/// The mappings of a server with everything that is wrong with them.
struct CheckedMappings
{
    ServerFacts server;
    ServerMappings mappings;
    MappingOptions options; ///< How they were checked: against the server's provisioners.
    QByteArray text; ///< All of them as a sync.json; places of findings are in it.
    QList<Finding> findings;
};

/// Reads the mappings of a server and checks them against its own provisioners. Scripts are tried
/// in a worker thread. Fails as IdmClient::send().
[[nodiscard]] Call<CheckedMappings> *checkServerMappings(ServerSession &session, QObject *parent);

/// Findings of a text of mappings, in a worker thread. `options` needs no trials: they are made
/// there.
[[nodiscard]] Call<QList<Finding>> *checkMappings(const QByteArray &text,
                                                  const MappingOptions &options, QObject *parent);

/// One mapping that is to be written.
struct MappingWish
{
    QString name;
    QJsonObject value;
    /// What it was when `value` was begun; nothing: nobody knows.
    std::optional<QJsonObject> base;
};

/// What writing it would do; computed before anything is written.
struct MappingPlan
{
    QString name;
    ServerFacts server;
    ServerMappings before;
    ServerMappings after;
    std::optional<QJsonObject> seen; ///< On the server now; nothing: it is new there.
    QJsonObject wanted;
    bool isBaseKnown = false;
    bool hasConflict = false; ///< The server's is neither the base nor what is wanted.
    QByteArray text; ///< All mappings afterwards, as a sync.json.
    QList<Finding> findings; ///< Of this mapping, and of the list, in `text`.

    [[nodiscard]] bool isSame() const { return seen == wanted; }
    /// Why it must not be sent, or nothing. Conflict: somebody has changed it since the base.
    /// Refused: a finding that takes mappings away or breaks every run.
    [[nodiscard]] std::optional<Error> refusal() const;
    /// The one configuration object that changes.
    [[nodiscard]] ConfigWrite write() const;
};

/// Reads the server and says what the write would do there. Fails as IdmClient::send(), and as
/// changed() of servermappings.h.
[[nodiscard]] Call<MappingPlan> *planMapping(ServerSession &session, const MappingWish &wish,
                                             QObject *parent);

/// What a write of a mapping did.
struct MappingReport
{
    ConfigWriteOutcome written;
    QString configId;
    QString rollbackFile; ///< What was there before; empty: there was no such object.
};

/// Writes what a plan says: refused by the plan, nothing is sent; else what is there now is saved
/// as a roll-back file, the write goes through writeConfig(), by the write mode of that moment, and
/// what was written is remembered as seen. Fails as its steps do.
[[nodiscard]] Call<MappingReport> *putMapping(ServerSession &session,
                                              const SessionServices &services,
                                              std::shared_ptr<Journal> journal,
                                              const MappingPlan &plan, const QString &note,
                                              QObject *parent);

} // namespace hubkeeper
