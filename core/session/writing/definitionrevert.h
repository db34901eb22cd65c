// SPDX-License-Identifier: MIT
#pragma once

#include "changes/run/run.h"
#include "session/writing/definitioninverse.h"

namespace hubkeeper {

class Session;

/// What became of one inverse.
struct RevertedDefinition
{
    QString label;
    RowState state = RowState::Skipped; ///< Skipped: impossible.
    QString message;
};

/// Sends inverses one after the other, each compared with the portal first: a definition that was
/// changed meanwhile is a conflict and not sent. They are a run of the journal that takes back
/// `runId`; note and consent are in `options`. Fails with Refused before anything is sent if the
/// policy does not allow one of them; otherwise each outcome is reported. `session` must outlive
/// the call.
[[nodiscard]] Call<QList<RevertedDefinition>> *
revertDefinitions(Session &session, const QString &runId, const QList<DefinitionInverse> &inverses,
                  const RunOptions &options, QObject *parent);

} // namespace hubkeeper
