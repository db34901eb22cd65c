// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "reconcile/overlay/damage.h"
#include "reconcile/overlay/preview.h"

#include <memory>
#include <stop_token>

namespace hubkeeper {

/// Which preview is wanted.
struct PreviewOrder
{
    QString mapping; ///< Empty: the first one of the file.
    int run = 0; ///< Starts from the state that the run before this one left.
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

/// How often an action would be done: as computed, and at most, where something is not known.
struct ActionCount
{
    int known = 0;
    int most = 0;
};

/// What a preview came to.
struct PreviewOutcome
{
    QString mapping;
    QString source; ///< Collection.
    QString target;
    ReconResult result; ///< Of several ids: all entries, the worst state.
    std::vector<ImplicitEntry> implicit;
    QList<ReconWarning> warnings;
    std::unique_ptr<Preview> preview; ///< With the state afterwards.
    qint64 sourcesBefore = 0;
    qint64 targetsBefore = 0;

    /// Objects of the target that an action would create, change or unlink; objects of whatever
    /// collection that would be deleted. Counts what is done, not what fails.
    [[nodiscard]] ActionCount countOf(SyncAction action) const;
    /// Sentences, one for each threshold that is over, also by what is not known.
    [[nodiscard]] QStringList overThresholds(const QList<PreviewThreshold> &thresholds) const;
};

/// Computes a preview of a file that readPreviewFile() gave. Waits; for a thread that may.
/// InvalidInput for a mapping that is not there, and what readPreviewSet() fails with.
[[nodiscard]] Result<PreviewOutcome> computePreview(const QJsonObject &file,
                                                    const PreviewOrder &order,
                                                    std::stop_token stop = {},
                                                    const ReconObserver &observer = {});

} // namespace hubkeeper
