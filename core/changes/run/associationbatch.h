// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"
#include "changes/run/associationplan.h"
#include "changes/run/batchrows.h"
#include "changes/run/runcontext.h"

namespace hubkeeper {

/// One batch of a run, rows about links of records of one type: look whether both ends are there,
/// read the links and compare, intent, send, read again to prove, record. Its outcome is a failure
/// only if the journal failed or it was cancelled; in any case every row has its state in the
/// change set and, if at all possible, in the journal.
///
/// A row of an earlier run whose outcome is unknown is compared as any other: a link is a value,
/// and sending it again does no harm.
class AssociationBatch final : public Call<BatchReport>
{
public:
    /// `rows` as they were before the run marked them as Sending.
    AssociationBatch(RunContext &context, std::vector<RowChange> rows, QObject *parent);

    [[nodiscard]] ObjectType type() const { return m_rows.type(); }
    [[nodiscard]] int size() const { return static_cast<int>(m_rows.size()); }

protected:
    void abortWork() override;

private:
    struct RecordsToRead
    {
        ObjectType type;
        QStringList ids;
    };
    using Continuation = void (AssociationBatch::*)();

    void resolveEnds();
    [[nodiscard]] Result<QString> resolved(const RecordReference &record) const;
    void readRecords();
    void onRecords(ObjectType type, const Result<BatchReadOutcome> &read);
    void readLinks(const BatchRows::Group &group, Continuation next);
    void readNextLinks(Continuation next);
    void failReading(const Error &error);
    [[nodiscard]] Result<LinkNow> linkOf(const BatchRows::Row &row) const;
    void compareAll();
    void compare(BatchRows::Row &row);
    void noteIntents();
    void onIntents(const BatchRows::Group &group, const Result<void> &noted);
    void skip(const BatchRows::Group &group, const std::optional<Error> &why);
    void prove();
    void judgeAll();
    void finish();

    RunContext &m_context;
    BatchRows m_rows;
    std::vector<RecordsToRead> m_records;
    std::vector<RecordsToRead> m_links; // Other type, and the records whose links are read.
    std::array<AssociationsById, allObjectTypes.size()> m_found; // By the other type.
    std::optional<Error> m_unread; // Why links could not be read.
    bool m_isNoted = false; // The outcomes are on their way to the journal.
};

} // namespace hubkeeper
