// SPDX-License-Identifier: MIT
#include "connector/createobject.h"

#include "connector/attributewrite.h"
#include "connector/connectortext.h"
#include "connector/readobject.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

CreateObject::CreateObject(ConnectorContext &context, PortalWriter &portal, ObjectClass objectClass,
                           QJsonObject attributes, WriteNotice written, QObject *parent)
    : Call(parent)
    , m_context(context)
    , m_portal(portal)
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
    for (const PropertyDefinition &definition : definitions)
        m_definitions.insert(definition.name, definition);
    m_create = {*recordTypeOf(m_class), false, *properties, m_portal.client().portalTime()};
    always(m_portal.create(m_create.type, *properties, this),
           [this](const Result<Record> &record) { onRecord(record); });
}

void CreateObject::sendDefinition(const Schema &schema)
{
    const auto definition =
        definitionToWrite(schema.of(m_class), m_attributes, WriteKind::Create, {});
    if (!definition)
        return complete(tl::unexpected(definition.error()));
    m_create = {*definitionsOf(m_class), true, {}, m_portal.client().portalTime()};
    for (auto member = definition->begin(); member != definition->end(); ++member)
        m_create.values.insert(member.key(), definitionText(member.value()));
    always(m_portal.createProperty(m_create.type, *definition, this),
           [this](const Result<PropertyDefinition> &outcome) { onDefinition(outcome); });
}

void CreateObject::onRecord(const Result<Record> &record)
{
    if (record)
        return readBack(record->id, record->warnings, false);
    lookUpOrFail(record.error());
}

void CreateObject::onDefinition(const Result<PropertyDefinition> &definition)
{
    if (!definition)
        return lookUpOrFail(definition.error());
    m_context.forget();
    readBack(definition->name, {}, false);
}

void CreateObject::lookUpOrFail(const Error &error)
{
    if (error.kind != ErrorKind::OutcomeUnknown)
        return complete(tl::unexpected(error));
    m_loss = error;
    always<std::optional<Record>>(
        new LostCreate(m_portal, m_context.clock(), m_create, m_definitions, {}, this),
        [this](const Result<std::optional<Record>> &found) { onLookedUp(found); });
}

void CreateObject::onLookedUp(const Result<std::optional<Record>> &found)
{
    if (found && *found) {
        if (m_create.isDefinition)
            m_context.forget();
        return readBack((*found)->id, {}, true);
    }
    if (found)
        return giveUp(ConnectorText::tr("It is not there so far."),
                      ConnectorText::tr(
                          "Look again in a minute; if it is still not there, create it again."));
    if (found.error().kind == ErrorKind::Conflict)
        return complete(tl::unexpected(found.error()));
    m_loss.existingId = found.error().existingId;
    const bool isAmbiguous = found.error().kind == ErrorKind::OutcomeUnknown;
    giveUp(isAmbiguous ? found.error().what
                       : ConnectorText::tr("Looking it up failed, too: ") + found.error().what,
           isAmbiguous ? found.error().remedy
                       : ConnectorText::tr("Look for it before creating it again."));
}

void CreateObject::readBack(const QString &uid, const QStringList &warnings, bool foundAgain)
{
    if (m_written)
        m_written(uid);
    then<ConnectorObject>(new ReadObject(m_context, m_class, uid, {}, this),
                          [this, warnings, foundAgain](ConnectorObject object) {
                              object.warnings += warnings;
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

} // namespace hubkeeper
