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
    Situation situation;
    QLatin1StringView word;
    SyncAction action;
};

constexpr std::array situationWords {
    SituationWord {Situation::Confirmed, "CONFIRMED"_L1, SyncAction::Update},
    SituationWord {Situation::Missing, "MISSING"_L1, SyncAction::Exception},
    SituationWord {Situation::Absent, "ABSENT"_L1, SyncAction::Create},
    SituationWord {Situation::Found, "FOUND"_L1, SyncAction::Update},
    SituationWord {Situation::FoundAlreadyLinked, "FOUND_ALREADY_LINKED"_L1, SyncAction::Exception},
    SituationWord {Situation::Ambiguous, "AMBIGUOUS"_L1, SyncAction::Exception},
    SituationWord {Situation::Unqualified, "UNQUALIFIED"_L1, SyncAction::Delete},
    SituationWord {Situation::SourceIgnored, "SOURCE_IGNORED"_L1, SyncAction::Report},
    SituationWord {Situation::TargetIgnored, "TARGET_IGNORED"_L1, SyncAction::Report},
    SituationWord {Situation::Unassigned, "UNASSIGNED"_L1, SyncAction::Exception},
    SituationWord {Situation::SourceMissing, "SOURCE_MISSING"_L1, SyncAction::Exception},
    SituationWord {Situation::LinkOnly, "LINK_ONLY"_L1, SyncAction::Exception},
    SituationWord {Situation::AllGone, "ALL_GONE"_L1, SyncAction::NoReport},
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

const SituationWord &entryOf(Situation situation)
{
    return situationWords[size_t(situation)];
}

} // namespace

QString wordOf(Situation situation)
{
    return entryOf(situation).word;
}

QString wordOf(SyncAction action)
{
    return actionWords[size_t(action)].second;
}

std::optional<Situation> situationOf(const QString &word)
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

SyncAction defaultAction(Situation situation)
{
    return entryOf(situation).action;
}

const QList<Situation> &reconSituations()
{
    static const QList<Situation> situations {Situation::Confirmed,
                                              Situation::Missing,
                                              Situation::Absent,
                                              Situation::Found,
                                              Situation::FoundAlreadyLinked,
                                              Situation::Ambiguous,
                                              Situation::Unqualified,
                                              Situation::SourceIgnored,
                                              Situation::TargetIgnored,
                                              Situation::Unassigned,
                                              Situation::SourceMissing};
    return situations;
}

} // namespace hubkeeper
