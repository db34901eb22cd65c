// SPDX-License-Identifier: MIT
#pragma once

#include "changes/journal.h"

#include <QAbstractTableModel>

namespace hubkeeper {

/// The runs of the journal, newest first.
class JournalRunsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { StartedColumn, ConnectionColumn, RowsColumn, OutcomeColumn, NoteColumn };

    using QAbstractTableModel::QAbstractTableModel;

    void setRuns(const QList<JournalRun> &runs);
    [[nodiscard]] const JournalRun &runAt(int row) const { return m_runs[row]; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    [[nodiscard]] static QString outcome(const JournalRun &run);

    QList<JournalRun> m_runs;
};

/// One run's written cells: a row for each property of each record.
class JournalRowsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { RecordColumn, PropertyColumn, BeforeColumn, AfterColumn, OutcomeColumn };

    using QAbstractTableModel::QAbstractTableModel;

    void setRows(const QList<JournalRow> &rows);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    QList<QStringList> m_lines;
};

} // namespace hubkeeper
