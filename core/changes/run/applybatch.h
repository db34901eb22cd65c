// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"
#include "changes/run/batchrows.h"
#include "changes/run/runcontext.h"
#include "changes/run/takenvalues.h"
#include "connector/lostcreate.h"

namespace hubkeeper {

/// One batch of a run, rows of one type and kind: read and compare, intent, send, isolate, look
/// up, prove, record. Its outcome is a failure only if the journal failed or it was cancelled; in
/// any case every row has its state in the change set and, if at all possible, in the journal.
class ApplyBatch final : public Call<BatchReport>
{
public:
    /// `rows` as they were before the run marked them as Sending.
    ApplyBatch(RunContext &context, std::vector<RowChange> rows, QObject *parent);

    [[nodiscard]] ObjectType type() const { return m_rows.type(); }
    [[nodiscard]] int size() const { return static_cast<int>(m_rows.size()); }

protected:
    void abortWork() override;

private:
    void refuseFaulty();
    [[nodiscard]] LostCreate *lookUp(const RowChange &change);
    void lookUpEarlier();
    void onEarlier(size_t index, const Result<std::optional<Record>> &found);
    void takeLookUp(BatchRows::Row &row, const Result<std::optional<Record>> &found);
    void findSameDomains();
    void onSameDomains(const Result<QHash<QString, QString>> &owners);
    void readCurrent();
    void onCurrent(const Result<BatchReadOutcome> &read);
    void compare(BatchRows::Row &row, const Record *now, const QString &survivor);
    void stopBeforeSending(const BatchRows::Group &group);
    void onTakenValues(const BatchRows::Group &group, const Result<ValueOwners> &owners);
    void noteIntents();
    void onIntents(const BatchRows::Group &group, const Result<void> &noted);
    void skip(const BatchRows::Group &group, const std::optional<Error> &why);
    void lookUpUnclear();
    void onUnclear(size_t index, const Result<std::optional<Record>> &found);
    void prove();
    void onProof(const Result<BatchReadOutcome> &read);
    void judge(BatchRows::Row &row, const Result<std::optional<Record>> &now);
    void finish();
    [[nodiscard]] QStringList propertiesToCompare() const;

    RunContext &m_context;
    BatchRows m_rows;
    const DefinitionsByName m_definitions;
    BatchRows::Group m_lookUps; // Rows to be looked up, the next one last.
    bool m_isNoted = false; // The outcomes are on their way to the journal.
};

} // namespace hubkeeper
