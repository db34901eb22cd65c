// SPDX-License-Identifier: MIT
#include "connector/updateobject.h"

#include "connector/attributewrite.h"
#include "connector/connectortext.h"
#include "connector/readobject.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

UpdateObject::UpdateObject(ConnectorContext &context, PortalWriter &portal, ObjectClass objectClass,
                           QString uid, QJsonObject attributes, QString revision,
                           WriteNotice written, QObject *parent)
    : Call(parent)
    , m_context(context)
    , m_portal(portal)
    , m_class(objectClass)
    , m_uid(std::move(uid))
    , m_attributes(std::move(attributes))
    , m_revision(std::move(revision))
    , m_written(std::move(written))
{
    cancelWith(m_context.lifetime());
    if (!canBeUid(m_class, m_uid)) {
        complete(unknownUid(m_class, m_uid));
        return;
    }
    then(m_context.schema(this), [this](const Schema &schema) { checkRevision(schema); });
}

void UpdateObject::checkRevision(const Schema &schema)
{
    if (m_revision.isEmpty())
        return prepare(schema);
    then<ConnectorObject>(
        new ReadObject(m_context, m_class, m_uid, {u"_id"_s}, this),
        [this, schema](const ConnectorObject &object) {
            if (object.revision == m_revision)
                return prepare(schema);
            complete(
                fail(ErrorKind::Conflict,
                     ConnectorText::tr("The %1 %2 changed meanwhile.").arg(nameOf(m_class), m_uid),
                     ConnectorText::tr("Read it again and decide anew.")));
        });
}

void UpdateObject::prepare(const Schema &schema)
{
    if (!recordTypeOf(m_class))
        return writeDefinition(schema);
    if (!m_context.options().readSchema)
        return writeRecord(schema, {});
    then(m_context.definitions(*recordTypeOf(m_class), this),
         [this, schema](const QList<PropertyDefinition> &definitions) {
             writeRecord(schema, definitions);
         });
}

void UpdateObject::writeRecord(const Schema &schema, const QList<PropertyDefinition> &definitions)
{
    const auto properties =
        propertiesToWrite(schema.of(m_class), m_attributes, WriteKind::Update, definitions);
    if (!properties)
        return complete(tl::unexpected(properties.error()));
    if (properties->isEmpty())
        return readBack(m_uid, {});
    then(m_portal.update(*recordTypeOf(m_class), m_uid, *properties, this),
         [this](const Record &record) { onWritten(record.id, record.warnings); });
}

void UpdateObject::writeDefinition(const Schema &schema)
{
    const auto changes =
        definitionToWrite(schema.of(m_class), m_attributes, WriteKind::Update, m_uid);
    if (!changes)
        return complete(tl::unexpected(changes.error()));
    if (changes->isEmpty())
        return readBack(m_uid, {});
    then(m_portal.updateProperty(*definitionsOf(m_class), m_uid, *changes, this),
         [this](const PropertyDefinition &definition) {
             m_context.forget();
             onWritten(definition.name, {});
         });
}

void UpdateObject::onWritten(const QString &uid, const QStringList &warnings)
{
    if (m_written)
        m_written(uid);
    readBack(uid, warnings);
}

void UpdateObject::readBack(const QString &uid, const QStringList &warnings)
{
    then<ConnectorObject>(new ReadObject(m_context, m_class, uid, {}, this),
                          [this, warnings](ConnectorObject object) {
                              object.warnings += warnings;
                              if (object.uid != m_uid && recordTypeOf(m_class))
                                  object.warnings.append(mergedAway(m_uid, object.uid).what);
                              complete(std::move(object));
                          });
}

} // namespace hubkeeper
