// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "session/workbench/tablepreview.h"

#include <QAbstractTableModel>
#include <QSet>

#include <deque>

namespace hubkeeper {

class Masking;

/// Every row of a table that is read, or was: some blocks are in memory, others are read in another
/// thread when they are looked at; dots stand in their cells until then. Faulty cells are tinted,
/// and their tip says why.
class TablePreviewModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    /// `masking` must outlive it.
    TablePreviewModel(const Masking &masking, QObject *parent);
    ~TablePreviewModel() override;

    /// Null shows nothing.
    void setPreview(std::shared_ptr<const TablePreview> preview);
    /// Takes over what has been read by now.
    void grow();

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

signals:
    void failed(const hubkeeper::Error &error);

private:
    struct Block
    {
        int first = 0;
        std::vector<PreviewRow> rows;
    };

    void addFaults();
    void want(int row) const;
    void onBlock(int first, const Result<std::vector<PreviewRow>> &rows);
    [[nodiscard]] const PreviewRow *rowAt(int row) const;
    [[nodiscard]] QString masked(int column, const QString &text) const;
    [[nodiscard]] QStringList faultsAt(qint64 number, int column) const;

    const Masking &m_masking;
    std::shared_ptr<const TablePreview> m_preview;
    QStringList m_header;
    int m_rows = 0;
    int m_columns = 0;
    QList<TableFault> m_faults;
    QMultiHash<qint64, qsizetype> m_faultsOfRow; // Number of the row to indexes of m_faults.
    std::unique_ptr<QObject> m_work; // Parent of what is read.
    std::deque<Block> m_blocks; // The newest last.
    mutable QSet<int> m_wanted; // First rows of blocks that are being read.
};

/// A text in one line, for a cell: line ends and NUL as signs, no more than fits anywhere.
[[nodiscard]] QString inOneLine(const QString &text);

} // namespace hubkeeper
