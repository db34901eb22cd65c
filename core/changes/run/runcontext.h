// SPDX-License-Identifier: MIT
#pragma once

#include "changes/run/plan.h"
#include "changes/run/takenvalues.h"
#include "journal/journal.h"

namespace hubkeeper {

/// What the batches of a run share. The references outlive them.
struct RunContext
{
    /// Of a type; empty where they are not known.
    [[nodiscard]] DefinitionsByName definitionsOf(ObjectType type) const
    {
        return definitions.value(type);
    }

    PortalWriter &portal;
    ChangeSet &changes;
    Journal &journal;
    Clock &clock;
    WriteGuard guard;
    QHash<ObjectType, DefinitionsByName> definitions = {};
    QString runId = {};
    QSet<QString> foundIds = {}; ///< Records that belong to a create of this run.
    /// Contacts whose primary company this run changes, which takes the label off other links.
    QSet<QString> movedPrimaries = {};
    /// Records that merges of this change set replaced by one with a new id, with that id.
    QHash<QString, QString> survivors = {};
    PromisedValues promised = {}; ///< Of a dry run.
    bool isStopping = false; ///< What is not on its way yet is not sent any more.
    bool dryRun = false; ///< Nothing is sent and nothing goes into the journal.
    bool mayRepeatDomains = false; ///< As in RunOptions.
};

} // namespace hubkeeper
