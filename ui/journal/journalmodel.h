// SPDX-License-Identifier: MIT
#pragma once

#include "changes/journal.h"

#include <QAbstractTableModel>

namespace hubkeeper {

class Masking;

/// The row as it may be shown or exported: with pseudonyms while personal data is masked.
[[nodiscard]] JournalRow maskedRow(const JournalRow &row, const Masking &masking);

/// The runs of the journal, newest first.
class JournalRunsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { StartedColumn, ConnectionColumn, RowsColumn, OutcomeColumn, NoteColumn };

    /// `masking` must outlive the model.
    JournalRunsModel(const Masking &masking, QObject *parent);

    /// Masking was switched, or knows more.
    void maskingChanged();
    void setRuns(const QList<JournalRun> &runs);
    [[nodiscard]] const JournalRun &runAt(int row) const { return m_runs[row]; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    [[nodiscard]] static QString outcome(const JournalRun &run);

    const Masking &m_masking;
    QList<JournalRun> m_runs;
};

/// One run's written cells: a row for each property of each record.
class JournalRowsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { RecordColumn, PropertyColumn, BeforeColumn, AfterColumn, OutcomeColumn };

    /// `masking` must outlive the model.
    JournalRowsModel(const Masking &masking, QObject *parent);

    /// Masking was switched, or knows more.
    void maskingChanged();
    void setRows(const QList<JournalRow> &rows);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    struct Line
    {
        qsizetype row = 0; // Of m_rows.
        QString property; // Empty: the record was archived.
    };

    [[nodiscard]] QString text(const Line &line, int column) const;

    const Masking &m_masking;
    QList<JournalRow> m_rows;
    QList<Line> m_lines;
};

} // namespace hubkeeper
