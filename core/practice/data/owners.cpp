// SPDX-License-Identifier: MIT
#include "practice/data/owners.h"

#include "practice/data/nametables.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

constexpr EpochMs since = 1'704'105'000'000; // 2024-01-01T10:30:00Z
constexpr QLatin1StringView teamNames[] {"Sales North"_L1, "Sales South"_L1, "Service"_L1};

Owner makeOwner(int index)
{
    const auto given = givenNames();
    const auto family = familyNames();
    Owner owner;
    owner.id = generatedOwnerId(index);
    owner.userId = 58'001 + index;
    owner.firstName = given[size_t(index * 3) % given.size()].text;
    owner.lastName = family[size_t(index * 5) % family.size()].text;
    owner.email = u"owner%1@hubkeeper.example"_s.arg(index + 1);
    owner.archived = index >= ownerCount - 3;
    owner.isQueue = index == 8;
    owner.created = since + index * dayMs;
    if (index % 4 != 3)
        owner.team = index % 3;
    if (index % 5 == 0)
        owner.secondTeam = (index + 1) % 3;
    return owner;
}

QJsonObject teamJson(int team, bool primary)
{
    return {{u"id"_s, QString::number(301 + team)},
            {u"name"_s, QString(teamNames[team])},
            {u"primary"_s, primary}};
}

} // namespace

qint64 generatedOwnerId(int index)
{
    return 70'010'001 + index;
}

const QList<Owner> &allOwners()
{
    static const QList<Owner> owners = [] {
        QList<Owner> list;
        for (int i = 0; i < ownerCount; ++i)
            list.append(makeOwner(i));
        return list;
    }();
    return owners;
}

QJsonObject toJson(const Owner &owner)
{
    QJsonObject json {{u"id"_s, QString::number(owner.id)},
                      {u"email"_s, owner.email},
                      {u"type"_s, owner.isQueue ? u"QUEUE"_s : u"PERSON"_s},
                      {u"firstName"_s, owner.firstName},
                      {u"lastName"_s, owner.lastName},
                      {u"userId"_s, owner.archived ? QJsonValue() : QJsonValue(owner.userId)},
                      {u"userIdIncludingInactive"_s, owner.userId},
                      {u"createdAt"_s, isoText(owner.created)},
                      {u"updatedAt"_s, isoText(owner.created + dayMs)},
                      {u"archived"_s, owner.archived}};
    QJsonArray teams;
    if (owner.team >= 0)
        teams.append(teamJson(owner.team, true));
    if (owner.secondTeam >= 0 && owner.secondTeam != owner.team)
        teams.append(teamJson(owner.secondTeam, false));
    if (!teams.isEmpty())
        json.insert(u"teams"_s, teams);
    return json;
}

} // namespace hubkeeper::practice
