// SPDX-License-Identifier: MIT
#pragma once

#include "session/writing/applychanges.h"

#include <QTimer>

namespace hubkeeper {

/// A run as the progress bar follows it: cancelling it lets the batches on their way end, so that
/// their outcome is known, and stops at once only if that takes long.
class WatchedRun final : public Call<RunSummary>
{
public:
    /// `run` has so many rows; it may end before or after this.
    WatchedRun(ApplyChanges *run, qint64 rows, QObject *parent);

    /// The progress so far, once more, for who follows from now on.
    void report();

protected:
    void abortWork() override;

private:
    QPointer<ApplyChanges> m_run;
    qint64 m_done = 0;
    qint64 m_total;
};

} // namespace hubkeeper
