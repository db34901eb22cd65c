// SPDX-License-Identifier: MIT
#pragma once

#include "records/values/propertynames.h"
#include "session/workbench/importtable.h"

#include <QAbstractTableModel>
#include <QSet>

#include <deque>

namespace hubkeeper {

/// Which rows of a checked table are shown.
struct CheckedFilter
{
    std::optional<ImportedRow::Status> status;
    std::optional<RefusalCount> refusal; ///< Only rows refused like this.
};

/// What would become of the rows of a table. Holds their places and some blocks of them; both are
/// read in another thread, and cells are empty until then.
class CheckedRowsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        NumberColumn,
        StatusColumn,
        RecordColumn,
        CellColumn,
        ValueColumn,
        MessageColumn,
        ColumnCount
    };

    /// `names` must outlive it.
    CheckedRowsModel(const PropertyNames &names, QObject *parent);
    ~CheckedRowsModel() override;

    /// Null shows nothing. `match` is ImportRequest::match: rows without a refused cell show what
    /// they are found by.
    void setImport(std::shared_ptr<const CheckedImport> import, const QString &match);
    void setFilter(const CheckedFilter &filter);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

signals:
    /// The rows of the filter are there.
    void listed();
    void failed(const hubkeeper::Error &error);

private:
    struct Block
    {
        int first = 0;
        std::vector<ImportedRow> rows;
    };

    void list();
    void want(int row) const;
    void onBlock(int first, const Result<std::vector<ImportedRow>> &rows);
    [[nodiscard]] const ImportedRow *rowAt(int row) const;
    [[nodiscard]] QString text(const ImportedRow &row, int column) const;
    [[nodiscard]] QString why(const ImportedRow &row) const;

    const PropertyNames &m_names;
    std::shared_ptr<const CheckedImport> m_import;
    int m_key = -1; // The column that rows are found by.
    CheckedFilter m_filter;
    std::vector<qint64> m_places;
    std::unique_ptr<QObject> m_work; // Parent of what is read for the present list.
    std::deque<Block> m_blocks; // The newest last.
    mutable QSet<int> m_wanted; // First rows of blocks that are being read.
};

/// "New", "Changed", "Unchanged", "Refused".
[[nodiscard]] QString shownName(ImportedRow::Status status);
/// Why rows are refused, in a few words; `column` is the name of the column they are refused for.
[[nodiscard]] QString shownName(ImportRefusal refusal, const QString &column);

} // namespace hubkeeper
