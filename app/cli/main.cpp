// SPDX-License-Identifier: MIT
#include "associationcommands.h"
#include "base/log.h"
#include "base/privatememory.h"
#include "base/version.h"
#include "commands.h"
#include "completion.h"
#include "historycommand.h"
#include "mergecommand.h"
#include "options.h"
#include "standardinput.h"
#include "usagefault.h"
#include "verbhelp.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QLoggingCategory>
#include <QTranslator>

#include <CLI/CLI.hpp>

#include <csignal>

#ifdef Q_OS_UNIX
#include <sys/ioctl.h>

#include <unistd.h>
#endif

using namespace hubkeeper;
using namespace hubkeeper::cli;
using namespace Qt::StringLiterals;

namespace {

/// What comes before and after the verb.
struct CommonOptions
{
    bool json = false;
    bool quiet = false;
    bool noColour = false;
    bool paths = false;
};

std::string versionText()
{
    const std::string commit = *productCommit ? std::string(", ") + productCommit : std::string();
    return std::string(productName) + " " + productVersion + " (Qt " + qVersion() + commit + ")";
}

int printPaths(Services &services)
{
    if (services.output.json) {
        services.output.result(QJsonObject {{u"config"_s, services.paths.config},
                                            {u"data"_s, services.paths.data},
                                            {u"state"_s, services.paths.state},
                                            {u"cache"_s, services.paths.cache}});
        return Done;
    }
    services.output.table({{u"config"_s, services.paths.config},
                           {u"data"_s, services.paths.data},
                           {u"state"_s, services.paths.state},
                           {u"cache"_s, services.paths.cache}});
    return Done;
}

/// The first argument that is not UTF-8, from 1; 0 if all are. It would reach a portal with other
/// characters than those that were typed.
int foreignArgument(int argc, char *argv[])
{
    for (int i = 1; i < argc; ++i) {
        if (!QUtf8StringView(argv[i]).isValidUtf8())
            return i;
    }
    return 0;
}

void addCommonOptions(CLI::App &app, CommonOptions &options)
{
    app.set_version_flag("--version", versionText());
    app.add_flag("--json", options.json, "Results as JSON, in IDM's own shapes");
    app.add_flag("-q,--quiet", options.quiet, "Only print errors");
    app.add_flag("--no-color", options.noColour,
                 "Accepted for compatibility; output is never colored");
    app.add_flag("--print-paths", options.paths, "Show where the program stores its files");
    app.require_subcommand(0, 1);
}

/// In options and arguments of all verbs.
void refuseEmptyFiles(CLI::App &app)
{
    for (CLI::Option *option : app.get_options({})) {
        if (option->get_type_name() == fileArgument)
            option->check(&refusalOfEmpty);
    }
    for (CLI::App *verb : app.get_subcommands([](CLI::App *) { return true; }))
        refuseEmptyFiles(*verb);
}

void addVerbs(CLI::App &app, Run &chosen)
{
    addValidateCommand(app, chosen);
    addFixCommand(app, chosen);
    addRuleCommands(app, chosen);
    addDiffCommand(app, chosen);
    addNewCommand(app, chosen);
    addPracticeCommand(app, chosen);
    addReadCommands(app, chosen);
    addSearchCommand(app, chosen);
    addImportCommand(app, chosen);
    addRepairCommands(app, chosen);
    addReportCommand(app, chosen);
    addSchemaCommands(app, chosen);
    addWriteCommands(app, chosen);
    addScriptCommand(app, chosen);
    addSecretCommands(app, chosen);
    addConnectCommand(app, chosen);
    addConnectionCommands(app, chosen);
    addViewsCommands(app, chosen);
    addSnapshotCommands(app, chosen);
    addRehearseCommand(app, chosen);
    addDuplicatesCommand(app, chosen);
    addChangesCommands(app, chosen);
    addAssociationCommands(app, chosen);
    addMergeCommand(app, chosen);
    addHistoryCommand(app, chosen);
    addJournalCommands(app, chosen);
    addPolicyCommands(app, chosen);
    addIdmCommands(app, chosen);
    addSchemasCommand(app, chosen);
    addCompletion(app, chosen);
    addHelp(app, chosen);
    describeVerbs(app);
    refuseEmptyFiles(app);
}

#ifdef Q_OS_UNIX
void lookAtTerminals(Output &output)
{
    output.isTerminal = isatty(STDOUT_FILENO) == 1;
    output.showsProgress = isatty(STDERR_FILENO) == 1;
    winsize size {};
    if (output.isTerminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
        output.columns = size.ws_col;
}
#else
void lookAtTerminals(Output & /*output*/) { }
#endif

/// Reads the arguments; the exit code if that is all there is to do.
std::optional<int> parse(CLI::App &app, int argc, char *argv[], const CommonOptions &options,
                         Output &output)
{
    try { // CLI11 reports by exceptions; they end here.
#ifdef Q_OS_UNIX
        if (const int number = foreignArgument(argc, argv); number > 0)
            throw CLI::ValidationError("Argument " + std::to_string(number),
                                       "is not UTF-8. Nothing was sent.");
#endif
        app.parse(argc, argv);
        output.json = options.json;
        output.quiet = options.quiet;
        return std::nullopt;
    } catch (const CLI::Success &asked) { // --help, --version
        std::ostringstream text;
        app.exit(asked, text, text);
        output.raw(QByteArray::fromStdString(text.str()));
        return Done;
    } catch (const CLI::ParseError &error) {
        output.json = options.json;
        return output.failure(usageFault(app, error, {argv + 1, argv + argc}));
    }
}

/// What the verb gave, unless its results did not arrive, or a signal ended it.
int exitCodeOf(int code, const Output &output)
{
    if (output.fault() && code != Interrupted)
        return NotSaved;
    return code == Interrupted && Interrupt::signalNumber() == SIGTERM ? Terminated : code;
}

/// What limits the waits of the verb that was parsed.
QString limitOf(const CLI::App &app)
{
    const CLI::App *verb = &app;
    while (!verb->get_subcommands().empty())
        verb = verb->get_subcommands().front();
    return verb->get_option_no_throw("--timeout") ? u"--timeout limits it"_s : QString();
}

int run(const CommonOptions &options, const Run &chosen, const CLI::App &app, Services &services)
{
    if (options.paths)
        return printPaths(services);
    services.output.limit = limitOf(app);
    if (chosen)
        return chosen(services);
    services.output.message(QString::fromStdString(app.help()));
    return WrongUsage;
}

} // namespace

int main(int argc, char *argv[])
{
    fillClosedStreams();
    keepMemoryPrivate();
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"hubkeeper"_s);
    installRedactingLog();
    // Results are English on every machine; its plural forms are in a translation, too.
    QTranslator english;
    if (english.load(u":/translations/hubkeeper_en.qm"_s))
        QCoreApplication::installTranslator(&english);
    // A failure is reported once, as the result of the verb; QT_LOGGING_RULES shows more.
    QLoggingCategory::setFilterRules(u"hubkeeper.*.info=false\nhubkeeper.*.warning=false"_s);

    QFile results;
    QFile messages;
    if (!results.open(stdout, QIODevice::WriteOnly | QIODevice::Unbuffered)
        || !messages.open(stderr, QIODevice::WriteOnly | QIODevice::Unbuffered))
        return InternalError;
    StandardInput input;
    Services services(input, results, messages);
    lookAtTerminals(services.output);

    CLI::App app("Administration of the HubSpot connector of IDM", "hubkeeper-cli");
    CommonOptions options;
    Run chosen;
    addCommonOptions(app, options);
    addVerbs(app, chosen);
    auto code = parse(app, argc, argv, options, services.output);
    if (!code)
        code = run(options, chosen, app, services);
    if (services.output.fault())
        services.output.complain(*services.output.fault());
    return exitCodeOf(*code, services.output);
}
