// SPDX-License-Identifier: MIT
#include "session/connections/connectionsettings.h"

#include "portal/access/accountbudget.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr auto policyMember = "policy"_L1;
constexpr int strictestLimit = 1; // 0 means no limit.

/// Where a setting is kept: a member of the entry, or of its policy.
struct Place
{
    ConnectionSetting setting;
    QLatin1StringView member;
    bool inPolicy;
};

constexpr Place places[] = {
    {ConnectionSetting::Label, "label"_L1, false},
    {ConnectionSetting::Provisioner, "provisioner"_L1, false},
    {ConnectionSetting::Kind, "kind"_L1, false},
    {ConnectionSetting::Colour, "colour"_L1, false},
    {ConnectionSetting::ApiVersion, "apiVersion"_L1, false},
    {ConnectionSetting::BaseUrl, "baseUrl"_L1, false},
    {ConnectionSetting::AllowRemoteBaseUrl, "allowRemoteBaseUrl"_L1, false},
    {ConnectionSetting::Server, "server"_L1, false},
    {ConnectionSetting::Reserve, "reserve"_L1, false},
    {ConnectionSetting::Mode, "mode"_L1, true},
    {ConnectionSetting::MostRows, "mostRows"_L1, true},
    {ConnectionSetting::MostArchives, "mostArchives"_L1, true},
    {ConnectionSetting::MostPercent, "mostPercent"_L1, true},
    {ConnectionSetting::ArchiveAllowed, "archiveAllowed"_L1, true},
    {ConnectionSetting::ProtectedProperties, "protectedProperties"_L1, true},
};

QJsonValue valueAt(const Place &place, const QJsonObject &entry)
{
    return place.inPolicy ? entry[policyMember].toObject().value(place.member)
                          : entry.value(place.member);
}

void setValue(const Place &place, const QJsonValue &value, QJsonObject &entry)
{
    if (!place.inPolicy) {
        entry.insert(place.member, value);
        return;
    }
    QJsonObject policy = entry[policyMember].toObject();
    policy.insert(place.member, value);
    entry.insert(policyMember, policy);
}

int limitFrom(const QJsonValue &value, int byDefault)
{
    if (value.isUndefined())
        return byDefault;
    const int limit = value.toInt(-1); // Not a whole number: -1.
    return limit < 0 ? strictestLimit : limit;
}

/// False if a name cannot be read.
bool readNames(const QJsonValue &value, QStringList &names)
{
    if (value.isUndefined())
        return true;
    const QJsonArray list = value.toArray();
    for (const QJsonValue &name : list) {
        if (!name.isString())
            return false;
        names.append(name.toString());
    }
    return value.isArray();
}

WritePolicy policyFrom(const QJsonObject &json)
{
    WritePolicy policy;
    policy.mode = writeModeFrom(json["mode"_L1].toString()).value_or(WriteMode::ReadOnly);
    policy.mostRows = limitFrom(json["mostRows"_L1], policy.mostRows);
    policy.mostArchives = limitFrom(json["mostArchives"_L1], policy.mostArchives);
    policy.mostPercent = limitFrom(json["mostPercent"_L1], policy.mostPercent);
    const QJsonValue archives = json["archiveAllowed"_L1];
    policy.archiveAllowed = archives.isUndefined() || archives.toBool(false);
    if (!readNames(json["protectedProperties"_L1], policy.protectedProperties))
        policy.mode = WriteMode::ReadOnly;
    return policy;
}

QUrl addressFrom(const QJsonValue &value)
{
    if (value.isUndefined() || value.isString())
        return QUrl(value.toString());
    return QUrl(u"unreadable:"_s); // checkBaseUrl() refuses it; none would mean HubSpot's own.
}

bool isHigher(int limit, int before)
{
    return before != 0 && (limit == 0 || limit > before);
}

bool liftsLimit(const WritePolicy &before, const WritePolicy &after)
{
    const auto staysProtected = [&](const QString &name) {
        return after.protectedProperties.contains(name, Qt::CaseInsensitive);
    };
    return isHigher(after.mostRows, before.mostRows)
        || isHigher(after.mostArchives, before.mostArchives)
        || isHigher(after.mostPercent, before.mostPercent)
        || (after.archiveAllowed && !before.archiveAllowed)
        || !std::all_of(before.protectedProperties.begin(), before.protectedProperties.end(),
                        staysProtected);
}

} // namespace

QJsonObject entryOf(const Connection &connection)
{
    const WritePolicy &policy = connection.policy;
    const QJsonObject kept {
        {u"mode"_s, nameOf(policy.mode)},
        {u"mostRows"_s, policy.mostRows},
        {u"mostArchives"_s, policy.mostArchives},
        {u"mostPercent"_s, policy.mostPercent},
        {u"protectedProperties"_s, QJsonArray::fromStringList(policy.protectedProperties)},
        {u"archiveAllowed"_s, policy.archiveAllowed}};
    return {{u"id"_s, connection.id},
            {u"label"_s, connection.label},
            {u"provisioner"_s, connection.provisionerPath},
            {u"kind"_s, nameOf(connection.kind)},
            {u"colour"_s, connection.colour},
            {u"apiVersion"_s, nameOf(connection.apiVersion)},
            {u"baseUrl"_s, connection.baseUrl.toString()},
            {u"allowRemoteBaseUrl"_s, connection.allowRemoteBaseUrl},
            {u"server"_s, connection.server},
            {u"reserve"_s, connection.reserve},
            {policyMember, kept}};
}

Connection connectionFrom(const QJsonObject &entry)
{
    Connection connection;
    connection.id = entry["id"_L1].toString();
    connection.label = entry["label"_L1].toString();
    connection.provisionerPath = entry["provisioner"_L1].toString();
    connection.kind =
        connectionKindFrom(entry["kind"_L1].toString()).value_or(ConnectionKind::Production);
    connection.colour = entry["colour"_L1].toString();
    connection.apiVersion =
        apiVersionFrom(entry["apiVersion"_L1].toString()).value_or(ApiVersion::V2026_09);
    connection.baseUrl = addressFrom(entry["baseUrl"_L1]);
    connection.allowRemoteBaseUrl = entry["allowRemoteBaseUrl"_L1].toBool(false);
    connection.server = entry["server"_L1].toString();
    connection.reserve =
        std::clamp(entry["reserve"_L1].toInt(0), 0, int(AccountBudget::mostReserve));
    connection.policy = policyFrom(entry[policyMember].toObject());
    return connection;
}

QJsonObject entryWith(QJsonObject entry, const Connection &before, const Connection &after)
{
    const QJsonObject old = entryOf(before);
    const QJsonObject now = entryOf(after);
    for (const Place &place : places) {
        if (valueAt(place, old) != valueAt(place, now))
            setValue(place, valueAt(place, now), entry);
    }
    return entry;
}

QList<ConnectionSetting> differences(const Connection &one, const Connection &other)
{
    QList<ConnectionSetting> settings;
    const QJsonObject a = entryOf(one);
    const QJsonObject b = entryOf(other);
    for (const Place &place : places) {
        if (valueAt(place, a) != valueAt(place, b))
            settings.append(place.setting);
    }
    return settings;
}

ConnectionMerge merged(const Connection &base, const Connection &mine, const Connection &theirs)
{
    ConnectionMerge merge;
    merge.merged = connectionFrom(entryWith(entryOf(theirs), base, mine));
    merge.merged.inBook = theirs.inBook;
    const QList<ConnectionSetting> changed = differences(base, mine);
    const QList<ConnectionSetting> changedThere = differences(base, theirs);
    const QList<ConnectionSetting> apart = differences(mine, theirs);
    for (const ConnectionSetting setting : changed) {
        if (changedThere.contains(setting) && apart.contains(setting))
            merge.contested.append(setting);
    }
    return merge;
}

void setKind(Connection &connection, ConnectionKind kind)
{
    if (kind == ConnectionKind::Production && connection.kind != kind)
        connection.policy.mode = WriteMode::ReadOnly;
    connection.kind = kind;
}

bool liftsGuard(const Connection &before, const Connection &after)
{
    if (before.kind != ConnectionKind::Production)
        return false;
    return after.kind != ConnectionKind::Production || after.policy.mode > before.policy.mode
        || (after.allowRemoteBaseUrl && !before.allowRemoteBaseUrl)
        || liftsLimit(before.policy, after.policy);
}

} // namespace hubkeeper
