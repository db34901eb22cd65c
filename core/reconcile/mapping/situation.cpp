// SPDX-License-Identifier: MIT
#include "reconcile/mapping/situation.h"

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

struct SituationWord
{
    SyncSituation situation;
    QLatin1StringView word;
    SyncAction action;
};

constexpr std::array situationWords {
    SituationWord {SyncSituation::Confirmed, "CONFIRMED"_L1, SyncAction::Update},
    SituationWord {SyncSituation::Missing, "MISSING"_L1, SyncAction::Exception},
    SituationWord {SyncSituation::Absent, "ABSENT"_L1, SyncAction::Create},
    SituationWord {SyncSituation::Found, "FOUND"_L1, SyncAction::Update},
    SituationWord {SyncSituation::FoundAlreadyLinked, "FOUND_ALREADY_LINKED"_L1,
                   SyncAction::Exception},
    SituationWord {SyncSituation::Ambiguous, "AMBIGUOUS"_L1, SyncAction::Exception},
    SituationWord {SyncSituation::Unqualified, "UNQUALIFIED"_L1, SyncAction::Delete},
    SituationWord {SyncSituation::SourceIgnored, "SOURCE_IGNORED"_L1, SyncAction::Report},
    SituationWord {SyncSituation::TargetIgnored, "TARGET_IGNORED"_L1, SyncAction::Report},
    SituationWord {SyncSituation::Unassigned, "UNASSIGNED"_L1, SyncAction::Exception},
    SituationWord {SyncSituation::SourceMissing, "SOURCE_MISSING"_L1, SyncAction::Exception},
    SituationWord {SyncSituation::LinkOnly, "LINK_ONLY"_L1, SyncAction::Exception},
    SituationWord {SyncSituation::AllGone, "ALL_GONE"_L1, SyncAction::NoReport},
};

constexpr std::array actionWords {
    std::pair {SyncAction::Create, "CREATE"_L1},
    std::pair {SyncAction::Update, "UPDATE"_L1},
    std::pair {SyncAction::Delete, "DELETE"_L1},
    std::pair {SyncAction::Link, "LINK"_L1},
    std::pair {SyncAction::Unlink, "UNLINK"_L1},
    std::pair {SyncAction::Exception, "EXCEPTION"_L1},
    std::pair {SyncAction::Ignore, "IGNORE"_L1},
    std::pair {SyncAction::Report, "REPORT"_L1},
    std::pair {SyncAction::NoReport, "NOREPORT"_L1},
    std::pair {SyncAction::Async, "ASYNC"_L1},
};

const SituationWord &entryOf(SyncSituation situation)
{
    return situationWords[size_t(situation)];
}

} // namespace

QString wordOf(SyncSituation situation)
{
    return entryOf(situation).word;
}

QString wordOf(SyncAction action)
{
    return actionWords[size_t(action)].second;
}

std::optional<SyncSituation> situationOf(const QString &word)
{
    const auto it = std::find_if(situationWords.begin(), situationWords.end(),
                                 [&](const SituationWord &entry) { return entry.word == word; });
    return it == situationWords.end() ? std::nullopt : std::optional(it->situation);
}

std::optional<SyncAction> actionOf(const QString &word)
{
    const auto it = std::find_if(actionWords.begin(), actionWords.end(),
                                 [&](const auto &entry) { return entry.second == word; });
    return it == actionWords.end() ? std::nullopt : std::optional(it->first);
}

SyncAction defaultAction(SyncSituation situation)
{
    return entryOf(situation).action;
}

const QList<SyncSituation> &reconSituations()
{
    static const QList<SyncSituation> situations {SyncSituation::Confirmed,
                                                  SyncSituation::Missing,
                                                  SyncSituation::Absent,
                                                  SyncSituation::Found,
                                                  SyncSituation::FoundAlreadyLinked,
                                                  SyncSituation::Ambiguous,
                                                  SyncSituation::Unqualified,
                                                  SyncSituation::SourceIgnored,
                                                  SyncSituation::TargetIgnored,
                                                  SyncSituation::Unassigned,
                                                  SyncSituation::SourceMissing};
    return situations;
}

} // namespace hubkeeper
