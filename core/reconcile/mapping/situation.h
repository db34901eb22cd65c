// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QString>

#include <optional>

namespace hubkeeper {

/// What a reconciliation or a synchronisation finds about an object, in the server's words.
enum class SyncSituation {
    Confirmed,
    Missing,
    Absent,
    Found,
    FoundAlreadyLinked,
    Ambiguous,
    Unqualified,
    SourceIgnored,
    TargetIgnored,
    Unassigned,
    SourceMissing,
    LinkOnly, ///< Of a deleted source only, never found by a reconciliation.
    AllGone, ///< Of a deleted source only, never found by a reconciliation.
};

enum class SyncAction {
    Create,
    Update,
    Delete,
    Link,
    Unlink,
    Exception,
    Ignore,
    Report,
    NoReport,
    Async,
};

/// "FOUND_ALREADY_LINKED".
[[nodiscard]] QString wordOf(SyncSituation situation);
/// "NOREPORT".
[[nodiscard]] QString wordOf(SyncAction action);

/// Letter case matters: OpenIDM 6.3.0 was seen to take "absent" and never to match it.
[[nodiscard]] std::optional<SyncSituation> situationOf(const QString &word);
/// Letter case matters, as it does for what an action script gives.
[[nodiscard]] std::optional<SyncAction> actionOf(const QString &word);

/// What is done where no policy says otherwise.
[[nodiscard]] SyncAction defaultAction(SyncSituation situation);

/// Those that a reconciliation counts, in the order of the enumeration.
[[nodiscard]] const QList<SyncSituation> &reconSituations();

} // namespace hubkeeper
