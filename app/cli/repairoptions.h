// SPDX-License-Identifier: MIT
#pragma once

#include "cliservices.h"
#include "repair/recipe/recipe.h"
#include "repair/table/repaircounts.h"
#include "session/views/readview.h"
#include "tables/writing/tablefiles.h"

namespace hubkeeper::cli {

/// What is known of the values that a recipe runs over.
struct RepairOptions
{
    std::string country;
    std::string language;
    std::string dates;
    std::string options; ///< A file of them, or the options themselves.
    bool isMultiple = false;

    void addTo(CLI::App &verb);
    /// Fails with InvalidInput.
    [[nodiscard]] Result<RepairSettings> settings() const;
};

/// A value as a line shows it; an empty one as "(empty)".
[[nodiscard]] QString shownText(const QString &text);

/// Fails with InvalidInput for a recipe that finds options where none are given.
[[nodiscard]] Result<void> checkHasOptions(const Recipe &recipe, const RepairSettings &settings);

/// Options of a property: the content of a file, if there is one of that name, else the text
/// itself.
[[nodiscard]] Result<QList<OptionChoice>> optionsGiven(const std::string &text);

/// Which records of a portal a verb is about.
struct RecordChoice
{
    ConnectOptions connect;
    std::string objectClass;
    std::string filter = "true";
    std::string view;

    void addTo(CLI::App &verb);
    [[nodiscard]] bool isGiven() const { return !connect.file.empty(); }
    /// The view of that name, or one of all records. Fails as viewNamed() and with InvalidInput.
    [[nodiscard]] Result<RecordView> recordView(Services &services) const;
    /// The records with these properties, with progress. Fails as ReadView.
    [[nodiscard]] Result<ReadViewResult> read(Session &session, const QStringList &properties,
                                              Services &services) const;
};

/// A table of what was found, written row by row: findings, doubtful values.
class FoundTable
{
public:
    /// An empty path: nothing is written. Fails with InvalidInput, NotSaved.
    [[nodiscard]] static Result<FoundTable> begin(const std::string &path,
                                                  const QStringList &titles, Services &services);

    void add(const QStringList &cells);
    /// Fails as TableFiles.
    [[nodiscard]] Result<void> finish();

private:
    std::optional<TableFiles> m_files;
    Result<void> m_written;
};

/// "row", "column", "value", "reason", "suggestion".
[[nodiscard]] QStringList doubtfulTitles();
[[nodiscard]] QStringList cellsOf(const DoubtfulValue &value);

/// What a repair did, for --json.
[[nodiscard]] QJsonObject repairJson(const RepairCounts &counts, const QString &placeName);
/// And for people.
void printRepair(const RepairCounts &counts, const QString &placeName, Output &output);

} // namespace hubkeeper::cli
