// SPDX-License-Identifier: MIT
#pragma once

#include "changes/run/run.h"
#include "connector/attributewrite.h"
#include "connector/connectorobject.h"
#include "connector/script.h"
#include "session/open/session.h"

#include <functional>

namespace hubkeeper {

// Objects of contactProperties and companyProperties are no records, so no change set holds them.
// They are written one by one, under the same policy and into the same journal.

/// Why the policy does not allow a write of a definition, or nothing: mode, protected properties
/// (the property itself), archiving. Of kind Refused.
[[nodiscard]] std::optional<Error> refusalOfDefinition(const CollectedWrite &write,
                                                       const WritePolicy &policy,
                                                       const RunOptions &options);

/// One write of a definition: guard, then JournaledWrite as a run of its own, whose id `recorded`
/// is told. Other classes get the connector's refusal. Of `options` reviewed, confirmed, dryRun and
/// note count; a dry run gives the object as it is. Fails as refusalOfDefinition() and
/// JournaledWrite. `session` must outlive the call.
[[nodiscard]] Call<ConnectorObject> *
writeDefinition(Session &session, const CollectedWrite &write, const RunOptions &options,
                const std::function<void(const QString &runId)> &recorded, QObject *parent);

/// What takes one write of a definition back.
struct DefinitionInverse
{
    CollectedWrite write;
    QMap<QString, CellChange> cells; ///< By attribute: what must be there still, what will be.
    QString label;
    QString impossible; ///< Why it cannot go back; there is no write then.
};

/// The inverse of the definitions in a run, the last write first: an update writes the old values,
/// a create is archived, an archived one is made anew, which HubSpot brings back under its name
/// (hubspot-api 7.4). Rows that wrote nothing are not mentioned. Pure.
[[nodiscard]] QList<DefinitionInverse> inverseDefinitions(const QList<JournalRow> &rows);

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
/// policy does not allow one of them; otherwise each outcome is told. `session` must outlive the
/// call.
[[nodiscard]] Call<QList<RevertedDefinition>> *
revertDefinitions(Session &session, const QString &runId, const QList<DefinitionInverse> &inverses,
                  const RunOptions &options, QObject *parent);

} // namespace hubkeeper
