// SPDX-License-Identifier: MIT
#pragma once

#include "idm/reconciliation/auditentry.h"
#include "session/idm/previewjob.h"

namespace hubkeeper {

/// What a preview says a run will do, as far as it can be compared with the run and with
/// thresholds: from `idm preview --json`, whatever computed it.
struct PredictedRun
{
    QString mapping;
    bool isComplete = false;
    QString state; ///< "SUCCESS", "FAILED", "CANCELED".
    QString cause; ///< Of FAILED.
    QList<AuditEntry> entries; ///< Of a status that is not known, `status` is empty.
    QMap<SyncAction, qint64> counts; ///< Created, changed, deleted, unlinked.
    qint64 sources = -1; ///< Objects before; -1: the preview does not say.
    qint64 targets = -1;

    /// Sentences, one for each threshold that is exceeded. Shares need `sources` and `targets`:
    /// without them InvalidInput.
    [[nodiscard]] Result<QStringList>
    overThresholds(const QList<PreviewThreshold> &thresholds) const;

    /// What is predicted of a run of one source object: without the entries of the others.
    [[nodiscard]] PredictedRun ofSource(const QString &id) const;
};

/// Fails with InvalidInput for what `idm preview --json` does not print.
[[nodiscard]] Result<PredictedRun> predictedRunFrom(const QJsonObject &preview);

/// The same of a preview that was computed here. Fails as writePreviewJson().
[[nodiscard]] Result<PredictedRun> predictedRunOf(const PreviewOutcome &outcome);

/// The same from a file. Fails with InvalidInput, and with NotFound and Forbidden as for any file.
[[nodiscard]] Result<PredictedRun> readPredictedRun(const QString &path);

/// What becomes of a run whose preview is not complete, or says that the server breaks it off.
enum class DoubtfulRun { IsRefused, IsAllowed };

/// Why a run of `mapping` must not be started by what was predicted, or nothing. InvalidInput: a
/// preview of another mapping. Refused: a threshold is exceeded; the preview is not complete or
/// ends badly, where that is refused, and always where there are thresholds.
[[nodiscard]] Result<void> checkPrediction(const PredictedRun &predicted, const QString &mapping,
                                           const QList<PreviewThreshold> &thresholds,
                                           DoubtfulRun doubtful = DoubtfulRun::IsRefused);

} // namespace hubkeeper
