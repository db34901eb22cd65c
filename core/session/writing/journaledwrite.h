// SPDX-License-Identifier: MIT
#pragma once

#include "changes/run/singlewrite.h"

namespace hubkeeper {

class Session;

/// One write through the session's connector: refusals that need no sending first, the present
/// values read, then SingleWrite. Its outcome is the connector's, its failures are SingleWrite's.
///
/// The id of a record that was merged into another one is a Conflict, since the other one was not
/// named. A dry run makes the same checks and sends nothing; its outcome is the object as it is, of
/// a create nothing.
class JournaledWrite final : public Call<ConnectorObject>
{
public:
    /// `session` and `trace` must outlive the call.
    JournaledWrite(Session &session, WriteTrace &trace, CollectedWrite write, bool dryRun,
                   QObject *parent);

private:
    void prepare();
    void prepareRecord();
    void onProperties(const Result<QHash<QString, QString>> &properties);
    void readRecord();
    void onRecord(const Record &record);
    void prepareDefinition();
    void onDefinition(const ConnectorObject &object);
    void keepDefinition(const QJsonObject &attributes);
    void readObject();
    void lookForTaken();
    void lookForTwin();
    void write();
    [[nodiscard]] SingleWriteContext context();

    Session &m_session;
    WriteTrace &m_trace;
    SingleWritePlan m_plan;
    std::optional<ObjectClass> m_class;
    ObjectType m_type = ObjectType::Contacts; // Of the record, or of the records that have it.
};

} // namespace hubkeeper
