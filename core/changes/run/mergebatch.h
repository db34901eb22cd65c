// SPDX-License-Identifier: MIT
#pragma once

#include "changes/run/batchrows.h"
#include "changes/run/mergeplan.h"
#include "changes/run/runcontext.h"

namespace hubkeeper {

/// The batch of a run that is one merge: read both records whole, with their associations, and
/// compare; intent with both images; send; find out what remains; write what shall stay instead of
/// HubSpot's choice; read again, record.
///
/// - Nothing is merged of which the journal cannot keep everything (ReadImageLinks).
/// - The second record must be as it was when the merge was staged; the primary one must still have
///   what the cells say. Anything else is a conflict.
/// - An answer that is lost is looked up: both ids are read one by one, at once and once more after
///   three seconds. If they lead to the same record it was merged; if the second one still answers
///   for itself it was not; what cannot be read is Unknown. A row of an earlier run that is Unknown
///   is looked up before anything else.
/// - The record that remains may have a new id (hubspot-api 4.8, live-behaviour F1); it is in
///   RowChange::writtenId, and later merges of the run follow it.
class MergeBatch final : public Call<BatchReport>
{
public:
    /// `rows` is one row, as it was before the run marked it as Sending.
    MergeBatch(RunContext &context, std::vector<RowChange> rows, QObject *parent);

    [[nodiscard]] ObjectType type() const { return m_rows.type(); }
    [[nodiscard]] int size() const { return 1; }

protected:
    void abortWork() override;

private:
    using Where = std::array<QString, 2>; // What answers for the primary and for the second id.

    [[nodiscard]] BatchRows::Row &row() { return m_rows[0]; }
    void begin();
    void lookUpEarlier();
    void readBoth();
    void readNext(size_t which);
    void onMergedAway(size_t which, const QString &survivor);
    void onMissing(size_t which, const Error &error);
    void readLinks(size_t which);
    void failReading(const Error &error);
    void compare();
    [[nodiscard]] std::optional<Error> conflictOf(QHash<QString, QString> *theirs) const;
    void noteIntent();
    void onIntent(const Result<void> &noted);
    [[nodiscard]] std::vector<GuardedWrite> writes() const;
    void skip(const std::optional<Error> &why);
    void send();
    void onSent(const Result<Record> &record);
    void lookUp(int tries, const Error &doubt);
    template <typename Next>
    void findOut(Next next);
    void onMerged(const QString &survivor);
    void readSurvivor(bool mayWrite);
    void writeChoice(const Record &now);
    void judge(const Result<Record> &now);
    void finish(RowState state, const std::optional<Error> &error = {},
                const QHash<QString, QString> &theirs = {});
    void record();

    RunContext &m_context;
    BatchRows m_rows;
    const DefinitionsByName m_definitions;
    std::array<QString, 2> m_ids; // The primary record, and the one that goes.
    std::array<RecordImage, 2> m_images;
    std::map<QString, QString> m_surviving; // By HubSpot's rules.
    std::optional<Error> m_choiceFault; // Why what shall stay instead was not written.
    bool m_isNoted = false; // The outcome is on its way to the journal.
};

} // namespace hubkeeper
