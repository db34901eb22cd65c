// SPDX-License-Identifier: MIT
#include "connector/createobject.h"

#include "connector/attributewrite.h"
#include "connector/readobject.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int mostLookUps = 3;
constexpr std::chrono::milliseconds betweenLookUps {1000};
constexpr int clockSkewSeconds = 300; // Between this machine and the portal.

} // namespace

CreateObject::CreateObject(ConnectorContext &context, ObjectClass objectClass,
                           QJsonObject attributes, WriteNotice written, QObject *parent)
    : Call(parent)
    , m_context(context)
    , m_class(objectClass)
    , m_attributes(std::move(attributes))
    , m_written(std::move(written))
{
    cancelWith(m_context.lifetime());
    then(m_context.schema(this), [this](const Schema &schema) { prepare(schema); });
}

void CreateObject::prepare(const Schema &schema)
{
    if (!recordTypeOf(m_class))
        return sendDefinition(schema);
    if (!m_context.options().readSchema)
        return sendRecord(schema, {});
    then(m_context.definitions(*recordTypeOf(m_class), this),
         [this, schema](const QList<PropertyDefinition> &definitions) {
             sendRecord(schema, definitions);
         });
}

void CreateObject::sendRecord(const Schema &schema, const QList<PropertyDefinition> &definitions)
{
    const auto properties =
        propertiesToWrite(schema.of(m_class), m_attributes, WriteKind::Create, definitions);
    if (!properties)
        return complete(tl::unexpected(properties.error()));
    m_properties = *properties;
    m_startedAt = m_context.clock().utc();
    always(m_context.portal().create(*recordTypeOf(m_class), m_properties, this),
           [this](const Result<Record> &record) { onRecord(record); });
}

void CreateObject::sendDefinition(const Schema &schema)
{
    const auto definition =
        definitionToWrite(schema.of(m_class), m_attributes, WriteKind::Create, {});
    if (!definition)
        return complete(tl::unexpected(definition.error()));
    m_definition = *definition;
    always(m_context.portal().createProperty(*definitionsOf(m_class), m_definition, this),
           [this](const Result<PropertyDefinition> &outcome) { onDefinition(outcome); });
}

void CreateObject::onRecord(const Result<Record> &record)
{
    if (record)
        return readBack(record->id, record->warnings, false);
    if (record.error().kind != ErrorKind::OutcomeUnknown)
        return complete(tl::unexpected(record.error()));
    m_loss = record.error();
    if (m_class == ObjectClass::Contact && m_properties.contains(u"email"_s))
        return lookUpByEmail(1);
    m_context.clock().after(m_context.options().indexDelay, this,
                            unlessOver([this] { lookUpBySearch(); }));
}

void CreateObject::onDefinition(const Result<PropertyDefinition> &definition)
{
    if (!definition && definition.error().kind == ErrorKind::OutcomeUnknown) {
        m_loss = definition.error();
        return lookUpDefinition();
    }
    if (!definition)
        return complete(tl::unexpected(definition.error()));
    m_context.forget();
    readBack(definition->name, {}, false);
}

void CreateObject::lookUpByEmail(int attempt)
{
    ReadOptions options;
    options.idProperty = u"email"_s;
    options.properties = m_properties.keys();
    always(m_context.portal().read(ObjectType::Contacts, m_properties.value(u"email"_s), options,
                                   this),
           [this, attempt](const Result<Record> &found) { onEmailLookUp(attempt, found); });
}

void CreateObject::onEmailLookUp(int attempt, const Result<Record> &found)
{
    if (found && hasWhatWasWritten(*found))
        return readBack(found->id, found->warnings, true);
    if (found) {
        auto error = fail(ErrorKind::Conflict,
                          u"HubSpot's answer was lost. A contact with this e-mail address "
                          "exists, with other values than those sent."_s,
                          u"Open contact %1 and compare."_s.arg(found->id));
        error.value().existingId = found->id;
        return complete(std::move(error));
    }
    if (found.error().kind != ErrorKind::NotFound)
        return giveUp(u"Looking it up failed too: "_s + found.error().what,
                      u"Look for the e-mail address before creating it again."_s);
    if (attempt == mostLookUps)
        return giveUp(u"No contact has this e-mail address so far."_s,
                      u"Look again in a minute; if there is still none, create it again."_s);
    m_context.clock().after(betweenLookUps, this,
                            unlessOver([this, attempt] { lookUpByEmail(attempt + 1); }));
}

void CreateObject::lookUpBySearch()
{
    SearchQuery query;
    QList<SearchFilter> filters;
    QStringList keys = m_properties.keys();
    keys.sort();
    for (const QString &key : std::as_const(keys)) {
        const QString &value = m_properties[key];
        const bool searchable = value.size() <= 200 && !value.contains(u'\n') && key != "phone"_L1;
        if (searchable && filters.size() < SearchQuery::mostFiltersPerGroup)
            filters.append({key, SearchOperator::Eq, value, {}, {}});
    }
    if (filters.isEmpty())
        return giveUp(u"It has no value to look it up by."_s, u"Look for it in HubSpot."_s);
    query.groups = {filters};
    query.properties = keys;
    query.sortProperty = u"createdate"_s;
    query.descending = true;
    always(m_context.portal().search(*recordTypeOf(m_class), query, this),
           [this](const Result<RecordPage> &found) { onSearchLookUp(found); });
}

void CreateObject::onSearchLookUp(const Result<RecordPage> &found)
{
    if (!found)
        return giveUp(u"Looking it up failed too: "_s + found.error().what,
                      u"Look for it before creating it again."_s);
    QList<Record> matches;
    for (const Record &record : found->records) {
        if (record.createdAt >= m_startedAt.addSecs(-clockSkewSeconds) && hasWhatWasWritten(record))
            matches.append(record);
    }
    if (matches.size() == 1)
        return readBack(matches.constFirst().id, {}, true);
    if (matches.isEmpty())
        return giveUp(u"A search does not find it so far."_s,
                      u"Search again in a minute; if it is still not there, create it again."_s);
    giveUp(u"%1 new records have these values."_s.arg(matches.size()),
           u"Compare them before creating another."_s);
}

void CreateObject::lookUpDefinition()
{
    const QString name = m_definition["name"_L1].toString();
    always(m_context.portal().property(*definitionsOf(m_class), name, this),
           [this](const Result<PropertyDefinition> &found) {
               const auto differs = [this](const QString &member, const QString &value) {
                   return m_definition[member].toString() != value;
               };
               if (!found)
                   return giveUp(u"HubSpot does not show it so far."_s,
                                 u"Look again before creating it again."_s);
               if (differs(u"label"_s, found->label) || differs(u"type"_s, found->type))
                   return giveUp(u"A property of this name exists, but with another label or "
                                 "type."_s,
                                 u"Compare them before going on."_s);
               m_context.forget();
               readBack(found->name, {}, true);
           });
}

void CreateObject::readBack(const QString &uid, const QStringList &warnings, bool foundAgain)
{
    if (m_written)
        m_written(uid);
    then<ConnectorObject>(new ReadObject(m_context, m_class, uid, {}, this),
                          [this, warnings, foundAgain](ConnectorObject object) {
                              object.warnings = warnings;
                              object.foundAfterLostAnswer = foundAgain;
                              complete(std::move(object));
                          });
}

void CreateObject::giveUp(const QString &finding, const QString &remedy)
{
    Error error = m_loss;
    error.kind = ErrorKind::OutcomeUnknown;
    error.what += u' ' + finding;
    error.remedy = remedy;
    complete(tl::unexpected(std::move(error)));
}

bool CreateObject::hasWhatWasWritten(const Record &record) const
{
    for (auto it = m_properties.cbegin(); it != m_properties.cend(); ++it) {
        const bool ignoresCase = it.key() == "email"_L1; // Stored in lower case.
        if (record.text(it.key()).compare(it.value(),
                                          ignoresCase ? Qt::CaseInsensitive : Qt::CaseSensitive)
            != 0)
            return false;
    }
    return true;
}

} // namespace hubkeeper
