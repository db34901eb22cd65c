// SPDX-License-Identifier: MIT
#include "exportoptions.h"

#include "options.h"

#include <QFileInfo>
#include <QLocale>

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

QString counted(qint64 count, const QString &one, const QString &many)
{
    return QLocale(QLocale::English).toString(count) + u' ' + (count == 1 ? one : many);
}

std::optional<ExportFormat> formatOf(const QString &path, const QString &format)
{
    if (format.isEmpty())
        return exportFormatOf(path);
    if (format == "xlsx"_L1)
        return ExportFormat {ExportFormat::Xlsx};
    if (format == "csv"_L1)
        return ExportFormat {ExportFormat::Csv};
    if (format == "jsonl"_L1)
        return ExportFormat {ExportFormat::JsonLines};
    return std::nullopt;
}

QJsonObject writtenTableJson(const WrittenTable &table, const QStringList &titles)
{
    QJsonArray atRisk;
    const QList<qsizetype> columns = table.risks.columns();
    for (const qsizetype column : columns)
        atRisk.append(titles.value(column));
    return {{u"files"_s, QJsonArray::fromStringList(table.files)},
            {u"rows"_s, table.rows},
            {u"cellsChanged"_s, table.risks.changes()},
            {u"cellsRun"_s, table.risks.runs()},
            {u"columnsAtRisk"_s, atRisk},
            {u"cellsReplaced"_s, table.replaced}};
}

/// "12 cells would be changed … and 3 would be run as formulas".
QString riskText(const RiskCount &risks)
{
    QStringList parts;
    if (risks.changes() > 0)
        parts.append(counted(risks.changes(), u"cell is changed"_s, u"cells are changed"_s));
    if (risks.runs() > 0)
        parts.append(counted(risks.runs(), u"cell can be run as a formula"_s,
                             u"cells can be run as formulas"_s));
    return parts.join(u", "_s);
}

} // namespace

void ExportOptions::addTo(CLI::App &verb, CLI::Option *output)
{
    verb.add_option("--columns", columns,
                    "HubSpot's properties as columns, by name or label, separated by commas; * is "
                    "all")
        ->delimiter(',')
        ->type_name("PROPERTY")
        ->needs(output);
    verb.add_flag("--labels", labels, "Labels of properties, options and owners, not their names")
        ->needs(output);
    verb.add_option("--associations", associations,
                    "Columns with the associated records: companies, or companies.name for another "
                    "property than the domain; separated by commas")
        ->delimiter(',')
        ->type_name("TYPE")
        ->needs(output);
    verb.add_option("--split", rowsPerFile,
                    "At most this many rows in each file: FILE-001, FILE-002, ...")
        ->check(CLI::Range(qint64(1), qint64(1'000'000'000)).description(""))
        ->type_name("ROWS")
        ->needs(output);
    addWords(verb, "--separator", separator, {"comma", "semicolon", "tab"}, "Between cells of CSV")
        ->needs(output);
    verb.add_flag("--bom", bom, "Begin CSV with the bytes by which Excel knows UTF-8")
        ->needs(output);
    verb.add_flag("--guard", guard,
                  "An apostrophe before cells of CSV that begin like formulas; import takes it off")
        ->needs(output);
}

bool ExportOptions::isOfProperties() const
{
    return labels || !columns.empty() || !associations.empty();
}

Result<std::optional<TableFiles::Target>> ExportOptions::targetOf(const QString &path,
                                                                  const std::string &format) const
{
    const auto refuse = [](const QString &what, const QString &remedy) {
        return fail(ErrorKind::InvalidInput, what, remedy);
    };
    auto known = formatOf(path, QString::fromStdString(format));
    const bool isLines = known && known->kind == ExportFormat::JsonLines;
    if (path.isEmpty() && format == "xlsx")
        return refuse(u"A workbook is written to a file only."_s, u"Name it: --output FILE."_s);
    if (!known || path.isEmpty() || (isLines && !isOfProperties() && rowsPerFile == 0)) {
        if (isOfProperties() || rowsPerFile > 0 || bom || guard || !separator.empty())
            return refuse(u"Only tables have columns, parts and separators."_s,
                          u"Name the file .csv, .xlsx or .jsonl, or use --format csv, xlsx or "
                          "jsonl."_s);
        return std::nullopt;
    }
    if (isLines && !isOfProperties())
        return refuse(u"--split cannot cut JSON Lines of IDM's objects."_s,
                      u"Choose --columns, or --format csv or xlsx."_s);
    if (known->kind != ExportFormat::Csv && (bom || guard || !separator.empty()))
        return refuse(u"--separator, --bom and --guard are for CSV only."_s,
                      known->kind == ExportFormat::Xlsx
                          ? u"A workbook needs none of them: its cells are texts."_s
                          : u"Leave them out."_s);
    if (!separator.empty())
        known->separator = separator == "semicolon" ? u';' : separator == "tab" ? u'\t' : u',';
    known->hasBom = bom;
    known->isGuarded = guard;
    return TableFiles::Target {path, *known, rowsPerFile, QFileInfo(path).absolutePath()};
}

void reportTable(const WrittenTable &table, const QStringList &titles, Output &output)
{
    if (output.json)
        output.result(writtenTableJson(table, titles));
    output.message(u"%1 written to %2."_s.arg(
        counted(table.rows, u"row"_s, u"rows"_s),
        table.files.size() == 1
            ? table.files.first()
            : u"%1 files, %2 to %3"_s.arg(QString::number(table.files.size()), table.files.first(),
                                          QFileInfo(table.files.last()).fileName())));
    if (!table.risks.isEmpty()) {
        constexpr qsizetype mostNamed = 5;
        QStringList named;
        const QList<qsizetype> columns = table.risks.columns();
        for (const qsizetype column : columns.first(std::min(mostNamed, columns.size())))
            named.append(titles.value(column));
        if (columns.size() > mostNamed)
            named.append(u"…"_s);
        output.message(u"If a spreadsheet opens it as CSV, %1: %2. A workbook (--format xlsx) "
                       "stays as it is."_s.arg(riskText(table.risks), named.join(u", "_s)));
    }
    if (table.replaced > 0)
        output.message(
            u"%1 half a character that only JSON Lines can hold; � is in its place."_s.arg(
                counted(table.replaced, u"cell has"_s, u"cells have"_s)));
}

} // namespace hubkeeper::cli
