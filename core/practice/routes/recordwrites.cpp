// SPDX-License-Identifier: MIT
#include "practice/routes/recordwrites.h"

#include "practice/routes/recordjson.h"
#include "practice/routes/valuecheck.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

constexpr qsizetype pastValues = 20; // Kept of a company's property (hubspot-api 4.4).
constexpr qsizetype pastContactValues = 45;

/// A value of a unique property that another record has.
struct TakenValue
{
    ObjectType type = ObjectType::Contact;
    QString property;
    QString value;
    qint64 self = 0; ///< Who wants it; 0: a new record.
    qint64 owner = 0; ///< Who has it.
    bool isMainAddress = false; ///< The owner's own e-mail address, not an additional one.
};

/// 409 for a create whose address is another's own; all else is a validation error, as seen live
/// since 2026.
Reply conflict(PortalState &state, const TakenValue &taken)
{
    const Switches &switches = state.options.switches;
    const bool isEmail = taken.type == ObjectType::Contact
        && (taken.property == "email"_L1 || taken.property == "hs_additional_emails"_L1);
    const bool isKnownContact = isEmail && taken.self == 0 && taken.isMainAddress;
    const bool as400 = isEmail ? switches.emailConflictIs400 : switches.uniqueConflictIs400;
    if (isKnownContact || (isEmail && !as400))
        return errorReply(409, u"CONFLICT"_s,
                          u"Contact already exists. Existing ID: %1"_s.arg(taken.owner));
    const qint64 self = taken.self > 0 ? taken.self : state.store(taken.type).takeNewId();
    const QString message =
        u"Cannot set PropertyValueCoordinates{portalId=%1, objectTypeId=%2, propertyName=%3, "
        "value=%4} on %5. %6 already has that value."_s.arg(
            QString::number(state.options.portalId), QString(namesOf(taken.type).typeId),
            taken.property, taken.value, QString::number(self), QString::number(taken.owner));
    return errorReply(as400 ? 400 : 409, as400 ? u"VALIDATION_ERROR"_s : u"CONFLICT"_s, message);
}

QStringList uniqueNames(PortalState &state, ObjectType type)
{
    QStringList names;
    if (type == ObjectType::Contact)
        names.append(u"email"_s);
    for (const auto &[name, property] : state.catalogue(type).all()) {
        if (property.unique && !property.archived)
            names.append(name);
    }
    return names;
}

/// Additional addresses of a write that another contact has, in any of its own.
Outcome<void> checkAdditionalEmails(PortalState &state, ObjectType type,
                                    const QHash<QString, QString> &values, qint64 self)
{
    const QStringList addresses =
        values.value(u"hs_additional_emails"_s).split(u';', Qt::SkipEmptyParts);
    for (const QString &address : addresses) {
        const auto other = state.store(type).withUnique(u"email"_s, address, true);
        if (other && *other != self)
            return refuse(
                conflict(state, {type, u"hs_additional_emails"_s, address, self, *other, false}));
    }
    return {};
}

Outcome<void> checkUnique(PortalState &state, ObjectType type,
                          const QHash<QString, QString> &values, qint64 self, TakenKeys *taken)
{
    if (auto checked = checkAdditionalEmails(state, type, values, self); !checked)
        return checked;
    const bool additionalToo = state.options.switches.additionalEmailsTaken;
    for (const QString &name : uniqueNames(state, type)) {
        const QString value = values.value(name);
        if (value.isEmpty())
            continue;
        const bool isEmail = name == "email"_L1;
        const auto other = state.store(type).withUnique(name, value, additionalToo);
        if (other && *other != self) {
            const bool isMain = state.store(type).withUnique(name, value, false) == other;
            return refuse(conflict(state, {type, name, value, self, *other, isMain}));
        }
        if (isEmail && state.blockedEmails.contains(value.toLower()))
            return refuse(invalid(u"The email address was permanently deleted and cannot be added "
                                  "again."_s));
        const QString key = name + u'\n' + value.toLower();
        if (taken && taken->contains(key))
            return refuse(errorReply(409, u"CONFLICT"_s,
                                     u"Duplicate values of \"%1\" in the batch."_s.arg(name)));
        if (taken)
            taken->insert(key);
    }
    return {};
}

/// {"to":{"id"},"types":[{"associationCategory","associationTypeId"}]} (hubspot-api 4.5).
Outcome<PreparedWrite::NewLink> readLink(PortalState &state, ObjectType type,
                                         const QJsonObject &json)
{
    PreparedWrite::NewLink link;
    link.id = json.value("to"_L1).toObject().value("id"_L1).toVariant().toLongLong();
    std::optional<ObjectType> to;
    for (const QJsonValue &value : json.value("types"_L1).toArray()) {
        const int typeId = value.toObject().value("associationTypeId"_L1).toInt();
        for (const LabelType &label : state.associations.labels()) {
            if (label.from == type && label.typeId == typeId) {
                to = label.to;
                link.typeIds.append(typeId);
            }
        }
    }
    if (!to)
        return refuse(invalid(u"Invalid association types for %1"_s.arg(namesOf(type).upper)));
    link.to = *to;
    link.id = state.store(*to).resolved(link.id);
    if (!state.store(*to).isLive(link.id))
        return refuse(invalid(u"Some associated objects do not exist: %1"_s.arg(link.id)));
    return link;
}

Outcome<void> readLinks(PortalState &state, const ApiCall &call, const QJsonValue &json,
                        PreparedWrite &write)
{
    if (!json.isUndefined() && !json.isNull() && !json.isArray())
        return refuse(invalid(u"\"associations\" must be a list"_s));
    const bool mayNot =
        call.enforcesRules() && call.who.isOauth && state.options.switches.editAssociationsDenied;
    if (mayNot && !json.toArray().isEmpty())
        return refuse(invalid(u"Missing 'Edit Associations' permission."_s));
    for (const QJsonValue &value : json.toArray()) {
        auto link = readLink(state, write.type, value.toObject());
        if (!link)
            return refuse(link.error());
        write.links.append(*link);
    }
    return {};
}

/// Another address of the contact becomes its main one, and the main one another (as HubSpot's own
/// pages have it).
void swapAddresses(Record &record, const QString &address)
{
    const QString additional = u"hs_additional_emails"_s;
    QStringList more = record.values.value(additional).split(u';', Qt::SkipEmptyParts);
    const qsizetype place = more.indexOf(address);
    const QString main = record.values.value(u"email"_s);
    if (place < 0 || main == address)
        return;
    more.removeAt(place);
    if (!main.isEmpty())
        more.append(main);
    record.values.insert(additional, more.join(u';'));
    if (more.isEmpty())
        record.values.remove(additional);
}

void apply(PortalState &state, PreparedWrite &write, const QHash<QString, QString> &values,
           const Writer &writer)
{
    write.touched += values.keys();
    if (write.type == ObjectType::Contact && !write.isNew)
        swapAddresses(write.record, values.value(u"email"_s));
    setValues(write.record, write.type, values, state.now(), writer);
    const QString stage = values.value(u"lifecyclestage"_s);
    if (const QString name = u"hs_lifecyclestage_%1_date"_s.arg(stage);
        !stage.isEmpty() && state.catalogue(write.type).live(name))
        write.record.values.insert(name, isoText(state.now()));
}

/// What HubSpot itself sets on a new contact, as seen in replies of November 2025.
void applyDefaults(PortalState &state, PreparedWrite &write)
{
    if (write.type != ObjectType::Contact)
        return;
    QHash<QString, QString> &values = write.record.values;
    const QString stageDate = u"hs_lifecyclestage_lead_date"_s;
    if (state.options.switches.newContactsAreLeads && !values.contains(u"lifecyclestage"_s)) {
        values.insert(u"lifecyclestage"_s, u"lead"_s);
        values.insert(stageDate, isoText(state.now()));
    }
    values.insert(u"hs_is_contact"_s, u"true"_s);
    values.insert(u"num_notes"_s, u"0"_s);
    values.insert(u"hs_is_unworked"_s, u"true"_s);
    values.insert(u"hs_object_source"_s, u"INTEGRATION"_s);
    values.insert(u"hs_object_source_id"_s, u"4711003"_s);
    values.insert(u"hs_object_source_label"_s, u"INTEGRATION"_s);
    if (!values.contains(u"hs_pipeline"_s))
        values.insert(u"hs_pipeline"_s, u"contacts-lifecycle-pipeline"_s);
}

/// associatedcompanyid, where it can be set, moves the primary company (hubspot-api 9.2).
void takeCompanyId(PortalState &state, PreparedWrite &write)
{
    const QString text = write.record.values.take(u"associatedcompanyid"_s);
    const qint64 id = text.toLongLong();
    if (write.type == ObjectType::Contact && state.store(ObjectType::Company).isLive(id))
        write.links.append({ObjectType::Company, id, {1}});
}

/// What the reply to a write shows though nobody set it.
QStringList unaskedNames(ObjectType type)
{
    QStringList names {u"createdate"_s, u"hs_object_id"_s, QString(namesOf(type).lastModified),
                       u"lifecyclestage"_s};
    if (type == ObjectType::Company)
        return names;
    return names
        + QStringList {u"hs_email_domain"_s,
                       u"hs_full_name_or_email"_s,
                       u"hs_all_contact_vids"_s,
                       u"hs_is_contact"_s,
                       u"hs_is_unworked"_s,
                       u"hs_lifecyclestage_lead_date"_s,
                       u"hs_object_source"_s,
                       u"hs_object_source_id"_s,
                       u"hs_object_source_label"_s,
                       u"hs_pipeline"_s,
                       u"num_notes"_s};
}

} // namespace

Writer writerOf(const PortalState &state, const ApiCall &call)
{
    const auto app = state.tokens.appWithId(call.who.app);
    const QString id = app ? QString::number(state.tokens.apps().at(*app).appId) : call.who.app;
    return {u"INTEGRATION"_s, id, 0};
}

void setValues(Record &record, ObjectType type, const QHash<QString, QString> &values, EpochMs now,
               const Writer &writer)
{
    const qsizetype kept = type == ObjectType::Contact ? pastContactValues : pastValues;
    for (auto it = values.begin(); it != values.end(); ++it) {
        const QString old = record.values.value(it.key());
        if (it.value() == old)
            continue;
        QList<PastValue> &past = record.history[it.key()];
        if (past.isEmpty() && !old.isEmpty())
            past.append({old, record.created, u"IMPORT"_s, {}, 0});
        past.prepend({it.value(), now, writer.sourceType, writer.sourceId, writer.userId});
        past.resize(std::min(past.size(), kept));
        if (it.value().isEmpty())
            record.values.remove(it.key());
        else
            record.values.insert(it.key(), it.value());
    }
}

Outcome<PreparedWrite> prepareCreate(PortalState &state, const ApiCall &call, ObjectType type,
                                     const QJsonObject &input, TakenKeys *taken)
{
    PreparedWrite write;
    write.type = type;
    write.isNew = true;
    const QJsonValue properties = input.value("properties"_L1);
    if (!properties.isObject())
        return refuse(invalid(u"Some required fields were not set: [properties]"_s));
    const auto checked = checkValues(state, call, type, properties.toObject(), nullptr);
    if (!checked)
        return refuse(checked.error());
    write.warnings = checked->warnings;
    const auto &values = checked->values;
    const auto isSet = [&](const char16_t *name) {
        return !values.value(QString::fromUtf16(name)).isEmpty();
    };
    if (type == ObjectType::Contact && !isSet(u"email") && !isSet(u"firstname")
        && !isSet(u"lastname"))
        return refuse(invalid(u"A contact needs at least one of email, firstname, lastname."_s));
    if (type == ObjectType::Company && state.options.switches.blankCompanyRefused && !isSet(u"name")
        && !isSet(u"domain"))
        return refuse(invalid(u"A company needs name or domain."_s));
    write.record.created = write.record.updated = state.now();
    apply(state, write, values, writerOf(state, call));
    applyDefaults(state, write);
    takeCompanyId(state, write);
    if (auto links = readLinks(state, call, input.value("associations"_L1), write); !links)
        return refuse(links.error());
    if (auto required = checkRequired(state, call, type, write.record.values, true); !required)
        return refuse(required.error());
    if (auto unique = checkUnique(state, type, values, 0, taken); !unique)
        return refuse(unique.error());
    return write;
}

Outcome<PreparedWrite> prepareUpdate(PortalState &state, const ApiCall &call, ObjectType type,
                                     qint64 id, const QJsonObject &properties, TakenKeys *taken)
{
    auto record = state.store(type).find(id);
    if (!record || record->archivedAt)
        return refuse(notFound());
    PreparedWrite write;
    write.type = type;
    write.record = std::move(*record);
    const auto checked = checkValues(state, call, type, properties, &write.record);
    if (!checked)
        return refuse(checked.error());
    write.warnings = checked->warnings;
    write.record.updated = state.now();
    apply(state, write, checked->values, writerOf(state, call));
    takeCompanyId(state, write);
    if (auto required = checkRequired(state, call, type, write.record.values, false); !required)
        return refuse(required.error());
    if (auto unique = checkUnique(state, type, checked->values, id, taken); !unique)
        return refuse(unique.error());
    return write;
}

Record commit(PortalState &state, PreparedWrite write)
{
    RecordStore &store = state.store(write.type);
    if (write.record.id == 0)
        write.record.id = store.takeNewId();
    const Record stored = write.record;
    store.put(std::move(write.record), state.visibleAt());
    for (const auto &link : write.links) {
        state.associations.add(write.type, stored.id, link.to, link.id, link.typeIds,
                               state.options.switches.firstCompanyPrimary);
    }
    return stored;
}

QJsonObject writtenJson(PortalState &state, const PreparedWrite &write, const Record &stored)
{
    const ObjectType type = write.type;
    QStringList names = write.touched;
    names += unaskedNames(type);
    names.removeDuplicates();
    QJsonObject json = recordJson(state, shapeFor(state, type, names), stored);
    QJsonObject properties = json.value("properties"_L1).toObject();
    // Only what was touched shows as null; the others without a value stay away.
    for (const QString &name : unaskedNames(type)) {
        if (properties.value(name).isNull() && !write.touched.contains(name))
            properties.remove(name);
    }
    // Dates that HubSpot computes come as milliseconds here, as ISO text when they are read.
    for (const QString &name : properties.keys()) {
        if (!name.startsWith("hs_lifecyclestage_"_L1) || write.touched.contains(name))
            continue;
        if (const auto at = readInstant(properties.value(name).toString()))
            properties.insert(name, QString::number(*at));
    }
    json.insert(u"properties"_s, properties);
    if (!write.warnings.isEmpty())
        json.insert(u"warnings"_s, write.warnings);
    return json;
}

bool archive(PortalState &state, ObjectType type, qint64 id)
{
    auto record = state.store(type).find(id);
    if (!record || record->archivedAt)
        return false;
    record->archivedAt = state.now();
    record->updated = state.now();
    state.associations.removeAll(type, id);
    state.store(type).put(std::move(*record), state.visibleAt());
    return true;
}

bool isKey(PortalState &state, ObjectType type, const QString &property)
{
    if (type == ObjectType::Contact && property == "email"_L1)
        return true;
    const Property *known = state.catalogue(type).live(property);
    return known && known->unique;
}

Outcome<qint64> locate(PortalState &state, ObjectType type, const QString &key,
                       const QString &idProperty)
{
    if (!idProperty.isEmpty() && idProperty != "hs_object_id"_L1) {
        if (!isKey(state, type, idProperty))
            return refuse(invalid(
                u"The property \"%1\" does not exist or is not a unique identifier for %2"_s.arg(
                    idProperty, namesOf(type).upper)));
        const auto id = state.store(type).withUnique(idProperty, key, true);
        if (!id)
            return refuse(notFound());
        return *id;
    }
    bool isNumber = false;
    const qint64 id = key.toLongLong(&isNumber);
    if (!isNumber)
        return refuse(errorReply(404, u"OBJECT_NOT_FOUND"_s,
                                 u"Object not found.  objectId are usually numeric."_s,
                                 {{u"context"_s, QJsonObject {{u"id"_s, QJsonArray {key}}}}}));
    return state.store(type).resolved(id);
}

} // namespace hubkeeper::practice
