// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"
#include "connector/script.h"

namespace hubkeeper {

class Session;
struct Record;

/// What became of the writes of a dry run.
struct StagedWrites
{
    int staged = 0; ///< Writes that are in the change set now.
    QStringList left; ///< One English sentence for each that could not be staged.
};

/// Puts the writes a dry run collected into the session's change set, as one undo step named
/// `name`: creates, updates and deletes of contacts and companies, each on the values the portal
/// has now. Sends reads only.
///
/// What cannot be staged is reported, not dropped: writes to property definitions and owners (a
/// change set has records only), records that are gone, attributes the connector would refuse.
/// Fails as the reads do. The session must outlive the call.
[[nodiscard]] Call<StagedWrites> *stageWrites(Session &session, const QList<CollectedWrite> &writes,
                                              const QString &name, QObject *parent);

} // namespace hubkeeper
