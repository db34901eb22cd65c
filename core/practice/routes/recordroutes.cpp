// SPDX-License-Identifier: MIT
#include "practice/routes/recordjson.h"
#include "practice/routes/recordwrites.h"
#include "practice/routes/routes.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

constexpr qsizetype mostMerges = 250; // Of one record (hubspot-api 4.8).

/// A contact's e-mail domain finds or makes its company, when the account is set so
/// (hubspot-api 4.5).
void addCompanyByDomain(PortalState &state, const Record &contact)
{
    const QString domain = contact.values.value(u"email"_s).section(u'@', 1);
    if (!state.options.switches.autoCompany || domain.isEmpty()
        || state.associations.primaryCompany(contact.id))
        return;
    std::optional<qint64> company;
    const PropertyKey key(ObjectType::Company, u"domain"_s);
    state.store(ObjectType::Company).forEachIndexed(state.now(), [&](const RecordView &view) {
        if (!company && view.stored(key.name, key.field) == domain)
            company = view.id();
    });
    if (!company) {
        PreparedWrite write;
        write.type = ObjectType::Company;
        write.record.created = write.record.updated = state.now();
        write.record.values.insert(u"domain"_s, domain);
        write.record.values.insert(u"name"_s, domain);
        company = commit(state, write).id;
    }
    state.associations.add(ObjectType::Contact, contact.id, ObjectType::Company, *company, {1},
                           true);
}

QString mergedInto(QString ids, qint64 more)
{
    return ids.isEmpty() ? QString::number(more) : ids + u';' + QString::number(more);
}

/// What the other record was known by besides is kept as additional addresses or domains.
void keepNames(Record &result, const Record &other, const QString &name, const QString &additional)
{
    QStringList more = result.values.value(additional).split(u';', Qt::SkipEmptyParts);
    more += other.values.value(name);
    more += other.values.value(additional).split(u';', Qt::SkipEmptyParts);
    more.removeDuplicates();
    more.removeAll(QString());
    more.removeAll(result.values.value(name));
    if (!more.isEmpty())
        result.values.insert(additional, more.join(u';'));
}

/// The survivor's values win; gaps are filled from the other. Its address becomes an additional
/// one (hubspot-api 4.8).
Record merged(ObjectType type, const Record &primary, const Record &other, EpochMs now)
{
    Record result = primary;
    const bool isContact = type == ObjectType::Contact;
    const QString additional = isContact ? u"hs_additional_emails"_s : u"hs_additional_domains"_s;
    QHash<QString, QString> filled;
    for (auto it = other.values.begin(); it != other.values.end(); ++it) {
        if (!result.values.contains(it.key()) && it.key() != additional)
            filled.insert(it.key(), it.value());
    }
    setValues(result, type, filled, now, {u"MERGE_OBJECTS"_s, QString::number(other.id), 0});
    keepNames(result, other, isContact ? u"email"_s : u"domain"_s, additional);
    result.mergedIds += other.id;
    result.mergedIds += other.mergedIds;
    QString &ids = result.values[u"hs_merged_object_ids"_s];
    for (const qint64 id : QList<qint64> {other.id} + other.mergedIds)
        ids = mergedInto(ids, id);
    result.created = std::min(primary.created, other.created);
    result.updated = now;
    return result;
}

} // namespace

Reply createOne(PortalState &state, const ApiCall &call)
{
    const auto type = typeArgument(call);
    if (!type)
        return type.error();
    const auto write = prepareCreate(state, call, *type, call.body());
    if (!write)
        return write.error();
    const Record stored = commit(state, *write);
    if (*type == ObjectType::Contact)
        addCompanyByDomain(state, stored);
    Reply reply = jsonReply(writtenJson(state, *write, stored), 201);
    if (state.options.switches.createLocation)
        reply.headers.emplaceBack("Location",
                                  state.baseUrl.toUtf8() + call.wire.path + '/'
                                      + QByteArray::number(stored.id));
    return reply;
}

Reply readOne(PortalState &state, const ApiCall &call)
{
    const auto type = typeArgument(call);
    if (!type)
        return type.error();
    const auto id = locate(state, *type, call.args[1], call.param("idProperty"_L1));
    if (!id)
        return id.error();
    const auto record = state.store(*type).find(*id);
    const bool wantsArchived = call.flag("archived"_L1);
    const bool fits = record
        && (record->archivedAt.has_value() == wantsArchived
            || (wantsArchived && state.options.switches.archivedReadFindsLive));
    if (!fits)
        return notFound();
    QList<ObjectType> associations;
    for (const QString &name : call.listParam("associations"_L1)) {
        const auto to = typeNamed(name);
        if (!to)
            return invalid(u"Unable to infer object type from: %1"_s.arg(name));
        associations.append(*to);
    }
    const RecordShape shape = shapeFor(state, *type, call.listParam("properties"_L1),
                                       call.listParam("propertiesWithHistory"_L1), associations);
    return jsonReply(recordJson(state, shape, *record));
}

Reply updateOne(PortalState &state, const ApiCall &call)
{
    const auto type = typeArgument(call);
    if (!type)
        return type.error();
    const auto id = locate(state, *type, call.args[1], call.param("idProperty"_L1));
    if (!id)
        return id.error();
    if (!call.body().value("properties"_L1).isObject())
        return invalid(u"Some required fields were not set: [properties]"_s);
    const auto write =
        prepareUpdate(state, call, *type, *id, call.body().value("properties"_L1).toObject());
    if (!write)
        return write.error();
    const Record stored = commit(state, *write);
    return jsonReply(writtenJson(state, *write, stored));
}

Reply archiveOne(PortalState &state, const ApiCall &call)
{
    const auto type = typeArgument(call);
    if (!type)
        return type.error();
    const auto id = locate(state, *type, call.args[1], {});
    if (!id)
        return id.error();
    const Switches &switches = state.options.switches;
    const bool wasLive = archive(state, *type, *id);
    const bool isKnown = state.store(*type).find(*id).has_value();
    const bool isRefused = isKnown ? switches.secondDeleteIs404 : switches.unknownDeleteIs404;
    return !wasLive && isRefused ? notFound() : emptyReply(204);
}

Reply mergeTwo(PortalState &state, const ApiCall &call)
{
    const auto type = typeArgument(call);
    if (!type)
        return type.error();
    RecordStore &store = state.store(*type);
    const auto idOf = [&](const char16_t *name) {
        const QJsonValue value = call.body().value(QString::fromUtf16(name));
        return store.resolved(value.toVariant().toLongLong());
    };
    const auto primary = store.find(idOf(u"primaryObjectId"));
    const auto other = store.find(idOf(u"objectIdToMerge"));
    if (!primary || !other || primary->archivedAt || other->archivedAt)
        return notFound();
    if (primary->id == other->id)
        return invalid(u"Cannot merge an object with itself."_s);
    if (primary->mergedIds.size() + other->mergedIds.size() + 1 > mostMerges)
        return invalid(u"Cannot have more than 250 identities on a profile"_s);
    Record result = merged(*type, *primary, *other, state.now());
    QList<qint64> gone {other->id};
    if (state.options.switches.mergeMakesNewId) {
        result.id = store.takeNewId();
        gone.append(primary->id);
        result.mergedIds.append(primary->id);
        QString &ids = result.values[u"hs_merged_object_ids"_s];
        ids = mergedInto(ids, primary->id);
    }
    for (const qint64 id : gone)
        store.purge(id, state.visibleAt());
    store.put(result, state.visibleAt());
    for (auto it = gone.rbegin(); it != gone.rend(); ++it) {
        state.associations.moveAll(*type, *it, result.id);
        store.setMergedInto(*it, result.id);
    }
    return jsonReply(recordJson(state, shapeFor(state, *type, {}), result));
}

Reply gdprDelete(PortalState &state, const ApiCall &call)
{
    const auto type = typeArgument(call);
    if (!type)
        return type.error();
    if (*type != ObjectType::Contact)
        return htmlReply(404);
    const QString key = call.body().value("objectId"_L1).toVariant().toString();
    const QString idProperty = call.body().value("idProperty"_L1).toString();
    if (key.isEmpty())
        return invalid(u"Some required fields were not set: [objectId]"_s);
    const auto id = locate(state, *type, key, idProperty);
    if (!id && idProperty == "email"_L1) {
        state.blockedEmails.insert(key.toLower());
        return emptyReply(204);
    }
    if (!id)
        return id.error();
    const auto record = state.store(*type).find(*id);
    if (!record)
        return notFound();
    if (const QString email = record->values.value(u"email"_s); !email.isEmpty())
        state.blockedEmails.insert(email.toLower());
    state.associations.removeAll(*type, *id);
    state.store(*type).purge(*id, state.visibleAt());
    return emptyReply(204);
}

} // namespace hubkeeper::practice
