// SPDX-License-Identifier: MIT
#pragma once

#include "base/poolcall.h"
#include "portal/record.h"

#include <QObject>

#include <memory>

namespace hubkeeper {

/// The order and selection of rows a view shows: store rows in view order.
using RowOrder = std::vector<qint64>;

/// What is shown of a property in place of the texts that are stored.
struct ShownValues
{
    QHash<QString, QString> labels; ///< By stored text; what is not in it is shown as stored.
    bool isList = false; ///< Several values, with ";" between them.
    /// How a text is shown that has no label, e.g. a date; called on other threads. May be null.
    QString (*form)(const QString &text) = nullptr;

    [[nodiscard]] QString of(const QString &text) const;
};

/// Texts that are shown in place of the stored ones: by record id and property.
using StagedTexts = QHash<QString, QHash<QString, QString>>;

/// A property that rows are sorted by.
struct RowSort
{
    QString property;
    bool descending = false;

    bool operator==(const RowSort &) const = default;
};

/// What a view wants to see of a record set.
struct RowQuery
{
    /// Part of a text that is shown in a row, letters compared as foldedText() does; empty: all
    /// rows.
    QString contains;
    QStringList columns; ///< Properties that are shown; empty: all. The id always is.
    QHash<QString, ShownValues> shown; ///< Of properties that do not show what is stored.
    StagedTexts staged;
    QString sortProperty; ///< Empty: by record id, as a number.
    bool descending = false;
    /// Where rows are equal in sortProperty: by these, one after the other.
    QList<RowSort> thenBy = {};
    /// Properties that compare as numbers, not as texts.
    QStringList numericProperties;
    /// Properties that compare as days or instants, however they are written.
    QStringList temporalProperties;
};

/// Many records of one type on disk (SQLite, WAL, mode 0600) with rows cached for a grid: memory
/// does not grow with the number of records (DESIGN 4.9).
///
/// Nothing here waits for the disk. Writing runs on a thread of its own, in the order of the calls,
/// reading on another. Cells are answered from the cache: what is not there is empty, is read in
/// blocks, and rowsLoaded() follows. Rows that were just written are in the cache. Store rows are
/// numbered from 0 in the order of arrival and never move; a record that arrives again replaces
/// its row. Belongs to the thread it was made in.
class RecordSet final : public QObject
{
    Q_OBJECT

public:
    /// A new, empty set in `folder` (made 0700 if missing), which is deleted with the object; what
    /// a killed program left there is deleted too.
    /// `properties` are its columns. Fails with Storage.
    [[nodiscard]] static Result<std::unique_ptr<RecordSet>>
    create(const QString &folder, ObjectType type, const QStringList &properties);
    ~RecordSet() override;

    [[nodiscard]] ObjectType type() const;
    [[nodiscard]] const QStringList &properties() const;

    /// Stores a page on the writer's thread, whole or not at all; rowsAppended() or rowChanged()
    /// come before the call finishes. A record that is there already is merged into its row:
    /// properties missing in it keep their text. Cancelling the call does not take the page back.
    [[nodiscard]] Call<void> *append(QList<Record> records, QObject *parent);
    /// Stores what a write's reply says, behind the pages under way; rowChanged() follows, or
    /// failed(). A record not in the set is appended. Properties missing in `record` keep their
    /// text.
    void replace(const Record &record);
    /// Marks the record as gone; its row stays, with isArchived(). rowChanged() follows, or
    /// failed().
    void markArchived(const QString &id);

    [[nodiscard]] qint64 rowCount() const; ///< Store rows on disk.
    /// Whether the row's cells can be answered. Asks for nothing.
    [[nodiscard]] bool isLoaded(qint64 row) const;
    [[nodiscard]] QString idAt(qint64 row) const;
    [[nodiscard]] QString textAt(qint64 row, const QString &property) const;
    [[nodiscard]] QDateTime updatedAt(qint64 row) const;
    [[nodiscard]] bool isArchived(qint64 row) const;
    /// The row of a record whose row is loaded, else -1.
    [[nodiscard]] qint64 loadedRowOf(const QString &id) const;

    /// The row of a record, -1 if the set does not hold it. Fails with Storage.
    [[nodiscard]] Call<qint64> *find(const QString &id, QObject *parent);
    /// These rows with all their properties, in this order, past the cache: for work over many of
    /// them. One record takes some kilobytes, so ask for some hundreds at a time. Fails with
    /// Storage.
    [[nodiscard]] Call<QList<Record>> *read(std::vector<qint64> rows, QObject *parent);

    /// The rows a query selects, in its order, made on a pool from a connection of its own; rows
    /// that arrive later are not in it. Texts sort by what is shown, without regard to case and
    /// accents, numeric and temporal properties by value; rows without a value are last in both
    /// directions.
    [[nodiscard]] Call<RowOrder> *order(const RowQuery &query, QObject *parent);

signals:
    void rowsAppended(qint64 first, qint64 count);
    void rowChanged(qint64 row);
    /// Cells of these rows that were empty until now can be asked for.
    void rowsLoaded(qint64 first, qint64 count);
    /// The disk refused: nothing more is stored, or nothing more is read into the cache. Emitted
    /// once for each.
    void failed(const hubkeeper::Error &error);

private:
    class Private;
    explicit RecordSet(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace hubkeeper
