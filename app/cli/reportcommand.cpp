// SPDX-License-Identifier: MIT
#include "commands.h"
#include "options.h"
#include "repair/table/reporttable.h"
#include "repairoptions.h"
#include "searchexport.h"
#include "session/workbench/reportrecords.h"
#include "tableinput.h"
#include "textcolumns.h"
#include "waiting.h"

#include <QCoreApplication>

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

constexpr qsizetype shownFindings = 1'000; // In JSON; all of them go to --output.

struct ReportArguments
{
    TableInput table;
    RecordChoice records;
    std::string country;
    std::vector<std::string> required;
    std::vector<std::string> dates;
    std::vector<std::string> options; ///< "COLUMN:value=Label;..."
    std::vector<std::string> properties;
    std::string output;
};

/// Where findings go as they come: text, the first ones of JSON, a table of all.
class FindingsOut
{
public:
    FindingsOut(FoundTable &table, const QString &placeName, Output &output)
        : m_table(table)
        , m_placeName(placeName)
        , m_output(output)
    {
    }

    void add(const ValueFault &fault)
    {
        m_table.add(findingCells(fault));
        if (m_output.json && m_first.size() < shownFindings)
            m_first.append(QJsonObject {{m_placeName, fault.place},
                                        {u"column"_s, fault.column},
                                        {u"kind"_s, nameOf(fault.kind)},
                                        {u"value"_s, fault.value},
                                        {u"reason"_s, fault.reason},
                                        {u"suggestion"_s, fault.suggestion}});
        if (!m_output.json)
            m_output.line(u"%1 %2, %3: %4 \"%5\": %6%7"_s.arg(
                m_placeName, fault.place, printable(fault.column), nameOf(fault.kind),
                printable(fault.value.left(80)), fault.reason,
                fault.suggestion.isEmpty()
                    ? QString()
                    : u" Perhaps \"%1\"."_s.arg(printable(fault.suggestion))));
    }

    int finish(const TableReport &report)
    {
        if (const auto written = m_table.finish(); !written)
            return m_output.failure(written.error());
        QJsonArray counts;
        QList<QStringList> table {{u"column"_s, u"finding"_s, u"count"_s}};
        qint64 total = 0;
        for (auto count = report.counts.begin(); count != report.counts.end(); ++count) {
            total += count.value();
            counts.append(QJsonObject {{u"column"_s, count.key().first},
                                       {u"kind"_s, nameOf(count.key().second)},
                                       {u"count"_s, count.value()}});
            table.append({printable(count.key().first), nameOf(count.key().second),
                          QString::number(count.value())});
        }
        if (m_output.json)
            m_output.result(QJsonObject {{u"rows"_s, report.rows},
                                         {u"badRows"_s, report.badRows},
                                         {u"total"_s, total},
                                         {u"counts"_s, counts},
                                         {u"findings"_s, m_first}});
        else {
            if (total > 0)
                m_output.table(table);
            m_output.line(u"%1 rows, %2 with findings."_s.arg(report.rows).arg(report.badRows));
        }
        return total > 0 ? Findings : Done;
    }

private:
    FoundTable &m_table;
    const QString m_placeName;
    Output &m_output;
    QJsonArray m_first;
};

Result<QMap<QString, QList<OptionChoice>>> columnOptions(const ReportArguments &arguments)
{
    QMap<QString, QList<OptionChoice>> options;
    for (const std::string &given : arguments.options) {
        const size_t colon = given.find(':');
        if (colon == std::string::npos || colon == 0)
            return fail(ErrorKind::InvalidInput,
                        u"\"%1\" is not COLUMN:OPTIONS."_s.arg(QString::fromStdString(given)));
        const auto choices = optionsGiven(given.substr(colon + 1));
        if (!choices)
            return tl::unexpected(choices.error());
        options.insert(QString::fromStdString(given.substr(0, colon)), *choices);
    }
    return options;
}

int reportFile(const ReportArguments &arguments, FoundTable &table, Services &services)
{
    Output &output = services.output;
    const auto file = TableFile::of(arguments.table, services);
    if (!file)
        return output.failure(file.error());
    const auto built = arguments.table.options();
    if (!built)
        return output.failure(built.error());
    const auto options = columnOptions(arguments);
    if (!options)
        return output.failure(options.error());
    FindingsOut findings(table, u"row"_s, output);
    std::stop_source stop;
    const auto report = reportOnTable(
        {file->path(), *built, QString::fromStdString(arguments.country).toUpper(),
         listOf(arguments.required), *options, listOf(arguments.dates)},
        [&](const ValueFault &fault) { findings.add(fault); },
        [&](qint64 rows) {
            output.progress(u"%1 rows looked at"_s.arg(rows));
            QCoreApplication::processEvents();
            if (Interrupt::wasRequested())
                stop.request_stop();
        },
        stop.get_token());
    return report ? findings.finish(*report) : int(output.failure(report.error()));
}

int reportPortal(const ReportArguments &arguments, FoundTable &table, Services &services)
{
    Output &output = services.output;
    const auto view = arguments.records.recordView(services);
    if (!view)
        return output.failure(view.error());
    const auto session = openFor(arguments.records.connect, services, SessionUse::Read);
    if (!session)
        return output.failure(session.error());
    const auto definitions =
        waitFor((*session)->definitions(view->type, false, &services.calls), services.interrupt);
    if (!definitions)
        return output.failure(definitions.error());
    QStringList properties = listOf(arguments.properties);
    if (properties.isEmpty())
        properties = view->columns.isEmpty() ? usualColumns(view->type) : view->columns;
    properties += listOf(arguments.required);
    properties.removeDuplicates();
    const auto found = arguments.records.read(**session, properties, services);
    if (!found)
        return output.failure(found.error());
    const auto rules =
        valueRulesFor(found->set->properties(), *definitions, listOf(arguments.required));
    if (!rules)
        return output.failure(rules.error());
    FindingsOut findings(table, u"id"_s, output);
    auto *call = new ReportRecords(
        *found->set, found->rows, *rules, QString::fromStdString(arguments.country).toUpper(),
        [&](const ValueFault &fault, qint64) { findings.add(fault); }, &services.calls);
    showRecordProgress(*call, u"looked at"_s, output);
    const auto report = waitFor(static_cast<Call<TableReport> *>(call), services.interrupt);
    return report ? findings.finish(*report) : int(output.failure(report.error()));
}

int runReport(const ReportArguments &arguments, Services &services)
{
    const bool isTable = !arguments.table.file.empty();
    if (isTable == arguments.records.isGiven())
        return services.output.failure(
            fail(ErrorKind::InvalidInput,
                 u"A report is of a table, or of records with --connection."_s)
                .value());
    auto table =
        FoundTable::begin(arguments.output, findingTitles(isTable ? u"row"_s : u"id"_s), services);
    if (!table)
        return services.output.failure(table.error());
    return isTable ? reportFile(arguments, *table, services)
                   : reportPortal(arguments, *table, services);
}

} // namespace

void addReportCommand(CLI::App &app, Run &chosen)
{
    addVerb(app, "report", "What is wrong with the values of a table or of records", chosen,
            [](CLI::App &verb) {
                auto arguments = std::make_shared<ReportArguments>();
                arguments->table.addTo(verb);
                verb.get_option("TABLE")->required(false);
                verb.add_option("--country", arguments->country,
                                "Country of phone numbers without a country code: DE, GB, US");
                verb.add_option("--required", arguments->required,
                                "Columns or properties that have to have a value")
                    ->delimiter(',');
                verb.add_option("--date", arguments->dates, "Columns whose values are days")
                    ->delimiter(',');
                verb.add_option("--options", arguments->options,
                                "COLUMN:value=Label;value=Label, or a file of them after the colon")
                    ->take_all()
                    ->allow_extra_args(false);
                verb.add_option("--columns", arguments->properties,
                                "Properties to look at, in place of those of the view")
                    ->delimiter(',');
                verb.add_option("-o,--output", arguments->output,
                                "Write all findings as a table: CSV, XLSX or JSON Lines")
                    ->type_name(fileArgument);
                arguments->records.addTo(verb);
                return Run(
                    [arguments](Services &services) { return runReport(*arguments, services); });
            });
}

} // namespace hubkeeper::cli
