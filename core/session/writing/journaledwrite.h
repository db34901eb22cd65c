// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"
#include "changes/run/plan.h"
#include "connector/script.h"
#include "journal/journal.h"

namespace hubkeeper {

class Session;
class WriteTrace;

/// A write of a script or of a definition as the guard sees it.
[[nodiscard]] GuardedWrite guardedWrite(const CollectedWrite &write);

/// One write through the connector that leaves its trace in the journal: refusals that need no
/// sending first, the present values read, the guard, intent, sending, proof by re-reading,
/// outcome. It judges as a run of a change set does (plan.h). Its outcome is the connector's.
///
/// The id of a record that was merged into another one is a Conflict, since the other one was not
/// named. Where the outcome is unclear the portal is asked; what cannot be known then is journaled
/// as unknown. cancel() journals what is known at that moment. Fails as the connector does, with
/// Refused by the trace's guard, and with Storage where the journal failed: before the sending
/// nothing was sent then.
///
/// A dry run makes the same checks and ends before the intent; its outcome is the object as it is,
/// of a create nothing.
class JournaledWrite final : public Call<ConnectorObject>
{
public:
    /// `session` and `trace` must outlive the call.
    JournaledWrite(Session &session, WriteTrace &trace, CollectedWrite write, bool dryRun,
                   QObject *parent);

protected:
    void abortWork() override;

private:
    void begin();
    void prepareRecord();
    void onProperties(const Result<QHash<QString, QString>> &properties);
    void readRecord();
    void onRecord(const Record &record);
    void prepareDefinition();
    void onDefinition(const ConnectorObject &object);
    void keepDefinition(const QJsonObject &attributes);
    void readObject();
    void askGuard();
    void intend();
    void send();
    [[nodiscard]] Call<ConnectorObject> *sent();
    void onAnswer(const Result<ConnectorObject> &answer);
    [[nodiscard]] bool wasReadBack() const;
    void prove();
    void judge(const Result<Record> &now);
    void settle(RowState state, const QString &message = {});

    Session &m_session;
    WriteTrace &m_trace;
    const CollectedWrite m_write;
    const bool m_isDry;
    std::optional<ObjectClass> m_class;
    std::optional<ObjectType> m_records; // Nothing: property definitions.
    DefinitionsByName m_definitions; // Empty: not read.
    qint64 m_portalId = 0;
    ObjectType m_type = ObjectType::Contacts; // Of the record, or of the records that have it.
    ConnectorObject m_present; // Dry run: the object as it is.
    JournalRow m_row;
    int m_number = 0; // Of the intent; 0: none yet, or settled.
    bool m_isWritten = false; // The portal said so.
    std::optional<Result<ConnectorObject>> m_answer;
};

} // namespace hubkeeper
