// SPDX-License-Identifier: MIT
#pragma once

#include "journal/journalreader.h"
#include "provisioner/document/meaningdiff.h"

#include <QAbstractTableModel>

namespace hubkeeper {

class Masking;
class PortalNames;

/// The row as it may be shown or exported: with pseudonyms while personal data is masked.
[[nodiscard]] JournalRow maskedRow(const JournalRow &row, const Masking &masking);

/// The runs of the journal, newest first.
class JournalRunsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        StartedColumn,
        ConnectionColumn,
        PortalColumn,
        RowsColumn,
        OutcomeColumn,
        WhoColumn,
        NoteColumn,
    };

    /// `masking` must outlive the model.
    JournalRunsModel(const Masking &masking, QObject *parent);

    /// Masking was switched, or knows more.
    void maskingChanged();
    void setRuns(const QList<JournalRun> &runs);
    [[nodiscard]] const QList<JournalRun> &runs() const { return m_runs; }
    [[nodiscard]] const JournalRun &runAt(int row) const { return m_runs[row]; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    [[nodiscard]] static QString outcome(const JournalRun &run);
    [[nodiscard]] QString note(const JournalRun &run) const;

    const Masking &m_masking;
    QList<JournalRun> m_runs;
};

/// One run's written cells: a row for each property of each record.
class JournalRowsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { RecordColumn, PropertyColumn, BeforeColumn, AfterColumn, OutcomeColumn };

    /// `names` must outlive the model.
    JournalRowsModel(const PortalNames &names, QObject *parent);

    /// Names of properties or values became known, or masking was switched.
    void namesChanged();
    /// Only lines that show the text, or whose record's id it is part of; empty: all.
    void setFilter(const QString &text);
    /// One without a run shows nothing.
    void setRecord(const RunRecord &record);
    [[nodiscard]] const RunRecord &record() const { return m_record; }
    /// Whether that is what is shown.
    [[nodiscard]] bool isSame(const RunRecord &record) const;
    [[nodiscard]] const QString &runId() const { return m_record.run.id; }
    /// The journal's row after a line.
    [[nodiscard]] const JournalRow &rowAt(int line) const
    {
        return m_record.rows[m_lines[line].row];
    }
    /// Whether a record was archived whose values the journal kept.
    [[nodiscard]] bool hasArchived() const;
    /// Whether the run wrote the configuration of an IDM server.
    [[nodiscard]] bool isOnServer() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    struct Line
    {
        qsizetype row = 0; // Of the record.
        QString property; // Empty: the row has no cells.
        qsizetype change = -1; // Of a server's configuration.
    };

    void makeLines();
    [[nodiscard]] QList<Line> linesOf(qsizetype row);
    [[nodiscard]] bool isWanted(const Line &line) const;
    /// `stored`: as HubSpot has it, for tips.
    [[nodiscard]] static QString associationText(const JournalRow &row, int column);
    [[nodiscard]] QString text(const Line &line, int column, bool stored) const;
    [[nodiscard]] QString outcome(const JournalRow &row, const QString &message) const;

    const PortalNames &m_names;
    QString m_filter; // Folded.
    RunRecord m_record;
    QList<Line> m_lines;
    QList<MeaningChange> m_changes; // Of servers' configurations.
};

} // namespace hubkeeper
