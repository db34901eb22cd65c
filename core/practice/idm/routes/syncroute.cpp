// SPDX-License-Identifier: MIT
#include "practice/idm/crest/objectquery.h"
#include "practice/idm/routes/idmroutes.h"
#include "practice/idm/systems/systemobjects.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

/// What a mapping says of its ends, and whose links it uses.
struct MappingEnds
{
    QString name;
    QString source;
    QString target;
    QString links;
};

QList<MappingEnds> allEnds(const IdmState &state)
{
    QList<MappingEnds> all;
    const QJsonArray mappings = state.mappings();
    for (const QJsonValue &mapping : mappings) {
        const QString name = mapping["name"_L1].toString();
        all.append({name, mapping["source"_L1].toString(), mapping["target"_L1].toString(),
                    mapping["links"_L1].toString(name)});
    }
    return all;
}

CrestOutcome<QJsonObject> readObject(IdmState &state, const QString &collection, const QString &id)
{
    if (!collection.startsWith("system/"_L1))
        return state.objects.read(collection, id);
    const auto system = state.systems.active(collection.section(u'/', 1, 1));
    if (!system)
        return refuse(noResource((collection + u'/' + id).split(u'/')));
    const auto type = system->type(collection.section(u'/', 2));
    if (!type)
        return refuse(noResource((collection + u'/' + id).split(u'/')));
    return SystemObjects(*system, *type).read(id);
}

/// One element of getLinkedResources: what is at the other end of a link.
QJsonObject linkedResource(IdmState &state, const StoredLink &link, const QString &collection,
                           const QString &id, const QJsonArray &mappings)
{
    QJsonObject json {{u"resourceName"_s, collection + u'/' + id},
                      {u"linkQualifier"_s, link.qualifier},
                      {u"linkType"_s, link.type},
                      {u"mappings"_s, mappings}};
    const auto content = readObject(state, collection, id);
    json.insert(u"content"_s, content ? QJsonValue(*content) : QJsonValue());
    if (!content && content.error().status != 404)
        json.insert(u"error"_s, content.error().json["message"_L1]);
    return json;
}

/// The mappings that use a link, and which end of each the other object is.
QJsonArray usersOf(const QList<MappingEnds> &all, const StoredLink &link, const QString &other)
{
    QJsonArray users;
    for (const MappingEnds &ends : all) {
        if (ends.links != link.type)
            continue;
        users.append(QJsonObject {{u"name"_s, ends.name},
                                  {u"type"_s, ends.target == other ? u"target"_s : u"source"_s}});
    }
    return users;
}

CrestReply linkedResources(IdmState &state, const CrestRequest &request)
{
    const QString resource = request.parameter("resourceName"_L1);
    if (resource.isEmpty())
        return crestReply(QJsonValue::Undefined, 500);
    const QString collection = resource.section(u'/', 0, -2);
    const QString id = resource.section(u'/', -1);
    const QList<MappingEnds> all = allEnds(state);
    QJsonArray found;
    for (const auto &[number, link] : state.links.links()) {
        for (const MappingEnds &owner : all) {
            if (owner.name != link.type)
                continue;
            const bool isFirst = owner.source == collection && link.firstId == id;
            const bool isSecond = owner.target == collection && link.secondId == id;
            const QString other = isFirst ? owner.target : owner.source;
            const auto &end = isFirst ? link.secondId : link.firstId;
            if ((isFirst || isSecond) && end)
                found.append(linkedResource(state, link, other, *end, usersOf(all, link, other)));
        }
    }
    return crestReply(found);
}

CrestReply mappingList(const IdmState &state, const CrestRequest &request)
{
    QList<QJsonObject> found;
    const QJsonArray mappings = state.mappings();
    for (const QJsonValue &mapping : mappings) {
        QJsonObject shown = mapping.toObject();
        shown.insert(u"_id"_s, u"sync/"_s + shown.value("name"_L1).toString());
        if (!request.query.filter || objectMatches(*request.query.filter, shown))
            found.append(shown);
    }
    return pageReply(found, request.query);
}

} // namespace

CrestReply syncRoute(IdmState &state, const CrestRequest &request)
{
    const QString below = request.path.value(1);
    if (state.options.analyses() && below == "mappings"_L1 && request.verb == CrestVerb::Query)
        return mappingList(state, request);
    if (state.options.analyses() && below == "queue"_L1 && request.verb == CrestVerb::Query)
        return pageReply({}, request.query);
    if (request.path.size() > 1)
        return noResource(request.path);
    if (request.verb == CrestVerb::Read)
        return unsupportedOperations(u"READ"_s);
    if (request.verb != CrestVerb::Action)
        return unsupportedOperations(request.verb == CrestVerb::Query ? u"QUERY"_s : u"UPDATE"_s);
    if (request.action.compare("getLinkedResources"_L1, Qt::CaseInsensitive) == 0)
        return linkedResources(state, request);
    return crestError(400, u"Action %1 is not supported by the practice IDM"_s.arg(request.action));
}

CrestReply endpointRoute(IdmState &state, const CrestRequest &request)
{
    if (request.path.size() != 2 || request.path[1] != "mappingDetails"_L1)
        return noResource(request.path);
    if (request.verb != CrestVerb::Read && request.verb != CrestVerb::Query)
        return unsupportedOperations(u"ACTION"_s);
    // OpenIDM 6.3.0 was seen to make an empty config/sync on the way (idm-rest 9.2).
    if (!state.configurations.contains(u"sync"_s))
        state.configurations[u"sync"_s] = {{u"mappings"_s, QJsonArray()}};
    return crestReply(QJsonObject {{u"_id"_s, u""_s}, {u"mappings"_s, state.mappings()}});
}

} // namespace hubkeeper::practice
