// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"
#include "connector/connectorcontext.h"
#include "connector/connectorwriter.h"

namespace hubkeeper {

/// Update: replaces whole values and reads the object back.
class UpdateObject final : public Call<ConnectorObject>
{
public:
    UpdateObject(ConnectorContext &context, PortalWriter &portal, ObjectClass objectClass,
                 QString uid, QJsonObject attributes, QString revision, WriteNotice written,
                 QObject *parent);

private:
    void checkRevision(const Schema &schema);
    void prepare(const Schema &schema);
    void writeRecord(const Schema &schema, const QList<PropertyDefinition> &definitions);
    void writeDefinition(const Schema &schema);
    void onWritten(const QString &uid, const QStringList &warnings);
    void readBack(const QString &uid, const QStringList &warnings);

    ConnectorContext &m_context;
    PortalWriter &m_portal;
    const ObjectClass m_class;
    const QString m_uid;
    const QJsonObject m_attributes;
    const QString m_revision;
    const WriteNotice m_written;
};

} // namespace hubkeeper
