// SPDX-License-Identifier: MIT
#include "reconcile/run/synchronisation.h"

#include "reconcile/run/objectsync.h"

#include <algorithm>

namespace hubkeeper {

bool SyncOutcome::failed() const
{
    return !breaks.isEmpty() || std::any_of(entries.begin(), entries.end(), [](const auto &entry) {
        return entry.failed;
    });
}

SyncOutcome synchronise(const SyncMappings &mappings, const SyncMapping &mapping,
                        const SourceChange &change, const SyncWorld &world)
{
    SyncOutcome outcome;
    SyncRun run(mappings, mapping, world);
    const auto &known = change.after ? change.after : change.before;
    const auto qualifiers =
        run.qualifiersOf(known ? QJsonValue(*known) : QJsonValue(QJsonValue::Null));
    if (!qualifiers) {
        outcome.breaks = qualifiers.error().reason;
        return outcome;
    }
    for (const QString &qualifier : *qualifiers) {
        ObjectSync sync(run, qualifier);
        if (change.after)
            sync.ofChangedSource(change.id, *change.after);
        else
            sync.ofDeletedSource(change.id, change.before.value_or(QJsonObject()));
        if (const Step step = sync.sync(); !step) {
            outcome.breaks = step.error().reason;
            return outcome;
        }
        outcome.entries.push_back(sync.entry());
    }
    return outcome;
}

} // namespace hubkeeper
