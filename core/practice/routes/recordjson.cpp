// SPDX-License-Identifier: MIT
#include "practice/routes/recordjson.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

const QStringList &systemNames(ObjectType type)
{
    static const QStringList contact {u"createdate"_s, u"hs_object_id"_s, u"lastmodifieddate"_s};
    static const QStringList company {u"createdate"_s, u"hs_lastmodifieddate"_s, u"hs_object_id"_s};
    return type == ObjectType::Contact ? contact : company;
}

const QStringList &defaultNames(ObjectType type)
{
    static const QStringList contact {u"email"_s, u"firstname"_s, u"lastname"_s};
    static const QStringList company {u"domain"_s, u"name"_s};
    return type == ObjectType::Contact ? contact : company;
}

QList<PropertyKey> keysFor(PortalState &state, ObjectType type, const QStringList &names)
{
    QList<PropertyKey> keys;
    for (const QString &name : names) {
        if (state.catalogue(type).live(name))
            keys.append(PropertyKey(type, name));
    }
    return keys;
}

QJsonArray historyJson(const PortalState &state, ObjectType type, const RecordView &view,
                       const Record *record, const PropertyKey &key)
{
    QJsonArray list;
    if (record && record->history.contains(key.name)) {
        for (const PastValue &past : record->history.value(key.name)) {
            QJsonObject entry {{u"value"_s, past.value},
                               {u"timestamp"_s, isoText(past.at)},
                               {u"sourceType"_s, past.sourceType}};
            if (!past.sourceId.isEmpty())
                entry.insert(u"sourceId"_s, past.sourceId);
            if (past.userId != 0)
                entry.insert(u"updatedByUserId"_s, past.userId);
            list.append(entry);
        }
        return list;
    }
    const QString value = state.value(type, view, key);
    if (!value.isEmpty()) {
        list.append(QJsonObject {{u"value"_s, value},
                                 {u"timestamp"_s, isoText(view.created())},
                                 {u"sourceType"_s, u"IMPORT"_s}});
    }
    return list;
}

QJsonObject associationsJson(const PortalState &state, const RecordShape &shape, qint64 id)
{
    constexpr qsizetype most = 100; // Then the part pages by itself (hubspot-api 4.3).
    QJsonObject json;
    for (const ObjectType to : shape.associations) {
        const QString plain = namesOf(shape.type).singular + u"_to_"_s + namesOf(to).singular;
        QJsonArray results;
        const QList<Link> links = state.associations.links(shape.type, id, to);
        for (const Link &link : links) {
            if (results.size() >= most)
                break;
            for (const int typeId : link.typeIds) {
                const LabelType *label = state.associations.label(shape.type, to, typeId);
                const bool plainType = !label || label->unlabelled || label->primary;
                if (label && label->primary && link.typeIds.size() > 1)
                    continue; // Comes as the plain type.
                results.append(QJsonObject {
                    {u"id"_s, QString::number(link.to)},
                    {u"type"_s, plainType ? plain : label->label.toLower().replace(u' ', u'_')}});
            }
        }
        if (results.isEmpty())
            continue;
        QJsonObject part {{u"results"_s, results}};
        if (links.size() > most) {
            const QString after = QString::number(links.at(most).to);
            part.insert(u"paging"_s, QJsonObject {{u"next"_s, QJsonObject {{u"after"_s, after}}}});
        }
        json.insert(namesOf(to).plural, part);
    }
    return json;
}

QJsonObject json(const PortalState &state, const RecordShape &shape, const RecordView &view,
                 const Record *record)
{
    QJsonObject properties;
    for (const PropertyKey &key : shape.properties) {
        const QString value = state.value(shape.type, view, key);
        properties.insert(key.name,
                          value.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(value));
    }
    const QString id = QString::number(view.id());
    QJsonObject json {
        {u"id"_s, id},
        {u"properties"_s, properties},
        {u"createdAt"_s, isoText(view.created())},
        {u"updatedAt"_s, isoText(view.updated())},
        {u"archived"_s, view.isArchived()},
        {u"url"_s,
         u"https://app.hubspot.com/contacts/%1/record/%2/%3"_s.arg(
             QString::number(state.options.portalId), QString(namesOf(shape.type).typeId), id)}};
    if (record && record->archivedAt)
        json.insert(u"archivedAt"_s, isoText(*record->archivedAt));
    if (!shape.histories.isEmpty()) {
        QJsonObject histories;
        for (const PropertyKey &key : shape.histories)
            histories.insert(key.name, historyJson(state, shape.type, view, record, key));
        json.insert(u"propertiesWithHistory"_s, histories);
    }
    if (const QJsonObject links = associationsJson(state, shape, view.id()); !links.isEmpty())
        json.insert(u"associations"_s, links);
    return json;
}

} // namespace

RecordShape shapeFor(PortalState &state, ObjectType type, const QStringList &names,
                     const QStringList &histories, const QList<ObjectType> &associations)
{
    RecordShape shape;
    shape.type = type;
    QStringList wanted = names.isEmpty() ? defaultNames(type) : names;
    wanted += histories;
    if (names.isEmpty() || state.options.switches.systemPropertiesAlways)
        wanted += systemNames(type);
    wanted.removeDuplicates();
    shape.properties = keysFor(state, type, wanted);
    shape.histories = keysFor(state, type, histories);
    shape.associations = associations;
    return shape;
}

QJsonObject recordJson(const PortalState &state, const RecordShape &shape, const Record &record)
{
    return json(state, shape, RecordView(record), &record);
}

QJsonObject recordJson(const PortalState &state, const RecordShape &shape, const RecordView &record)
{
    return json(state, shape, record, record.storedRecord());
}

} // namespace hubkeeper::practice
