// SPDX-License-Identifier: MIT
#pragma once

#include "practice/data/isotime.h"

#include <QJsonObject>
#include <QList>
#include <QString>

#include <optional>

namespace hubkeeper::practice {

/// A user records can be given to (hubspot-api 10.1).
struct Owner
{
    qint64 id = 0;
    qint64 userId = 0;
    QString email;
    QString firstName;
    QString lastName;
    bool isQueue = false;
    bool archived = false;
    EpochMs created = 0;
    int team = -1; ///< Index into the teams, -1: none.
    int secondTeam = -1;
};

/// How many made-up owners there are: 12, of which the last three are archived.
inline constexpr int ownerCount = 12;

/// The id of owner 0 to ownerCount-1.
[[nodiscard]] qint64 generatedOwnerId(int index);

/// All made-up owners, by id ascending. The same for every seed.
[[nodiscard]] const QList<Owner> &allOwners();

/// As the API shows it; `userId` is null for archived ones.
[[nodiscard]] QJsonObject toJson(const Owner &owner);

} // namespace hubkeeper::practice
