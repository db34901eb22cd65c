// SPDX-License-Identifier: MIT
#pragma once

#include "session/reading/recordhistories.h"

namespace hubkeeper {

class Session;

/// Values of a moment that shall be staged.
struct AsOfWish
{
    ObjectType type = ObjectType::Contacts;
    QStringList ids;
    QStringList properties; ///< HubSpot's names.
    QDateTime moment;
    bool stages = true; ///< Off: only says what would be staged.
};

/// A cell as it was, beside what it is.
struct CellThen
{
    QString id;
    QString label;
    QString property;
    QString now;
    ValueThen then;
    bool isStaged = false; ///< Or would be.
    QString reason; ///< Why it is not staged, where it is not the same; a sentence.
};

/// What staging values of a moment did.
struct StagedHistory
{
    int records = 0; ///< With at least one staged value.
    int cells = 0; ///< Staged.
    int same = 0; ///< Have that value now.
    int unknown = 0; ///< HubSpot's history does not say what they were.
    int readOnly = 0;
    int notThere = 0; ///< Of records that were made later.
    MissingHistories missing;
};

/// Puts the values that records had at a moment into the session's change set, as one undo step,
/// with the present values as baselines. `tell` gets every cell whose value is another one, or not
/// known. What HubSpot's history does not reach is never guessed.
///
/// Fails with InvalidInput for a property that the portal does not have, and as the reading does;
/// nothing is staged then. `session` must outlive the call. Progress is in records.
[[nodiscard]] Call<StagedHistory> *stageAsOf(Session &session, AsOfWish wish,
                                             std::function<void(const CellThen &)> tell,
                                             QObject *parent);

} // namespace hubkeeper
