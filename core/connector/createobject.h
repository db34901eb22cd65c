// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"
#include "connector/connectorcontext.h"

namespace hubkeeper {

/// Create: one request, never sent twice, and the object as read back.
///
/// If the answer is lost, the object is looked up by its key: a contact by its e-mail address and
/// a property definition by its name, which is immediate; other records by a search for all that
/// was written, after the index delay. One match made since is the object; anything else stays
/// OutcomeUnknown, and a contact of that address with other values is a Conflict.
class CreateObject final : public Call<ConnectorObject>
{
public:
    CreateObject(ConnectorContext &context, ObjectClass objectClass, QJsonObject attributes,
                 WriteNotice written, QObject *parent);

private:
    void prepare(const Schema &schema);
    void sendRecord(const Schema &schema, const QList<PropertyDefinition> &definitions);
    void sendDefinition(const Schema &schema);
    void onRecord(const Result<Record> &record);
    void onDefinition(const Result<PropertyDefinition> &definition);

    void lookUpByEmail(int attempt);
    void onEmailLookUp(int attempt, const Result<Record> &found);
    void lookUpBySearch();
    void onSearchLookUp(const Result<RecordPage> &found);
    void lookUpDefinition();

    void readBack(const QString &uid, const QStringList &warnings, bool foundAgain);
    void giveUp(const QString &finding, const QString &remedy);
    [[nodiscard]] bool hasWhatWasWritten(const Record &record) const;

    ConnectorContext &m_context;
    const ObjectClass m_class;
    const QJsonObject m_attributes;
    const WriteNotice m_written;
    QHash<QString, QString> m_properties; // What was sent, records only.
    QJsonObject m_definition; // What was sent, definitions only.
    QDateTime m_startedAt;
    Error m_loss; // Why the outcome is unknown.
};

} // namespace hubkeeper
