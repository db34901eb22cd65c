// SPDX-License-Identifier: MIT
#include "base/log.h"
#include "base/privatememory.h"
#include "base/version.h"
#include "commands.h"
#include "completion.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QLoggingCategory>

#include <CLI/CLI.hpp>

#include <iostream>

using namespace hubkeeper;
using namespace hubkeeper::cli;
using namespace Qt::StringLiterals;

namespace {

std::string versionText()
{
    return std::string(productName) + " " + productVersion + " (Qt " + qVersion() + ")";
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

QByteArray usageErrorJson(const std::string &what)
{
    const QJsonObject error {{u"kind"_s, nameOf(ErrorKind::InvalidInput)},
                             {u"message"_s, QString::fromStdString(what)},
                             {u"remedy"_s, u"See --help."_s},
                             {u"exitCode"_s, int(WrongUsage)}};
    return QJsonDocument(QJsonObject {{u"error"_s, error}}).toJson();
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

} // namespace

int main(int argc, char *argv[])
{
    keepMemoryPrivate();
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"hubkeeper"_s);
    installRedactingLog();
    // A failure is told once, as the result of the verb; QT_LOGGING_RULES shows more.
    QLoggingCategory::setFilterRules(u"hubkeeper.*.info=false\nhubkeeper.*.warning=false"_s);

    CLI::App app("Administration of the HubSpot connector of IDM", "hubkeeper-cli");
    bool json = false;
    bool quiet = false;
    bool paths = false;
    Run chosen;
    app.set_version_flag("--version", versionText());
    app.add_flag("--json", json, "Results as JSON, in IDM's own shapes");
    app.add_flag("-q,--quiet", quiet, "No messages but errors");
    bool noColour = false;
    app.add_flag("--no-color", noColour, "Accepted; the output has no colours");
    app.add_flag("--print-paths", paths, "Where this program keeps its files");
    app.require_subcommand(0, 1);
    app.failure_message(CLI::FailureMessage::simple);
    addValidateCommand(app, chosen);
    addFixCommand(app, chosen);
    addRuleCommands(app, chosen);
    addDiffCommand(app, chosen);
    addNewCommand(app, chosen);
    addPracticeCommand(app, chosen);
    addReadCommands(app, chosen);
    addSchemaCommands(app, chosen);
    addWriteCommands(app, chosen);
    addScriptCommand(app, chosen);
    addSecretCommands(app, chosen);
    addConnectCommand(app, chosen);
    addConnectionCommands(app, chosen);
    addJournalCommands(app, chosen);
    addCompletion(app, chosen);
    try { // CLI11 reports by exceptions; they end here.
#ifdef Q_OS_UNIX
        if (const int number = foreignArgument(argc, argv); number > 0)
            throw CLI::ValidationError("Argument " + std::to_string(number),
                                       "is not UTF-8. Nothing was sent.");
#endif
        app.parse(argc, argv);
    } catch (const CLI::ParseError &error) {
        const bool told = app.exit(error) == 0;
        if (!told && json)
            std::cout << usageErrorJson(error.what()).constData();
        return told ? int(Done) : int(WrongUsage);
    }

    QFile input;
    QFile results;
    QFile messages;
    const bool open = input.open(stdin, QIODevice::ReadOnly)
        && results.open(stdout, QIODevice::WriteOnly)
        && messages.open(stderr, QIODevice::WriteOnly);
    if (!open)
        return InternalError;
    Services services(input, results, messages);
    services.output.json = json;
    services.output.quiet = quiet;
    if (paths)
        return printPaths(services);
    if (!chosen) {
        std::cerr << app.help();
        return WrongUsage;
    }
    return chosen(services);
}
