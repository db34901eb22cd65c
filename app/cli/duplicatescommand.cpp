// SPDX-License-Identifier: MIT
#include "base/poolcall.h"
#include "base/savefile.h"
#include "commands.h"
#include "counttext.h"
#include "duplicateoutput.h"
#include "duplicateportal.h"
#include "options.h"
#include "waiting.h"

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

constexpr qint64 largestRules = 1 << 20; // Bytes.

struct DuplicatesArguments
{
    TableInput table;
    ConnectOptions connect;
    bool wantsOrphans = false;
    std::string columns;
    std::string type;
    std::string rules;
    bool isTrial = false;
    bool isExplained = false;
    double threshold = 0.5;
    std::string format;
};

DuplicateFormat formatOf(const DuplicatesArguments &arguments, const Output &output)
{
    if (arguments.format.empty())
        return output.json ? DuplicateFormat::Json : DuplicateFormat::Table;
    return arguments.format == "json" ? DuplicateFormat::Json
        : arguments.format == "csv"   ? DuplicateFormat::Csv
                                      : DuplicateFormat::Table;
}

/// Says which columns were taken for what, where nobody said it.
void reportGuess(const DuplicateTable &table, Output &output)
{
    QStringList guessed;
    for (qsizetype i = 0; i < table.columns.headers.size(); ++i) {
        if (table.columns.fields[i] != MatchField::Ignored)
            guessed.append(
                u"%1=%2"_s.arg(nameOf(table.columns.fields[i]), table.columns.headers[i]));
    }
    output.message(u"Columns by their names: --columns %1"_s.arg(guessed.join(u',')));
}

/// Of the file of rules; empty without one.
Result<QString> rulesText(const DuplicatesArguments &arguments)
{
    if (arguments.rules.empty())
        return QString();
    return readFile(QString::fromStdString(arguments.rules), largestRules)
        .map([](const QByteArray &bytes) { return QString::fromUtf8(bytes); });
}

/// Whether it is a portal that is meant: a provisioner.
bool isOfPortal(const DuplicatesArguments &arguments)
{
    return arguments.wantsOrphans
        || (!arguments.type.empty() && arguments.table.file.ends_with(".json"));
}

Result<void> checkArguments(const DuplicatesArguments &arguments)
{
    if (!(arguments.threshold > 0 && arguments.threshold < 1))
        return fail(ErrorKind::InvalidInput, u"--threshold takes a number between 0 and 1."_s);
    if (arguments.isTrial && arguments.rules.empty())
        return fail(ErrorKind::InvalidInput, u"--try needs the rules to try: --rules FILE."_s);
    if (arguments.isTrial && arguments.wantsOrphans)
        return fail(ErrorKind::InvalidInput, u"--try tries rules, and --orphans has none."_s);
    return {};
}

/// Work on another thread, so that Ctrl+C is heard.
template <typename T>
Result<T> worked(typename PoolCall<T>::Work work, Services &services)
{
    return waitFor(static_cast<Call<T> *>(new PoolCall<T>(std::move(work), &services.calls)),
                   services.interrupt);
}

int findAndPrint(const DuplicatesArguments &arguments, const DuplicateTable &table,
                 const MatchRules &rules, Services &services)
{
    Output &output = services.output;
    std::atomic<int> percent = 0;
    QTimer shown;
    QObject::connect(&shown, &QTimer::timeout, &shown, [&output, &percent] {
        output.progress(u"%1 % compared"_s.arg(percent.load()));
    });
    shown.start(std::chrono::milliseconds(200));
    const auto found = worked<Duplicates>(
        [&](std::stop_token stop) {
            DuplicateOptions options;
            options.threshold = arguments.threshold;
            options.rules = rules;
            options.stop = std::move(stop);
            options.progress = [&percent](double part) { percent = int(part * 100); };
            return findDuplicates(*table.records, options);
        },
        services);
    shown.stop();
    if (!found)
        return output.failure(found.error());
    printDuplicates({table, *found, arguments.threshold, arguments.isExplained},
                    formatOf(arguments, output), output);
    return Done;
}

/// Says how many pairs each rule has, and shows some.
int tryAndPrint(const DuplicateTable &table, const MatchRules &rules, Services &services)
{
    const auto tried = worked<std::vector<TriedRule>>(
        [&](const std::stop_token &stop) { return tryRules(*table.records, rules, stop); },
        services);
    if (!tried)
        return services.output.failure(tried.error());
    printTriedRules(table, *tried, services.output);
    return Done;
}

int runPortal(DuplicatesArguments arguments, Services &services)
{
    Output &output = services.output;
    arguments.connect.file = arguments.table.file;
    if (arguments.wantsOrphans)
        return runOrphans(arguments.connect, services);
    const auto rules = rulesText(arguments);
    if (!rules)
        return output.failure(rules.error());
    const ObjectType type =
        arguments.type == "company" ? ObjectType::Companies : ObjectType::Contacts;
    const auto portal =
        duplicatesInPortal(arguments.connect, type, *rules, arguments.threshold, services);
    if (!portal)
        return output.failure(portal.error());
    if (arguments.isTrial) {
        const auto parsed = MatchRules::parse(*rules, portal->table.columns);
        return parsed ? tryAndPrint(portal->table, *parsed, services)
                      : output.failure(parsed.error());
    }
    printDuplicates({portal->table, portal->found, arguments.threshold, arguments.isExplained},
                    formatOf(arguments, output), output);
    return Done;
}

int runDuplicates(const DuplicatesArguments &arguments, Services &services)
{
    Output &output = services.output;
    if (arguments.format == "json")
        output.json = true;
    if (const auto checked = checkArguments(arguments); !checked)
        return output.failure(checked.error());
    if (isOfPortal(arguments))
        return runPortal(arguments, services);
    const auto options = arguments.table.options();
    if (!options)
        return output.failure(options.error());
    const auto file = TableFile::of(arguments.table, services);
    if (!file)
        return output.failure(file.error());
    std::optional<MatchKind> kind;
    if (!arguments.type.empty())
        kind = arguments.type == "company" ? MatchKind::Companies : MatchKind::People;
    const auto table =
        readDuplicateTable(file->path(), *options, QString::fromStdString(arguments.columns), kind);
    if (!table)
        return output.failure(table.error());
    if (table->isGuessed)
        reportGuess(*table, output);
    if (table->faults > 0)
        output.message(u"%1 of the file; import --parse shows them"_s.arg(
            countText(table->faults, "fault"_L1, "faults"_L1)));
    const auto rules = rulesText(arguments).and_then(
        [&table](const QString &text) { return MatchRules::parse(text, table->columns); });
    if (!rules)
        return output.failure(rules.error());
    return arguments.isTrial ? tryAndPrint(*table, *rules, services)
                             : findAndPrint(arguments, *table, *rules, services);
}

} // namespace

void addDuplicatesCommand(CLI::App &app, Run &chosen)
{
    addVerb(app, "duplicates", "Find records that are one: in a table, or in a portal", chosen,
            [](CLI::App &verb) {
                auto arguments = std::make_shared<DuplicatesArguments>();
                arguments->table.addTo(verb);
                arguments->connect.addPortalTo(verb);
                arguments->connect.addTimeLimitTo(verb);
                verb.add_option("--columns", arguments->columns,
                                "What the columns are, as in firstname=given_name,email=mail; or "
                                "a file with that, or with a JSON object; by their names without")
                    ->type_name("MAP");
                addWords(verb, "--type", arguments->type, {"contact", "company"},
                         "What the records are; with a provisioner in place of the table: all of "
                         "its portal");
                verb.add_option("--rules", arguments->rules, "File of rules: match and never lines")
                    ->type_name(fileArgument);
                verb.add_flag("--try", arguments->isTrial,
                              "Only show how many pairs each rule has, and some of them");
                verb.add_option("--threshold", arguments->threshold,
                                "Least score of a pair, between 0 and 1 (0.5)");
                verb.add_flag("--explain", arguments->isExplained, "Say why each pair is one");
                verb.add_flag("--orphans", arguments->wantsOrphans,
                              "Of the portal of a provisioner: contacts without a company that has "
                              "their domain, companies without contacts");
                addFormat(verb, arguments->format, {"table", "json", "csv"});
                return Run([arguments](Services &services) {
                    return runDuplicates(*arguments, services);
                });
            });
}

} // namespace hubkeeper::cli
