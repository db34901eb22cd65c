// SPDX-License-Identifier: MIT
#include "practice/idm/systems/hubspotobjects.h"

#include "practice/data/owners.h"
#include "practice/idm/crest/objectquery.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

QJsonArray textsOf(const QList<qint64> &ids)
{
    QJsonArray texts;
    for (const qint64 id : ids)
        texts.append(QString::number(id));
    return texts;
}

/// Names of the old interfaces, from what the objects API has today (idm-connector 1.4).
void addLegacyContact(const PortalState &portal, const Record &record, QJsonObject &attributes)
{
    const QString id = QString::number(record.id);
    const QString account = QString::number(portal.options.portalId);
    attributes.insert(u"canonical-vid"_s, id);
    attributes.insert(u"portal-vid"_s, account);
    attributes.insert(u"is-contact"_s, u"true"_s);
    attributes.insert(u"addedAt"_s, isoText(record.created));
    attributes.insert(u"profile-url"_s,
                      u"https://app.hubspot.com/contacts/%1/contact/%2"_s.arg(account, id));
    if (!record.mergedIds.isEmpty())
        attributes.insert(u"merged-vids"_s, textsOf(record.mergedIds));
}

void addLegacyCompany(const PortalState &portal, const Record &record, QJsonObject &attributes)
{
    attributes.insert(u"portalId"_s, QString::number(portal.options.portalId));
    attributes.insert(u"isDeleted"_s, record.archivedAt ? u"true"_s : u"false"_s);
    if (!record.mergedIds.isEmpty())
        attributes.insert(u"mergeAudits"_s, textsOf(record.mergedIds));
}

NativeObject objectOf(const PortalState &portal, ObjectType type, const Record &record)
{
    NativeObject object;
    object.uid = QString::number(record.id);
    object.name = object.uid; // vid and companyId are the __NAME__.
    for (auto it = record.values.begin(); it != record.values.end(); ++it)
        object.attributes.insert(it.key(), it.value());
    if (type == ObjectType::Contact)
        addLegacyContact(portal, record, object.attributes);
    else
        addLegacyCompany(portal, record, object.attributes);
    return object;
}

void addFields(const CrestFilter &filter, QStringList &names)
{
    if (!filter.pointer.isEmpty() && !names.contains(filter.pointer.first()))
        names.append(filter.pointer.first());
    for (const CrestFilter &operand : filter.operands)
        addFields(operand, names);
}

/// Calls `use` with the id of every live record.
template <typename Use>
void forEachLive(const RecordStore &store, Use use)
{
    constexpr int block = 1000;
    qint64 from = 0;
    while (true) {
        const QList<qint64> ids = store.idsFrom(from, block, false);
        for (const qint64 id : ids)
            use(id);
        if (ids.size() < block)
            return;
        from = ids.last() + 1;
    }
}

QList<NativeObject> ownerObjects(const PortalState &portal)
{
    QList<NativeObject> objects;
    for (const Owner &owner : portal.owners) {
        if (owner.archived)
            continue;
        const QString id = QString::number(owner.id);
        objects.append({id,
                        id,
                        {{u"email"_s, owner.email},
                         {u"firstName"_s, owner.firstName},
                         {u"lastName"_s, owner.lastName},
                         {u"type"_s, owner.isQueue ? u"QUEUE"_s : u"PERSON"_s},
                         {u"portalId"_s, QString::number(portal.options.portalId)},
                         {u"createdAt"_s, isoText(owner.created)}}});
    }
    return objects;
}

QList<NativeObject> propertyObjects(PortalState &portal, ObjectType type)
{
    QList<NativeObject> objects;
    for (const auto &[name, property] : portal.catalogue(type).all()) {
        if (property.archived)
            continue;
        objects.append({name,
                        name,
                        {{u"label"_s, property.label},
                         {u"groupName"_s, property.group},
                         {u"type"_s, property.type},
                         {u"fieldType"_s, property.fieldType},
                         {u"description"_s, property.json.value("description"_L1).toString()},
                         {u"calculated"_s, property.calculated ? u"true"_s : u"false"_s},
                         {u"formField"_s, property.json.value("formField"_L1).toBool()}}});
    }
    return objects;
}

QString textOf(const QJsonValue &value)
{
    if (!value.isArray())
        return value.toVariant().toString();
    QStringList items;
    const QJsonArray array = value.toArray();
    for (const QJsonValue &item : array)
        items.append(item.toVariant().toString());
    return items.join(u';');
}

} // namespace

QList<NativeObject> recordObjects(const PortalState &portal, ObjectType type)
{
    QList<NativeObject> objects;
    forEachLive(portal.store(type), [&](qint64 id) { objects += recordObject(portal, type, id); });
    return objects;
}

QList<NativeObject> matchingRecords(const PortalState &portal, ObjectType type,
                                    const CrestFilter &filter)
{
    QStringList names;
    addFields(filter, names);
    const RecordStore &store = portal.store(type);
    // Values that only the whole object has: the names of the old interfaces.
    const bool isStored = std::all_of(names.cbegin(), names.cend(), [&](const QString &name) {
        return name.startsWith("__"_L1) || fieldNamed(type, name) != Field::None;
    });
    QList<NativeObject> found;
    forEachLive(store, [&](qint64 id) {
        QJsonObject seen;
        if (!isStored) {
            seen = recordObject(portal, type, id).value(0).attributes;
        } else if (const auto view = store.view(id)) {
            for (const QString &name : names) {
                const QString value = view->stored(name, fieldNamed(type, name));
                if (!value.isEmpty())
                    seen.insert(name, value);
            }
        }
        seen.insert(u"__UID__"_s, QString::number(id));
        seen.insert(u"__NAME__"_s, QString::number(id));
        if (objectMatches(filter, seen))
            found += recordObject(portal, type, id);
    });
    return found;
}

QList<NativeObject> recordObject(const PortalState &portal, ObjectType type, qint64 id)
{
    const auto record = portal.store(type).find(id);
    if (!record || record->archivedAt)
        return {};
    return {objectOf(portal, type, *record)};
}

QList<NativeObject> definitionObjects(PortalState &portal, const QString &type)
{
    if (type == "owner"_L1)
        return ownerObjects(portal);
    if (type == "contactProperties"_L1)
        return propertyObjects(portal, ObjectType::Contact);
    if (type == "companyProperties"_L1)
        return propertyObjects(portal, ObjectType::Company);
    return {};
}

QJsonObject hubSpotProperties(const QJsonObject &attributes)
{
    QJsonObject properties;
    for (auto it = attributes.begin(); it != attributes.end(); ++it)
        properties.insert(it.key(), textOf(it.value()));
    return properties;
}

} // namespace hubkeeper::practice
