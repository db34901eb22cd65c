// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"
#include "changes/journal.h"
#include "changes/run/plan.h"
#include "connector/script.h"

namespace hubkeeper {

class Session;
class WriteTrace;

/// One write through the connector that leaves its trace in the journal: refusals that need no
/// sending first, the present values read, intent, sending, proof by re-reading, outcome. Its
/// outcome is the connector's.
///
/// Where the outcome is unclear the portal is asked; what cannot be known then is journaled as
/// unknown. cancel() journals what is known at that moment. Fails as the connector does, and with
/// Storage where the journal failed: before the sending nothing was sent then.
class JournaledWrite final : public Call<ConnectorObject>
{
public:
    /// `session` and `trace` must outlive the call.
    JournaledWrite(Session &session, WriteTrace &trace, CollectedWrite write, QObject *parent);

protected:
    void abortWork() override;

private:
    void begin();
    void prepareRecord();
    void onProperties(const Result<QHash<QString, QString>> &properties);
    void readRecord();
    void prepareDefinition();
    void keepDefinition(const QJsonObject &attributes);
    void intend();
    void send();
    [[nodiscard]] Call<ConnectorObject> *sent();
    void onAnswer(const Result<ConnectorObject> &answer);
    [[nodiscard]] bool wasReadBack() const;
    void prove();
    void onProof(const Result<Record> &now);
    void judge(const Record &now);
    void settle(RowState state, const QString &message = {});

    Session &m_session;
    WriteTrace &m_trace;
    const CollectedWrite m_write;
    std::optional<ObjectClass> m_class;
    std::optional<ObjectType> m_records; // Nothing: property definitions.
    qint64 m_portalId = 0;
    JournalRow m_row;
    int m_number = 0; // Of the intent; 0: none yet, or settled.
    bool m_isWritten = false; // The portal said so.
    std::optional<Result<ConnectorObject>> m_answer;
};

} // namespace hubkeeper
