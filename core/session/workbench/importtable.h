// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"
#include "changes/set/rowchange.h"
#include "portal/objecttype.h"
#include "session/workbench/columnmapping.h"
#include "session/workbench/importedrows.h"
#include "session/workbench/importvalue.h"
#include "tables/rows/tablerow.h"

#include <memory>

namespace hubkeeper {

class Session;
struct AddedRows;

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
    /// companies, or a property that HubSpot keeps unique.
    QString match;
    ImportMode mode = ImportMode::CreateOrUpdate;
    bool emptyClears = false; ///< An empty cell clears the value; else it is left as it is.
    ChosenColumns columns;
    DateOrder dates = DateOrder::Unknown;
    /// The file was written with an apostrophe before what a spreadsheet would take for a formula:
    /// one is taken off.
    bool isGuarded = false;
};

struct ImportedTable
{
    TableFormat format;
    ColumnMapping mapping;
    std::shared_ptr<const ImportedRows> rows;
    QList<TableFault> faults; ///< Of the file; the first thousand.
    int creates = 0;
    int updates = 0;
    int unchanged = 0;
    int refused = 0;
};

/// What an import would do, before anything of it is staged.
struct CheckedImport
{
    ImportedTable table;
    QString name; ///< Of the step that stages them.
    std::vector<RowChange> changes; ///< For stageImport() alone.

    /// Whether nothing would be staged.
    [[nodiscard]] bool isEmpty() const { return table.creates + table.updates == 0; }
};

/// Reads a table, checks every row, and asks the portal which records are there. Stages nothing.
///
/// Refused are rows with a value that cannot be one of its property, without the key, with a key
/// that another row has, too, whose key finds several records or one that another row finds, and
/// those the mode excludes. A row that says what the record has already changes nothing, so the
/// same file twice stages nothing the second time.
///
/// Fails with InvalidInput: the file is refused, has no header, or more than mostImportedRows; the
/// mapping fails (mapColumns()); no column is the key. Fails as the reads do. Progress: rows done
/// and rows in all. The session must outlive the call.
[[nodiscard]] Call<std::shared_ptr<const CheckedImport>> *
checkImport(Session &session, const ImportRequest &request, QObject *parent);

/// Puts what was checked into the session's change set, as one undo step. Sends nothing: what is
/// staged is written by a run, like every change. All or nothing is staged.
[[nodiscard]] Call<AddedRows> *stageImport(Session &session, const CheckedImport &checked,
                                           QObject *parent);

/// Both, one after the other.
[[nodiscard]] Call<ImportedTable> *importTable(Session &session, const ImportRequest &request,
                                               QObject *parent);

inline constexpr qint64 mostImportedRows = 200'000;

} // namespace hubkeeper
