// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"
#include "connector/connectorcontext.h"
#include "connector/connectorwriter.h"
#include "connector/lostcreate.h"

namespace hubkeeper {

/// Create: one request, never sent twice, and the object as read back.
///
/// If the answer is lost, the object is looked up (LostCreate). What cannot be proven stays
/// OutcomeUnknown; a key that something older has is a Conflict.
class CreateObject final : public Call<ConnectorObject>
{
public:
    CreateObject(ConnectorContext &context, PortalWriter &portal, ObjectClass objectClass,
                 QJsonObject attributes, WriteNotice written, QObject *parent);

private:
    void prepare(const Schema &schema);
    void sendRecord(const Schema &schema, const QList<PropertyDefinition> &definitions);
    void sendDefinition(const Schema &schema);
    void onRecord(const Result<Record> &record);
    void onDefinition(const Result<PropertyDefinition> &definition);

    void lookUpOrFail(const Error &error);
    void onLookedUp(const Result<std::optional<Record>> &found);
    void readBack(const QString &uid, const QStringList &warnings, bool foundAgain);
    void giveUp(const QString &finding, const QString &remedy);

    ConnectorContext &m_context;
    PortalWriter &m_portal;
    const ObjectClass m_class;
    const QJsonObject m_attributes;
    const WriteNotice m_written;
    SentCreate m_create;
    DefinitionsByName m_definitions;
    Error m_loss; // Why the outcome is unknown.
};

} // namespace hubkeeper
