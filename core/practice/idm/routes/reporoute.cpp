// SPDX-License-Identifier: MIT
#include "practice/idm/crest/objectquery.h"
#include "practice/idm/routes/idmroutes.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

CrestReply absentLink(const QString &id)
{
    return crestError(404, u"Object %1 not found in link"_s.arg(id));
}

std::optional<QString> endOf(const QJsonValue &value)
{
    return value.isString() ? std::optional(value.toString()) : std::nullopt;
}

CrestReply createLink(IdmState &state, const CrestRequest &request, const QString &id)
{
    const QJsonObject body = request.body();
    const auto made = state.links.add(
        {id, 1, body.value("linkType"_L1).toString(), body.value("linkQualifier"_L1).toString(),
         endOf(body.value("firstId"_L1)), endOf(body.value("secondId"_L1))});
    if (!made) // The unique indexes of the repository (recon-vectors, fact 40).
        return crestError(412, u"Create rejected as Object with same ID already exists."_s);
    CrestReply reply = crestReply(LinkTable::toJson(*made), 201);
    reply.createdId = made->id;
    return reply;
}

CrestReply removeLink(IdmState &state, const CrestRequest &request, const StoredLink &link)
{
    // A repository object needs the exact revision (idm-rest 9.1).
    const QString revision = request.exactRevision();
    if (revision.isEmpty())
        return crestError(409,
                          u"Object passed into delete does not have revision it expects set."_s);
    if (revision != QString::number(link.revision))
        return crestError(412,
                          u"Delete rejected as current Object revision is different than expected "
                          "by caller, the object has changed since retrieval."_s);
    const QJsonObject old = LinkTable::toJson(link);
    state.links.remove(link.id);
    return crestReply(old);
}

CrestReply updateLink(IdmState &state, const CrestRequest &request, const StoredLink &link)
{
    const QString revision = request.exactRevision();
    if (revision != QString::number(link.revision))
        return crestError(revision.isEmpty() ? 409 : 412,
                          u"Update rejected as current Object revision is different than expected "
                          "by caller, the object has changed since retrieval"_s);
    const QString id = link.id;
    if (!state.links.change(id, endOf(request.body().value("firstId"_L1)),
                            endOf(request.body().value("secondId"_L1))))
        return crestError(412, u"Update rejected: another link has this end."_s);
    return crestReply(LinkTable::toJson(*state.links.find(id)));
}

CrestReply oneLink(IdmState &state, const CrestRequest &request, const QString &id)
{
    const StoredLink *link = state.links.find(id);
    if (request.verb == CrestVerb::Create || (request.isUpsert && !link))
        return createLink(state, request, id);
    if (!link)
        return absentLink(id);
    switch (request.verb) {
    case CrestVerb::Read:
        return crestReply(shownFields(LinkTable::toJson(*link), request.query.fields));
    case CrestVerb::Delete:
        return removeLink(state, request, *link);
    case CrestVerb::Update:
        return updateLink(state, request, *link);
    default:
        return unsupportedOperations(u"PATCH"_s);
    }
}

CrestReply allLinks(const IdmState &state, const CrestRequest &request)
{
    QList<QJsonObject> found;
    for (const auto &[number, link] : state.links.links()) {
        const QJsonObject json = LinkTable::toJson(link);
        if (!request.query.filter || objectMatches(*request.query.filter, json))
            found.append(json);
    }
    return pageReply(found, request.query);
}

} // namespace

CrestReply repoRoute(IdmState &state, const CrestRequest &request)
{
    if (state.options.profile == IdmProfile::Cloud)
        return crestError(403, u"Access denied"_s);
    if (request.path.value(1) != "link"_L1 || request.path.size() > 3)
        return noResource(request.path);
    if (request.path.size() == 3)
        return oneLink(state, request, request.path[2]);
    if (request.verb == CrestVerb::Query)
        return allLinks(state, request);
    if (request.verb == CrestVerb::Create)
        return createLink(state, request, {});
    return crestError(400, u"The resource collection  cannot be read"_s);
}

CrestReply auditRoute(IdmState &state, const CrestRequest &request)
{
    static const QStringList topics {u"recon"_s,  u"sync"_s,           u"activity"_s,
                                     u"access"_s, u"authentication"_s, u"config"_s};
    const QString topic = request.path.value(1);
    if (!topics.contains(topic) || request.path.size() > 3)
        return noResource(request.path);
    if (request.path.size() == 3) {
        for (const QJsonObject &entry : state.audit.entries(topic)) {
            if (entry.value("_id"_L1).toString() == request.path[2])
                return crestReply(shownFields(entry, request.query.fields));
        }
        return crestError(404, u"Object %1 not found in audit/%2"_s.arg(request.path[2], topic));
    }
    if (request.verb != CrestVerb::Query)
        return unsupportedOperations(u"READ"_s);
    QList<QJsonObject> found;
    for (const QJsonObject &entry : state.audit.entries(topic)) {
        if (!request.query.filter || objectMatches(*request.query.filter, entry))
            found.append(entry);
    }
    return pageReply(found, request.query);
}

} // namespace hubkeeper::practice
