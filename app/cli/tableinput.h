// SPDX-License-Identifier: MIT
#pragma once

#include "store/sets/recordfile.h"
#include "tables/rows/tablerow.h"

#include <memory>
#include <string>

namespace CLI {
class App;
} // namespace CLI

namespace hubkeeper::cli {

struct Services;

/// The options that say how a file of a table is built, where what is found out is wrong.
struct TableInput
{
    std::string file;
    std::string encoding;
    std::string separator;
    std::string quote;
    std::string header;
    std::string sheet;

    void addTo(CLI::App &verb);
    [[nodiscard]] bool isStandardInput() const { return file == "-"; }
    /// What people call it.
    [[nodiscard]] QString name() const;
    /// Fails with InvalidInput.
    [[nodiscard]] Result<TableOptions> options() const;
};

/// The file of a table; of standard input a copy (0600), because finding out how it is built takes
/// reading it twice. It goes with this object.
class TableFile
{
public:
    /// Fails with InvalidInput over mostTableBytes, NotSaved, Cancelled.
    [[nodiscard]] static Result<TableFile> of(const TableInput &input, Services &services);

    [[nodiscard]] const QString &path() const { return m_path; }

private:
    QString m_path;
    std::shared_ptr<RecordPlace> m_copy;
};

/// import FILE --parse: what is in the file, without a portal.
[[nodiscard]] int runParse(const TableInput &input, const QString &path, Services &services);

} // namespace hubkeeper::cli
