// SPDX-License-Identifier: MIT
#include "filter/crestparser.h"
#include "practice/idm/crest/objectquery.h"
#include "practice/idm/recon/idmworld.h"
#include "practice/idm/systems/systemobjects.h"
#include "reconcile/overlay/overlayobjects.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

tl::unexpected<ObjectFault> faultOf(const CrestReply &reply, ObjectFault::Kind kind)
{
    return tl::unexpected<ObjectFault>({reply.status == 404 ? ObjectFault::NotFound : kind,
                                        reply.status, reply.json["message"_L1].toString()});
}

bool isSystem(const QString &collection)
{
    return collection.startsWith("system/"_L1);
}

/// Does something with the objects of a system's type, if the system answers.
template <typename Use>
auto withSystem(const IdmState &state, const QString &collection, Use use)
    -> std::invoke_result_t<Use, const SystemObjects &>
{
    const auto system = state.systems.active(collection.section(u'/', 1, 1));
    if (!system)
        return refuse(noResource(collection.split(u'/')));
    const auto type = system->type(collection.section(u'/', 2));
    if (!type)
        return refuse(crestError(404, u"Not found: "_s + collection.section(u'/', 2)));
    return use(SystemObjects(*system, *type));
}

CrestOutcome<CrestQuery> crestQuery(const ObjectQuery &query)
{
    CrestQuery made;
    made.fields = query.fields();
    if (query.filter().isNull()) {
        made.queryId = query.queryId();
        made.uid = query.parameters.value("uid"_L1).toString();
        return made;
    }
    const auto filter = parseCrestFilter(query.filter());
    if (!filter)
        return refuse(crestError(400,
                                 u"The value '%1' for parameter '_queryFilter' could not be parsed "
                                 "as a valid query filter"_s.arg(query.filter())));
    made.filter = *filter;
    return made;
}

/// What a script is given.
QJsonObject valueOf(const QJsonValue &value)
{
    return {{u"value"_s, value}};
}

QJsonObject errorOf(const ObjectFault &fault)
{
    return {{u"error"_s, QJsonObject {{u"code"_s, fault.code}, {u"message"_s, fault.message}}}};
}

QJsonObject answered(const hubkeeper::Answer<QJsonObject> &answer)
{
    return answer ? valueOf(*answer) : errorOf(answer.error());
}

} // namespace

void IdmObjects::count(const QString &step)
{
    if (m_run)
        ++m_run->steps[step];
}

/// The engine reads the sources first, then the targets, then the links; later queries correlate.
void IdmObjects::countQuery(qsizetype rows)
{
    if (!m_run || m_run->isCancelled) // What is read then is not looked at any more.
        return;
    if (m_run->sources < 0 && !m_run->request.id) {
        m_run->sources = rows;
        count(u"sourceQuery"_s);
    } else if (m_run->targets < 0 && m_run->linksBefore < 0
               && m_run->steps.value(u"sourceObjectQuery"_s) == 0) {
        m_run->targets = rows;
        count(u"targetQuery"_s);
    } else {
        count(u"correlationQuery"_s);
    }
}

CrestOutcome<QList<QJsonObject>> IdmObjects::found(const QString &collection,
                                                   const CrestQuery &query)
{
    if (!isSystem(collection))
        return m_state.objects.find(collection, query);
    return withSystem(m_state, collection,
                      [&](const SystemObjects &objects) { return objects.find(query); });
}

hubkeeper::Answer<ObjectRows> IdmObjects::rows(const QString &collection, const ObjectQuery &query)
{
    m_searchTime += searchTimeOf(collection);
    const auto asked = crestQuery(query);
    if (!asked)
        return faultOf(asked.error(), ObjectFault::Malformed);
    const auto rows = found(collection, *asked);
    if (!rows)
        return faultOf(rows.error(), ObjectFault::Unsupported);
    ObjectRows answer;
    for (const QJsonObject &row : *rows) {
        const QString id = row.value("_id"_L1).toString();
        answer.ids.append(id);
        if (asked->queryId != "query-all-ids"_L1)
            answer.rows.append(shownFields(withHidden(collection, id, row), asked->fields));
    }
    return answer;
}

hubkeeper::Answer<ObjectRows> IdmObjects::query(const QString &collection, const ObjectQuery &query)
{
    auto answer = rows(collection, query);
    if (answer)
        countQuery(answer->ids.size());
    return answer;
}

/// With lastSync, which the repository gives to who asks in the server.
QJsonObject IdmObjects::withHidden(const QString &collection, const QString &id,
                                   QJsonObject object) const
{
    const ManagedObject *kept = m_state.managed.find(collection, id);
    if (kept && !kept->lastSync.isEmpty())
        object.insert(u"lastSync"_s, kept->lastSync);
    return object;
}

hubkeeper::Answer<std::optional<QJsonObject>> IdmObjects::read(const QString &collection,
                                                               const QString &id)
{
    if (m_run)
        count(collection == m_run->source ? u"sourceObjectQuery"_s : u"targetObjectQuery"_s);
    CrestOutcome<QJsonObject> object = isSystem(collection)
        ? withSystem(m_state, collection,
                     [&](const SystemObjects &objects) { return objects.read(id); })
        : m_state.objects.read(collection, id);
    if (!object && object.error().status == 404)
        return std::optional<QJsonObject>();
    if (!object)
        return faultOf(object.error(), ObjectFault::Refused);
    return std::optional(withHidden(collection, id, *object));
}

CrestOutcome<QJsonObject> IdmObjects::written(const QString &collection, const QString &id,
                                              const QJsonObject &object)
{
    const bool isNew = id.isEmpty();
    if (isSystem(collection))
        return withSystem(m_state, collection, [&](const SystemObjects &objects) {
            return isNew ? objects.create(object) : objects.update(id, object);
        });
    m_state.isByRun = m_run && isNew;
    auto kept = isNew ? m_state.objects.create(collection, {}, object)
                      : m_state.objects.update(collection, id, object, {});
    m_state.isByRun = false;
    return kept;
}

hubkeeper::Answer<QJsonObject> IdmObjects::create(const QString &collection,
                                                  const QJsonObject &object)
{
    auto made = written(collection, {}, object);
    if (!made)
        return faultOf(made.error(), ObjectFault::Refused);
    if (m_run && collection == m_run->target)
        ++m_run->targetsMade;
    return *made;
}

hubkeeper::Answer<QJsonObject> IdmObjects::update(const QString &collection, const QString &id,
                                                  const QJsonObject &object)
{
    count(u"updateTargetObject"_s);
    auto kept = written(collection, id, object);
    if (!kept)
        return faultOf(kept.error(), ObjectFault::Refused);
    return *kept;
}

hubkeeper::Answer<void> IdmObjects::remove(const QString &collection, const QString &id)
{
    count(u"deleteTargetObject"_s);
    m_state.isByRun = m_run != nullptr;
    const CrestOutcome<QJsonObject> gone = isSystem(collection)
        ? withSystem(m_state, collection,
                     [&](const SystemObjects &objects) { return objects.remove(id); })
        : m_state.objects.remove(collection, id, {});
    m_state.isByRun = false;
    if (!gone)
        return faultOf(gone.error(), ObjectFault::Refused);
    return {};
}

hubkeeper::Answer<void> IdmObjects::keepLastSync(const QString &collection, const QString &id,
                                                 const QJsonObject &lastSync)
{
    m_state.managed.keepLastSync(collection, id, lastSync);
    return {};
}

hubkeeper::Answer<QJsonObject> IdmObjects::patch(const QString &collection, const QString &id,
                                                 const QJsonArray &operations)
{
    const CrestOutcome<QJsonObject> kept = isSystem(collection)
        ? withSystem(m_state, collection,
                     [&](const SystemObjects &objects) { return objects.patch(id, operations); })
        : m_state.objects.patch(collection, id, operations, {});
    if (!kept)
        return faultOf(kept.error(), ObjectFault::Refused);
    return *kept;
}

std::chrono::milliseconds IdmObjects::searchTimeOf(const QString &collection) const
{
    const auto system = isSystem(collection)
        ? m_state.systems.active(collection.section(u'/', 1, 1))
        : std::nullopt;
    return system ? system->connector->searchTime() : std::chrono::milliseconds(0);
}

QString IdmObjects::timestamp() const
{
    return isoText(m_state.now());
}

QJsonObject IdmObjects::ask(const QString &operation, const QJsonArray &arguments)
{
    const ObjectPath place = ObjectPath::of(arguments.at(0).toString());
    if (operation == "read"_L1) {
        const auto object = read(place.collection, place.id);
        if (!object)
            return errorOf(object.error());
        return valueOf(*object ? QJsonValue(**object) : QJsonValue());
    }
    if (operation == "query"_L1) {
        const auto found = rows(place.collection, {arguments.at(1).toObject()});
        if (!found)
            return errorOf(found.error());
        QJsonArray result;
        for (qsizetype i = 0; i < found->ids.size(); ++i)
            result.append(found->rows.isEmpty() ? QJsonObject {{u"_id"_s, found->ids[i]}}
                                                : found->rows[i]);
        return valueOf(QJsonObject {{u"result"_s, result}, {u"resultCount"_s, result.size()}});
    }
    if (operation == "create"_L1) {
        QJsonObject object = arguments.at(2).toObject();
        if (arguments.at(1).isString())
            object.insert(u"_id"_s, arguments.at(1));
        return answered(create(place.collection, object));
    }
    if (operation == "update"_L1)
        return answered(update(place.collection, place.id, arguments.at(2).toObject()));
    if (operation == "patch"_L1)
        return answered(patch(place.collection, place.id, arguments.at(2).toArray()));
    if (operation == "delete"_L1) {
        const auto before = read(place.collection, place.id);
        const auto gone = remove(place.collection, place.id);
        if (!gone)
            return errorOf(gone.error());
        return valueOf(before && *before ? QJsonValue(**before) : QJsonValue());
    }
    return errorOf({ObjectFault::Unsupported, 501,
                    u"The practice IDM does not do %1 for scripts."_s.arg(operation)});
}

} // namespace hubkeeper::practice
