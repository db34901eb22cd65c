// SPDX-License-Identifier: MIT
#pragma once

#include "changes/run/plan.h"
#include "changes/run/writetrace.h"
#include "connector/connectorwriter.h"
#include "connector/script.h"

namespace hubkeeper {

/// A write that goes out by itself (a script's, or of a property definition) as the guard sees it.
[[nodiscard]] GuardedWrite guardedWrite(const CollectedWrite &write);

/// Such a write, ready to be sent.
struct SingleWritePlan
{
    CollectedWrite write;
    JournalRow row; ///< With the values before; subject and outcome are the engine's.
    std::optional<ObjectType> records; ///< Nothing: property definitions.
    qint64 portalId = 0;
    DefinitionsByName definitions; ///< To compare values by; empty: not known.
    ConnectorObject present; ///< The object as it is, which a dry run answers with.
    bool dryRun = false;
};

/// What a single write works with. All must outlive it.
struct SingleWriteContext
{
    Connector &connector;
    PortalReader &portal;
    ConnectorWriter &writer;
    WriteTrace &trace;
};

/// The write engine for what goes out one by one, as ApplyRun is for the rows of a change set, with
/// the same guard, intent, look-up of a lost create and proof (plan.h): the guard is asked at the
/// point of sending, the intent is on the disk before anything leaves, the object is read again,
/// and the outcome is noted. The outcome of the call is the connector's.
///
/// Where the answer is unclear the portal is asked; what cannot be known then is journaled as
/// unknown. cancel() journals what is known at that moment. Fails as the connector does, with
/// Refused by the trace's guard, and with Storage where the journal failed: before the sending
/// nothing was sent then. A dry run ends before the intent.
class SingleWrite final : public Call<ConnectorObject>
{
    Q_OBJECT

public:
    SingleWrite(const SingleWriteContext &context, SingleWritePlan plan, QObject *parent);

signals:
    /// As the portal has it now.
    void recordsWritten(hubkeeper::ObjectType type, const QList<hubkeeper::Record> &records);
    void recordsArchived(hubkeeper::ObjectType type, const QStringList &ids);

protected:
    void abortWork() override;

private:
    void askGuard();
    void intend();
    void send();
    [[nodiscard]] Call<ConnectorObject> *sent();
    void onAnswer(const Result<ConnectorObject> &answer);
    [[nodiscard]] bool wasReadBack() const;
    void prove();
    void judge(const Result<Record> &now);
    void noteApplied(const Result<Record> &now);
    void finish(RowState state, const QString &message = {});

    const SingleWriteContext m_context;
    SingleWritePlan m_plan;
    int m_number = 0; // Of the intent; 0: none yet, or its outcome was noted.
    bool m_isWritten = false; // The portal said so.
    std::optional<Result<ConnectorObject>> m_answer;
};

} // namespace hubkeeper
