// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"
#include "portal/objecttype.h"
#include "session/workbench/columnmapping.h"
#include "session/workbench/importedrows.h"
#include "session/workbench/importvalue.h"
#include "tables/rows/tablerow.h"

#include <memory>

namespace hubkeeper {

class RowSource;
class Session;
struct AddedRows;
struct ChangeBinding;

/// What becomes of rows whose record is there, or is not.
enum class ImportMode {
    Create, ///< Rows whose record is there are refused.
    Update, ///< Rows whose record is not there are refused.
    CreateOrUpdate,
};

struct ImportRequest
{
    QString path;
    TableOptions table;
    ObjectType type = ObjectType::Contacts;
    /// What rows are matched by: "id", "email" of contacts (additional addresses, too), "domain" of
    /// companies, or a property that HubSpot keeps unique. Empty: the address of contacts or the
    /// domain of companies if the table has it, else the id.
    QString match;
    ImportMode mode = ImportMode::CreateOrUpdate;
    bool emptyClears = false; ///< An empty cell clears the value; else it is left as it is.
    /// Associations with records that a row does not name are removed: ImportedLinks::wholeTypes().
    bool removesOtherLinks = false;
    ChosenColumns columns;
    DateOrder dates = DateOrder::Unknown;
    /// The file was written with an apostrophe before what a spreadsheet would take for a formula:
    /// one is taken off.
    bool isGuarded = false;
    QString name; ///< What people call the table; empty: as its file is called.

    /// A cell as it is meant.
    [[nodiscard]] QString cellText(const QString &cell) const;
    [[nodiscard]] QString tableName() const;
};

/// A column that is not imported, because HubSpot sets its property itself.
struct ReadOnlyColumn
{
    QString column;
    QString property;
    qint64 differing = 0; ///< Rows whose cell is another value than the record has.

    bool operator==(const ReadOnlyColumn &) const = default;
};

struct ImportedTable
{
    TableFormat format;
    ColumnMapping mapping;
    std::shared_ptr<const ImportedRows> rows;
    QList<TableFault> faults; ///< Of the file; the first thousand.
    QList<ReadOnlyColumn> readOnly;
    int creates = 0;
    int updates = 0;
    int unchanged = 0;
    int refused = 0;
    int associations = 0; ///< To add or to label, of rows that create or update.
    int removedAssociations = 0;
    /// Once it is staged: the local number of the first row's change, if that is a create; other
    /// rows' are larger by their places. 0: it is not staged.
    qint64 firstLocal = 0;
};

/// What an import would do, before anything of it is staged.
struct CheckedImport
{
    ImportedTable table;
    QString name; ///< Of the step that stages them.
    qint64 space = 0; ///< Bytes that staging needs on the disk, about.
    std::shared_ptr<RowSource> changes; ///< For stageImport() alone.

    /// Whether nothing would be staged.
    [[nodiscard]] bool isEmpty() const { return table.creates + table.updates == 0; }
};

/// Reads a table, checks every row, and asks the portal which records are there. Stages nothing.
///
/// Refused are rows with a value that cannot be one of its property, without the key, with a key
/// that another row has, too, whose key finds several records or one that another row finds, and
/// those the mode excludes. A row that says what the record has already changes nothing, so the
/// same file twice stages nothing the second time. A cell that says what its record has is never
/// refused: owners who left, options that are gone and what HubSpot sets itself come back with an
/// export. Associations that columns name are added where they are not there, with the label of the
/// column; none is removed, nor a label. A row that only adds some is an update.
///
/// Memory holds some thousand rows; the others lie in a file below Paths::cache, as long as the
/// outcome is in use. Nothing is read back into a change set before stageImport().
///
/// Fails with InvalidInput: the file is refused, has no header, or more than mostImportedRows; the
/// mapping fails (mapColumns()); no column is the key; HubSpot has no such label. Fails with
/// NotSaved where the disk has no room, and as the reads do. Progress: rows read, of -1; then rows
/// checked, of all. The session must outlive the call.
[[nodiscard]] Call<std::shared_ptr<const CheckedImport>> *
checkImport(Session &session, const ImportRequest &request, QObject *parent);

/// Puts what was checked into the session's change set, as one undo step (ChangeSet::addFrom()).
/// Sends nothing: what is staged is written by a run, like every change. All or nothing is staged.
[[nodiscard]] Call<AddedRows> *stageImport(Session &session, const CheckedImport &checked,
                                           QObject *parent);

/// Saves what was checked as a file of changes for that portal (changesfile.h), in place of staging
/// it; whole or not at all. Local ids are "new-" and the place of the row, from 1. Fails with
/// NotSaved.
[[nodiscard]] Call<void> *saveImport(const CheckedImport &checked, const ChangeBinding &binding,
                                     const QString &path, QObject *parent);

/// Both, one after the other.
[[nodiscard]] Call<ImportedTable> *importTable(Session &session, const ImportRequest &request,
                                               QObject *parent);

inline constexpr qint64 mostImportedRows = 2'000'000;

} // namespace hubkeeper
