// SPDX-License-Identifier: MIT
#pragma once

#include "changes/run/plan.h"
#include "connector/lostcreate.h"
#include "journal/journal.h"

namespace hubkeeper {

/// What the batches of a run share. The references outlive them.
struct RunContext
{
    PortalWriter &portal;
    ChangeSet &changes;
    Journal &journal;
    Clock &clock;
    WriteGuard guard;
    QHash<ObjectType, DefinitionsByName> definitions = {};
    QString runId = {};
    QSet<QString> foundIds = {}; ///< Records that a look-up gave to a row of this run.
    bool isStopping = false; ///< What is not on its way yet is not sent any more.
    bool dryRun = false; ///< Nothing is sent and nothing goes into the journal.
    bool mayRepeatDomains = false; ///< As in RunOptions.
};

/// What a batch did.
struct BatchReport
{
    RunSummary counts;
    QList<Record> written;
    QStringList archived;
    std::optional<Error> stop; ///< No further batch makes sense.
};

/// One batch of a run, rows of one type and kind: read and compare, intent, send, isolate, look
/// up, prove, record. Its outcome is a failure only if the journal failed or it was cancelled; in
/// any case every row has its state in the change set and, if at all possible, in the journal.
class ApplyBatch final : public Call<BatchReport>
{
public:
    /// `rows` as they were before the run marked them as Sending.
    ApplyBatch(RunContext &context, std::vector<RowChange> rows, QObject *parent);

    [[nodiscard]] ObjectType type() const { return m_type; }
    [[nodiscard]] int size() const { return static_cast<int>(m_rows.size()); }

protected:
    void abortWork() override;

private:
    enum Phase {
        Waiting, // Nothing was sent.
        Sent, // Its request is on its way, or its answer was lost.
        Written, // The portal said so; not proven.
        Finished, // Its state is final for this run.
    };
    struct Row
    {
        RowChange change;
        Phase phase = Waiting;
        std::optional<Error> doubt; // Sent: why its outcome is unclear.
        std::optional<RowChange> journaled; // Where the portal stored another text.
        CellChanges image; // Archive: all that the record had.
        QDateTime writtenAt; // When the portal says it was modified, as read after the write.
    };
    using Group = std::vector<size_t>;

    void refuseFaulty();
    [[nodiscard]] LostCreate *lookUp(const RowChange &change);
    void lookUpEarlier();
    void onEarlier(size_t index, const Result<std::optional<Record>> &found);
    void findSameDomains();
    void onSameDomains(const Result<QHash<QString, QString>> &owners);
    void readCurrent();
    void onCurrent(const Result<BatchReadOutcome> &read);
    void compare(Row &row, const Record *now, const QString &survivor);
    void stopBeforeSending(const Group &group);
    void noteIntents();
    void onIntents(const Group &group, const Result<void> &noted);
    void skip(const Group &group, const std::optional<Error> &why);
    void sendNext();
    void sendUpdates(const Group &group);
    void sendInputs(const Group &group);
    void sendArchives(const Group &group);
    void onSent(const Group &group, const Result<QList<BatchOutcome>> &outcomes);
    void onRefused(const Group &group, const Error &error);
    void lookUpUnclear();
    void onUnclear(size_t index, const Result<std::optional<Record>> &found);
    void prove();
    void onProof(const Result<BatchReadOutcome> &read);
    void judge(Row &row, const Result<std::optional<Record>> &now);
    void finish();
    [[nodiscard]] std::vector<JournalRow> outcomes() const;
    void reportChanges();

    void finish(Row &row, RowState state, std::optional<Error> error = {},
                const QHash<QString, QString> &theirs = {});
    [[nodiscard]] Group rowsIn(Phase phase) const;
    [[nodiscard]] QStringList idsOf(const Group &group) const;
    [[nodiscard]] QStringList editedProperties() const;
    [[nodiscard]] QStringList propertiesToCompare() const;
    [[nodiscard]] const DefinitionsByName &definitions() const;

    RunContext &m_context;
    const ObjectType m_type;
    const ChangeKind m_kind;
    std::vector<Row> m_rows;
    std::vector<Group> m_groups; // To be sent, the next one last.
    Group m_lookUps; // Rows to be looked up, the next one last.
    BatchReport m_report;
    bool m_isNoted = false; // The outcomes are on their way to the journal.
};

} // namespace hubkeeper
