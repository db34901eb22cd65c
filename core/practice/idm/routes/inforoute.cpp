// SPDX-License-Identifier: MIT
#include "practice/idm/crest/objectquery.h"
#include "practice/idm/routes/idmroutes.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

QJsonObject versionOf(IdmProfile profile)
{
    switch (profile) {
    case IdmProfile::Community:
        return {{u"productVersion"_s, u"6.3.0"_s}, {u"productRevision"_s, u"39778"_s}};
    case IdmProfile::Commercial:
        return {{u"productVersion"_s, u"7.5.0"_s}, {u"productRevision"_s, u"aafe3e3"_s}};
    case IdmProfile::Cloud:
        return {{u"productVersion"_s, u"8.0.0"_s}, {u"productRevision"_s, u"bb0c1d2"_s}};
    case IdmProfile::Old:
        return {{u"productVersion"_s, u"6.5.0.4"_s}, {u"productRevision"_s, u"e1f9a20"_s}};
    }
    Q_UNREACHABLE();
}

QJsonObject loginOf(const IdmCaller &caller)
{
    const QJsonObject authorization {{u"component"_s, caller.component},
                                     {u"roles"_s, QJsonArray::fromStringList(caller.roles)},
                                     {u"ipAddress"_s, u"127.0.0.1"_s},
                                     {u"id"_s, caller.id},
                                     {u"moduleId"_s, u"INTERNAL_USER"_s}};
    return {{u"_id"_s, u"login"_s},
            {u"authorization"_s, authorization},
            {u"authenticationId"_s, caller.id}};
}

CrestReply commercialInfo(const CrestRequest &request, const QString &name)
{
    if (name == "features"_L1 && request.verb == CrestVerb::Query)
        return pageReply({{{u"_id"_s, u"retention"_s}, {u"enabled"_s, false}}}, request.query);
    if (name == "uiconfig"_L1 && request.verb == CrestVerb::Read)
        return crestReply(QJsonObject {{u"_id"_s, u""_s}, {u"configuration"_s, QJsonObject()}});
    return noResource(request.path);
}

} // namespace

CrestReply infoRoute(IdmState &state, const CrestRequest &request, const IdmCaller &caller)
{
    const QString name = request.path.value(1);
    if (request.path.size() != 2)
        return noResource(request.path);
    QJsonObject json;
    if (name == "ping"_L1)
        json = {{u"shortDesc"_s, u"OpenIDM ready"_s}, {u"state"_s, u"ACTIVE_READY"_s}};
    else if (name == "login"_L1)
        json = loginOf(caller);
    else if (name == "version"_L1)
        json = versionOf(state.options.profile);
    else if (state.options.isCommercial())
        return commercialInfo(request, name);
    else
        return noResource(request.path);
    if (request.verb != CrestVerb::Read)
        return crestError(501, u"The %1 operations are not supported"_s.arg(u"ACTION"_s));
    // Before protocol 2 an empty id was not shown.
    if (!json.contains("_id"_L1) && request.protocol >= 2)
        json.insert(u"_id"_s, u""_s);
    return crestReply(shownFields(json, request.query.fields));
}

} // namespace hubkeeper::practice
