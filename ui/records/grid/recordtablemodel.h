// SPDX-License-Identifier: MIT
#pragma once

#include "changes/set/changeset.h"
#include "records/values/propertynames.h"
#include "store/sets/recordset.h"

#include <QAbstractTableModel>

namespace hubkeeper {

enum class CellMark;

/// Shows a RecordSet with the pending changes laid over it. Column 0 is the record id.
///
/// Answers with plain values and roles and knows no colours, fonts or icons. Order and filter are
/// a list of store rows made on the pool and set whole; while none is set, rows appear in the
/// order of arrival. No fetchMore, no proxy. Nothing waits for the disk: a row that is not loaded
/// shows dots for its id and cannot be edited; dataChanged() follows.
class RecordTableModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Role {
        ChangedRole = Qt::UserRole, ///< bool: there is a pending change for the cell.
        OriginalTextRole, ///< QString: the text the portal has. Never masked.
        RawTextRole, ///< QString: the text as stored, pending change included. Never masked.
        ReadOnlyRole, ///< bool: cannot be edited.
        StateRole, ///< int: RowState of the row's pending change, or -1.
        ArchivedRole, ///< bool: the record is gone from the portal.
        PropertyRole, ///< QString: the column's property; empty for the id.
        StoredTextRole, ///< QString: RawTextRole for eyes and clipboard: masked while masking is
                        ///< on.
        MarkRole, ///< int: CellMark; of the id, that of the record.
    };

    /// All must outlive the model; `set` may be null.
    RecordTableModel(ChangeSet &changes, const PropertyNames &names, QObject *parent);

    void setRecordSet(RecordSet *set);
    [[nodiscard]] RecordSet *recordSet() const { return m_set; }
    [[nodiscard]] const PropertyNames &names() const { return m_names; }
    void setColumns(const QStringList &properties);
    [[nodiscard]] const QStringList &columns() const { return m_columns; }
    /// Nothing: every row in the order of arrival.
    void setOrder(std::optional<RowOrder> order);
    /// Whether values are shown as stored.
    void setRaw(bool raw);
    [[nodiscard]] bool isRaw() const { return m_raw; }
    /// Whether the rows' headers name the record beside the number, for a view that does not show
    /// the columns that do.
    void setNamesRows(bool names);
    /// What the rows are sorted by, for the headers: with several, "City ↓2". The first one has the
    /// header's own indicator beside its number.
    void setSorts(const QList<RowSort> &sorts);
    /// What a column is called: its label, or its name where values are shown as stored.
    [[nodiscard]] QString titleAt(int column) const;
    /// Labels or options became known, or masking was switched.
    void namesChanged();

    /// Whether the row's cells are known; asks for nothing.
    [[nodiscard]] bool isLoaded(int row) const;
    /// Empty while the row is not loaded, as everything of it.
    [[nodiscard]] QString idAt(int row) const;
    /// The record with the columns' texts, as the baseline of an edit.
    [[nodiscard]] Record recordAt(int row) const;
    [[nodiscard]] QString labelAt(int row) const;
    /// The row of the record set that is shown there.
    [[nodiscard]] qint64 storeRowAt(int row) const;
    /// -1 if it is not shown.
    [[nodiscard]] int viewRowOf(qint64 storeRow) const;
    /// -1 if it is not shown, or not loaded.
    [[nodiscard]] int viewRowOf(const QString &id) const;
    [[nodiscard]] bool isEditable(const QString &property) const;
    /// Stages a text for a record of the set, whether it is shown or not. False if it cannot be
    /// edited. A text that is the value the portal has already takes back what was staged.
    bool stage(const Record &baseline, const QString &property, const QString &text);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    /// Stages the raw text in `value`. False if the cell is read-only or not loaded, or the text a
    /// pseudonym.
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

signals:
    /// Why an edit was not taken.
    void refused(const QString &why);

private:
    void onAppended(qint64 first, qint64 count);
    void onRowChanged(qint64 storeRow);
    void onLoaded(qint64 first, qint64 count);
    void onRecordTouched(ObjectType type, const QString &id);
    void repaint(int row);
    void noteEditable();
    [[nodiscard]] QString originalText(int row, const QString &property) const;
    [[nodiscard]] const std::optional<RowChange> &change(int row) const;
    [[nodiscard]] QVariant rowTitle(int row) const;
    [[nodiscard]] QString sortMark(int column) const;
    [[nodiscard]] CellMark mark(int row, const QString &property) const;
    [[nodiscard]] QString rawText(int row, const QString &property) const;
    [[nodiscard]] bool isEditable(int row, int column) const;
    [[nodiscard]] QVariant cellData(int row, const QString &property, int role) const;
    [[nodiscard]] QVariant tip(int row, const QString &property) const;

    /// The record that was asked for last and what is staged for it.
    mutable std::optional<std::pair<QString, std::optional<RowChange>>> m_known;
    ChangeSet &m_changes;
    const PropertyNames &m_names;
    RecordSet *m_set = nullptr;
    QStringList m_columns;
    std::vector<bool> m_editable; // By column, the id's included: flags() is asked very often.
    std::optional<RowOrder> m_order;
    std::vector<int> m_positions; // Store row to view row, only while an order is set.
    int m_rows = 0;
    QList<RowSort> m_sorts;
    bool m_raw = false;
    bool m_namesRows = false;
};

} // namespace hubkeeper
