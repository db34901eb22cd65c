// SPDX-License-Identifier: MIT
#include "connector/connectorwriter.h"

#include "connector/connectortext.h"
#include "connector/createobject.h"
#include "connector/deleteobject.h"
#include "connector/updateobject.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

Result<ObjectClass> writableClass(const QString &name, const QString &verb)
{
    auto objectClass = objectClassFrom(name);
    if (!objectClass || isWritable(*objectClass))
        return objectClass;
    auto error =
        fail(ErrorKind::Refused,
             ConnectorText::tr("The connector cannot %1 objects of type %2: they are read-only.")
                 .arg(verb, name),
             ConnectorText::tr("Change owners in HubSpot's own user settings."));
    error.value().category = QString::fromLatin1(unsupportedOperation);
    return error;
}

ConnectorWriter::ConnectorWriter(Connector &connector, PortalWriter &portal)
    : m_context(*connector.m_context)
    , m_portal(portal)
{
}

Call<ConnectorObject> *ConnectorWriter::create(const QString &objectClass,
                                               const QJsonObject &attributes, QObject *parent,
                                               const WriteNotice &written)
{
    const auto known = writableClass(objectClass, u"create"_s);
    if (!known)
        return new ReadyCall<ConnectorObject>(tl::unexpected(known.error()), parent);
    return new CreateObject(m_context, m_portal, *known, attributes, written, parent);
}

Call<ConnectorObject> *ConnectorWriter::update(const QString &objectClass, const QString &uid,
                                               const QJsonObject &attributes, QObject *parent,
                                               const QString &revision, const WriteNotice &written)
{
    const auto known = writableClass(objectClass, u"update"_s);
    if (!known)
        return new ReadyCall<ConnectorObject>(tl::unexpected(known.error()), parent);
    return new UpdateObject(m_context, m_portal, *known, uid, attributes, revision, written,
                            parent);
}

Call<ConnectorObject> *ConnectorWriter::remove(const QString &objectClass, const QString &uid,
                                               QObject *parent)
{
    const auto known = writableClass(objectClass, u"delete"_s);
    if (!known)
        return new ReadyCall<ConnectorObject>(tl::unexpected(known.error()), parent);
    return new DeleteObject(m_context, m_portal, *known, uid, parent);
}

} // namespace hubkeeper
