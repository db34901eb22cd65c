// SPDX-License-Identifier: MIT
#pragma once

#include "session/idm/runresult.h"

class QTreeWidget;

namespace hubkeeper {

/// A list for the runs a server remembers; its current item names the run (runIn()).
[[nodiscard]] QTreeWidget *makeRunList(QWidget *parent);
/// Shows the runs, newest first; the current one stays current. `failed` has the failures that were
/// counted by a run's entries; of others the server's count is shown. Emits nothing.
void fillRuns(QTreeWidget &list, const QList<ServerRun> &runs,
              const QHash<QString, qint64> &failed);
/// Shows one run as it is now, on top if it is new. Emits nothing.
void showRunIn(QTreeWidget &list, const ServerRun &run, const QHash<QString, qint64> &failed);
/// The id of the current run, or empty.
[[nodiscard]] QString runIn(const QTreeWidget &list);
/// Makes it the current one. Emits nothing.
void selectRun(QTreeWidget &list, const QString &id);

/// A list for what a run found and did.
[[nodiscard]] QTreeWidget *makeTally(QWidget *parent);
/// Shows it; without entries, what the server counts.
void fillTally(QTreeWidget &tally, const RunResult &result);

/// Some sentences: how a run ended, and whether it did what it should.
[[nodiscard]] QString summaryOf(const RunResult &result);
/// "finished", "failed", "under way", …: a run of state SUCCESS with failures has failed.
[[nodiscard]] QString stateText(const ServerRun &run, qint64 failed);

} // namespace hubkeeper
