// SPDX-License-Identifier: MIT
#pragma once

#include "changes/run/run.h"
#include "journal/journalrow.h"
#include "portal/record.h"

namespace hubkeeper {

/// What a batch did.
struct BatchReport
{
    RunSummary counts;
    QList<Record> written;
    QStringList archived;
    std::optional<Error> stop; ///< No further batch makes sense.
};

/// The rows of one batch and how far each has come; what became of them, for the change set, the
/// journal and the run. All are of one type and kind, and there is at least one.
class BatchRows
{
public:
    enum Phase {
        Waiting, ///< Nothing was sent.
        Sent, ///< Its request is on its way, or its answer was lost.
        Written, ///< The portal said so; not proven.
        Finished, ///< Its state is final for this run.
    };
    struct Row
    {
        RowChange change;
        Phase phase = Waiting;
        std::optional<Error> doubt = {}; ///< Sent: why its outcome is unclear.
        std::optional<RowChange> journaled = {}; ///< Where the portal stored another text.
        CellChanges image = {}; ///< Archive: all that the record had.
        QDateTime writtenAt =
            {}; ///< When the portal says it was modified, as read after the write.
        QString fromId = {}; ///< Association: the two records by the portal's ids.
        QString toId = {};
        QJsonObject images = {}; ///< Merge: JournalRow::details.
        bool isSigned = false; ///< As it was staged, before anything of `change` was resolved.
    };
    /// Indexes of rows.
    using Group = std::vector<size_t>;

    /// `signedAs` may be null.
    BatchRows(std::vector<RowChange> rows, const SignedChanges *signedAs);

    [[nodiscard]] ObjectType type() const { return m_type; }
    [[nodiscard]] ChangeKind kind() const { return m_kind; }
    [[nodiscard]] size_t size() const { return m_rows.size(); }
    [[nodiscard]] Row &operator[](size_t index) { return m_rows[index]; }
    [[nodiscard]] auto begin() { return m_rows.begin(); }
    [[nodiscard]] auto end() { return m_rows.end(); }

    [[nodiscard]] Group in(Phase phase) const;
    void setPhase(const Group &group, Phase phase);
    [[nodiscard]] QStringList idsOf(const Group &group) const;
    /// For the guard.
    [[nodiscard]] std::vector<GuardedWrite> writesOf(const Group &group) const;
    /// Every property that some row writes, once.
    [[nodiscard]] QStringList editedProperties() const;

    /// The state is final for this run, and counted.
    void finish(Row &row, RowState state, std::optional<Error> error = {},
                const QHash<QString, QString> &theirs = {});
    void finish(const Group &group, RowState state, const std::optional<Error> &error);
    /// Of a row that the portal says it has under `id`.
    static void setWritten(Row &row, const QString &id);

    [[nodiscard]] BatchReport &report() { return m_report; }
    [[nodiscard]] std::vector<JournalRow> outcomes() const;
    /// Its state and error, and what the journal keeps of it.
    [[nodiscard]] static JournalRow journalRow(const Row &row);
    /// Brings states and new ids to `changes`, as one step.
    void reportTo(ChangeSet &changes) const;

private:
    const ObjectType m_type;
    const ChangeKind m_kind;
    std::vector<Row> m_rows;
    BatchReport m_report;
};

} // namespace hubkeeper
