// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"
#include "idm/preview/previewwork.h"
#include "reconcile/overlay/damage.h"
#include "session/idm/previewfile.h"

#include <memory>
#include <stop_token>

namespace hubkeeper {

/// Which preview is wanted.
struct PreviewOrder
{
    QString mapping; ///< Empty: the first one.
    QJsonArray edited; ///< Mappings in place of the set's with their names (readMappingFile()).
    int run = 0; ///< Of a JSON file: starts from the state that the run before this one left.
    QStringList ids; ///< Computed one by one, as reconById does; none: everything.
    QJsonObject parameters; ///< The body of the call.
};

/// How many objects an action may touch.
struct PreviewThreshold
{
    SyncAction action = SyncAction::Delete;
    double most = 0;
    bool isShare = false; ///< Per cent of the objects of the target (of the source, for CREATE).

    /// "5" or "5%". InvalidInput for other texts.
    [[nodiscard]] static Result<PreviewThreshold> parse(SyncAction action, const QString &text);
};

/// How often an action would be done: at least, and at most, where something is not known or not
/// certain.
struct ActionCount
{
    qint64 known = 0;
    qint64 most = 0;

    bool operator==(const ActionCount &) const = default;
};

/// What a preview came to. Entries, objects and links are in `work`; nothing here grows with them.
struct PreviewOutcome
{
    QString mapping;
    QString source; ///< Collection.
    QString target;
    SyncMappings mappings; ///< With which it was computed.
    ReconResult result; ///< Without entries. Of several ids: the worst state.
    QStringList gaps; ///< What is not known beside scripts: sentences. Then it is not complete.
    QList<ReconWarning> warnings;
    std::shared_ptr<PreviewWork> work;
    qint64 sourcesBefore = 0;
    qint64 targetsBefore = 0;
    /// Of CREATE, UPDATE, DELETE and UNLINK: objects of the target that would be created, changed
    /// or unlinked; objects of whatever collection that would be deleted. Counts what is done, not
    /// what fails.
    QMap<SyncAction, ActionCount> actions;
    std::vector<EntryCount> counts; ///< Of the entries by what was found and done.

    [[nodiscard]] ActionCount countOf(SyncAction action) const { return actions.value(action); }
    /// Sentences, one for each threshold that is or may be exceeded: what is not known counts.
    [[nodiscard]] QStringList overThresholds(const QList<PreviewThreshold> &thresholds) const;
};

/// Computes a preview. Waits; for a thread that may. InvalidInput for a mapping that is not there,
/// and what the input fails with.
[[nodiscard]] Result<PreviewOutcome> computePreview(const PreviewInput &input,
                                                    const PreviewOrder &order,
                                                    std::stop_token stop = {},
                                                    const ReconObserver &observer = {});

/// The same in a thread of the pool. `progressed` counts source objects, then source and target
/// objects.
[[nodiscard]] Call<PreviewOutcome> *previewInThread(const PreviewInput &input,
                                                    const PreviewOrder &order, QObject *parent);

} // namespace hubkeeper
